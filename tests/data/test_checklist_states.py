# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long documents last and what permits have left, on the checklist as in the findings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from swclient.document.path import Path
from swclient.engine.checklist import Status
from swclient.engine.session import Session
from tests.data.cases import good, type_in

STATUS_CODES = {
    Status.EXPIRED: {"D004", "H036"},
    Status.OVERDUE: {"D009"},
    Status.SHORT: {"G038C", "G038D", "G038F", "G028"},
}


def documents(session: Session) -> list[int]:
    return list(session.declaration.tables["document"])


def _status_agrees(session: Session, status: Status) -> None:
    session.settle()
    findings = {each.paths[0].row for each in session.findings() if each.code in STATUS_CODES[status]}
    lines = {path.row for line in session.checklist() if line.status is status for path in line.given[:1]}
    assert findings == lines != set()


@pytest.mark.parametrize("code", ["KZ", "KG", "TJ", "UZ", "AZ", "MN", "CN"])
def test_every_document_that_ended_is_expired_on_both(code: str) -> None:
    session = good(code)
    for row in documents(session):
        session.type_in(Path("document", row, "valid_until"), "2026-11-19")
        _status_agrees(session, Status.EXPIRED)


def test_a_document_in_force_is_what_counts_and_the_one_that_ended_stands_apart() -> None:
    session = good()
    row = session.add_row("document")
    for name, text in {"kind": "03011", "number": "OLD", "date": "2020-01-01", "valid_until": "2026-01-01"}.items():
        session.type_in(Path("document", row, name), text)
    lines = {line.code or line.stated[:3]: line.status for line in session.checklist()}
    assert lines["D005"] is Status.PRESENT
    assert lines["OLD"] is Status.EXPIRED


@pytest.mark.parametrize(
    ("until", "status"),
    [
        ("2026-11-19", Status.EXPIRED),
        ("2026-11-20", Status.ENDING),
        ("2026-12-19", Status.ENDING),
        ("2026-12-20", Status.PRESENT),
    ],
)
def test_a_document_that_ends_within_a_month_ends_soon(until: str, status: Status) -> None:
    session = good()
    row = documents(session)[0]
    session.type_in(Path("document", row, "valid_until"), until)
    (line,) = [each for each in session.checklist() if each.given and each.given[0].row == row]
    assert (line.status, line.valid_until) == (status, date.fromisoformat(until))


def test_a_document_for_a_transit_must_last_as_long_as_it() -> None:
    session = good("KZ", "kz-transit-80")
    type_in(session, "header.transit_until", "2027-02-01")
    row = documents(session)[0]
    session.type_in(Path("document", row, "valid_until"), "2027-01-31")
    assert {Status.ENDING, Status.PRESENT} == {line.status for line in session.checklist()}


def test_a_promise_is_told_with_its_day_and_is_overdue_after_it() -> None:
    session = good()
    row = documents(session)[0]
    session.type_in(Path("document", row, "promised"), "2026-12-24")
    session.clear(Path("document", row, "number"))
    (line,) = [each for each in session.checklist() if each.given and each.given[0].row == row]
    assert (line.status, line.promised) == (Status.PROMISED, date(2026, 12, 24))
    session.type_in(Path("document", row, "promised"), "2026-11-19")
    _status_agrees(session, Status.OVERDUE)


@pytest.mark.parametrize(
    ("given", "used", "left"),
    [
        ({"quantity": "900", "left": "500"}, "540", "-40"),
        ({"quantity": "900", "left": "540"}, "540", "0"),
        ({"quantity": "539"}, "540", "-1"),
        ({"quantity": "541"}, "540", "1"),
    ],
)
def test_what_a_permit_has_left_is_told_and_too_little_is_found(given: dict[str, str], used: str, left: str) -> None:
    session = good()
    row = session.add_row("document", session.rows("item")[0])
    for name, text in {"kind": "01011", "number": "L-1", "date": "2026-10-01", "quantity_unit": "166", **given}.items():
        session.type_in(Path("document", row, name), text)
    (line,) = [each for each in session.checklist() if each.given and each.given[0].row == row]
    assert line.amount is not None
    assert (line.amount.used, line.amount.left) == (Decimal(used), Decimal(left))
    if Decimal(left) < 0:
        _status_agrees(session, Status.SHORT)
    else:
        assert not {each.code for each in session.findings()} & STATUS_CODES[Status.SHORT]


def test_a_permit_that_stands_under_two_items_is_used_by_both() -> None:
    session = good()
    for item in session.rows("item")[:2]:
        row = session.add_row("document", item)
        for name, text in {"kind": "01011", "number": "L-1", "quantity_unit": "166", "left": "600"}.items():
            session.type_in(Path("document", row, name), text)
    masses = [session.value(Path("item", item, "net_mass")) for item in session.rows("item")[:2]]
    lines = [each for each in session.checklist() if each.stated == "L-1"]
    assert {line.amount.used for line in lines if line.amount} == {sum(masses)}
    assert {line.status for line in lines} == {Status.SHORT}


def test_what_uses_a_permit_that_no_goods_ask_for_is_not_guessed() -> None:
    session = good()
    row = session.add_row("document")
    for name, text in {"kind": "01011", "number": "L-1", "quantity_unit": "166", "left": "1"}.items():
        session.type_in(Path("document", row, name), text)
    (line,) = [each for each in session.checklist() if each.stated == "L-1"]
    assert line.amount is not None
    assert (line.status, line.amount.used, line.amount.left) == (Status.PRESENT, None, None)


def test_a_permit_of_the_whole_declaration_is_used_by_the_goods_that_ask_for_it() -> None:
    session = good()
    type_in(session, "item[3].code", "2903110000")
    row = session.add_row("document")
    for name, text in {"kind": "01011", "number": "L-1", "quantity_unit": "166", "left": "9000"}.items():
        session.type_in(Path("document", row, name), text)
    session.settle()
    (line,) = [each for each in session.checklist() if each.code == "G038"]
    assert (line.status, line.items) == (Status.PRESENT, (3,))
    assert line.amount is not None
    assert line.amount.used == session.value(Path("item", session.rows("item")[2], "net_mass"))
