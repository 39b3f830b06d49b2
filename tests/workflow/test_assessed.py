# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What customs assessed is compared with what was worked out here, kind by kind, whoever asked for more."""

from __future__ import annotations

from decimal import Decimal

from swclient.document.path import Path
from swclient.workflow.application import Application
from swclient.workflow.desk.desk import Desk
from swclient.workflow.states import State
from swclient.workflow.told.assessed import Compared, assessment, totals_of


def carried(application: Application) -> Desk:
    """Return the sample as it stands when customs asks for the payment."""
    desk = application.open(application.open_sample())
    snapshot, findings = desk.session.snapshot(), desk.session.findings()
    carrier = application.dealings.carrier(pays=False)
    assert carrier.carry(desk.id, snapshot, findings, lambda _words: None) is State.PAYMENT_DUE
    application.moved(desk.id, State.PAYMENT_DUE)
    return desk


def test_what_the_office_asks_for_is_what_was_worked_out(application: Application) -> None:
    desk = carried(application)
    held = desk.assessed()
    assert held is not None
    ours = {line.kind: line.amount for line in desk.session.snapshot().one("header").charge_totals()}
    assert {each.kind: each.theirs for each in held.lines} == ours
    assert all(each.words() == "the same" for each in held.lines)
    assert held.total.theirs == sum(ours.values())
    assert "Payment requested" in held.source()
    whole = desk.compared(Path("header", 0, "charges_total"))
    item = desk.compared(Path("item", desk.session.rows("item")[0], "charges"))
    assert whole is not None
    assert item is not None
    assert "not by item" not in whole.formula
    assert "not by item" in item.formula
    assert desk.compared(Path("header", 0, "reference")) is None


def test_other_figures_than_ours_are_told_with_sign_and_words(application: Application) -> None:
    desk = carried(application)
    lines = totals_of(application.store, desk.id, desk.session)
    off = [lines[0]._replace(amount=lines[0].amount + 5), *lines[2:], lines[1]._replace(kind="9999")]
    held = assessment(application.store, desk.id, off)
    assert held is not None
    told = {each.kind: each.words() for each in held.lines}
    assert told[lines[0].kind] == "−5.00 customs: less"
    assert told[lines[1].kind] == "not worked out here"
    assert told["9999"] == "customs asks for none"
    assert held.total.difference == Decimal(-5)
    assert Compared("x", Decimal(1), Decimal(3)).words().startswith("+2")


def test_before_an_answer_there_is_nothing_to_compare(offline: Application) -> None:
    desk = offline.open(offline.open_sample())
    assert desk.assessed() is None
    assert desk.compared(Path("header", 0, "charges_total")) is None


def test_what_customs_expected_in_a_box_is_told_beside_what_was_declared(application: Application) -> None:
    desk = application.open(application.open_sample())
    desk.session.type_in(Path("item", desk.session.rows("item")[0], "price"), "1.25")
    carrier = application.dealings.carrier()
    snapshot, findings = desk.session.snapshot(), desk.session.findings()
    assert carrier.carry(desk.id, snapshot, findings, lambda _words: None) is State.REJECTED
    application.moved(desk.id, State.REJECTED)
    box = next(each for each in desk.session.profile.fields.values() if each.box == "B" and each.table == "header")
    told = desk.compared(Path("header", 0, box.name))
    assert told is not None
    due = {line.kind: line.amount for line in desk.session.snapshot().one("header").charge_totals()}
    assert [part.value for part in told.parts] == [f"{kind} {due[kind]} 398" for kind in ("2010", "5010")]
    assert all(part.formula.startswith("declared: ") for part in told.parts)
    assert desk.compared(Path("header", 0, "reference")) is None
