# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents that benches work on: the shipped sample, and the largest declaration there can be, made from it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base import paths
from swclient.document.path import Path
from swclient.engine.session import Session
from swclient.workflow.drafts.drafting import session_of_body

LARGEST = 999
DAY = date(2026, 11, 20)


def today() -> date:
    """The day on which benches happen: that of the sample."""
    return DAY


def sample_body() -> dict[str, Any]:
    """Return the shipped sample of twelve items."""
    path = paths.shipped("resources") / "samples" / "kz-import-40.json"
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body


def large_body(count: int = LARGEST) -> dict[str, Any]:
    """Return the sample grown to so many items.

    The twelve goods come again and again with articles, quantities, masses and prices of their own; every
    item has packages, a container and documents, as goods of a mixed lorry do. What the transport document
    and the invoice say follows, so that the document is as free of findings as the sample, once it is `paid`.
    """
    body = sample_body()
    goods = body["item"]
    body["item"] = [_item(goods[number % len(goods)], number) for number in range(count)]
    gross = sum(Decimal(item["gross_mass"]) for item in body["item"])
    body["header"]["cmr_gross"] = f"{gross:f}"
    packages = sum(int(row["count"]) for item in body["item"] for row in item["package"])
    body["header"]["cmr_packages"] = str(packages)
    invoice = next(row for row in body["document"] if "amount" in row)
    invoice["amount"] = str(sum(Decimal(item["price"]) for item in body["item"]))
    for payment in body["payment"]:
        if payment["kind"] != "1010":  # the fee is paid once, however many items there are
            payment["amount"] = str(Decimal(payment["amount"]) * count)
    return body


def _item(goods: dict[str, Any], number: int) -> dict[str, Any]:
    item = deepcopy(goods)
    more = number // 12
    item["article"] = f"{goods['article']}-{number + 1}"
    item["price"] = str(Decimal(goods["price"]) + Decimal(number * 7 % 1000) / 100)
    item["gross_mass"] = str(Decimal(goods["gross_mass"]) + more)
    item["net_mass"] = str(Decimal(goods["net_mass"]) + more)
    item["package"][0]["count"] = str(1 + number % 40)
    conformity = {
        "kind": "01191",
        "number": f"ЕАЭС N RU Д-CN.УЧ01.В.{number + 1:05}",
        "date": "2026-06-01",
        "valid_until": "2029-05-31",
    }
    item["document"] = [*item.get("document", []), conformity]
    if number % 3 == 0:
        item["document"].append(
            {"kind": "06019", "number": f"УЧ26{number + 1:06}", "date": "2026-11-08", "country": "CN"}
        )
    return item


def paid(session: Session) -> Session:
    """Pay in a session what is due of each kind, no more and no less, and return it."""
    due = {line.kind: line.amount for line in session.live.singles["header"].values["charges"]}
    for row in session.live.rows["payment"].values():
        session.type_in(Path("payment", row.id, "amount"), str(due[row.values["kind"]]))
    session.settle()
    return session


def opened(body: dict[str, Any]) -> Session:
    """Return a session of a body on the day of the benches."""
    return session_of_body(body, today=today)
