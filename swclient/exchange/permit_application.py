# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An application for a permit, drawn from a declaration: nothing is typed a second time.

No agency of the region publishes a contract for it, so this form is ours (docs/handbook/training.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base.decimals import plain
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from swclient.document.snapshot import Record, Snapshot

_LACKING = N_("The application cannot be made yet; fill in first: {what}")
_OF_ITEM = N_("box {box} of item {n}")
_CODE_LEAST = 4
_ADDRESS = ("postcode", "region", "city", "street")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is applied for.

    Attributes:
        application: its own identifier, a UUID.
        supersedes: the application before it that it takes the place of, empty for none.
        consignment: the one reference of the consignment for customs and all agencies.
        agency: whom it is for.
        kind: code of the kind of document.
        country: of the declaration.
        items: row numbers of the goods.
    """

    application: str
    supersedes: str
    consignment: str
    agency: str
    kind: str
    country: str
    items: tuple[int, ...]


def write_application(snapshot: Snapshot, wanted: Wanted, mass_unit: str) -> bytes:
    """Return the application as JSON, quantities as text.

    Args:
        snapshot: the declaration.
        wanted: what is applied for.
        mass_unit: code of the kilogram in the country's list of units.

    Raises:
        UserError: the declaration lacks something without which nobody could decide; names the boxes.
    """
    items = [item for item in snapshot.many("item") if item.id in wanted.items]
    applicant = _applicant(snapshot)
    _refuse_gaps(applicant, items)
    header = snapshot.one("header")
    data = {
        "document": "permit-application",
        "application": wanted.application,
        "supersedes": wanted.supersedes,
        "consignment": wanted.consignment,
        "agency": wanted.agency,
        "kind": wanted.kind,
        "country": wanted.country,
        "direction": _text(header, "direction"),
        "procedure": _text(header, "procedure"),
        "applicant": _party(applicant),
        "consignor": _party(snapshot.one("exporter")),
        "consignee": _party(snapshot.one("consignee")),
        "route": _route(snapshot, items),
        "items": [_goods(snapshot, item, mass_unit) for item in items],
        "documents": _papers(snapshot, items),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def _applicant(snapshot: Snapshot) -> Record:
    """Return who applies: the declarant, and while nobody is named there the consignee."""
    declarant = snapshot.one("declarant")
    return declarant if declarant.get("name") else snapshot.one("consignee")


def _refuse_gaps(applicant: Record, items: list[Record]) -> None:
    gaps: list[object] = [] if applicant.get("name") else ["14"]
    for item in items:
        if len(_text(item, "code")) < _CODE_LEAST:
            gaps.append(Message(_OF_ITEM, {"box": "33", "n": item.get("number")}))
        if not item.get("description"):
            gaps.append(Message(_OF_ITEM, {"box": "31", "n": item.get("number")}))
    if gaps:
        told = ", ".join(each.text() if isinstance(each, Message) else str(each) for each in gaps)
        raise UserError(_LACKING, what=told)


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _party(record: Record) -> dict[str, str]:
    address = ", ".join(text for text in (_text(record, name) for name in _ADDRESS) if text)
    names = ("name", "tax_id", "country", "phone", "email")
    return {**{name: _text(record, name) for name in names}, "address": address}


def _route(snapshot: Snapshot, items: Iterable[Record]) -> dict[str, Any]:
    header = snapshot.one("header")
    names = ("dispatch_country", "destination_country", "border_office", "border_mode")
    means = snapshot.many("border_means") or snapshot.many("arrival_means")
    boxes = [_text(row, "number") for item in items for row in snapshot.many("container", item.id)]
    return {
        **{name: _text(header, name) for name in names},
        "arrival": _text(header, "arrival_date"),
        "vehicles": [
            {name: _text(row, name) for name in ("identity", "trailer", "country")}
            for row in means
            if row.get("identity")
        ],
        "containers": sorted({number for number in boxes if number}),
    }


def _goods(snapshot: Snapshot, item: Record, mass_unit: str) -> dict[str, Any]:
    counts = [row.get("count") for row in snapshot.many("package", item.id)]
    return {
        "no": item.get("number"),
        "ref": str(item.id),
        "commodity_code": _text(item, "code"),
        "description": _text(item, "description"),
        "maker": _text(item, "maker") or _text(item, "trade_mark") or _text(item, "brand"),
        "model": _text(item, "model") or _text(item, "article"),
        "origin": _text(item, "origin"),
        "net_mass": _text(item, "net_mass"),
        "gross_mass": _text(item, "gross_mass"),
        "mass_unit": mass_unit,
        "quantity": _text(item, "supplementary_quantity"),
        "unit": _text(item, "supplementary_unit"),
        "packages": sum(count for count in counts if isinstance(count, int)),
    }


def _papers(snapshot: Snapshot, items: Iterable[Record]) -> list[dict[str, str]]:
    rows = [*snapshot.loose("document"), *(row for item in items for row in snapshot.many("document", item.id))]
    return [
        {"kind": _text(row, "kind"), "number": _text(row, "number"), "dated": _text(row, "date")}
        for row in rows
        if row.get("kind") and row.get("number")
    ]
