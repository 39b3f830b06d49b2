# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every box of every country is reached in five keys at most: by its number, or by its page and the letters over it.

A key pressed together with Ctrl is one key. For two countries each box is really gone to; for the others the keys are
counted by the letters that the window gives. A table is given a row first: a column without a row has no box.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from swclient.base import paths
from tests.window.hands import CTRL, NONE, Hands
from tests.window.test_key_map import give, open_room
from ui import actions
from ui.forms.box import Box
from ui.forms.grid import Grid
from ui.forms.jump_places import LETTERS, Place, codes
from ui.pages.composing import GIVEN
from ui.pages.declaration import PAGES
from ui.pages.payments import PaymentsPage
from ui.panels.hits import box_hits
from ui.panels.jump_hints import JumpHints

SAMPLES = sorted((paths.shipped("resources") / "samples").glob("*-import-*.json"))
GOOD = {file.stem[:2]: file for file in SAMPLES if file.suffixes == [".json"]}
COUNTRIES = 7
MOST = 5
DRIVEN = ("cn", "kz")
PAGE_AND_HINTS = 2
_HEADER, _GOODS, _TIMELINE = Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_9


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    actions.put_keys({})


@pytest.fixture
def opened(program, qtbot, request) -> Hands:
    """A user at the good sample of a country, a row in every table."""
    office = program.office
    office.open(office.application.take(json.loads(GOOD[request.param].read_text(encoding="utf-8"))))
    hands = Hands(program, qtbot)
    for index in seen(hands):
        for grid in hands.view.page(index).findChildren(Grid):
            if not grid.cells.rows:
                hands.session.add_row(grid.table, grid.cells.under)
    hands.rest()
    return hands


every_country = pytest.mark.parametrize("opened", sorted(GOOD), indirect=True)
driven = pytest.mark.parametrize("opened", DRIVEN, indirect=True)


def seen(hands: Hands) -> list[int]:
    """Return the pages of boxes that have a tab."""
    return [index for index in range(len(PAGES)) if hands.view.tabs.isTabVisible(index)]


def hints(hands: Hands) -> JumpHints:
    """Lay the letters over the page on show."""
    hands.press(Qt.Key.Key_J, CTRL)
    assert isinstance(hands.cursor, JumpHints)
    return hands.cursor


def lettered(hands: Hands) -> dict[str, list[tuple[int, str, Place]]]:
    """Return the pages and letters by which the window offers each field."""
    found: dict[str, list[tuple[int, str, Place]]] = {}
    payments = hands.view.page(PAGES.index(PaymentsPage))
    figure = payments.big if isinstance(payments, PaymentsPage) else None  # the one figure that is no box
    for index in seen(hands):
        hands.press(Qt.Key(_HEADER + index), CTRL)
        assert hands.view.tabs.currentIndex() == index
        for word, place in hints(hands).named.items():
            name = place.field_id or ("header.charges_total" if place.widget is figure else "")
            found.setdefault(name, []).append((index, word, place))
        hands.press(Qt.Key.Key_Escape)
    return found


def shown(hands: Hands) -> set[str]:
    """Return the fields that have a box or a column; what was declared of charges comes with corrections only."""
    fields = hands.session.profile.fields.values()
    return {each.id for each in fields if each.shown and each.kind.name not in GIVEN and each.table != "charge"}


def by_number(hands: Hands, field_id: str) -> int:
    """Return how many keys "Go to box" needs: its own, the number, Enter; 99 where the number means another box."""
    field = hands.session.profile.fields[field_id]
    went: list[str] = []
    hits = box_hits(hands.session.profile, field.box, lambda name, _item: went.append(name)) if field.box else []
    if hits:
        hits[0].go()
    return len(field.box) + 2 if went == [field_id] else 99


def where(hands: Hands) -> str:
    """Return the field that has the cursor."""
    if isinstance(hands.cursor, Grid):
        return hands.cursor.cells.fields[hands.cursor.currentIndex().column()].id
    above = hands.cursor.parentWidget()
    return above.field.id if isinstance(above, Box) else ""


def in_sight(hands: Hands) -> bool:
    """Tell whether some of what has the cursor can be seen; of what scrolls, some of its window."""
    seen_through = hands.cursor.viewport() if isinstance(hands.cursor, QAbstractScrollArea) else hands.cursor
    return not seen_through.visibleRegion().isEmpty()


def test_there_is_a_sample_of_every_country() -> None:
    assert len(GOOD) == COUNTRIES
    assert set(DRIVEN) <= set(GOOD)


@every_country
def test_no_box_of_a_country_needs_more_than_five_keys(opened: Hands) -> None:
    offered = lettered(opened)
    needed = {name: PAGE_AND_HINTS + min(len(word) for _page, word, _place in ways) for name, ways in offered.items()}
    wanted = shown(opened)
    assert wanted - set(needed) == set()
    assert [name for name in wanted if min(needed[name], by_number(opened, name)) > MOST] == []
    assert [name for name in wanted if by_number(opened, name) > MOST], "numbers alone would do: nothing is shown here"


@driven
def test_the_letters_over_a_box_bring_the_cursor_into_it(opened: Hands) -> None:
    for name, ways in lettered(opened).items():
        for index, word, place in ways if name else ():
            opened.press(Qt.Key(_HEADER + index), CTRL)
            opened.press(Qt.Key.Key_J, CTRL)
            for letter in word:
                opened.press(Qt.Key(ord(letter)))
            assert where(opened) == place.field_id, (word, name)
            assert opened.cursor is place.widget
            assert in_sight(opened), f"{name} is out of sight"


@pytest.mark.parametrize("count", [1, 9, 10, 81, 82, 300, len(LETTERS) ** 2])
def test_no_letters_begin_other_letters(count: int) -> None:
    given = codes(count)
    assert len(set(given)) == count
    assert not [(a, b) for a, b in zip(sorted(given), sorted(given)[1:], strict=False) if b.startswith(a)]


def test_escape_and_a_click_and_the_key_again_put_the_letters_away(sample: Hands) -> None:
    box = sample.go_to("header.reference")
    for away in (
        lambda: sample.press(Qt.Key.Key_Escape),
        lambda: sample.press(Qt.Key.Key_J, CTRL),
        lambda: sample.press(Qt.Key.Key_Tab),
        lambda: QTest.mouseClick(sample.cursor, Qt.MouseButton.LeftButton, NONE, QPoint(5, 5)),
    ):
        hints(sample)
        away()
        assert not any(each.isVisible() for each in sample.page().findChildren(JumpHints))
        assert sample.cursor is box.editor


def test_another_action_finds_the_cursor_where_it_was(sample: Hands) -> None:
    box = sample.go_to("header.reference")
    before = box.editor.text()
    sample.type("Q")
    hints(sample)
    sample.press(Qt.Key.Key_Z, CTRL)
    assert box.editor.text() == before
    assert sample.cursor is box.editor


def test_letters_that_lead_nowhere_change_nothing_and_one_can_be_taken_back(sample: Hands) -> None:
    box = sample.go_to("header.reference")
    before = box.editor.text()
    lying = hints(sample)
    for key in (Qt.Key.Key_Z, Qt.Key.Key_1, Qt.Key.Key_A, Qt.Key.Key_Z):
        sample.press(key)
    assert (lying.typed, sample.cursor) == ("A", lying)
    sample.press(Qt.Key.Key_Backspace)
    assert lying.typed == ""
    assert box.editor.text() == before


def test_the_letters_go_by_the_place_of_the_key(sample: Hands) -> None:
    lying = hints(sample)
    place = lying.named["AS"]
    for letter in "ФЫ":  # on the keys of A and S
        QApplication.sendEvent(sample.cursor, QKeyEvent(QEvent.Type.KeyPress, ord(letter), NONE, letter))
    assert sample.cursor is place.widget


def test_what_is_out_of_sight_has_letters_too_and_is_seen_when_the_sheet_scrolls(sample: Hands) -> None:
    sample.press(_GOODS, CTRL)
    lying, room = hints(sample), sample.page()
    hidden = [word for word, place in lying.named.items() if place.badge(room, 20).isEmpty()]
    assert hidden
    sample.press(Qt.Key.Key_PageDown)
    assert [word for word in hidden if not lying.named[word].badge(room, 20).isEmpty()]
    for letter in hidden[-1]:
        sample.press(Qt.Key(ord(letter)))
    assert in_sight(sample)


def test_the_keys_of_pages_are_in_the_order_of_the_tabs(sample: Hands) -> None:
    from ui.pages.declaration import TITLES

    assert tuple(act.label for act in actions.PAGES) == TITLES
    for index in range(len(TITLES)):
        sample.press(Qt.Key(_HEADER + index), CTRL)
        assert sample.view.tabs.currentIndex() == index


@pytest.mark.parametrize("opened", ["cn"], indirect=True)
def test_a_page_that_a_country_has_not_is_told(opened: Hands) -> None:
    missing = next(index for index in range(len(PAGES)) if index not in seen(opened))
    before = opened.view.tabs.currentIndex()
    opened.press(Qt.Key(_HEADER + missing), CTRL)
    assert opened.view.tabs.currentIndex() == before
    assert opened.view.line.notice.accessibleName() == "The form of this country has no such page."


def test_where_there_are_no_boxes_the_key_asks_for_a_number(sample: Hands) -> None:
    sample.press(_TIMELINE, CTRL)
    sample.press(Qt.Key.Key_J, CTRL)
    assert sample.cursor is sample.window.top.search


def test_the_key_can_be_another_one(sample: Hands) -> None:
    page = open_room(sample)
    give(sample, page, "jump_hints", Qt.Key.Key_F3)
    sample.program.office.open(next(iter(sample.program.office._views)))
    sample.press(Qt.Key.Key_F3)
    assert isinstance(sample.cursor, JumpHints)
