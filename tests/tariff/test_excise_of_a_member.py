# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Excise of countries whose tariff says none: members of a union have one tariff and each its own excise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.excises import read_excises
from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import Reference
from swclient.document.path import Path as Place
from tests.declarations import opened

D = Decimal
HEAD = "# source=made up; taken=2026-11-01; confirmed=false\ncode,kind,rate,valid_from,valid_to\n"


def lines(profile: str, code: str, quantity: str, price: str = "1000000.00", currency: str = "KZT") -> dict[str, Any]:
    """What is due on one item, by payment kind."""
    goods = {"code": code, "price": price, "gross_mass": "1000", "net_mass": "900", "supplementary_quantity": quantity}
    header = {"direction": "ИМ", "procedure": "40", "date": "2026-11-20", "currency": currency}
    body = {"format": "swclient-declaration", "version": 1, "profile": profile, "header": header, "item": [goods]}
    session = opened(body)
    found: Any = session.value(Place("item", session.rows("item")[0], "charges"))
    return {line.kind: line for line in found}


def test_members_of_a_union_share_the_duty_and_each_has_its_own_excise() -> None:
    """Vodka of 100 litres of pure alcohol: 2600 tenge, or 300 som, a litre; it is in the base of VAT."""
    kz = lines("KZ", "2208601100", "100")
    assert kz["4360"].amount == D("260000.00")
    assert kz["5010"].amount == D("201600.00")  # 16 % of 1 000 000 and 260 000; the duty asks for litres of drink
    assert not kz["4360"].confirmed
    kg = lines("KG", "2208601100", "100", currency="KGS")
    assert kg["4020"].amount == D("30000.00")
    assert "4360" not in kg


@pytest.mark.parametrize(("profile", "kind", "excise"), [("TJ", "30", "0.3"), ("UZ", "27", "0.5")])
def test_beer_bears_excise_in_dollars_a_litre(profile: str, kind: str, excise: str) -> None:
    rate = Reference(load_profile(profile)).exchange("USD", date(2026, 11, 20))
    assert rate is not None
    assert lines(profile, "2203000100", "1000", "2000.00", "USD")[kind].amount == D(1000) * D(excise) * rate.rate


def test_the_longest_head_in_force_counts_and_a_heading_bears_none(tmp_path: Path) -> None:
    file = tmp_path / "excises.csv"
    rows = "2208,1,10 KZT/112,2026-01-01,\n220860,2,20 KZT/112,2026-01-01,2026-06-30\n"
    file.write_text(HEAD + rows, encoding="utf-8")
    reference = Reference(load_profile("KZ"))
    reference.__dict__["_excises"] = read_excises(file)
    kinds = {}
    for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1)):
        line = reference.tariff_line("2208601100", day)
        kinds[day.isoformat()] = line.more.get("excise_kind") if line else "no line"
    assert kinds == {"2025-12-31": None, "2026-06-30": "2", "2026-07-01": "1"}
    heading = reference.tariff_line("2208", date(2026, 7, 1))
    assert heading is not None
    assert "excise" not in heading.rates


def test_a_rate_that_cannot_be_read_is_named_by_row(tmp_path: Path) -> None:
    file = tmp_path / "excises.csv"
    file.write_text(HEAD + "2208,1,much,2026-01-01,\n", encoding="utf-8")
    with pytest.raises(DataError, match="3: “much” is not"):
        read_excises(file)
