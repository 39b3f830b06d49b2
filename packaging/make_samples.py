# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the sample shipment from one table, `samples.toml`: a supplier's workbook and the declaration it becomes.

    python packaging/make_samples.py [FOLDER]

writes into `resources/samples` (or FOLDER): `supplier-invoice.xlsx` with its planted mistakes, `kz-import-40.json`, the
good declaration, and `kz-import-40.declarant.json`, what the declarant adds to the workbook or words anew. The same
bytes come out of every run. The mapping beside them is kept by hand.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from sample_workbook import workbook

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "resources" / "samples"
PARTIES = ("exporter", "consignee", "financial", "declarant", "carrier", "person")
ORDER = ("format", "version", "profile", "profile_version", "header", *PARTIES)
ROWS_WITHOUT_KIND = {"item", "arrival_means", "border_means", "container", "package"}


def main() -> None:
    """Write the three files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    folder.mkdir(parents=True, exist_ok=True)
    table = read_table()
    (folder / "supplier-invoice.xlsx").write_bytes(workbook(table))
    for name, body in (
        ("kz-import-40.json", declaration(table)),
        ("kz-import-40.declarant.json", additions(table)),
    ):
        text = json.dumps(body, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")


def read_table(path: Path = HERE / "samples.toml") -> dict[str, Any]:
    """Return the table that everything is made of."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


# ---- the declaration -----------------------------------------------------------------------------------------------


def declaration(table: dict[str, Any]) -> dict[str, Any]:
    """Return the good declaration: what the workbook says, its mistakes put right, and what the declarant adds."""
    whole = lay_over(told(table), additions(table))
    return {key: whole.pop(key) for key in ORDER} | whole


def told(table: dict[str, Any]) -> dict[str, Any]:
    """Return what the workbook says, had it no mistakes."""
    letter = table["letter"]
    return {
        "format": "swclient-declaration",
        "version": 1,
        "header": {"incoterm": letter["incoterm"], "delivery_place": letter["place"], "currency": letter["currency"]},
        "exporter": {
            "name": letter["seller"],
            "tax_id": letter["seller_id"],
            "street": letter["seller_address"],
            "phone": letter["seller_phone"],
        },
        "consignee": {"name": letter["buyer"], "tax_id": letter["buyer_id"], "street": letter["buyer_address"]},
        "cost": [
            {"kind": "17", "basis": "GROSS", "amount": letter["freight"], "currency": letter["currency"]},
            {"kind": "19", "basis": "VALUE", "amount": letter["insurance"], "currency": letter["currency"]},
        ],
        "item": [_item(goods, letter["containers"]) for goods in table["goods"]],
        "document": [
            {"kind": "04021", "number": letter["invoice"], "date": letter["invoice_date"].isoformat()},
            {"kind": "03011", "number": letter["contract"], "date": letter["contract_date"].isoformat()},
            {"kind": "04131", "number": letter["packing_list"], "date": letter["packing_date"].isoformat()},
        ],
    }  # fmt: skip


def _item(goods: dict[str, Any], containers: Sequence[str]) -> dict[str, Any]:
    item = {
        "code": goods["code"],
        "description": goods["ru"],
        "description_foreign": f"{goods['en']} / {goods['zh']}",
        "article": goods["article"],
        "quantity": goods["quantity"],
        "quantity_unit": goods["unit"],
        "origin": "CN",
        "gross_mass": goods["gross"],
        "net_mass": goods["net"],
        "price": goods["price"],
    }
    if "second" in goods:
        item |= {
            "supplementary_quantity": goods["second"],
            "supplementary_unit": goods["second_unit"],
        }
    item["package"] = [{"kind": goods["package"], "count": goods["packages"]}]
    item["container"] = [{"number": containers[number - 1]} for number in goods["box"]]
    return item


def additions(table: dict[str, Any]) -> dict[str, Any]:
    """Return what the declarant adds; rows of goods by position, other rows by their kind."""
    items = [
        {
            "maker": goods["maker"],
            "model": goods["model"],
            **table["each_item"],
            "container": [{"full": "2"} for _ in goods["box"]],
        }
        for goods in table["goods"]
    ]
    head = {
        "format": "swclient-declaration",
        "version": 1,
        "profile": "KZ",
        "profile_version": "2026.11",
    }
    return {**head, **table["declarant"], "item": items}


def lay_over(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Lay one body over another: single values by name, rows by their kind or, where they have none, by position."""
    found = deepcopy(base)
    for key, value in more.items():
        if isinstance(value, dict):
            found[key] = lay_over(found.get(key, {}), value)
        elif isinstance(value, list):
            rows = found.setdefault(key, [])
            for number, row in enumerate(value):
                place = number if key in ROWS_WITHOUT_KIND else _of_kind(rows, row["kind"])
                rows[place : place + 1] = [lay_over(rows[place] if place < len(rows) else {}, row)]
        else:
            found[key] = value
    return found


def _of_kind(rows: Sequence[dict[str, Any]], kind: str) -> int:
    return next((n for n, row in enumerate(rows) if row.get("kind") == kind), len(rows))


if __name__ == "__main__":
    main()
