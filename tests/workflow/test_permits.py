# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permits from need to box 44: applied for from a draft, answered over the wire, taken as one step."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.document.path import Path as FieldPath
from swclient.training import TrainingOptions, start_process
from swclient.workflow.application import Application
from swclient.workflow.permits.fold import Standing
from swclient.workflow.permits.words import place_of, why_words
from swclient.workflow.states import State
from tests.declarations import today
from tests.workflow.consignment import AGENCIES, WAIT_SECONDS, needing_permits, settle, wanted

Made = Callable[..., Application]


def _now() -> date:
    """The day by the clock of the training offices."""
    return datetime.now(UTC).astimezone().date()


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Made]:
    """Make applications whose agencies answer as asked, today being a day of one's choice."""
    made: list[Application] = []

    def make(day: date | None = None, **options: Any) -> Application:
        quick = TrainingOptions(pace=0.01, **options)
        clock = today if day is None else lambda: day
        application = Application(
            tmp_path / f"home{len(made)}", today=clock, start_offices=lambda folder: start_process(folder, quick)
        )
        made.append(application)
        return application

    yield make
    for application in made:
        application.close()


def test_one_consignment_is_answered_by_three_agencies_and_customs_under_one_reference(
    application: Application,
) -> None:
    desk = needing_permits(application)
    needs = wanted(desk)
    assert set(needs) == set(AGENCIES)
    assert {need.standing for need in needs.values()} == {Standing.NOT_ASKED}
    assert desk.permits.apply(needs.values()) == 3
    settle(desk)
    assert {need.standing for need in wanted(desk).values()} == {Standing.GRANTED}
    assert desk.state is State.DRAFT  # applying moves nothing
    for need in wanted(desk).values():
        desk.permits.take(need)
    assert {need.standing for need in wanted(desk).values()} == {Standing.TAKEN}
    snapshot = desk.session.snapshot()
    application.line.lodge(desk.id, snapshot, (), lambda _told: None)
    application.line.open()
    application.dealings.carrier().follow(desk.id, snapshot, lambda _told: None)
    answers = application.store.answers.of_declaration(desk.id)
    assert {kept.answer.channel for kept in answers} >= {"customs", *AGENCIES}
    references = {kept.parsed["permit"]["consignment"] for kept in answers if kept.parsed and "permit" in kept.parsed}
    assert references == {desk.id}


def test_the_application_says_what_the_declaration_says(offline: Application) -> None:
    desk = needing_permits(offline)
    desk.session.type_in(FieldPath("header", 0, "arrival_date"), "2026-12-01")
    desk.permits.apply([wanted(desk)["veterinary"]])
    (entry,) = offline.store.outbox.entries(desk.id)
    said = json.loads(entry.entry.content)
    item = desk.session.snapshot().many("item")[0]
    assert (entry.entry.channel, entry.entry.verb) == ("veterinary", "application")
    assert said["applicant"]["tax_id"] == desk.session.snapshot().one("declarant").get("tax_id")
    assert said["route"]["border_office"] == desk.session.snapshot().one("header").get("border_office")
    assert said["route"]["arrival"] == "2026-12-01"
    assert said["route"]["vehicles"][0]["identity"] == "000ABC02"
    (goods,) = said["items"]
    assert (goods["no"], goods["commodity_code"], goods["origin"]) == (1, "0202309004", "CN")
    assert Decimal(goods["net_mass"]) == item.get("net_mass")
    assert entry.entry.signature
    assert entry.entry.idempotency_key != said["application"]


def test_what_nobody_could_decide_about_is_told_before_anything_is_queued(offline: Application) -> None:
    desk = needing_permits(offline)
    desk.session.clear(FieldPath("item", desk.session.rows("item")[0], "description"))
    with pytest.raises(UserError, match="box 31 of item 1"):
        desk.permits.apply(wanted(desk).values())
    assert not offline.store.outbox.entries(desk.id)


def test_no_line_leaves_it_in_the_outbox_and_twice_is_refused(offline: Application) -> None:
    desk = needing_permits(offline)
    desk.permits.apply(wanted(desk).values())
    assert {need.standing for need in wanted(desk).values()} == {Standing.WAITING}
    with pytest.raises(UserError, match="already"):
        desk.permits.apply([wanted(desk)["technical"]])
    with pytest.raises(OutsideError):
        offline.line.open()
    assert len(offline.store.outbox.entries(desk.id)) == 3


@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before_commit", "status503"])
def test_a_lost_answer_never_makes_a_second_application(answering: Made, fault: str) -> None:
    application = answering(faults={fault: 1})
    desk = needing_permits(application)
    desk.permits.apply([wanted(desk)["quarantine"]])
    settle(desk)
    (entry,) = application.store.outbox.entries(desk.id)
    assert entry.attempts >= 2
    receipts = [
        kept for kept in application.store.answers.of_declaration(desk.id) if b"permit-receipt" in kept.answer.raw
    ]
    assert len(receipts) == 1


def test_a_refusal_is_pinned_and_may_be_applied_for_again(answering: Made) -> None:
    application = answering()
    desk = needing_permits(application)
    first = desk.session.rows("item")[0]
    desk.session.clear(FieldPath("item", first, "origin"))
    desk.permits.apply([wanted(desk)["veterinary"]])
    settle(desk)
    need = wanted(desk)["veterinary"]
    assert need.standing is Standing.REFUSED
    assert "AGN-103 · item 1" in why_words(need)
    assert place_of(desk.session, need) == FieldPath("item", first, "origin")
    desk.session.type_in(FieldPath("item", first, "origin"), "CN")
    desk.permits.apply([need])
    settle(desk)
    assert wanted(desk)["veterinary"].standing is Standing.GRANTED
    assert len(desk.permits.applied()) == 2


def test_data_that_is_wanted_is_named_with_its_box(answering: Made) -> None:
    application = answering()
    desk = needing_permits(application)
    desk.session.clear(FieldPath("header", 0, "border_office"))
    desk.permits.apply([wanted(desk)["quarantine"]])
    settle(desk)
    need = wanted(desk)["quarantine"]
    assert need.standing is Standing.MORE
    assert place_of(desk.session, need) == FieldPath("header", 0, "border_office")


def test_a_withdrawn_permit_is_told_though_it_stands_in_box_44(answering: Made) -> None:
    application = answering(agencies={"technical": "withdrawn"})
    desk = needing_permits(application)
    desk.permits.apply([wanted(desk)["technical"]])
    settle(desk)
    if wanted(desk)["technical"].standing is Standing.GRANTED:  # it may be withdrawn before anybody took it
        desk.permits.take(wanted(desk)["technical"])
    deadline = time.monotonic() + WAIT_SECONDS
    while wanted(desk)["technical"].standing is not Standing.WITHDRAWN:
        application.line.pump(desk.id)
        assert time.monotonic() < deadline
    assert "отозвано" in why_words(wanted(desk)["technical"])


def test_a_permit_that_ends_soon_or_before_arrival_is_warned_of(answering: Made) -> None:
    application = answering(day=_now(), agencies={"technical": "short", "veterinary": "granted"})
    desk = needing_permits(application)
    desk.permits.apply(wanted(desk).values())
    settle(desk)
    needs = wanted(desk)
    assert (needs["technical"].step, needs["quarantine"].step, needs["veterinary"].step) == (7, 30, 30)
    arrival = _now() + timedelta(days=20)
    desk.session.type_in(FieldPath("header", 0, "arrival_date"), arrival.isoformat())
    needs = wanted(desk)
    assert [needs[name].step for name in AGENCIES] == [30, 0, 0]
    assert "before the goods are expected" in why_words(needs["technical"])


def test_one_that_has_ended_may_be_applied_for_again(answering: Made, tmp_path: Path) -> None:
    day = [_now()]
    application = answering(agencies={"technical": "short"})
    application.today = lambda: day[0]
    desk = needing_permits(application)
    desk.session.live.today = lambda: day[0]
    desk.permits.apply([wanted(desk)["technical"]])
    settle(desk)
    assert wanted(desk)["technical"].standing is Standing.GRANTED
    day[0] += timedelta(days=6)
    assert wanted(desk)["technical"].standing is Standing.EXPIRED
    assert desk.permits.apply([wanted(desk)["technical"]]) == 1


def test_what_was_applied_for_is_known_after_a_restart(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = Application(home, today=today)
    desk = needing_permits(first)
    desk.permits.apply(wanted(desk).values())
    identity = desk.id
    first.close()
    later = Application(
        home, today=today, start_offices=lambda folder: start_process(folder, TrainingOptions(pace=0.01))
    )
    try:
        desk = later.open(identity)
        assert {need.standing for need in wanted(desk).values()} == {Standing.WAITING}
        later.resume()  # as the program does when it starts: the courier goes, and nobody else
        deadline = time.monotonic() + WAIT_SECONDS
        while {need.standing for need in wanted(desk).values()} != {Standing.GRANTED}:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert {need.standing for need in wanted(desk).values()} == {Standing.GRANTED}
    finally:
        later.close()
