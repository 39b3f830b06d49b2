# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tax pack: every country has its flows as data, figures are those of the declaration, days off move a day."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from swclient.base.csv_writing import harmless, write_csv
from swclient.base.errors import UserError
from swclient.base.working_days import Calendar
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.catalogue.tax_flows import tax_data
from swclient.engine.session import Session
from swclient.workflow.application import Application
from swclient.workflow.drafts.drafting import session_of_body
from swclient.workflow.intake.converting import open_file, sample_body
from swclient.workflow.tax.pack import Handed, Pack, handed_over, make_pack, pack_files
from swclient.workflow.tax.statement import PaymentDocument, amounts_of, tax_statement
from tests.data.cases import SAMPLES
from tests.declarations import today

NUMBER = "55301000/201126/0000001"
IMPORTS = {
    code: file for code in profile_codes() if (file := next(iter(SAMPLES.glob(f"{code.lower()}-import-*0.json")), None))
}


def sample(**header: str) -> Session:
    body = sample_body()
    body["header"].update(header)
    return session_of_body(body, today=today)


def pack_of(session: Session, registered: date = date(2026, 11, 20)) -> Pack:
    paid = (PaymentDocument("5010", "10.00", "398", "PO-1", "2026-11-21"),)
    return make_pack(session.snapshot(), session.profile, Handed(NUMBER, registered, "TRN-1", paid))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("code", sorted(profile_codes()))
def test_every_country_says_what_flows_and_how_sure_that_is(code: str) -> None:
    taxes = tax_data(load_profile(code))
    assert taxes.flows
    assert all(flow.source and flow.titles["en"] and flow.titles["ru"] for flow in taxes.flows)
    assert taxes.calendar.source
    assert taxes.calendar.off(date(2026, 11, 21))  # a Saturday
    known = load_profile(code).code_list("payment_kinds")
    assert known is not None
    for name in ("fee", "duty", "excise", "vat"):
        assert any(taxes.is_of(kind, name) for kind in known.entries), name
    classes = [[name for name in taxes.kinds if taxes.is_of(kind, name)] for kind in known.entries]
    assert all(len(each) <= 1 for each in classes)  # no payment is of two classes


@pytest.mark.parametrize("code", sorted(IMPORTS))
def test_the_figures_of_a_pack_are_those_of_box_47_and_b(code: str) -> None:
    session = open_file(IMPORTS[code], "").session
    pack, snapshot = pack_of(session), session.snapshot()
    by_kind = {total.kind: total.amount for total in snapshot.one("header").charge_totals()}
    taxes = tax_data(session.profile)
    for name in ("duty", "excise", "vat"):
        whole = sum((amount for kind, amount in by_kind.items() if taxes.is_of(kind, name)), Decimal(0))
        assert sum((getattr(item, name) for item in pack.items), Decimal(0)) == whole, name
    assert len(pack.items) == len(snapshot.many("item"))
    assert pack.country == code


def test_vat_by_offset_is_told_apart_from_vat_paid() -> None:
    session = sample()
    paid = amounts_of(session.snapshot(), session.profile)
    body = sample_body()
    for item in body["item"]:
        item["payment_feature"] = "ЗН"
    offset = session_of_body(body, today=today)
    found = amounts_of(offset.snapshot(), offset.profile)
    assert sum(each.vat for each in paid) > 0
    assert {each.vat for each in found} == {Decimal(0)}
    assert [each.vat_offset for each in found] == [each.vat for each in paid]


@pytest.mark.parametrize(
    ("accepted", "by_rule", "due"),
    [
        ("2026-11-03", date(2026, 12, 20), date(2026, 12, 21)),  # the 20th is a Sunday
        ("2026-12-31", date(2027, 1, 20), date(2027, 1, 20)),
        ("2026-05-30", date(2026, 6, 20), date(2026, 6, 22)),  # a Saturday
        ("2026-08-31", date(2026, 9, 20), date(2026, 9, 21)),
    ],
)
def test_the_20th_of_the_next_month_moves_to_a_working_day(accepted: str, by_rule: date, due: date) -> None:
    body = sample_body()
    body["application"] = {"accepted": accepted}
    pack = pack_of(session_of_body(body, today=today))
    (union,) = [each for each in pack.reminders if each.flow.id == "import_union"]
    assert (union.by_rule, union.due) == (by_rule, due)
    assert not union.flow.confirmed


def test_holidays_in_a_row_and_worked_weekends_are_known() -> None:
    calendar = Calendar(frozenset({6, 7}), frozenset({"12-21"}), frozenset({date(2026, 12, 22)}))
    assert calendar.next_working(date(2026, 12, 20)) == date(2026, 12, 23)
    assert replace(calendar, working=frozenset({date(2026, 12, 20)})).next_working(date(2026, 12, 20)).day == 20
    with pytest.raises(ValueError, match="2027"):
        Calendar(frozenset(range(1, 8))).next_working(date(2026, 12, 20))


def test_an_export_counts_its_days_and_has_no_import_flow() -> None:
    session = open_file(SAMPLES / "kz-export-10.json", "").session
    reminders = pack_of(session, date(2026, 11, 20)).reminders
    assert [each.flow.id for each in reminders] == ["export_union"]
    assert reminders[0].by_rule == date(2027, 5, 19)


def test_the_files_say_the_same_and_hold_no_formula() -> None:
    body = sample_body()
    body["payment"][0]["number"] = "=HYPERLINK(1)"
    pack = pack_of(session_of_body(body, today=today))
    files = pack_files(pack)
    data = json.loads(files["tax-pack.json"])
    items = rows(files["items.csv"])
    assert [(each["item"], each["vat"]) for each in items] == [(str(e["no"]), e["vat"]) for e in data["items"]]
    assert {each["declaration_number"] for each in items} == {NUMBER}
    documents = [each["document"] for each in rows(files["payments.csv"])]
    assert "'=HYPERLINK(1)" in documents
    cells = [
        cell
        for name in ("items.csv", "payments.csv", "calendar.csv")
        for row in rows(files[name])
        for cell in row.values()
    ]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert Decimal(data["totals"]["vat"]) == sum(Decimal(each["vat"]) for each in items)


def test_formulas_are_neutralised_and_figures_stay_figures() -> None:
    """The control: a figure below nought begins with a sign too and is left as it is; a text that does is not."""
    content = write_csv(("a", "b", "c"), [("-1+1", Decimal("-1.50"), "@x"), ("\ufeff=1", 3, None)]).decode("utf-8-sig")
    assert content == "a,b,c\r\n'-1+1,-1.50,'@x\r\n'\ufeff=1,3,\r\n"
    assert harmless("steel = iron") == "steel = iron"


def test_a_calendar_program_can_read_the_reminders() -> None:
    body = sample_body()
    body["application"] = {"accepted": "2026-11-03"}
    raw = pack_files(pack_of(session_of_body(body, today=today)))["calendar.ics"]
    lines = raw.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = raw.decode().replace("\r\n ", "")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261221" in whole
    assert "not confirmed" in whole


def test_what_is_not_registered_has_no_pack(offline: Application) -> None:
    with pytest.raises(UserError, match="no registration number"):
        handed_over(offline.store, offline.open_sample())


def test_after_release_the_pack_names_number_receipt_and_payment_order(application: Application) -> None:
    declaration_id = application.open_sample()
    desk = application.open(declaration_id)
    session = desk.session
    application.dealings.carrier().carry(declaration_id, session.snapshot(), session.findings(), lambda _told: None)
    handed = handed_over(application.store, declaration_id)
    assert handed.number == desk.number
    assert handed.registered is not None
    assert handed.receipt.startswith("TRN-")
    assert {each.kind for each in handed.payments} == {"1010", "2010", "5010"}
    assert {each.document for each in handed.payments} == {"TRAINING-1001"}


def test_the_statement_gives_the_whole_hand_over_to_an_office_that_takes_it() -> None:
    session = sample()
    paid = [PaymentDocument("5010", "10.00", "398", "PO-1", "2026-11-21")]
    args = (session.snapshot(), session.profile, NUMBER, "2026-11-20")
    short, whole = json.loads(tax_statement(*args)), json.loads(tax_statement(*args, paid))
    assert set(whole) - set(short) == {"country", "payments"}
    assert set(whole["items"][0]) - set(short["items"][0]) == {"vat_offset"}
    assert whole["payments"][0]["document"] == "PO-1"
    assert whole["totals"] == short["totals"]
