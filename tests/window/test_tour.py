# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: driven by real keys to its end, passed in other ways and in another order, taken up after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from swclient.catalogue.loader import profile_codes
from swclient.workflow.touring import steps
from tests.window.conftest import running
from tests.window.hands import ALT, CTRL, SHIFT, Hands
from ui.pages.declaration import FORM, TIMELINE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.watch.tour import Tools, TourWatch

KEY = Qt.Key


@pytest.fixture
def toured(hands: Hands) -> Hands:
    """Hands at the first step of the tour."""
    hands.program.office.do("tour")
    rest(hands)
    return hands


def tour(hands: Hands) -> TourWatch:
    found: TourWatch = hands.program.office.first.tour
    return found


def tools(hands: Hands) -> Tools:
    made = tour(hands).tools
    assert made is not None, "the tour is not shown"
    return made


def rest(hands: Hands) -> None:
    hands.rest()
    for _turn in range(3):
        QApplication.processEvents()


def step(hands: Hands) -> str:
    """The id of the step that the tour stands at."""
    rest(hands)
    walk = tour(hands).walk
    assert walk is not None
    return walk.step.id if walk.step is not None else "through"


def go(hands: Hands, number: str) -> None:
    """Go to a box by its number."""
    hands.press(KEY.Key_G, CTRL)
    hands.type(number)
    hands.press(KEY.Key_Return)


def to_submission(hands: Hands, numbers: tuple[str, str, str] = ("6", "20", "12")) -> None:
    """Do by keys, one after another, what the tour says, as far as the submission."""
    done = ["go"]

    def stands_at(wanted: str) -> None:
        assert step(hands) == wanted, f"after {done[-1]}"
        done.append(wanted)

    go(hands, numbers[0])
    stands_at("type")
    hands.type("1")
    stands_at("help")
    hands.press(KEY.Key_F1)
    stands_at("fix")
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_Return, ALT)
    stands_at("list")
    go(hands, numbers[1])
    hands.press(KEY.Key_F8)
    stands_at("why")
    hands.press(KEY.Key_Escape)
    go(hands, numbers[2])
    stands_at("form")
    hands.press(KEY.Key_F12)
    stands_at("check")
    hands.press(KEY.Key_F7)
    stands_at("submit")


@pytest.mark.slow
def test_the_whole_tour_by_real_keys(toured: Hands) -> None:
    assert step(toured) == "go"
    to_submission(toured)
    toured.press(KEY.Key_Return, CTRL | SHIFT)
    walk = tour(toured).walk
    assert walk is not None
    toured.qtbot.waitUntil(lambda: "submit" in walk.passed, timeout=120_000)
    toured.qtbot.waitUntil(lambda: walk.step is None, timeout=120_000)
    strip = tools(toured).strip
    rest(toured)
    assert "Ctrl+Shift+P" in strip.label.text()
    assert strip.skip.isHidden()
    assert tools(toured).ring.isHidden()
    toured.program.office.show_folder("drafts")
    rest(toured)
    assert tour(toured).walk is None, "a tour that is through ends when its room is left"


@pytest.mark.slow
@pytest.mark.parametrize("country", [code for code in profile_codes() if code != "KZ"])
def test_the_keys_of_the_tour_hold_in_every_country(hands: Hands, country: str) -> None:
    hands.program.office.application.country = country
    hands.program.office.do("tour")
    rest(hands)
    profile = hands.session.profile
    boxes = {each.id: each.box(profile) for each in steps()}
    numbers = tuple(box.box_shown for name in ("go", "list", "why") if (box := boxes[name]) is not None)
    assert numbers[0] in tools(hands).strip.label.text()
    to_submission(hands, numbers)  # type: ignore[arg-type]  # three


def test_the_strip_says_one_thing_and_the_ring_stands_around_its_place(toured: Hands) -> None:
    strip, ring = tools(toured).strip, tools(toured).ring
    assert strip.isVisible()
    assert strip.count.text() == "Tour, 1 of 10"
    assert "Ctrl+G" in strip.label.text()
    assert ring.geometry().intersects(toured.window.top.search.geometry())
    go(toured, "6")
    rest(toured)
    box = toured.box
    centre = box.mapTo(toured.window, box.rect().center())
    assert ring.isVisible()
    assert ring.geometry().contains(centre)
    toured.page().area.verticalScrollBar().setValue(60)
    rest(toured)
    assert ring.geometry().contains(box.mapTo(toured.window, box.rect().center())), "the ring stays with the box"
    toured.program.office.speak("ru")
    rest(toured)
    assert "Ctrl+G" not in strip.label.text()


def test_each_step_is_passed_by_another_way_too(toured: Hands) -> None:
    view, stage = toured.view, toured.view.stage
    view.go_to_field("header.packages_total", None)  # as a click into it does
    assert step(toured) == "type"
    path = toured.box.path
    stage.session.type_in(path, "2")  # as a paste or a fill does
    assert step(toured) == "help"
    toured.window.column.help.area.setFocus()  # as a click into help does
    assert step(toured) == "fix"
    stage.session.undo()  # no fix is taken: the mistake is taken back
    assert step(toured) == "list"
    view.go_to_field("header.currency", None)  # the list of another box
    toured.program.office.do("list")  # as the search and the menu do
    assert step(toured) == "why"
    stage.why.emit(toured.header("forms_total"))  # the mark of another figure
    assert step(toured) == "form"
    view.show_page(FORM)  # the page of the form instead of the key
    assert step(toured) == "check"
    view.show_page(0)
    view.line.buttons["check"].click()
    assert step(toured) == "submit"


def test_another_order_counts(toured: Hands) -> None:
    toured.press(KEY.Key_F7)
    toured.press(KEY.Key_F12)
    assert step(toured) == "go"
    toured.press(KEY.Key_F12)
    go(toured, "12")
    go(toured, "6")
    toured.type("1")
    assert step(toured) == "help"
    toured.press(KEY.Key_F1)
    toured.press(KEY.Key_Escape)
    toured.press(KEY.Key_Return, ALT)
    go(toured, "20")
    toured.press(KEY.Key_F4)
    assert step(toured) == "submit"


def test_skip_and_escape(toured: Hands) -> None:
    strip = tools(toured).strip
    toured.window.strip_panes[-1].setFocus()  # where the key for the next pane comes to
    assert toured.cursor is strip.skip
    toured.press(KEY.Key_Space)
    assert step(toured) == "type"
    assert toured.window.view is not None
    assert toured.view.isAncestorOf(toured.cursor)
    strip.setFocus()
    toured.press(KEY.Key_Escape)
    rest(toured)
    assert strip.isHidden()
    assert tools(toured).ring.isHidden()
    assert tour(toured).walk is None
    assert toured.program.memory.text("tour") == ""
    assert toured.view.isAncestorOf(toured.cursor)


def test_the_next_pane_comes_to_the_strip(toured: Hands) -> None:
    strip = tools(toured).strip
    seen = []
    for _turn in range(8):
        toured.press(KEY.Key_F6)
        seen.append(strip.isAncestorOf(toured.cursor))
    assert any(seen)


def test_elsewhere_the_tour_waits_and_comes_back_with_the_sample(toured: Hands) -> None:
    identity = toured.view.desk.id
    toured.program.office.show_folder("drafts")
    rest(toured)
    assert tools(toured).strip.isHidden()
    assert tools(toured).ring.isHidden()
    toured.program.office.new()
    go(toured, "6")
    rest(toured)
    assert tools(toured).strip.isHidden()
    toured.program.office.open(identity)
    assert step(toured) == "go", "what happens in another declaration is not the tour's"
    assert tools(toured).strip.isVisible()


def test_a_restart_takes_the_tour_up_where_it_was(toured: Hands, qapp: QApplication, qtbot: QtBot, home: Path) -> None:
    assert home.is_dir()
    go(toured, "6")
    assert step(toured) == "type"
    toured.window.close()
    with running(qapp, qtbot) as again:
        hands = Hands(again, qtbot)
        assert step(hands) == "type"
        assert tools(hands).strip.isVisible()
        assert tools(hands).strip.count.text() == "Tour, 2 of 10"


def test_it_begins_again_from_the_search_over_a_fresh_sample(toured: Hands) -> None:
    before = toured.view.desk.id
    go(toured, "6")
    toured.press(KEY.Key_K, CTRL)
    toured.type("tour")
    toured.press(KEY.Key_Return)
    assert step(toured) == "go"
    assert toured.view.desk.id != before


def test_the_timeline_without_an_answer_does_not_finish_the_last_step(toured: Hands) -> None:
    toured.view.show_page(TIMELINE)
    rest(toured)
    walk = tour(toured).walk
    assert walk is not None
    assert not {"submit", "answer"} & walk.passed
