# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Composers of the boxes that stand once: parties, countries, transport, place of the goods, signature."""

from __future__ import annotations

from swclient.document.snapshot import Record
from swclient.printing.content import Case, Content, composer, joined, show


@composer("registration")
def registration(case: Case, _record: Record, _of: str) -> str:
    """Box A: the number that customs gave."""
    return case.registration


@composer("sheet_number")
def sheet_number(case: Case, _record: Record, _of: str) -> str:
    """Box 3, first part: which sheet this is."""
    return str(case.sheet)


@composer("loading_lists")
def loading_lists(_case: Case, header: Record, _of: str) -> str:
    """Box 4: loading lists / their sheets."""
    return joined(" / ", show(header.get("loading_lists")), show(header.get("loading_list_pages")))


@composer("party")
def party(case: Case, _record: Record, of: str) -> Content:
    """Boxes 2, 8, 9, 14: name, address, ways to reach; or the reference to box 14."""
    return _party(case, of)


def _party(case: Case, of: str) -> list[str]:
    record = case.snapshot.one(of)
    if record.get("same_as_declarant"):
        return [case.say("see_declarant")]
    return _filled(
        show(record.get("name")),
        _address(case, record, of),
        joined(", ", _phone(case, record), show(record.get("email"))),
        case.say("number", number=record.get("register_number")) if record.get("register_number") else "",
    )


def _phone(case: Case, record: Record) -> str:
    """Return a telephone number that no line end parts."""
    number = record.get("phone")
    return case.say("phone", number=show(number).replace(" ", "\u00a0")) if number else ""


def _address(case: Case, record: Record, of: str) -> str:
    code = record.get("country")
    country = (case.name(f"{of}.country", code) or show(code)).upper()
    parts = (show(record.get(name)) for name in ("region", "city", "street"))
    return joined(", ", show(record.get("postcode")), country, *parts)


@composer("party_number")
def party_number(case: Case, _record: Record, of: str) -> Content:
    """The taxpayer number beside the caption of a party's box."""
    return _party_number(case, of)


def _party_number(case: Case, of: str) -> str:
    record = case.snapshot.one(of)
    number = record.get("tax_id")
    return case.say("number", number=number) if number and not record.get("same_as_declarant") else ""


@composer("principal")
def principal(case: Case, header: Record, of: str) -> list[str]:
    """Box 50: who carries in transit, with the number of the taxpayer; blank in other declarations."""
    directions = case.profile.code_list("directions")
    entry = directions.get(show(header.get("direction"))) if directions is not None else None
    if entry is None or entry.more.get("flow") != "through":
        return []
    return [*_party(case, of), *_filled(_party_number(case, of))]


@composer("parties")
def parties(case: Case, header: Record, of: str) -> list[str]:
    """Box 2/8 of a continuation sheet: `of` tells which party goes with which direction; both with any other."""
    told = dict(pair.split("=") for pair in of.split())
    role = told.get(show(header.get("direction")))
    found: list[str] = []
    for each in [role] if role else ["exporter", "consignee"]:
        name, *rest = [*_party(case, each), ""]
        number = _party_number(case, each)
        found += _filled(joined(" ", "8" if each == "consignee" else "2", name, number), *rest[:1])
    return found


@composer("country")
def country(case: Case, header: Record, of: str) -> str:
    """Boxes 15 and 17: the name of a country in capitals."""
    return case.name(of, header.get(of.partition(".")[2])).upper()


@composer("means")
def means(case: Case, header: Record, of: str) -> str:
    """Boxes 18 and 21: how many means of transport, tractor/trailer of each."""
    rows = case.snapshot.many(of)
    if not rows:
        return ""
    total = show(header.get("means_total")) if of == "arrival_means" else ""
    return f"{total or len(rows)}: " + "; ".join(
        joined("/", show(row.get("identity")), show(row.get("trailer"))) for row in rows
    )


@composer("means_country")
def means_country(case: Case, _header: Record, of: str) -> str:
    """Boxes 18 and 21, second part: the country of registration, 99 when there are several."""
    codes = list(dict.fromkeys(show(row.get("country")) for row in case.snapshot.many(of) if row.get("country")))
    return "99" if len(codes) > 1 else "".join(codes)


@composer("office")
def office(case: Case, header: Record, of: str) -> list[str]:
    """Box 29: the office's code and name."""
    code = header.get(of.partition(".")[2])
    return _filled(joined(" ", show(code), case.name(of, code)))


@composer("destination")
def destination(case: Case, header: Record, of: str) -> list[str]:
    """Box 53: the office of destination and its country."""
    country = show(header.get("destination_office_country"))
    return _filled(joined(", ", *office(case, header, of), country))


@composer("transit_offices")
def transit_offices(case: Case, _header: Record, _of: str) -> list[str]:
    """Box 51: the planned offices, each with its country."""
    rows = case.snapshot.many("transit_office")
    return _filled("; ".join(joined(" ", show(row.get("office")), show(row.get("country"))) for row in rows))


@composer("location")
def location(case: Case, header: Record, _of: str) -> list[str]:
    """Box 30: kind of place, office, register entry, address."""
    entry = _document(case, header, "location_register", "location_date")
    parts = (show(header.get(f"location_{name}")) for name in ("type", "office"))
    return _filled(joined(", ", *parts, entry, show(header.get("location_address"))))


@composer("deferral")
def deferral(_case: Case, header: Record, _of: str) -> str:
    """Box 48: kind of payment and the last day."""
    return joined(" - ", show(header.get("deferral_kind")), show(header.get("deferral_date")))


@composer("guarantees")
def guarantees(case: Case, _header: Record, _of: str) -> list[str]:
    """Box 52: kind, document, amount of each security."""
    return [
        joined(", ", show(row.get("kind")), _document(case, row), show(row.get("amount")), _not_valid(case, row))
        for row in case.snapshot.many("guarantee")
    ]


def _not_valid(case: Case, row: Record) -> str:
    countries = row.get("excluded")
    return case.say("not_valid_for", text=show(countries)) if countries else ""


def _document(case: Case, row: Record, number: str = "number", day: str = "date") -> str:
    named, dated = row.get(number), row.get(day)
    return joined(
        " ",
        case.say("number", number=named) if named else "",
        case.say("dated", date=dated) if dated else "",
    )


@composer("seals")
def seals(case: Case, _header: Record, _of: str) -> list[str]:
    """Box D: seals of the consignment with their type, then those of containers, each number once."""
    of_all = {show(row.get("number")): row for row in case.snapshot.many("seal") if row.get("number")}
    found = dict.fromkeys(show(row.get("seal")) for row in case.snapshot.many("container") if row.get("seal"))
    told = [joined(" ", number, show(row.get("kind"))) for number, row in of_all.items()]
    return _filled(", ".join([*told, *(number for number in found if number not in of_all)]))


@composer("signatory")
def signatory(case: Case, header: Record, _of: str) -> list[str]:
    """Box 54: place and date; representative and contract (1); person (2); authority (3); own reference (4)."""
    person, broker = case.snapshot.one("person"), case.snapshot.one("representative")
    contract, until = person.get("contract_number"), person.get("authority_until")
    signed = person.get("contract_date")
    agreement = joined(
        " ",
        case.say("contract", number=contract) if contract else "",
        case.say("dated", date=signed) if signed else "",
    )
    licence = broker.get("register_number")
    return _filled(
        joined(", ", show(person.get("place")), show(person.get("date") or header.get("date"))),
        _numbered(
            1,
            show(broker.get("name")),
            case.say("number", number=licence) if licence else "",
            agreement,
        ),
        _numbered(
            2,
            joined(" ", *(show(person.get(name)) for name in ("surname", "given_name", "middle_name"))),
            show(person.get("position")),
            _phone(case, person),
        ),
        _numbered(
            3,
            joined(
                " ",
                _document(case, person, "authority_number", "authority_date"),
                case.say("until", date=until) if until else "",
            ),
        ),
        _numbered(4, show(header.get("reference"))),
    )


def _numbered(number: int, *parts: str) -> str:
    text = joined(", ", *parts)
    return f"{number}) {text}" if text else ""


def _filled(*paragraphs: str) -> list[str]:
    return [each for each in paragraphs if each]
