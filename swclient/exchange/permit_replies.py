# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What agencies answer to an application for a permit, as values, and the reader of their JSON documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

RECEIPT, GRANT, REFUSAL = "permit-receipt", "permit-grant", "permit-refusal"
QUERY, WITHDRAWAL = "permit-query", "permit-withdrawal"
DOCUMENTS = frozenset({RECEIPT, GRANT, REFUSAL, QUERY, WITHDRAWAL})


@dataclass(frozen=True, slots=True)
class Point:
    """One reason of a refusal, or one thing that is still wanted; `item` is None for the whole application."""

    code: str
    item: int | None
    field: str
    expected: str
    actual: str
    text: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a permit allows of one item, as text, in a unit of the country's list."""

    item: int
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class PermitAnswer:
    """An answer of an agency.

    Attributes:
        document: which kind of answer, one of `DOCUMENTS`.
        application: which application it is about.
        consignment: our reference of the consignment.
        number: of the permit, with a grant and a withdrawal.
        kind: code of the kind of document granted.
        issued, valid_from, valid_until: days, None where none is told.
        allowed: quantities per item of a grant.
        points: reasons of a refusal, wishes of a query.
        reason: of a withdrawal.
    """

    document: str
    application: str
    consignment: str
    office: str
    training: bool
    number: str = ""
    kind: str = ""
    issued: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    allowed: tuple[Allowed, ...] = ()
    points: tuple[Point, ...] = ()
    reason: str = ""


def read_permit(data: dict[str, Any]) -> PermitAnswer:
    """Return an answer of an agency.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: a part of it does not read.
    """
    kind = str(data["document"])
    granted = kind == GRANT
    return PermitAnswer(
        document=kind,
        application=str(data["application"]),
        consignment=str(data.get("consignment") or ""),
        office=str(data.get("office") or ""),
        training=bool(data.get("training")),
        number=str(data["number"]) if granted or kind == WITHDRAWAL else "",
        kind=str(data["kind"]) if granted else "",
        issued=_day(data.get("issued")),
        valid_from=_day(data.get("valid_from")),
        valid_until=_day(data.get("valid_until")),
        allowed=tuple(_allowed(each) for each in data["items"]) if granted else (),
        points=tuple(_point(each) for each in data.get("errors", data.get("wanted", ()))),
        reason=str(data.get("reason") or ""),
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _allowed(row: dict[str, Any]) -> Allowed:
    return Allowed(int(row["no"]), str(row.get("quantity") or ""), str(row.get("unit") or ""))


def _point(row: dict[str, Any]) -> Point:
    item = row.get("item")
    told = (str(row.get(name) or "") for name in ("field", "expected", "actual", "message"))
    return Point(str(row["code"]), None if item is None else int(item), *told)
