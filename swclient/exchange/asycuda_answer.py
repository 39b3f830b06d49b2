# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an export of ASYCUDA World says about a declaration: registered, assessed, left; or a list of errors as text.

An export is the whole declaration with what customs added: the farthest that it has come is what it says. Errors have
no published form; a text counts whose first line is `ASYCUDA: REFUSED`, then `CODE box/item: words` a line, and END.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.exchange import replies as r
from swclient.exchange.xmlread import everywhere, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOT = "ASYCUDA"
REFUSED = "ASYCUDA: REFUSED"
_LINE = re.compile(r"(?P<code>\S+) (?P<box>[0-9A-Z.]*)/(?P<item>[0-9]*): (?P<words>.*)")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_ODD = N_("The answer {root} cannot be read: {element} holds “{text}”.")
_LONGEST_FIGURE = 40
_CENTURY = 100
_END = "END"


def read_export(root: Element, head: r.Head) -> r.Reply:
    """Return what an export says.

    Raises:
        UserError: a part of it does not read; says which.
    """
    registered = bool(value(root, "Identification/Registration/Number"))
    left = bool(value(root, "Export_release/Date_of_exit"))
    if left or value(root, "Identification/Assessment/Number"):
        lines = _charges(root)
        total = sum((line.required for line in lines), Decimal(0))
        when = _day(root, "Export_release/Date_of_exit") if left else None
        return r.Export(head, lines, total, _number(root), _registered(root) if registered else None, when)
    if registered:
        office = value(root, "Identification/Office_segment/Customs_clearance_office_code")
        name = value(root, "Identification/Office_segment/Customs_Clearance_office_name")
        return r.Registration(head, _number(root), _registered(root), time(), office, name, "")
    return r.Unknown(head.root)


def read_text(content: bytes) -> r.Reply:
    """Return what a text says; one that does not begin as a list of errors is not understood."""
    lines = content.decode("utf-8-sig", errors="replace").strip().splitlines()
    if not lines or lines[0].strip() != REFUSED:
        return r.Unknown("text")
    errors = tuple(_error(line.strip()) for line in lines[1:] if line.strip() not in {"", _END})
    return r.Errors(r.Head(ROOT, "", "", "TRAINING" in content.decode("utf-8", "replace").upper()), errors, ())


def _error(line: str) -> r.CustomsError:
    match = _LINE.fullmatch(line)
    if match is None:
        return r.CustomsError("", line, None, "", "", "", "", "", "", 1)
    item = int(match["item"]) if match["item"] else None
    return r.CustomsError(match["code"], match["words"], item, match["box"], "", "", "", "", "", 1)


def _number(root: Element) -> str:
    """Return the number of registration as other answers have it: office, day, serial letter and number."""
    if not value(root, "Identification/Registration/Number"):
        return ""
    office = value(root, "Identification/Office_segment/Customs_clearance_office_code")
    serial = value(root, "Identification/Registration/Serial_number")
    return f"{office}/{_registered(root):%d%m%y}/{serial}{value(root, 'Identification/Registration/Number')}"


def _registered(root: Element) -> date:
    return _day(root, "Identification/Registration/Date")


def _day(root: Element, path: str) -> date:
    """Return a day, written as 11/20/26 or 2026-11-20."""
    text = value(root, path)
    match = _SLASHED.fullmatch(text)
    try:
        if match is None:
            return date.fromisoformat(text[: len("2026-11-20")])
        month, day, year = (int(part) for part in match.groups())
        return date(year if year >= _CENTURY else 2000 + year, month, day)
    except ValueError:
        raise UserError(_ODD, root=ROOT, element=path, text=text[:_LONGEST_FIGURE]) from None


def _charges(root: Element) -> tuple[r.ChargeLine, ...]:
    """Return what is to be paid, by kind; what is not to be paid says so by its mode 0."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in root.iterfind(everywhere("Item/Taxation/Taxation_line")):
        kind, text = value(line, "Duty_tax_code"), value(line, "Duty_tax_amount")
        if kind and text and value(line, "Duty_tax_MP") != "0":
            sums[kind] += _figure(text)
    nothing = Decimal(0)
    return tuple(r.ChargeLine(kind, "", amount, nothing, amount) for kind, amount in sums.items())


def _figure(text: str) -> Decimal:
    try:
        figure = Decimal(text) if len(text) <= _LONGEST_FIGURE else Decimal("NaN")
    except InvalidOperation:
        figure = Decimal("NaN")
    if not figure.is_finite() or figure < 0:
        raise UserError(_ODD, root=ROOT, element="Duty_tax_amount", text=text[:_LONGEST_FIGURE])
    return figure
