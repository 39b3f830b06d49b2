# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who cannot see the screen well works as fast: names, descriptions, order of reading, states told in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from swclient.base import paths
from tests.window.hands import Hands
from tests.window.reading import named
from tests.window.rounds import rooms
from ui import theme
from ui.forms.box import Box
from ui.forms.section import Section
from ui.pages.declaration import PAGES
from ui.pages.page import Page

SAMPLES = sorted((paths.shipped("resources") / "samples").glob("*-import-*.json"))
ONE_A_COUNTRY = list({file.stem[:2]: file for file in SAMPLES if file.suffixes == [".json"]}.values())
TYPED_INTO = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox)
GROUNDS, INKS = ("paper", "panel", "field", "select", "hover"), ("ink", "muted", "accent", "error", "warning", "good")
NEVER_TOGETHER = {("accent", "hover")}  # the accent is a ring, a bar or a link, none of them under the mouse


@pytest.fixture
def opened(program, qtbot, request) -> Hands:
    """A user at the good sample of a country."""
    office = program.office
    office.open(office.application.take(json.loads(request.param.read_text(encoding="utf-8"))))
    return Hands(program, qtbot)


every_profile = pytest.mark.parametrize("opened", ONE_A_COUNTRY, indirect=True, ids=lambda file: file.stem[:2])


def pages(hands: Hands) -> Iterator[Page]:
    """Turn to each page that has a tab."""
    for index in range(len(PAGES)):
        if hands.view.tabs.isTabVisible(index):
            hands.view.show_page(index)
            hands.rest()
            page = hands.page()
            assert isinstance(page, Page)
            yield page


@every_profile
def test_every_box_of_every_page_has_a_name_and_a_description(opened: Hands) -> None:
    bare, boxes = [], 0
    for page in pages(opened):
        for box in page.boxes.values():
            boxes += 1
            if not (box.editor.accessibleName() and box.editor.accessibleDescription()):
                bare.append(box.field.id)
        for table in page.findChildren(QAbstractItemView):
            if table.isVisibleTo(page) and table.focusPolicy() != Qt.FocusPolicy.NoFocus and not table.accessibleName():
                bare.append(named(table))
    assert bare == []
    assert boxes > 50, "next to no box was looked at"


def test_everything_that_is_typed_into_in_other_rooms_has_a_name(hands: Hands) -> None:
    bare = {
        f"{where}: {named(each)}"
        for where in rooms(hands)
        for kind in TYPED_INTO
        for each in hands.window.findChildren(kind)
        if each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus and not each.accessibleName()
    }
    assert bare == set()


def place(widget: QWidget, over: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(over, QPoint(0, 0))
    return corner.y(), corner.x()


@every_profile
def test_the_cursor_goes_as_the_eye_reads(opened: Hands) -> None:
    astray = []
    for page in pages(opened):
        chain = [each for each in page.chain if isinstance(each, Box) and each.isVisibleTo(page)]
        for before, after in pairwise(chain):
            same = before.parentWidget() is after.parentWidget() and isinstance(before.parentWidget(), Section)
            if same and place(before, page) >= place(after, page):
                astray.append((before.field.id, after.field.id))
    assert astray == []


@every_profile
def test_a_box_is_told_apart_by_its_name(opened: Hands) -> None:
    for page in pages(opened):
        told = Counter(box.editor.accessibleName() for box in page.boxes.values() if box.isVisibleTo(page))
        assert [name for name, times in told.items() if times > 1] == [], page.NAME


def test_what_colour_tells_is_told_in_words(sample: Hands) -> None:
    sample.session.type_in(sample.item(2, "net_mass"), "999999")
    sample.session.type_in(sample.item(2, "origin"), "QQ")
    sample.session.type_in(sample.item(2, "price"), "")
    told = {}
    for field in ("net_mass", "origin", "price", "customs_value"):
        box = sample.go_to(f"item.{field}", 1 if field == "customs_value" else 2)
        sample.rest()
        told[field] = box.editor.accessibleDescription()
    assert "error: " in told["origin"]
    assert "must be filled" in told["price"]
    assert "worked out" in told["customs_value"]
    sample.program.office.speak("ru")
    sample.rest()
    assert "ошибка: " in sample.go_to("item.origin", 2).editor.accessibleDescription()


@pytest.mark.parametrize("front", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_is_held_against_every_ground(front: str, ground: str) -> None:
    assert (front, ground) in theme.PAIRS or (front, ground) in NEVER_TOGETHER
