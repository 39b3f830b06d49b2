# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Partial relief of temporary import: three percent of duties and taxes in full for each month, never more than all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from tests.data.cases import good, type_in
from tests.tariff.goods import amounts, due

D = Decimal
LOADER = "8429519900"  # bears 5 %
MONEY = st.decimals(D("0.01"), D(10**9), places=2)


def item(**more: Any) -> dict[str, Any]:
    """An item under temporary import: 10 million at 5 %, VAT 16 %; duty 500 000, VAT 1 680 000 in full."""
    return {"code": LOADER, "value": D(10_000_000), "procedure": "53", **more}


def charges_of(session: Session) -> dict[str, tuple[Decimal, str]]:
    """Amounts and features of payment of the first item, by kind."""
    session.settle()
    lines: Any = session.value(Path("item", session.rows("item")[0], "charges"))
    return {line.kind: (line.amount, line.feature) for line in lines}


@pytest.mark.parametrize(
    ("months", "duty", "vat"),
    [
        (1, "15000.00", "50400.00"),
        (4, "60000.00", "201600.00"),
        (33, "495000.00", "1663200.00"),
        (34, "500000.00", "1680000.00"),
        (99, "500000.00", "1680000.00"),
    ],
)
def test_each_month_costs_three_percent_and_all_of_them_no_more_than_everything(
    months: int, duty: str, vat: str
) -> None:
    assert amounts("KZ", **item(months=months)) == {"2010": D(duty), "5010": D(vat)}


def test_base_and_rate_stay_those_of_the_full_amount() -> None:
    line = due("KZ", **item(months=4))["2010"]
    assert (line.base, line.rate, line.feature) == (D(10_000_000), D(5), "ВВ")


def test_nothing_is_worked_out_while_the_months_are_not_known() -> None:
    assert amounts("KZ", **item()) == {}


def test_full_conditional_relief_leaves_nothing_to_divide() -> None:
    found = due("KZ", **item(months=4, duty_preference="РВ", vat_preference="РВ"))
    assert {kind: (line.amount, line.feature) for kind, line in found.items()} == {
        "2010": (D("0.00"), ""),
        "5010": (D("0.00"), ""),
    }


def test_months_do_nothing_to_a_release() -> None:
    assert amounts("KZ", **item(procedure="40", months=4)) == {"2010": D("500000.00"), "5010": D("1680000.00")}


def test_the_fee_is_not_divided_by_months() -> None:
    assert amounts("KZ", **item(number=1, months=4))["1010"] == D("25950.00")


@given(MONEY, st.integers(1, 40))
def test_more_months_never_cost_less_and_never_more_than_a_release(value: Decimal, months: int) -> None:
    one = amounts("KZ", **item(value=value, months=months))
    next_one = amounts("KZ", **item(value=value, months=months + 1))
    full = amounts("KZ", **item(value=value, procedure="40"))
    assert all(one[kind] <= next_one[kind] <= full[kind] for kind in full)


@pytest.mark.parametrize(("profile", "duty", "vat"), [("KZ", "204120.00", "685843.20"), ("KG", "33264.00", "83825.28")])
def test_the_good_sample_pays_for_six_months_of_its_loader(profile: str, duty: str, vat: str) -> None:
    found = charges_of(good(profile, f"{profile.lower()}-temporary_import-53"))
    assert (found["2010"], found["5010"]) == ((D(duty), "ВВ"), (D(vat), "ВВ"))


def test_a_part_is_explained_with_its_percent_and_its_months() -> None:
    session = good("KZ", "kz-temporary_import-53")
    session.settle()
    charge = session.explain(Path("item", session.rows("item")[0], "charges")).parts[1]
    assert str(charge.parts[-1].label) == "Partial relief: 3 % of the full amount a month, 6 months: 18 %"
    assert not charge.parts[-1].confirmed


@pytest.mark.parametrize("profile", ["KZ", "KG"])
def test_what_is_only_calculated_conditionally_is_in_box_47_and_not_in_box_b(profile: str) -> None:
    session = good(profile, f"{profile.lower()}-temporary_import-53")
    type_in(session, "item[1].payment_feature", "УН")
    session.settle()
    assert session.value(Path("header", SINGLE, "charges")) == ()
    assert set(charges_of(session)) == {"1010", "2010", "5010"}


def test_vat_by_offset_is_worked_out_and_not_paid_and_the_duty_is_paid_as_usual() -> None:
    session = good("KZ")
    before: Any = session.value(Path("header", SINGLE, "charges"))
    type_in(session, "item[*].payment_feature", "ЗН")
    session.settle()
    after: Any = session.value(Path("header", SINGLE, "charges"))
    assert {line.kind: line.amount for line in after} == {
        line.kind: line.amount for line in before if line.kind != "5010"
    }
    assert charges_of(session)["5010"] == (D("435292.70"), "ЗН")
    assert charges_of(session)["2010"] == (D("129551.40"), "")
