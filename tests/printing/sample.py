# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration for the printing tests: twelve items from China into Kazakhstan by road. All parties are made up."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body
from swclient.document.charge import Charge, ChargeTotal
from swclient.document.snapshot import Record, Snapshot, freeze

RATE = Decimal("512.3700")
USD = RATE
CENT = Decimal("0.01")
PARTS: dict[str, Any] = json.loads((Path(__file__).parent / "goods.json").read_text(encoding="utf-8"))


def body(items: int = 12) -> dict[str, Any]:
    """Return the declaration as typed, with so many items (the twelve again and again beyond)."""
    parts = deepcopy(PARTS)
    means = {"identity": "077ABC05", "trailer": "12XYA05", "country": "KZ"}
    border = {"identity": "新F00001", "trailer": "新F0002挂", "country": "CN"}
    paid = {"kind": "1010", "amount": "26100.00", "number": "000124", "date": "2026-11-19"}
    surety = {"kind": "02", "number": "БГ-55/26", "date": "2026-11-01", "amount": "5000000.00"}
    return {
        "format": "swclient-declaration",
        "version": 1,
        "profile": "KZ",
        "header": parts["header"],
        **parts["parties"],
        "person": parts["person"],
        "arrival_means": [means],
        "border_means": [border],
        "item": [_item(number) for number in range(items)],
        "document": parts["documents"],
        "payment": [{**paid, "method": "БН"}],
        "guarantee": [surety],
    }


def _item(number: int) -> dict[str, Any]:
    goods = PARTS["goods"][number % len(PARTS["goods"])]
    conformity = f"ЕАЭС KZ.7500525.22.01.0{number:04}"
    own = [{"kind": "01191", "number": conformity, "date": "2026-06-01", "valid_until": "2029-05-31"}]
    if number % 3 == 0:
        state = f"KZ.16.01.98.{number:03}.E.000{number:03}"
        own.append({"kind": "01206", "number": state, "date": "2025-02-11", "country": "KZ"})
    box = {"number": ("CSQU3054383", "TGHU1234567")[number % 2], "full": "2"}
    earlier = {"kind": "09035", "number": "50001/161126/0000871", "date": "2026-11-16"}
    return {
        **{name: goods[name] for name in ("code", "description", "maker", "model", "price")},
        "trade_mark": "ӘЛЕМ",
        "article": f"АРТ-{number:03}",
        "quantity": goods["quantity"],
        "quantity_unit": goods["unit"],
        "packing": "1",
        "origin": "CN",
        "gross_mass": goods["gross"],
        "net_mass": goods["net"],
        "preference_fee": "ОО",
        "preference_duty": "ОО",
        "preference_excise": "-",
        "preference_vat": "ОО",
        "previous_procedure": "00",
        "movement_feature": "000",
        "supplementary_quantity": goods["quantity"],
        "supplementary_unit": goods["unit"],
        "valuation_method": "1",
        "valuation_decision": "0",
        "package": [
            {"kind": "CT", "count": str(10 + number), "marks": f"N/M {number + 1}"},
            {"kind": "PX", "count": "2"},
        ],
        "container": [{**box, "seal": ("SL700112", "SL700113")[number % 2]}],
        "previous": [{**earlier, "item": str(number % 9 + 1), "net_mass": goods["net"]}],
        "document": own,
    }


def snapshot(items: int = 12, given: dict[str, Any] | None = None) -> Snapshot:
    """Return the declaration with what calculation gives, worked out here by hand."""
    profile = load_profile("KZ")
    declaration = from_body(given or body(items), profile)
    tables = {
        name: [(row.id, row.parent, dict(row.values)) for row in rows.values()]
        for name, rows in declaration.tables.items()
    }
    for number, (_id, _parent, values) in enumerate(tables["item"], 1):
        _work_out(number, values)
    _totals(tables["header"][0][2], [row[2] for row in tables["item"]])
    tables["header"][0][2]["packages_total"] = sum(row[2]["count"] for row in tables["package"])
    frozen = {
        name: tuple(Record(id, parent, freeze(values)) for id, parent, values in rows)  # noqa: A001 - the row's own name for it
        for name, rows in tables.items()
    }
    return Snapshot("KZ", profile.version, frozen)


def _work_out(number: int, values: dict[str, Any]) -> None:
    value = (values["price"] * RATE + 1200 * number).quantize(CENT)
    duty = (value * 5 / 100).quantize(CENT)
    vat_base = value + duty
    charges = [
        Charge("2010", value, "KZT", Decimal(5), "%", "", duty, "ИУ", "m1", True),
        Charge(
            "5010", vat_base, "KZT", Decimal(16), "%", "",
            (vat_base * 16 / 100).quantize(CENT), "ИУ", "m2", True,
        ),
    ]  # fmt: skip
    if number == 1:
        fee = Decimal("26100.00")
        charges.insert(0, Charge("1010", None, "", fee, "S", "", fee, "ИУ", "fee", False))
    values.update(
        number=number,
        procedure="40",
        customs_value=value,
        statistical_value=(value / USD).quantize(CENT),
        charges=tuple(charges),
        charges_total=sum(each.amount for each in charges),
    )


def _totals(header: dict[str, Any], items: list[dict[str, Any]]) -> None:
    sums: dict[str, Decimal] = {}
    for values in items:
        for each in values["charges"]:
            sums[each.kind] = sums.get(each.kind, Decimal(0)) + each.amount
    header.update(
        items_total=len(items),
        forms_total=1 + -(-(len(items) - 1) // 3) if items else 1,
        origin_name="КИТАЙ",
        means_total=2,
        invoice_total=sum((values["price"] for values in items), Decimal(0)),
        exchange_rate=RATE,
        customs_value_total=sum((values["customs_value"] for values in items), Decimal(0)),
        value_currency="KZT",
        charges=tuple(ChargeTotal(kind, sums[kind], "KZT", kind != "1010") for kind in sorted(sums)),
        charges_total=sum(sums.values(), Decimal(0)),
    )
