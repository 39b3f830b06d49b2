# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start: three questions by a few keys, the country's own sample, and what the answers do later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as File
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from swclient.document.path import SINGLE, Path
from swclient.workflow.registers.beginning import SAMPLE, Habits, usual_profile
from tests.window.conftest import running
from tests.window.hands import Hands
from ui.settings.remember import Memory

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ENTER = Qt.Key.Key_Return


@pytest.fixture
def first(qapp: QApplication, qtbot: QtBot, home: File) -> Iterator[Hands]:
    """Hands on the program in a home where nobody has worked yet."""
    home.mkdir(parents=True)
    with running(qapp, qtbot) as program:
        yield Hands(program, qtbot)


def begin(hands: Hands, keys: int = 4) -> None:
    for _key in range(keys):
        hands.press(ENTER)
    hands.rest()


def test_four_keys_take_the_defaults_and_open_the_sample(first: Hands, home: File) -> None:
    assert first.window.room is first.program.office.first.page
    begin(first)
    row = first.view.desk.row()
    assert (row.profile, row.relation, row.state) == ("KZ", SAMPLE, "draft")
    assert first.view.line.state.text().startswith("Sample · Draft")
    kept = Memory(home)
    assert [kept.text(name) for name in ("country", "role", "language")] == ["KZ", "trader", "en"]


def test_the_language_changes_the_page_at_once_and_proposes_its_country(first: Hands) -> None:
    page = first.program.office.first.page
    first.type("о")  # a letter of Oʻzbekcha is Latin; Cyrillic begins none of the names here
    assert page.answers.language == "en"
    first.type("o")
    assert page.answers[:2] == ("uz", "UZ")
    assert page.asks["country"].options["KZ"].story
    first.press(Qt.Key.Key_Left)
    assert page.answers[:2] == ("tg", "TJ")
    begin(first)
    assert first.session.profile.code == "TJ"


def test_a_chosen_country_stays_when_the_language_is_changed_afterwards(first: Hands) -> None:
    page = first.program.office.first.page
    first.press(ENTER)
    first.press(Qt.Key.Key_Left)
    assert page.answers.country == "KG"
    page.asks["language"].start()
    first.type("q")  # Qazaqsha is written otherwise: nothing begins so
    first.press(Qt.Key.Key_Right)
    assert page.answers[:2] == ("ru", "KG")


def test_new_declarations_are_of_the_chosen_country(first: Hands) -> None:
    page = first.program.office.first.page
    page.asks["country"].choose("UZ")
    begin(first)
    assert first.session.profile.code == "UZ"
    first.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    first.rest()
    assert first.session.profile.code == "UZ"
    assert first.view.desk.row().relation == ""


def test_begin_without_the_sample_shows_the_drafts_and_asks_no_more(
    first: Hands, qapp: QApplication, qtbot: QtBot
) -> None:
    for _key in range(3):
        first.press(ENTER)
    first.press(Qt.Key.Key_Tab)
    first.press(ENTER)
    assert first.window.room is first.program.office.worklist
    assert first.program.office.application.folders()["drafts"] == 0
    first.window.close()
    with running(qapp, qtbot) as again:
        assert again.office.first.page is None
        assert again.window.room is again.office.worklist


def test_a_language_chosen_in_the_menu_is_the_answer_too(first: Hands) -> None:
    page = first.program.office.first.page
    first.window.furnish().language_wanted.emit("ru")
    first.rest()
    assert page.answers.language == "ru"
    begin(first)
    assert first.program.memory.text("language") == "ru"


def test_where_somebody_has_worked_nothing_is_asked(hands: Hands, qapp: QApplication, qtbot: QtBot, home: File) -> None:
    hands.program.office.new()
    hands.rest()
    hands.window.close()
    (home / "window.conf").unlink()
    with running(qapp, qtbot) as again:
        assert again.office.first.page is None


def test_the_questions_can_be_answered_anew(hands: Hands) -> None:
    hands.program.office.do("first_start")
    page = hands.program.office.first.page
    assert page.answers.country == "KZ"
    page.asks["role"].choose("broker")
    begin(hands)
    assert hands.program.office.application.habits.role == "broker"
    hands.program.memory.keep(country="MN")  # as the settings do
    hands.program.office.do("first_start")
    assert page.answers[1:] == ("MN", "broker")


def kept_firm(hands: Hands) -> str:
    """Keep the consignee of the sample as the own firm and return its name."""
    hands.program.office.open_sample()
    hands.rest()
    name = hands.session.look(hands.go_to("declarant.name").path).text
    hands.program.office.do("own_firm")
    assert "kept as your own firm" in hands.view.line.notice.label.text()
    return name


@pytest.mark.parametrize(("role", "declares", "receives"), [("trader", 1, 1), ("broker", 1, 0), ("trainer", 0, 0)])
def test_the_own_firm_stands_where_the_role_has_it(hands: Hands, role: str, declares: int, receives: int) -> None:
    office = hands.program.office
    hands.program.memory.keep(role=role)
    office.first.follow()
    name = kept_firm(hands)
    office.new()
    hands.rest()
    singles = hands.session.live.singles
    assert singles["declarant"].values.get("name") == (name if declares else None)
    assert bool(singles["consignee"].values.get("same_as_declarant")) is bool(receives)
    source = hands.session.sources.get(Path("declarant", SINGLE, "name"))
    assert bool(source) is bool(declares), "a value that nobody typed says where it came from"


def test_an_own_firm_that_left_the_register_is_filled_in_no_more(hands: Hands) -> None:
    office = hands.program.office
    hands.program.memory.keep(role="trader")
    office.first.follow()
    kept_firm(hands)
    office.registers.registers.remove(office.application.habits.own)
    office.new()
    assert hands.session.live.singles["declarant"].values.get("name") is None


def test_outside_a_party_the_own_firm_is_asked_for_in_place(sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.program.office.do("own_firm")
    assert "your own firm" in sample.view.line.notice.label.text()
    assert sample.program.memory.text("own") == ""


def test_a_trainer_is_shown_how_a_class_works(first: Hands) -> None:
    first.program.office.first.page.asks["role"].choose("trainer")
    begin(first)
    assert "serve-training" in first.view.line.notice.label.text()
    first.program.office.do("class")
    assert "serve-training" in first.window.room.notice.label.text()


def test_a_country_that_is_not_there_is_the_usual_one() -> None:
    assert usual_profile("XX") == usual_profile("") == "KZ"
    assert usual_profile("UZ") == "UZ"
    assert not Habits().fills
    assert not Habits("pilot").fills
