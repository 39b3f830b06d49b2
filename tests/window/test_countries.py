# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The good sample of every country opens in the window: every field has a place, few of them nobody's, none astray.

A country whose form is another than the one that the window knows has its pages in the order of that form.
"""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from swclient.base import paths
from swclient.document.path import SINGLE, Path
from tests.window.hands import Hands
from ui.forms.box import Box
from ui.forms.grid import Grid
from ui.pages.composing import GIVEN
from ui.pages.declaration import PAGES
from ui.pages.homes import home_of, pages_in_use
from ui.pages.page import Page
from ui.pages.payments import PaymentsPage

SAMPLES = sorted((paths.shipped("resources") / "samples").glob("*-import-*.json"))
GOOD = [file for file in SAMPLES if file.suffixes == [".json"]]
FEW = 5
HEADER, GOODS = 0, 3


@pytest.fixture
def opened(program, qtbot, request) -> Hands:
    """A user at the good sample of a country."""
    office = program.office
    office.open(office.application.take(json.loads(request.param.read_text(encoding="utf-8"))))
    return Hands(program, qtbot)


every_country = pytest.mark.parametrize("opened", GOOD, indirect=True, ids=lambda file: file.stem)
china = pytest.mark.parametrize("opened", [f for f in GOOD if f.stem[:2] == "cn"], indirect=True, ids=lambda f: f.stem)


def pages(hands: Hands) -> list[Page]:
    """Return the pages that have a tab, all of them built."""
    seen = [index for index in range(len(PAGES)) if hands.view.tabs.isTabVisible(index)]
    built = [hands.view.page(index) for index in seen]
    return [page for page in built if isinstance(page, Page)]


def number(box: str) -> list[int]:
    """Return a box number as it is ordered on the form: 23.10 behind 23.2."""
    return [int(part) for part in box.split(".")]


@every_country
def test_the_sample_of_a_country_opens_on_every_page(opened: Hands) -> None:
    placed: set[str] = set()
    for index in range(len(PAGES)):
        if not opened.view.tabs.isTabVisible(index):
            continue
        opened.view.tabs.setCurrentIndex(index)
        opened.qtbot.wait(20)
        assert not opened.window.grab().isNull()
        page = opened.page()
        placed |= set(page.boxes) | {f.id for grid in page.findChildren(Grid) for f in grid.cells.fields}
    profile = opened.session.profile
    # What was declared of charges is read from messages; its own table comes with corrections.
    shown = {f.id for f in profile.fields.values() if f.shown and f.kind.name not in GIVEN and f.table != "charge"}
    assert shown - placed - set(PaymentsPage.FIGURES) == set()


@every_country
def test_nearly_every_field_of_a_country_has_a_place_of_its_own(opened: Hands) -> None:
    assert sum(page.left_to_rest for page in pages(opened)) <= FEW


@every_country
def test_every_box_of_a_country_stands_once_and_where_it_is_looked_for(opened: Hands) -> None:
    profile = opened.session.profile
    found = [(name, page.NAME) for page in pages(opened) for name in page.boxes]
    assert found == [(name, home_of(profile.fields[name], profile)) for name, _page in found]
    assert len(found) == len({name for name, _page in found})
    assert {page.NAME for page in pages(opened)} == pages_in_use(profile)


@every_country
def test_a_section_without_boxes_is_not_seen(opened: Hands) -> None:
    for page in pages(opened):
        for section in page.sections:
            assert section.isVisibleTo(page) == bool(section.findChildren(Box)), section.accessibleName()


@every_country
def test_a_row_that_lacks_a_box_is_as_wide_as_the_others(opened: Hands) -> None:
    opened.view.show_page(GOODS)
    opened.rest()
    for half in opened.page().sections[:2]:
        edges: dict[int, int] = {}
        for box in half.findChildren(Box):
            edges[box.y()] = max(edges.get(box.y(), 0), box.geometry().right())
        assert len(edges) > FEW
        assert max(edges.values()) - min(edges.values()) <= 1


@china
@pytest.mark.parametrize("index", [HEADER, GOODS])
def test_the_pages_of_china_go_in_the_order_of_its_form(opened: Hands, index: int) -> None:
    page = opened.view.page(index)
    assert isinstance(page, Page)
    order = [
        each.box
        for widget in page.chain
        for each in ([widget.parentWidget().field] if widget.parentWidget() in page.boxes.values() else columns(widget))
        if each.box
    ]
    assert len(order) > len(page.boxes) // 3
    assert [pair for pair in pairwise(order) if number(pair[0]) > number(pair[1])] == []


def columns(widget: object) -> list:
    """Return the columns of a small table among the boxes; the table of all goods is no part of the order."""
    return widget.cells.fields if isinstance(widget, Grid) and widget.table != "item" else []


@china
def test_the_head_of_china_has_every_field_of_the_head_of_its_form(opened: Hands) -> None:
    page = opened.view.page(HEADER)
    assert isinstance(page, Page)
    fields = [box.field for box in page.boxes.values()] + page.grids["border_means"].cells.fields
    numbers = {int(each.box.partition(".")[0]) for each in fields if each.box}
    assert numbers == {*range(1, 31), 32, 37, *range(42, 49)}  # 31 are the documents, 33 to 41 the goods


@china
def test_enter_goes_down_the_form_of_china_and_past_the_pages_it_does_not_need(opened: Hands) -> None:
    page = opened.page()
    page.start()
    walked: list[str] = []
    while opened.page() is page and len(walked) < len(page.chain):
        grid = QApplication.focusWidget()
        if isinstance(grid, Grid):
            grid.setCurrentIndex(grid.cells.index(len(grid.cells.rows) - 1, len(grid.cells.fields) - 1))
        walked.append(grid.table if isinstance(grid, Grid) else opened.box.field.id)
        opened.press(Qt.Key.Key_Return)
    places = [each.table if isinstance(each, Grid) else each.parentWidget().field.id for each in page.chain]
    assert walked == places
    assert opened.page().NAME == "goods"


@china
def test_a_value_of_china_is_found_on_the_page_that_its_form_puts_it_on(opened: Hands) -> None:
    opened.view.show_page(GOODS)
    for name in ("consignee.name", "header.bill_number", "person.card_number"):
        opened.view.jump(Path(name.partition(".")[0], SINGLE, name.partition(".")[2]))
        assert opened.box.field.id == name
        assert opened.view.tabs.currentIndex() == HEADER
