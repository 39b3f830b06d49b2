# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Duties of Azerbaijan, Mongolia and China: worked cases, rates by origin, by season, by line, costs by their marks."""

from __future__ import annotations

import random
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import Reference
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from tests.declarations import opened
from tests.engine.test_recomputation import afresh, edit, state_of
from tests.tariff.goods import SAMPLES, amounts, due, sample

D = Decimal


def header(session: Session, field: str) -> Any:
    return session.value(Path("header", SINGLE, field))


def item(session: Session, field: str, place: int = 0) -> Any:
    return session.value(Path("item", session.rows("item")[place], field))


def typed(body: dict[str, Any], **header: str) -> Session:
    """A session of a body with other values in its header; an empty one is left out."""
    body = deepcopy(body)
    body["header"] = {name: text for name, text in (body["header"] | header).items() if text}
    return opened(body)


# -- worked cases of the textbook --------------------------------------------------------------------------------------


def test_azerbaijan_charges_vat_on_value_and_duty() -> None:
    """Case D08: 80 000 manat, duty 15 %, VAT 18 %."""
    assert amounts("AZ", code="9403208009", value=D(80000)) == {"20": D("12000.00"), "29": D("16560.00")}


def test_mongolia_charges_vat_on_value_and_duty() -> None:
    """Case D09: 120 000 000 tögrög, duty 5 %, VAT 10 %."""
    assert amounts("MN", code="94032080", value=D(120_000_000)) == {"CUD": D(6_000_000), "VAT": D(12_600_000)}


# -- rates by origin, agreement, tariff line ---------------------------------------------------------------------------


def test_goods_from_outside_the_wto_bear_twice_the_duty_in_mongolia() -> None:
    goods = {"code": "94032080", "value": D(1_000_000)}
    assert due("MN", **goods, origin="CN")["CUD"][3:7] == (D(5), "%", "", D(50_000))
    assert due("MN", **goods, origin="TM")["CUD"][3:7] == (D(10), "%", "", D(100_000))
    assert not due("MN", **goods, origin="TM")["CUD"].confirmed


def test_an_agreement_that_is_claimed_goes_before_what_the_origin_does() -> None:
    goods = {"code": "94032080", "value": D(1_000_000), "origin": "UZ"}
    assert amounts("MN", **goods)["CUD"] == D(100_000)
    assert amounts("MN", **goods, duty_preference="300")["CUD"] == D(0)


def test_china_takes_the_agreed_the_favoured_or_the_general_rate_of_a_line() -> None:
    goods = {"code": "8482109008", "value": D(1_000_000)}
    found = {
        (origin, claim): due("CN", **goods, origin=origin, duty_preference=claim)["A"].rate
        for origin, claim in (("DE", "00"), ("KR", "18"), ("KR", "00"), ("AD", "00"))
    }
    assert found == {("DE", "00"): D(8), ("KR", "18"): D(4), ("KR", "00"): D(8), ("AD", "00"): D(50)}


def test_farm_goods_bear_the_reduced_vat() -> None:
    assert due("CN", code="0702000000", value=D(1000), origin="KZ")["L"].rate == D(9)
    assert due("CN", code="9403208009", value=D(1000), origin="KZ")["L"].rate == D(13)


def test_a_seasonal_rate_is_that_of_the_day() -> None:
    rates = {
        due("MN", code="07020000", value=D(1000), origin="CN", day=day)["CUD"].rate
        for day in (date(2026, 7, 31), date(2026, 8, 1))
    }
    assert rates == {D(5), D(15)}


def test_nothing_is_due_on_an_export_under_a_mode_that_holds_both_ways() -> None:
    assert due("CN", code="9403208009", value=D(1000), direction="E") == {}


def test_mongolia_rounds_to_whole_units() -> None:
    found = amounts("MN", code="94032080", value=D("12345.67"), origin="CN")
    assert found == {"CUD": D(617), "VAT": D(1296)}


# -- value of China: rate of the month, freight and insurance by their marks --------------------------------------


def test_the_rate_of_the_month_holds_to_its_last_day_and_no_longer() -> None:
    reference = Reference(load_profile("CN"))
    found = {day: reference.exchange("USD", day) for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30))}
    assert [row.date.month for row in found.values() if row] == [10, 11, 11]
    assert reference.exchange("USD", date(2027, 1, 1)) is None


def test_the_terms_of_transaction_follow_from_the_delivery_term() -> None:
    found = {
        term: header(typed(sample("CN"), incoterm=term), "transaction_terms") for term in ("FCA", "CIP", "CPT", "EXW")
    }
    assert found == {"FCA": "3", "CIP": "1", "CPT": "2", "EXW": "7"}


PRICES = D("41656.50") * D("7.2")


@pytest.mark.parametrize(
    ("stated", "added"),
    [
        ({}, "19440.00 + 958.12"),  # 2 700 dollars in all; 0.3 % of price and freight, part by part
        ({"insurance_mark": "3", "insurance_rate": "100", "insurance_currency": "EUR"}, "19440.00 + 827.00"),
        ({"freight_mark": "1", "freight_rate": "5"}, "14996.34 + 944.77"),
        ({"freight_mark": "2", "freight_rate": "300"}, "20879.01 + 962.42"),  # 9.6662 t
        ({"other_mark": "3", "other_rate": "-100", "other_currency": "CNY"}, "19440.00 + 958.12 - 100.00"),
    ],
)
def test_freight_and_insurance_are_added_by_their_marks(stated: dict[str, str], added: str) -> None:
    session = typed(sample("CN"), **stated)
    whole = sum(D(part) for part in added.replace("- ", "+ -").split(" + "))
    found = sum(item(session, "additions", place) for place in range(12))
    assert abs(found - whole) <= D("0.12")
    assert header(session, "customs_value_total") == PRICES + found


def test_without_an_exchange_rate_nothing_is_added() -> None:
    session = typed(sample("CN"), freight_currency="AUD")
    assert item(session, "additions") == D("99.79")  # the insurance, a percentage of the price


def test_an_addition_explains_its_parts() -> None:
    session = opened(sample("CN"))
    told = "\n".join(session.explain(Path("item", session.rows("item")[0], "customs_value")).lines())
    for piece in ("Freight: 2", "(mark 3)", "Insurance: 0.3 (mark 1)"):
        assert piece in told.replace("\u00a0", " ")


def test_a_price_is_unit_price_times_quantity_and_reaches_its_share_of_the_costs() -> None:
    session = opened(sample("CN"))
    before = item(session, "additions")
    session.type_in(Path("item", session.rows("item")[0], "unit_price"), "100")
    session.settle()
    assert item(session, "price") == D("120000.00")
    assert item(session, "additions") > before
    session.type_in(Path("header", SINGLE, "freight_mark"), "1")
    session.type_in(Path("header", SINGLE, "freight_rate"), "5")
    session.settle()
    assert state_of(session) == afresh(session)


# -- whole declarations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "totals"),
    [
        ("AZ", {"10": "200.00", "20": "12025.36", "29": "16548.57"}),
        ("MN", {"CUD": "7516317", "FEE": "5000.00", "VAT": "15784266"}),
        ("CN", {"A": "19954.68", "L": "44236.35"}),
    ],
)
def test_the_good_sample_comes_to_what_it_came_to(profile: str, totals: dict[str, str]) -> None:
    session = opened(sample(profile))
    assert {line.kind: str(line.amount) for line in header(session, "charges")} == totals


def test_the_fee_of_azerbaijan_goes_by_the_value_of_all_goods() -> None:
    body = sample("AZ")
    assert header(opened(body), "fee") == D("200.00")
    body["item"] = body["item"][:1]
    assert header(opened(body), "fee") == D("120.00")


@pytest.mark.parametrize("profile", SAMPLES)
@pytest.mark.parametrize("seed", range(4))
def test_following_edits_comes_to_the_same_as_working_out_afresh(profile: str, seed: int) -> None:
    session, chance = opened(sample(profile)), random.Random(seed)
    for _ in range(25):
        edit(session, chance)
    session.settle()
    assert state_of(session) == afresh(session)
