# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several people at one computer: each change has its person, and a second one signs off where that is wanted."""

from __future__ import annotations

import pytest

from swclient.base.errors import UserError
from swclient.document.path import Path
from swclient.workflow.application import Application
from swclient.workflow.desk.desk import Desk
from swclient.workflow.house.people import FILE, People
from swclient.workflow.signature import signing_off
from swclient.workflow.states import State
from swclient.workflow.told.past import past_of

ANNA, BORIS = "Анна", 'Boris "the second"'


@pytest.fixture
def desk(application: Application) -> Desk:
    """The sample, last changed by the first person; a second one must sign off."""
    application.people.work_as(ANNA)
    application.people.want_four_eyes(wanted=True)
    made = application.open(application.open_sample())
    made.session.type_in(Path("header", 0, "reference"), "T-1")
    return made


def lodge(application: Application, desk: Desk) -> None:
    """Sign and queue as every way out does."""
    application.line.lodge(desk.id, desk.session.snapshot(), desk.session.findings(), lambda _words: None)


def test_names_are_kept_and_carried_into_the_log(application: Application) -> None:
    application.people.work_as(f"  {ANNA} ")
    desk = application.open(application.open_sample())
    path = Path("header", 0, "reference")
    before = desk.session.text_at(path)
    desk.session.type_in(path, "A-1")
    application.people.work_as(BORIS)
    desk.session.history._done.clear()  # a pause between two people
    desk.session.type_in(path, "B-2")
    turns = desk.past()
    told = [(turn.who, edit.before, edit.after) for turn, edit in past_of(turns, path)]
    assert told == [(ANNA, before, "A-1"), (BORIS, "A-1", "B-2")]
    assert [turn.who for turn in desk.past(BORIS)] == [BORIS]
    again = People(application.home)
    assert (again.name, set(again.known) >= {ANNA, BORIS}) == (BORIS, True)
    with pytest.raises(UserError, match="name"):
        again.work_as("\n")
    assert again.name == BORIS


def test_every_step_is_in_the_log_however_many_there_are(offline: Application) -> None:
    desk = offline.open(offline.open_sample())
    path = Path("header", 0, "reference")
    for number in range(450):
        desk.session.history._done.clear()
        desk.session.type_in(path, f"N-{number}")
    told = [edit.after for _turn, edit in past_of(desk.past(), path)]
    assert told == [f"N-{number}" for number in range(450)]


def test_nothing_goes_out_without_a_second_person(application: Application, desk: Desk) -> None:
    allowed, why = desk.may("submit")
    assert not allowed
    assert ANNA in str(why)
    with pytest.raises(UserError, match="must sign"):
        lodge(application, desk)
    assert application.line.state(desk.id) is State.DRAFT
    with pytest.raises(UserError, match="changed this declaration last"):
        desk.sign_off()
    application.people.work_as(BORIS)
    assert desk.sign_off().who == BORIS
    assert desk.may("submit") == (True, None)
    lodge(application, desk)
    assert application.line.state(desk.id) is State.QUEUED
    assert ("Signed off", BORIS) in [(each.title, each.detail) for each in desk.timeline()]
    assert application.store.health.state == "ok"


def test_a_sign_off_falls_with_the_next_change(application: Application, desk: Desk) -> None:
    application.people.work_as(BORIS)
    desk.sign_off()
    desk.session.type_in(Path("header", 0, "reference"), "T-2")
    with pytest.raises(UserError, match="must sign"):
        lodge(application, desk)
    with pytest.raises(UserError, match="changed this declaration last"):
        desk.sign_off()  # now the second person is the last editor
    desk.session.undo()  # a change too
    assert desk.review().signed_off is None
    application.people.work_as(ANNA)
    desk.sign_off()
    lodge(application, desk)


def test_other_figures_than_those_signed_off_do_not_go_out(application: Application, desk: Desk) -> None:
    application.people.work_as(BORIS)
    desk.sign_off()
    other = application.open(application.open_sample())
    with pytest.raises(UserError, match="changed since"):
        application.line.lodge(desk.id, other.session.snapshot(), [], lambda _words: None)


def test_a_file_attached_afterwards_wants_another_look(application: Application, desk: Desk) -> None:
    application.people.work_as(BORIS)
    desk.sign_off()
    application.store.add_event(desk.id, "attached", {"text": "invoice.pdf"})
    assert desk.review().signed_off is None


def test_it_is_there_after_a_restart_and_a_snapshot_does_not_take_it_away(application: Application, desk: Desk) -> None:
    application.people.work_as(BORIS)
    desk.sign_off()
    application.shut(desk.id)
    desk = application.open(desk.id)
    assert desk.review().reason(desk.session.snapshot()) is None


def test_without_the_option_nobody_is_asked(application: Application, desk: Desk) -> None:
    application.people.want_four_eyes(wanted=False)
    assert desk.may("submit") == (True, None)
    lodge(application, desk)


@pytest.mark.parametrize("text", ["four_eyes = maybe", "four_eyes = 1", 'four_eyes = "yes"'])
def test_a_file_of_people_that_cannot_be_read_lets_nothing_out(application: Application, desk: Desk, text: str) -> None:
    (application.home / FILE).write_text(text, encoding="utf-8")
    assert People(application.home).name
    with pytest.raises(UserError, match="cannot be read"):
        lodge(application, desk)
    assert application.line.state(desk.id) is State.DRAFT


def test_errors_are_not_signed_off(application: Application, desk: Desk) -> None:
    desk.session.type_in(Path("item", desk.session.rows("item")[0], "net_mass"), "999999999")
    application.people.work_as(BORIS)
    with pytest.raises(UserError):
        desk.sign_off()
    assert signing_off.review(application.store, desk.id).signed_off is None
