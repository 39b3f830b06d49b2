# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers in the form of the WCO data model (`Response`), as the same values that other offices' answers become.

What an answer means is said by its function code. Names count by their local part: most published answers have no
namespace at all, and those that have one use what prefixes they like.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.exchange import replies as r
from swclient.exchange.wco_places import Pointer, find_spot
from swclient.exchange.xmlread import everywhere, local, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"MetaData", "Response"})
_RELEASED, _INVALIDATED = "10", "81"  # decisions as the other answers number them
_GIVEN = "%Y%m%d%H%M%S"
_DIGITS = len("20240222100938")
_LONGEST_FIGURE = 40
_TOLD = {
    "02": N_("Customs received the declaration"),
    "07": N_("Customs changed the declaration, or decided on a change"),
    "11": N_("Customs ask for something: see the status"),
    "16": N_("The goods have left"),
    "17": N_("Result of the exit of the goods"),
    "18": N_("Result of the exit of the goods"),
}


def read_response(root: Element) -> r.Reply | None:
    """Return what a message says; None where it is no response of the data model.

    Raises:
        UserError: a part of it does not read; says which.
    """
    response = root if local(root.tag) == "Response" else root.find(everywhere("Response"))
    if response is None or response.find(everywhere("FunctionCode")) is None:
        return None
    code = value(response, "FunctionCode").zfill(2)
    training = "TRAINING" in "".join(root.itertext()).upper()
    head = r.Head(f"Response {code}", value(response, "FunctionalReferenceID"), _lrn(response), training)
    reader = _READERS.get(code)
    if reader is not None:
        return reader(response, head)
    if code in _TOLD:
        return r.Notice(head, _TOLD[code], _number(response), _words(response))
    return r.Unknown(head.root)


def _lrn(response: Element) -> str:
    return value(response, "Declaration/FunctionalReferenceID")


def _number(response: Element) -> str:
    return value(response, "Declaration/ID")


def _words(response: Element) -> tuple[str, ...]:
    """Return what stands in words: statements, errors and the status, as told."""
    stated = response.findall(everywhere("AdditionalInformation"))
    told = [value(each, "StatementDescription") or value(each, "StatementCode") for each in stated]
    told += [value(each, "Description") for each in response.findall(everywhere("Error"))]
    told += [value(each, "NameCode") for each in response.findall(everywhere("Status"))]
    return tuple(filter(None, told))


def _moment(response: Element, *places: str) -> datetime:
    """Return the first moment given at the places.

    Raises:
        UserError: none is given, or it is no moment.
    """
    text = next(filter(None, (value(response, f"{place}/DateTimeString") for place in places)), "")
    digits, zone = text[:_DIGITS], text[_DIGITS:]
    if len(digits) != _DIGITS or not digits.isdecimal() or not digits.isascii():
        raise _unreadable(response, "/".join(places), text)
    try:
        moment = datetime.strptime(digits, _GIVEN)  # noqa: DTZ007 - the zone is read apart
        if not zone:
            return moment
        hours = zone if zone == "Z" or len(zone) > len("+01") else zone + ":00"
        return datetime.fromisoformat(moment.isoformat() + hours)
    except ValueError:
        raise _unreadable(response, "/".join(places), text) from None


def _unreadable(response: Element, path: str, text: str) -> UserError:
    code = value(response, "FunctionCode")
    words = N_("The answer {root} cannot be read: {element} holds “{text}”.")
    return UserError(words, root=f"Response {code}", element=path, text=text)


def _accepted(response: Element, head: r.Head) -> r.Reply:
    moment = _moment(response, "Declaration/AcceptanceDateTime", "IssueDateTime")
    office = value(response, "Declaration/DeclarationOfficeID")
    words = "\n".join(_words(response))
    return r.Registration(head, _number(response), moment.date(), moment.time(), office, "", words)


def _rejected(response: Element, head: r.Head) -> r.Reply:
    errors = tuple(_error(each) for each in response.findall(everywhere("Error")))
    return r.Errors(head, errors, (head.ref_document_id,))


def _error(error: Element) -> r.CustomsError:
    spot = find_spot([_pointer(each) for each in error.findall(everywhere("Pointer"))])
    code = value(error, "ValidationCode")
    said = value(error, "Description") or code
    text = f"{said} ({', '.join(spot.unknown)})" if spot.unknown else said
    return r.CustomsError(code, text, spot.item, spot.box, spot.element, spot.path, "", "", "", 1)


def _pointer(pointer: Element) -> Pointer:
    place = value(pointer, "SequenceNumeric")
    sequence = int(place) if place.isdecimal() and place.isascii() else None
    return Pointer(value(pointer, "DocumentSectionCode"), sequence, value(pointer, "TagID"))


def _controlled(response: Element, head: r.Head) -> r.Reply:
    return r.Lane(head, "red", _words(response), _number(response))


def _documents(response: Element, head: r.Head) -> r.Reply:
    return r.Lane(head, "yellow", _words(response), _number(response))


def _taxed(response: Element, head: r.Head) -> r.Reply:
    due: dict[tuple[str, str], Decimal] = {}
    for fee in response.iter():
        if local(fee.tag) == "DutyTaxFee":
            payment = fee.find(everywhere("Payment/PaymentAmount"))
            if payment is not None:
                key = (value(fee, "TypeCode"), payment.get("currencyID", ""))
                due[key] = due.get(key, Decimal(0)) + _figure(response, payment)
    lines = tuple(r.ChargeLine(kind, unit, sum_, Decimal(0), sum_) for (kind, unit), sum_ in due.items())
    return r.PaymentRequest(head, lines, sum(due.values(), Decimal(0)), _number(response))


def _lacking(response: Element, head: r.Head) -> r.Reply:
    asked = _taxed(response, head)
    reference = next((value(each, "ReferenceID") for each in response.iter() if local(each.tag) == "Payment"), "")
    lines = asked.lines if isinstance(asked, r.PaymentRequest) else ()
    return r.PaymentReceipt(head, reference, "lacking", lines)


def _figure(response: Element, element: Element) -> Decimal:
    text = (element.text or "").strip()
    if len(text) > _LONGEST_FIGURE or not text.replace(".", "", 1).isdecimal() or not text.isascii():
        raise _unreadable(response, local(element.tag), text)
    return Decimal(text)


def _decided(decision: str) -> Callable[[Element, r.Head], r.Reply]:
    def read(response: Element, head: r.Head) -> r.Reply:
        moment = _moment(response, "IssueDateTime")
        words, number = _words(response), _number(response)
        day, clock = moment.date(), moment.time()
        return r.CustomsMark(head, decision, head.ref_document_id, number, (), day, clock, words)

    return read


_READERS: dict[str, Callable[[Element, r.Head], r.Reply]] = {
    "01": _accepted,
    "03": _rejected,
    "05": _controlled,
    "06": _documents,
    "08": _decided(_RELEASED),
    "09": _decided(_RELEASED),
    "10": _decided(_INVALIDATED),
    "13": _taxed,
    "14": _lacking,
    "15": _lacking,
}
