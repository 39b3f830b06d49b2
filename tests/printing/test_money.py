# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes 47 and B: what is declared stands before what is worked out, and the unconfirmed is marked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from swclient.catalogue.profile import Profile
from swclient.document.charge import Charge
from swclient.document.snapshot import Record, Snapshot
from swclient.printing.form import Printed, print_form
from tests.printing import sample
from tests.printing.seen import all_text, squeezed

NOTE = squeezed("* не подтверждено / not confirmed")


def _declared(kind: str, amount: str, feature: str = "ИУ") -> dict[str, str]:
    return {
        "kind": kind,
        "base": "1000.5",
        "base_unit": "KZT",
        "rate": "7.25",
        "rate_type": "%",
        "amount": amount,
        "feature": feature,
    }


@pytest.fixture
def two() -> dict[str, Any]:
    return sample.body(2)


def _print(kz: Profile, body: dict[str, Any]) -> Printed:
    return print_form(sample.snapshot(given=body), kz)


def test_an_unconfirmed_amount_carries_an_asterisk_and_its_sheet_says_what_it_means(
    printed: Printed,
) -> None:
    assert "26100.00*" in all_text(printed.pdf, 1)
    assert NOTE in all_text(printed.pdf, 1)


def test_a_sheet_with_confirmed_amounts_only_has_no_note(printed: Printed) -> None:
    assert NOTE not in all_text(printed.pdf, 2)


def test_declared_charges_stand_in_place_of_those_worked_out(kz: Profile, two: dict[str, Any]) -> None:
    two["item"][1]["charge"] = [_declared("2010", "72.54")]
    second = all_text(_print(kz, two).pdf, 2)
    assert squeezed("2010 1000.5 KZT 7.25 % 72.54 ИУ") in second
    assert "5010" not in second


def test_totals_by_kind_follow_the_declared_charges(kz: Profile, two: dict[str, Any]) -> None:
    two["item"][0]["charge"] = [_declared("2010", "100.00")]
    two["item"][1]["charge"] = [_declared("2010", "72.54"), _declared("5010", "10.00")]
    first = all_text(_print(kz, two).pdf, 1)
    assert "2010-172.54-KZT" in first
    assert "5010-10.00-KZT" in first
    assert squeezed("Всего: 182.54") in first


def test_a_conditional_charge_is_shown_but_not_counted(kz: Profile, two: dict[str, Any]) -> None:
    two["item"][1]["charge"] = [_declared("2010", "100.00", "УН"), _declared("5010", "10.00")]
    made = _print(kz, two)
    second = all_text(made.pdf, 2)
    assert squeezed("100.00 УН") in second
    assert squeezed("Всего: 10.00") in second
    assert "2010-100.00" not in all_text(made.pdf, 1)


def _charges(item: Record) -> tuple[Charge, ...]:
    found = item.values["charges"]
    assert isinstance(found, tuple)
    return found


def test_the_last_quarter_of_a_continuation_sheet_sums_its_items(printed: Printed) -> None:
    items = sample.snapshot(12).many("item")[1:4]
    vat = sum(each.amount for item in items for each in _charges(item) if each.kind == "5010")
    assert f"5010{vat}ИУ" in all_text(printed.pdf, 2)


def test_a_payment_of_the_whole_kind_stands_beside_its_total(printed: Printed) -> None:
    assert "1010-26100.00*-KZT-000124-19.11.2026-БН" in all_text(printed.pdf, 1)


def test_a_payment_of_a_part_stands_on_a_line_of_its_own(kz: Profile, two: dict[str, Any]) -> None:
    two["payment"].append({"kind": "5010", "amount": "5.00", "number": "77", "method": "БН"})
    assert "5010-5.00-77-БН" in all_text(_print(kz, two).pdf, 1)


def test_a_specific_rate_names_its_unit(kz: Profile) -> None:
    snapshot = sample.snapshot(1)
    (item,) = snapshot.many("item")
    specific = _charges(item)[1]._replace(
        base=Decimal("12.500"),
        base_unit="166",
        rate=Decimal("0.40"),
        rate_type="*",
        rate_unit="EUR/166",
    )
    changed = Record(item.id, None, {**item.values, "charges": (specific,)})
    given = Snapshot("KZ", snapshot.profile_version, {**snapshot.tables, "item": (changed,)})
    assert squeezed("12.500 166 0.4 EUR/166") in all_text(print_form(given, kz).pdf, 1)


def test_a_declared_specific_rate_names_its_unit_too(kz: Profile, two: dict[str, Any]) -> None:
    specific = {"base": "7", "base_unit": "166", "rate_type": "*", "rate_unit": "EUR/166"}
    two["item"][1]["charge"] = [{"kind": "2010", "rate": "0.4", "amount": "9.00", **specific}]
    assert squeezed("7 166 0.4 EUR/166 9.00") in all_text(_print(kz, two).pdf, 2)


def test_a_total_of_unconfirmed_amounts_is_marked_like_them(printed: Printed) -> None:
    first = sample.snapshot(12).many("item")[0]
    assert squeezed(f"Всего: {first.values['charges_total']}*") in all_text(printed.pdf, 1)
