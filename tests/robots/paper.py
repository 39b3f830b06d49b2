# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies on the desk beside the robot: the figures of an import of a few items, as a person has them on paper.

They are the made-up goods of the sample, fewer of them, with the totals that follow. What the program works out by
itself is not on the paper, unless the form wants it written.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path as File
from typing import Any

from swclient.base import i18n
from swclient.document.path import Path
from swclient.engine.session import Session
from swclient.workflow.drafts.drafting import session_of_body

PROFILE = "KZ"
_SAMPLE = File(__file__).resolve().parents[2] / "resources" / "samples" / "kz-import-40.json"
_NOT_TYPED = {"description_foreign"}  # in Chinese: that takes a board of its own
_FEE = "1010"


def paper(items: int = 5) -> dict[str, Any]:
    """Return the values of an import of some items by section, each as it is typed."""
    body: dict[str, Any] = json.loads(_SAMPLE.read_text(encoding="utf-8"))
    body["item"] = goods = [_plain(item) for item in body["item"][:items]]
    body["header"]["cmr_gross"] = str(sum(Decimal(item["gross_mass"]) for item in goods))
    body["header"]["cmr_packages"] = str(sum(int(each["count"]) for item in goods for each in item["package"]))
    body["document"][0]["amount"] = str(sum(Decimal(item["price"]) for item in goods))
    for table in body.values():
        for row in table if isinstance(table, list) else [table] if isinstance(table, dict) else []:
            row.update({name: text.translate(_QUOTES) for name, text in row.items() if isinstance(text, str)})
    _pay(body)
    return body


_QUOTES = str.maketrans("«»", '""')  # no board has the others under a key of its own


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in _NOT_TYPED}


def _pay(body: dict[str, Any]) -> None:
    """Write down what was paid: what is due, as worked out by whoever went to the bank."""
    i18n.set_language("en")
    due = {line.kind: line.amount for line in charges(session_of_body(body))}
    for row in body["payment"]:
        row["amount"] = f"{due[row['kind']]:.2f}"


def charges(session: Session) -> tuple[Any, ...]:
    """Return the totals of all charges by kind."""
    session.settle()
    told = session.value(Path("header", 0, "charges"))
    assert isinstance(told, tuple)
    return told


def with_slips(body: dict[str, Any]) -> dict[str, Any]:
    """Return the paper as tired fingers type it.

    The last payment is too much by a figure, which a check tells and mends; the first item weighs more than it can,
    which bars the way until somebody types it right (`WRONG`).
    """
    *rows, last = body["payment"]
    amount = last["amount"]
    slipped = last | {"amount": f"{int(amount[0]) + 1}{amount[1:]}"}
    first, *others = body["item"]
    return body | {"payment": [*rows, slipped], "item": [first | {WRONG: "999999"}, *others]}


WRONG = "net_mass"


def rows_of(body: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """Return the rows of a section, one where it stands once."""
    held = body.get(table, [])
    return held if isinstance(held, list) else [held]


def values_in(body: dict[str, Any]) -> int:
    """Return how many values stand on the paper."""
    return sum(_count(row) for table in body if table not in _HEAD for row in rows_of(body, table))


_HEAD = {"format", "version", "profile", "profile_version"}


def _count(row: dict[str, Any]) -> int:
    return sum(sum(_count(each) for each in value) if isinstance(value, list) else 1 for value in row.values())
