# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worklist by hand: its folders, what is overdue, the line that filters it; no mouse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from swclient.store.values import Move, NewDeclaration, Summary
from tests.window.hands import CTRL, Hands
from ui.pages.worklist import WorklistPage
from ui.panels.rail import MOST_VIEWS

FOLDERS = [
    "drafts",
    "ready",
    "to_send",
    "waiting",
    "needs_you",
    "released",
    "archived",
    "letters",
    "templates",
    "registers",
    "bin",
]


def page(hands: Hands) -> WorklistPage:
    return hands.program.office.worklist


def settled(hands: Hands) -> WorklistPage:
    for _turn in range(3):
        QApplication.processEvents()
    return page(hands)


def make(hands: Hands, name: str, *, country: str = "KZ", party: str = "", goods: str = "") -> str:
    """Put a small draft into the store."""
    tables = {
        "header": [[0, None, {"reference": name}]],
        "declarant": [[0, None, {"name": party}]],
        "item": [[1, None, {"description": goods}]],
    }
    new = NewDeclaration(name, "40", country, "1", {"tables": tables}, summary=Summary(f"ИМ 40 {name}", party))
    hands.program.office.application.store.create(new, actor="")
    return name


def move(hands: Hands, name: str, state: str, due_at: datetime | None = None) -> None:
    hands.program.office.application.store.move_state(Move(name, "draft", state, due_at=due_at))


def shown(hands: Hands) -> list[str]:
    return [row.id for row in settled(hands)._rows.rows]


def folder(hands: Hands, name: str) -> WorklistPage:
    hands.program.office.show_folder(name)
    hands.program.office.refresh()
    return settled(hands)


@pytest.fixture
def several(hands: Hands) -> Hands:
    """Hands on the drafts, of which there are four."""
    make(hands, "A-1", party="ТОО «Пример»", goods="Краны шаровые 阀门")
    make(hands, "A-2", party="Example LLP", goods="Лампы")
    make(hands, "B-1", country="KG", party="ОсОО «Пример»", goods="Краны")
    make(hands, "B-2", goods="Пример груза")
    folder(hands, "drafts")
    return hands


def test_the_rail_has_all_folders_in_the_order_of_a_life(hands: Hands) -> None:
    assert list(hands.window.rail.buttons) == FOLDERS
    assert set(FOLDERS) == set(hands.program.office.application.folders())


def test_the_rail_fits_the_smallest_window_with_all_views(hands: Hands) -> None:
    hands.window.rail.show_views([f"View {n}" for n in range(MOST_VIEWS)])
    hands.window.rail.set_narrow(narrow=False)
    assert hands.window.rail.minimumSizeHint().height() <= 700 - 44


@pytest.mark.parametrize(
    ("state", "where"),
    [("signed", "to_send"), ("queued", "to_send"), ("sent", "waiting"), ("received", "waiting"), ("paid", "waiting")],
)
def test_what_is_to_be_sent_and_what_is_to_be_answered_are_two_folders(several: Hands, state: str, where: str) -> None:
    move(several, "A-1", state)
    assert several.program.office.application.folders()[where] == 1
    assert several.program.office.application.folders()["drafts"] == 3
    folder(several, where)
    assert shown(several) == ["A-1"]


def test_a_draft_checked_without_an_error_is_ready_until_it_is_changed(sample: Hands) -> None:
    application = sample.program.office.application
    assert (application.folders()["drafts"], application.folders()["ready"]) == (1, 0)
    sample.press(Qt.Key.Key_F7)
    application.store.flush()
    settled(sample)
    assert (application.folders()["drafts"], application.folders()["ready"]) == (0, 1)
    assert sample.window.rail.buttons["ready"].accessibleName() == "Ready: 1"
    sample.go_to("header.reference")
    sample.type("NEW")
    sample.press(Qt.Key.Key_Return)
    application.store.flush()
    assert (application.folders()["drafts"], application.folders()["ready"]) == (1, 0)


def test_a_check_that_finds_an_error_takes_ready_back(sample: Hands) -> None:
    application = sample.program.office.application
    sample.press(Qt.Key.Key_F7)
    sample.session.type_in(sample.item(1, "net_mass"), "99999999")
    sample.rest()
    sample.press(Qt.Key.Key_F7)
    application.store.flush()
    assert application.folders()["ready"] == 0


def test_what_is_overdue_is_signed_worded_and_counted(several: Hands) -> None:
    move(several, "A-1", "received", datetime.now(UTC) - timedelta(hours=5))
    move(several, "A-2", "received", datetime.now(UTC) + timedelta(hours=5))
    folder(several, "waiting")
    assert several.window.rail.buttons["waiting"].accessibleName() == "Waiting for an answer: 2, 1 overdue"
    told = [page(several)._rows.data(page(several)._rows.index(n, 0)) for n in range(2)]
    assert "overdue since" not in told[0]
    assert "overdue since" in told[1]
    assert "5 h ago" in told[1]


def test_words_are_found_as_they_are_typed(several: Hands) -> None:
    several.press(Qt.Key.Key_F, CTRL)
    assert several.cursor is page(several).filter.lines["text"]
    several.type("кра")
    assert shown(several) == ["B-1", "A-1"]
    several.type("н шар")
    assert shown(several) == ["A-1"]
    several.press(Qt.Key.Key_Down)
    assert several.cursor is page(several).list
    several.press(Qt.Key.Key_Up)
    assert several.cursor is page(several).filter.lines["text"]
    several.press(Qt.Key.Key_Escape)
    assert shown(several) == ["B-2", "B-1", "A-2", "A-1"]
    assert several.cursor is page(several).list


def test_one_chinese_character_is_a_word(several: Hands) -> None:
    several.press(Qt.Key.Key_F, CTRL)
    several.type("阀")
    assert shown(several) == ["A-1"]


def test_nothing_found_says_how_to_go_on(several: Hands) -> None:
    several.press(Qt.Key.Key_F, CTRL)
    several.type("zzz")
    assert shown(several) == []
    assert "Escape" in page(several).lead.text()
    assert not any(card.isVisible() for card in page(several).cards.values())


@pytest.mark.parametrize(
    ("line", "words", "found"),
    [
        ("party", "Пример", ["B-1", "A-1"]),
        ("reference", "A-", ["A-2", "A-1"]),
        ("reference", "b-2", ["B-2"]),
        ("since", "2020-01-01", ["B-2", "B-1", "A-2", "A-1"]),
        ("until", "01.01.2020", []),
        ("until", "01.0", ["B-2", "B-1", "A-2", "A-1"]),
    ],
)
def test_the_second_line_filters_too(several: Hands, line: str, words: str, found: list[str]) -> None:
    page(several).filter.buttons["more"].click()
    page(several).filter.lines[line].setFocus()
    several.type(words)
    assert shown(several) == found
    assert page(several).filter.trouble.isVisible() is (words == "01.0")


def test_country_and_state_filter_by_keys(several: Hands) -> None:
    move(several, "A-1", "rejected")
    look = page(several).filter
    look.buttons["more"].click()
    look.boxes["profile"].setFocus()
    several.type("KG")
    look._tell()
    assert shown(several) == ["B-1"]
    look.clear()
    look.buttons["everywhere"].click()
    assert set(shown(several)) == {"A-1", "A-2", "B-1", "B-2"}
    assert page(several).heading.text().startswith("All folders")
    look.boxes["state"].setCurrentIndex(look.boxes["state"].findData("rejected"))
    look._tell()
    assert shown(several) == ["A-1"]


def test_another_folder_is_shown_whole(several: Hands) -> None:
    several.press(Qt.Key.Key_F, CTRL)
    several.type("кра")
    folder(several, "released")
    folder(several, "drafts")
    assert len(shown(several)) == 4
    assert not page(several).filter.looked


def test_further_lines_are_read_when_one_scrolls_to_the_end(hands: Hands) -> None:
    for n in range(230):
        make(hands, f"N-{n:03}", goods="Краны")
    folder(hands, "drafts")
    assert len(shown(hands)) == 200
    assert page(hands).heading.text() == "Drafts  200+"
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type("краны")
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_End)
    assert shown(hands) == [f"N-{n:03}" for n in reversed(range(230))]


def test_the_list_does_not_jump_when_something_comes(hands: Hands) -> None:
    for n in range(450):
        make(hands, f"N-{n:03}")
    folder(hands, "drafts")
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_End)
    bar = page(hands).list.verticalScrollBar()
    assert len(shown(hands)) > 400
    loaded, at = len(shown(hands)), bar.value()
    make(hands, "NEW")
    hands.program.office.refresh()
    assert (shown(hands)[0], bar.value()) == ("NEW", at)
    assert len(shown(hands)) == loaded


def test_what_becomes_overdue_is_told_by_the_clock(several: Hands) -> None:
    move(several, "A-1", "received", datetime.now(UTC) + timedelta(milliseconds=300))
    folder(several, "waiting")
    button = several.window.rail.buttons["waiting"]
    assert button.accessibleName() == "Waiting for an answer: 1"
    several.program.office.looks.clock.start(50)
    several.qtbot.waitUntil(lambda: "1 overdue" in button.accessibleName())
