# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Excise, consumption tax and trade defence: worked cases, and every way they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.duty_text import read_duty
from swclient.catalogue.loader import load_profile
from swclient.catalogue.measures import read_measures
from swclient.catalogue.reference import Reference
from swclient.document.path import Path
from swclient.tariff.charges import charges
from swclient.tariff.excise import assess_inside
from swclient.tariff.goods import READS
from tests.declarations import opened, two_items
from tests.tariff.goods import amounts, due, sample

D = Decimal
DAY = date(2026, 11, 20)
HEAD = "# source=made up; taken=2026-11-01; confirmed=true\n"
MEASURES = HEAD + "code,origin,kind,rate,name_en,valid_from,valid_to\n"


def test_excise_on_a_quantity_is_in_the_base_of_vat(tmp_path) -> None:
    """Case D04: value 3 000 000, duty 12 %, excise 57 × 10 000, VAT 16 %."""
    (tmp_path / "tariff").mkdir()
    (tmp_path / "tariff" / "own.csv").write_text(
        HEAD + "code,unit,duty,final,valid_from,valid_to,excise,excise_kind\n"
        "2208601100,112,12,1,,,10000 KZT/112,4360\n",
        encoding="utf-8",
    )
    kz = load_profile("KZ")
    own = type(kz)(kz.code, kz.version, kz.facts, kz.tables, kz.fields, kz.rules, kz.rates, (tmp_path, *kz.folders))
    given = {"day": DAY, "number": 2, "procedure": "40", "code": "2208601100", "value": D(3_000_000)}
    facts = dict.fromkeys(READS) | given | {"quantity": D(57), "unit": "112"}
    lines = charges(Reference(own), *facts.values())
    assert [(line.kind, line.amount) for line in lines] == [
        ("2010", D("360000.00")), ("4360", D("570000.00")), ("5010", D("628800.00")),
    ]  # fmt: skip


def test_consumption_tax_of_china_is_part_of_its_own_base() -> None:
    """Case D10: value 1 000 000, duty 8 %, consumption tax 10 %, VAT 13 %, in two steps: the tax, and VAT on all."""
    found = assess_inside(read_duty("10", file="t"), D(1_080_000), lambda _unit: None, lambda _code: None)
    assert found is not None
    assert [(each.base, each.amount) for each in found] == [(D("1200000.00"), D("120000.00"))]
    wine = due("CN", code="2204219800", value=D(1_000_000), origin="FR")
    assert {kind: line.amount for kind, line in wine.items()} == {
        "A": D("140000.00"), "Y": D("126666.67"), "L": D("164666.67"),
    }  # fmt: skip
    assert wine["Y"].base == D("1266666.67")
    assert wine["L"].base == D("1266666.67")


def test_anti_dumping_duty_is_in_the_base_of_vat() -> None:
    """Case D11: value 1 000 000, duty 8 %, anti-dumping duty 19 %, VAT 13 %."""
    found = amounts("CN", code="7318157008", value=D(1_000_000), origin="DE")
    assert found == {"A": D("80000.00"), "D": D("190000.00"), "L": D("165100.00")}
    assert set(amounts("CN", code="7318157008", value=D(1_000_000), origin="FR")) == {"A", "L"}


@pytest.mark.parametrize(
    ("rate", "amounts"),
    [
        ("0.25 CNY/035", ["250.00"]),
        ("20 plus 1 CNY/035", ["25250.00", "1000.00"]),  # (100 000 + 1 000) ÷ 0.8 × 20 %
        ("10 but not less than 0.5 CNY/035", ["11111.11"]),
        ("10 but not more than 0.5 CNY/035", ["500.00"]),
    ],
)
def test_every_way_a_tax_inside_its_base_is_written(rate: str, amounts: list[str]) -> None:
    found = assess_inside(read_duty(rate, file="t"), D(100_000), lambda _unit: D(1000), lambda _code: D(1))
    assert found is not None
    assert [each.amount for each in found] == [D(amount) for amount in amounts]


def test_a_compound_tax_without_its_quantity_is_not_guessed() -> None:
    spirits = due("CN", code="2208308200", value=D(1000), origin="FR")
    assert "Y" not in spirits
    assert assess_inside(read_duty("1 CNY/095", file="t"), D(1000), lambda _unit: None, lambda _code: D(1)) is None


def test_a_rate_by_weight_means_net_mass_in_the_unit_of_the_country() -> None:
    assert due("CN", code="2203000100", value=D(1000), net=D(400), origin="FR")["Y"].amount == D("100.00")
    mongolian = due("MN", code="22030001", value=D(1000), origin="FR", quantity=D(10), unit="LTR")
    assert mongolian["EXT"].amount == D(3800)


def test_a_preference_may_take_the_excise_away() -> None:
    beer = {"code": "2203000100", "value": D(1000), "origin": "GE", "quantity": D(100), "unit": "112"}
    assert amounts("AZ", **beer)["27"] == D("50.00")
    assert amounts("AZ", **beer, excise_preference="300")["27"] == D("0.00")


def test_the_narrowest_measure_of_a_kind_falls_on_goods(tmp_path) -> None:
    file = tmp_path / "measures.csv"
    file.write_text(
        MEASURES + "8482,CN,anti_dumping,30,Bearings,2026-01-01,\n848210,CN,anti_dumping,10,Ball bearings,2026-01-01,\n"
        "8482,CN,special,5,Safeguard,2026-01-01,2026-06-30\n",
        encoding="utf-8",
    )
    reference = Reference(load_profile("KZ"))
    reference.__dict__["_measures"] = read_measures(file)
    assert [each.told for each in reference.measures("8482109008", "CN", DAY)] == ["Ball bearings, 10"]
    assert [each.kind for each in reference.measures("8482800000", "CN", date(2026, 6, 30))] == [
        "special",
        "anti_dumping",
    ]
    assert reference.measures("8482109008", "KR", DAY) == ()


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("8482,CN,revenge,30,,2026-01-01,", "3: A measure is one of"),
        ("8482,CN,special,much,,2026-01-01,", "3: “much” is not"),
    ],
)
def test_a_broken_measure_is_refused_by_row(tmp_path, row: str, wrong: str) -> None:
    file = tmp_path / "measures.csv"
    file.write_text(MEASURES + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=wrong):
        read_measures(file)


def test_a_measure_and_a_consumption_tax_explain_themselves() -> None:
    body = sample("CN")
    body["item"] = [body["item"][0] | {"code": "7318157008"}, body["item"][1] | {"code": "2203000100"}]
    session = opened(body)
    told = "\n".join("\n".join(session.explain(Path("item", row, "charges")).lines()) for row in session.rows("item"))
    for piece in ("Anti-dumping duty on steel fasteners: codes 7318, origin DE, 19", "excise: 0.25 CNY/035"):
        assert piece in told


def told_of(body: dict[str, Any], section: str = "item", field: str = "charges") -> str:
    session = opened(body)
    row = session.rows("item")[0] if section == "item" else 0
    return "\n".join(session.explain(Path(section, row, field)).lines()).replace("\u00a0", " ")


def test_the_base_of_a_tax_is_told_summand_by_summand() -> None:
    body = sample("CN")
    body["item"] = [body["item"][0] | {"code": "2208308200", "origin": "GB", "supplementary_quantity": "100"}]
    told = told_of(body)
    for piece in (
        "Customs value: 52 862.11",
        "Charge A: 2 643.11",
        "The tax is part of its own base: 56 045.22 ÷ (1 − 20 %): 70 056.53",
        "excise: 20 % plus 1 CNY/035: 20",
    ):
        assert piece in told
    assert "CNY converted" not in told


def test_what_makes_a_tax_unsure_is_named_with_its_source() -> None:
    told = told_of(two_items())
    assert "The fee 1010 is no part of the base: 25 950.00  [An older guide" in told
    assert "Charge 2010, Import customs duty" in told
    assert "monthly calculation index on" in told
    assert "mci" not in told


def test_a_fee_that_stands_in_the_header_is_told_with_the_doubt_about_it() -> None:
    body = two_items() | {"profile": "KG"}
    body["header"]["fee"] = "1000"
    assert "Fee of the whole declaration, as its header has it: 1 000.00  [Law on customs" in told_of(body)


def test_a_preference_tells_its_source_and_the_duty_at_risk() -> None:
    body = two_items()
    body["item"] = [body["item"][0] | {"origin": "UZ", "preference_duty": "ЭК", "preference_vat": "НС"}]
    told = told_of(body)
    assert "Preference ЭК: 0 % is left: ЭК  [EAEU and Kazakhstan classifier" in told
    assert "Without the preference the duty is 886 950.00; at risk: 886 950.00" in told
    assert "Preference НС: One consignment worth up to 200 euro" in told
    assert "Without the preference" not in told_of(two_items())


def test_a_relief_from_excise_is_told() -> None:
    body = sample("AZ")
    beer = {"code": "2203000100", "supplementary_quantity": "1000", "preference_excise": "300"}
    body["item"] = [body["item"][0] | beer]
    assert "Preference 300:" in told_of(body)
