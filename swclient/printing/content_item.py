# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Composers of the boxes of one goods item: description, packages, containers, documents, quantities."""

from __future__ import annotations

from swclient.document.snapshot import Record
from swclient.printing.content import Case, composer, joined, show, show_trimmed

_NAMED = ("maker", "trade_mark", "brand", "model", "article")
_FURTHER = ("stamps", "incoterm", "processing", "delivery_from", "delivery_until", "delivered_quantity")
_PARTLY = "2"  # list container_shares: the item takes a part of the container
_OTHER = "99"  # document kinds that end so are “other”: only their name says what they are


@composer("goods")
def goods(case: Case, item: Record, _of: str) -> list[str]:
    """Box 31: 1) description and marks of identity; 2) packages; 3) containers; 4) to 8) what few goods have."""
    get = item.values.get
    traits = [case.around(name, value) for name in _NAMED if (value := get(name))]
    if get("quantity") is not None:
        traits.append(case.say("quantity", text=quantity(case, item, "quantity", "quantity_unit")))
    described = case.described(item)
    found = [f"1) {described}"] if described else []
    if traits:
        found.append("; ".join(traits))
    found += _packages(case, item)
    found += _containers(case, item)
    return found + _further(case, item) if any(map(get, _FURTHER)) else found


def _further(case: Case, item: Record) -> list[str]:
    """Return excise stamps, delivery terms of the item, processing, period of a delivery and what was delivered."""
    get = item.values.get
    parts = {
        4: joined(" ", show(get("stamps")), show(get("stamp_series"))),
        5: joined(" ", show(get("incoterm")), show(get("delivery_place"))),
        6: show(get("processing")),
        7: joined(" - ", show(get("delivery_from")), show(get("delivery_until"))),
        8: quantity(case, item, "delivered_quantity", "delivered_unit"),
    }
    return [f"{number}) {text}" for number, text in parts.items() if text]


def _packages(case: Case, item: Record) -> list[str]:
    rows = case.under("package", item)
    parts: list[str] = []
    whole = sum(_count(row) for row in rows if not row.get("shared"))
    shared = sum(_count(row) for row in rows if row.get("shared"))
    if rows:
        part = case.around("part_places", shared) if shared else ""
        parts.append(joined(" ", str(whole), f"({part})" if part and whole else part) if whole else part or "0")
    parts += [joined("-", show(row.get("kind")), show(row.get("count"))) for row in rows]
    packing = item.values.get("packing")
    parts.append(case.say(f"packing_{packing}") if packing else "")
    parts += [case.around("marks", mark) for row in rows if (mark := row.get("marks"))]
    text = joined(", ", *parts)
    return [f"2) {text}"] if text else []


def _count(row: Record) -> int:
    count = row.values.get("count")
    return count if isinstance(count, int) else 0


def _containers(case: Case, item: Record) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for row in case.under("container", item):
        number = show(row.values.get("number"))
        text = case.around("part", number) if row.values.get("full") == _PARTLY else number
        kinds.setdefault(show(row.values.get("kind")), []).append(text)
    groups = [joined(" ", str(len(numbers)), kind) + ": " + ", ".join(numbers) for kind, numbers in kinds.items()]
    return [f"3) {'; '.join(groups)}"] if groups else []


def quantity(case: Case, item: Record, amount: str, unit: str, separator: str = " ") -> str:
    """Return a quantity with the sign and the code of its unit: `240 шт (796)`."""
    value, code = item.values.get(amount), item.values.get(unit)
    if value is None:
        return ""
    entry = case.entry(f"item.{unit}", code)
    sign = (entry.more.get(f"sign_{case.language}") or entry.name(case.language)) if entry else ""
    if separator == " ":
        return joined(" ", show_trimmed(value), sign, f"({show(code)})" if code else "")
    return joined(separator, show_trimmed(value), sign, show(code))


@composer("preferences")
def preferences(_case: Case, item: Record, _of: str) -> str:
    """Box 36: fee, duty, excise, VAT, written without blanks."""
    return "".join(show(item.values.get(f"preference_{name}")) for name in ("fee", "duty", "excise", "vat"))


@composer("procedures")
def procedures(_case: Case, item: Record, _of: str) -> str:
    """Box 37, first part: requested and previous procedure."""
    return show(item.values.get("procedure")) + show(item.values.get("previous_procedure"))


@composer("quota")
def quota(case: Case, item: Record, _of: str) -> str:
    """Box 39: what is left of the quota."""
    return quantity(case, item, "quota_quantity", "quota_unit")


@composer("supplementary")
def supplementary(case: Case, item: Record, _of: str) -> str:
    """Box 41: quantity/sign/code of the supplementary unit."""
    return quantity(case, item, "supplementary_quantity", "supplementary_unit", "/")


@composer("previous")
def previous(case: Case, item: Record, _of: str) -> list[str]:
    """Box 40: earlier documents with the item in them and the mass taken from them."""
    found = []
    for row in case.under("previous", item):
        get = row.values.get
        day, number, mass = get("date"), get("item"), get("net_mass")
        text = joined(
            ", ",
            joined(
                " ",
                show(get("kind")),
                show(get("number")),
                case.around("dated", day) if day else "",
            ),
            case.around("previous_item", number) if number is not None else "",
            case.around("kilograms", show_trimmed(mass)) if mass is not None else "",
        )
        found.append(text)
    return [text for text in found if text]


@composer("documents")
def documents(case: Case, item: Record, _of: str) -> list[str]:
    """Box 44: documents of the item; with the first item also those of the whole declaration."""
    rows = case.under("document", item)
    if case.items and item is case.items[0]:
        rows = [*case.under("document", None), *rows]
    return [text for row in rows if (text := _one_document(case, row))]


def _one_document(case: Case, row: Record) -> str:
    get = row.values.get
    kind, number, day, until, promised = (
        get("kind"),
        get("number"),
        get("date"),
        get("valid_until"),
        get("promised"),
    )
    name = get("name") if not number or show(kind).endswith(_OTHER) else ""
    return joined(
        " ",
        show(kind),
        show(name),
        case.around("number", number) if number else "",
        case.around("dated", day) if day else "",
        case.around("until", until) if until else "",
        show(get("country")),
        case.around("promised", promised) if promised else "",
    )
