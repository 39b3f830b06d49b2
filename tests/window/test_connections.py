# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The room of connections: by keys alone a connection is set up, saved untested, tested, put to use and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from swclient.training import RunningTraining, TrainingOptions, start_process
from swclient.workflow.connections import read_register
from tests.window.hands import CTRL, Hands
from ui.pages.connections import ConnectionsPage

_TAB, _ENTER, _SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningTraining]:
    """An office of somebody else, as far as the program knows."""
    with start_process(tmp_path / "other", TrainingOptions(pace=0.01)) as running:
        yield running


@pytest.fixture
def room(hands: Hands) -> ConnectionsPage:
    """The room, entered through the search."""
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("connections to off")
    hands.qtbot.waitUntil(lambda: bool(hands.window.top.search.text()))
    hands.press(_ENTER)
    page = hands.program.office.links.page
    hands.qtbot.waitUntil(lambda: hands.window.room is page)
    return page


def fill(hands: Hands, room: ConnectionsPage, **texts: str) -> None:
    """Type into the rows by their keys, one after the other."""
    for key, text in texts.items():
        room.form.entries[key].setFocus()
        room.form.entries[key].selectAll()
        hands.type(text)


def press(hands: Hands, room: ConnectionsPage, verb: str) -> None:
    room.buttons[verb].setFocus()
    hands.press(_SPACE)


def told(room: ConnectionsPage) -> str:
    return "\n".join(room.results.itemAt(place).widget().text() for place in range(room.results.count()))


def test_a_connection_is_saved_without_a_test_and_put_to_use(hands: Hands, room: ConnectionsPage, home: Path) -> None:
    fill(hands, room, name="Own", address="https://office.example.org:8443", client_id="us")
    press(hands, room, "save")
    assert [each.name for each in read_register(home).connections] == ["Own"]
    assert read_register(home).in_use == frozenset()
    press(hands, room, "use")
    assert read_register(home).in_use == {"Own"}
    assert hands.window.top.training.accessibleName() == "NOT CONFIRMED"
    press(hands, room, "use")
    assert hands.window.top.training.accessibleName() == "TRAINING"
    press(hands, room, "remove")
    assert read_register(home).connections == ()


def test_a_wrong_value_is_told_and_nothing_is_saved(hands: Hands, room: ConnectionsPage, home: Path) -> None:
    fill(hands, room, name="Own", address="http://office.example.org")
    press(hands, room, "save")
    assert "https://" in room.notice.accessibleName()
    assert not (home / "connections.json").exists()
    assert room.form.entries["name"].text() == "Own"


def test_the_test_tells_each_step_and_what_to_do(hands: Hands, room: ConnectionsPage, office: RunningTraining) -> None:
    fill(hands, room, name="Own", address=office.address, client_id="training", secret="training")
    press(hands, room, "test")
    hands.qtbot.waitUntil(room.buttons["test"].isEnabled, timeout=20_000)
    assert "✗ Identity (TLS)" in told(room)
    assert "certificate authority" in told(room)
    fill(hands, room, ca_file=str(office.ca_file), path="/wco/customs")
    press(hands, room, "test")
    hands.qtbot.waitUntil(lambda: room.result_title.text() == "The connection works.", timeout=20_000)
    assert told(room).count("✓") == 5


def test_where_it_listens_is_set_up_and_a_push_comes_back(
    hands: Hands, room: ConnectionsPage, office: RunningTraining, home: Path
) -> None:
    fill(hands, room, name="Own", address=office.address, client_id="training", secret="training")
    fill(hands, room, ca_file=str(office.ca_file), path="/wco/customs", listen="127.0.0.1:0")
    press(hands, room, "test")
    hands.qtbot.waitUntil(lambda: room.result_title.text() == "The connection works.", timeout=20_000)
    assert "✓ Answers are pushed" in told(room)
    press(hands, room, "save")
    assert read_register(home).connections[0].listen == "127.0.0.1:0"
    assert room.form.entries["listen"].text() == "127.0.0.1:0"
    fill(hands, room, listen="0.0.0.0:8443")
    press(hands, room, "save")
    assert "in the clear" in room.notice.accessibleName()


def test_only_what_pushes_is_asked_where_it_may_push_to(hands: Hands, room: ConnectionsPage) -> None:
    assert room.form.entries["listen"].isVisible()
    speaks = room.form.choices["adapter"]
    speaks.setCurrentIndex(speaks.findData("eaeu"))
    assert not room.form.entries["listen"].isVisible()
    room.stand_on("")
    room.retranslate()
    assert room.form.entries["name"].isVisible()


def test_what_was_typed_is_kept_while_another_connection_is_looked_at(hands: Hands, room: ConnectionsPage) -> None:
    fill(hands, room, name="First", address="https://first.example.org")
    press(hands, room, "save")
    fill(hands, room, address="https://second.example.org")
    room.stand_on("")
    assert room.form.entries["address"].text() == ""
    room.stand_on("First")
    assert room.form.entries["address"].text() == "https://second.example.org"
    assert room.form.entries["secret"].text() == ""


def test_an_open_declaration_is_as_it_was_behind_the_room(sample: Hands) -> None:
    sample.go_to("header.currency")
    before = sample.session.snapshot()
    sample.program.office.do("connections")
    sample.program.office.links.page.back.click()
    assert sample.window.room is sample.program.office.worklist
    declaration = next(iter(sample.program.office._views))
    sample.program.office.open(declaration)
    assert sample.session.snapshot().tables == before.tables
