# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the parts that answers in XML are made of: days, amounts, registration numbers."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeVar

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.exchange.xmlread import everywhere, local, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

T = TypeVar("T")

_SERIAL_DIGITS = 7
_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,8})?")


def unreadable(root: Element, path: str, text: str) -> UserError:
    """Return the error of a part that does not read."""
    return UserError(
        N_("The answer {root} cannot be read: {element} holds “{text}”."),
        root=local(root.tag),
        element=path,
        text=text,
    )


def made(root: Element, path: str, make: Callable[[str], T]) -> T:
    """Return what is made of the text at a path.

    Raises:
        UserError: nothing can be made of it.
    """
    text = value(root, path)
    try:
        return make(text)
    except (ValueError, InvalidOperation):
        raise unreadable(root, path, text) from None


def day(text: str) -> date:
    """Return a day, of a moment too."""
    return date.fromisoformat(text[:10])


def clock(text: str) -> time:
    """Return a time of day."""
    return time.fromisoformat(text.removesuffix("Z"))


def amount(text: str) -> Decimal:
    """Return an amount.

    Raises:
        ValueError: it is none.
    """
    if _AMOUNT.fullmatch(text) is None:  # no exponent: 1e999999999 would be a long figure
        raise ValueError(text)
    return Decimal(text)


def number(root: Element, path: str) -> str:
    """Return a registration number as it stands in box A, empty when there is none."""
    found = root.find(everywhere(path))
    if found is None:
        return ""
    registered = made(found, "RegistrationDate", day)
    serial = value(found, "GTDNumber").zfill(_SERIAL_DIGITS)
    return f"{value(found, 'CustomsCode')}/{registered:%d%m%y}/{serial}"


def texts(root: Element, path: str) -> tuple[str, ...]:
    """Return what stands in every element of a path."""
    return tuple((each.text or "").strip() for each in root.findall(everywhere(path)))
