# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Duties of Kyrgyzstan, Tajikistan and Uzbekistan: worked cases, and a fee that goes by the value of all goods."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from swclient.base import paths
from swclient.base.errors import DataError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.document.path import SINGLE, Path
from swclient.engine.formulas import Formulary
from swclient.engine.order import refuse_circles
from swclient.engine.session import Session
from swclient.tariff.formulary import formulary
from tests.declarations import opened
from tests.engine.test_recomputation import afresh, edit, state_of

D = Decimal
FEE = Path("header", SINGLE, "fee")


def one_item(profile: str, price: str, currency: str, day: str = "2026-11-20") -> dict[str, Any]:
    """An import of one good without further costs."""
    return {
        "format": "swclient-declaration",
        "version": 1,
        "profile": profile,
        "header": {"direction": "ИМ", "procedure": "40", "date": day, "currency": currency},
        "item": [{"code": "8481808199", "price": price, "gross_mass": "100", "net_mass": "90", "origin": "CN"}],
    }


def sample(profile: str) -> dict[str, Any]:
    """The good sample of a country."""
    path = paths.shipped("resources") / "samples" / f"{profile.lower()}-import-40.json"
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body


def amounts(session: Session, item: int = 0) -> dict[str, Decimal]:
    """What is worked out for an item, by payment kind."""
    lines: Any = session.value(Path("item", session.rows("item")[item], "charges"))
    return {line.kind: line.amount for line in lines}


def total(session: Session) -> Any:
    """What is to be paid in all."""
    return session.value(Path("header", SINGLE, "charges_total"))


def typed(session: Session, **values: str) -> Session:
    """The session with values typed into the header."""
    for name, text in values.items():
        session.type_in(Path("header", SINGLE, name), text)
    session.settle()
    return session


def test_kyrgyzstan_at_five_percent_and_twelve() -> None:
    """Case D05."""
    assert amounts(opened(one_item("KG", "1250000.00", "KGS"))) == {"2010": D("62500.00"), "5010": D("157500.00")}


def test_tajikistan_before_and_after_the_new_year() -> None:
    """Case D07: VAT of 14 %, of 13 % from 2027 on."""
    session = opened(one_item("TJ", "300000.00", "TJS"))
    assert amounts(session) == {"20": D("15000.00"), "32": D("44100.00")}
    assert amounts(typed(session, date="2027-01-01")) == {"20": D("15000.00"), "32": D("40950.00")}


def test_uzbekistan_with_a_fee_of_four_base_figures() -> None:
    """Case D06: 45 000 dollars at 12 100, duty 10 %, VAT 12 %, fee 4 × 412 000; before arrival a fifth less."""
    session = opened(one_item("UZ", "45000.00", "USD"))
    assert amounts(session) == {"10": D("1648000.00"), "20": D("54450000.00"), "29": D("71874000.00")}
    assert total(session) == D("127972000.00")
    typed(session, feature="ПТД")
    assert amounts(session)["10"] == D("1318400.00")
    assert total(session) == D("127642400.00")


@pytest.mark.parametrize(
    ("price", "now", "before"),
    [
        ("10000.00", "1", "1"), ("10000.01", "1.5", "1.5"), ("20000.00", "1.5", "1.5"), ("40000.00", "2.5", "2.5"),
        ("60000.00", "4", "4"), ("60000.01", "7", "8"), ("100000.00", "7", "8"), ("200000.00", "10", "15"),
        ("500000.00", "15", "30"), ("1000000.00", "20", "58"), ("1000000.01", "25", "75"),
    ],
)  # fmt: skip
def test_the_fee_goes_by_bands_of_the_day_and_limits_belong_to_theirs(price: str, now: str, before: str) -> None:
    session = opened(one_item("UZ", price, "USD"))
    assert session.value(FEE) == D(412000) * D(now)
    typed(session, date="2025-04-30", exchange_rate="12900", usd_rate="12900")
    assert session.value(FEE) == D(375000) * D(before)


def test_the_fee_goes_by_the_value_of_all_goods_and_stands_with_the_first() -> None:
    body = one_item("UZ", "30000.00", "USD")
    body["item"] += [deepcopy(body["item"][0])]
    session = opened(body)
    assert session.value(FEE) == D(4) * 412000  # 60 000 dollars in all, not 30 000
    assert amounts(session)["10"] == D("1648000.00")
    assert "10" not in amounts(session, 1)
    session.type_in(Path("item", session.rows("item")[1], "price"), "30000.01")
    session.settle()
    assert amounts(session)["10"] == D(7) * 412000


def test_a_price_that_stays_in_its_band_needs_no_settling() -> None:
    session = opened(one_item("UZ", "30000.00", "USD"))
    price = Path("item", session.rows("item")[0], "price")
    session.type_in(price, "31000.00")
    assert not session.pending
    assert amounts(session)["20"] == D("37510000.00")
    session.type_in(price, "41000.00")
    assert session.pending
    session.settle()
    assert amounts(session)["10"] == D("1648000.00")


def test_a_fee_that_is_typed_holds_before_the_table() -> None:
    session = typed(opened(one_item("UZ", "45000.00", "USD")), fee="5")
    assert amounts(session)["10"] == D("5.00")
    session.clear(FEE)
    session.settle()
    assert amounts(session)["10"] == D("1648000.00")


@pytest.mark.parametrize("procedure", ["51", "61", "80"])
def test_under_processing_and_transit_only_a_quarter_of_the_base_figure_is_due(procedure: str) -> None:
    session = typed(opened(one_item("UZ", "45000.00", "USD")), procedure=procedure)
    assert amounts(session) == {"11": D("103000.00")}
    assert total(session) == D("103000.00")


def test_under_a_customs_warehouse_only_the_fee_is_due() -> None:
    assert amounts(typed(opened(one_item("UZ", "45000.00", "USD")), procedure="74")) == {"10": D("1648000.00")}


@pytest.mark.parametrize(("profile", "kind"), [("KG", "1010"), ("TJ", "10")])
def test_where_the_table_is_not_known_the_fee_is_typed_and_taken_up(profile: str, kind: str) -> None:
    body = sample(profile)
    session = opened(body)
    assert amounts(session)[kind] == D(body["header"]["fee"])
    with_fee = total(session)
    assert kind not in amounts(typed(session, fee=""))
    assert with_fee - total(session) == D(body["header"]["fee"])


@pytest.mark.parametrize("profile", ["KG", "TJ", "UZ"])
def test_a_line_that_nobody_confirmed_says_so(profile: str) -> None:
    session = opened(sample(profile))
    lines: Any = session.value(Path("item", session.rows("item")[0], "charges"))
    assert not lines[0].confirmed


def test_a_relief_from_the_fee_leaves_no_line() -> None:
    body = one_item("UZ", "45000.00", "USD")
    body["item"][0]["preference_fee"] = "600"
    assert "10" not in amounts(opened(body))


@pytest.mark.parametrize(("preference", "duty"), [("000", "54450000.00"), ("200", "0.00"), ("600", "0.00")])
def test_a_preference_of_uzbekistan_lowers_the_duty(preference: str, duty: str) -> None:
    body = one_item("UZ", "45000.00", "USD")
    body["item"][0] |= {"preference_duty": preference, "origin": "KZ"}
    assert amounts(opened(body))["20"] == D(duty)


def test_the_fee_explains_itself_down_to_band_base_figure_and_reduction() -> None:
    session = typed(opened(one_item("UZ", "45000.00", "USD")), feature="ПТД")
    told = "\n".join(session.explain(Path("header", SINGLE, "charges_total")).lines()).replace("\u00a0", " ")
    for piece in ("Fee by the customs value of all goods", "60 000 USD", "412 000", "80 %", "Press of 5 February 2025"):
        assert piece in told


def test_duties_in_dollars_a_unit_follow_the_dollar() -> None:
    session = opened(sample("UZ"))
    lines: Any = session.value(Path("item", session.rows("item")[8], "charges"))
    duty = next(line for line in lines if line.kind == "20")
    assert (duty.rate_type, duty.rate_unit) == ("*", "USD/166")  # 1 dollar a kilogram is more than 20 %
    assert duty.amount == D(1008) * 12100


def test_numeric_codes_stand_beside_the_letters() -> None:
    session = opened(sample("UZ"))
    header = {name: session.value(Path("header", SINGLE, name)) for name in ("dispatch_number", "destination_number")}
    assert header == {"dispatch_number": "156", "destination_number": "860"}
    assert session.value(Path("header", SINGLE, "incoterm_number")) == "02"
    assert session.value(Path("item", session.rows("item")[0], "origin_number")) == "156"


@pytest.mark.parametrize("seed", range(8))
def test_following_changes_equals_working_out_afresh_where_rows_read_what_the_header_made(seed: int) -> None:
    chance = random.Random(seed)
    session = opened(sample("UZ"))
    for _ in range(60):
        edit(session, chance)
    session.settle()
    assert state_of(session) == afresh(session)


def test_only_where_a_fee_goes_by_value_are_rows_worked_out_again() -> None:
    assert opened(sample("UZ")).live.plan.fed_back == {"header.fee"}
    assert opened(sample("KG")).live.plan.fed_back == frozenset()
    assert opened(one_item("KZ", "1.00", "USD")).live.plan.fed_back == frozenset()


def test_formulas_that_go_round_through_a_sum_and_back_are_refused() -> None:
    fields = load_profile("UZ").fields
    pairs = [
        (field, formulary().formulas[field.derived])
        for field in fields.values()
        if field.derived in formulary().formulas
    ]
    spreads = [
        (field, formulary().spreads[field.derived]) for field in fields.values() if field.derived in formulary().spreads
    ]
    refuse_circles(pairs, spreads)
    mine = Formulary()

    @mine.formula({"due": "header.charges_total"}, label=N_("A fee of what is due with the fee"))
    def fee_of_all(due: Decimal) -> Decimal:
        return due

    round_ = [pair for pair in pairs if pair[0].id != "header.fee"]
    with pytest.raises(DataError, match=r"go round in a circle: .*header.fee.*item.charges"):
        refuse_circles([*round_, (fields["header.fee"], mine.formulas["fee_of_all"])], spreads)


def test_the_day_of_the_new_table_is_the_first_of_may() -> None:
    reference = opened(one_item("UZ", "1.00", "USD")).live.reference
    last, first = (reference.bands("fee_10", date(2025, month, day)) for month, day in ((4, 30), (5, 1)))
    assert [row.value for row in last][-1] == 75
    assert [row.value for row in first][-1] == 25
    assert reference.bands("fee_10", date(2024, 9, 30)) == ()


def test_a_dollar_that_is_typed_converts_duties_in_dollars_too() -> None:
    body = sample("UZ")
    body["header"] |= {"currency": "EUR", "date": "2025-06-02", "exchange_rate": "14000"}
    session = opened(body)
    row = session.rows("item")[8]  # 1 dollar a kilogram of 1 008 kg; the table has no dollar for that day

    def duty() -> list[Decimal]:
        lines: Any = session.value(Path("item", row, "charges"))
        return [line.amount for line in lines if line.kind == "20"]

    session.type_in(Path("item", row, "customs_value"), "1.00")
    session.settle()
    assert duty() == []
    typed(session, usd_rate="12500")
    assert duty() == [D(1008) * 12500]
