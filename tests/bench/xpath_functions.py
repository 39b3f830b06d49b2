# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What XPath 1.0 and EXSLT lack, given to lxml as functions: check digits, forms of numbers, the tariff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from swclient.engine.functions import functions

SPACE = "urn:swclient:rules"


def read_figure(text: str) -> Decimal | int:
    """Return a figure; a whole one is an int, as those written in rules are.

    >>> read_figure("28.0"), read_figure("2.50")
    (28, Decimal('2.50'))
    """
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value


_READ: dict[str, Callable[[str], Any]] = {"number": read_figure, "day": date.fromisoformat, "text": str}


def register(asked: Mapping[str, tuple[str, tuple[str, ...]]], reference: Any) -> None:
    """Give lxml the functions that a schema asks for: name there → name of ours and kinds of its arguments."""
    space = etree.FunctionNamespace(SPACE)
    space["before"] = _before
    known = functions() | {
        "in_tariff": lambda code, day: reference.tariff_line(code, day) is not None,
        "tariff_heading": lambda code, day: getattr(reference.tariff_line(code, day), "final", True) is False,
        "measures": reference.measures_told,
        "tariff_text": reference.tariff_text,
    }
    for theirs, (ours, kinds) in asked.items():
        space[theirs] = _wrapped(known[ours], kinds)


def _wrapped(function: Callable[..., Any], kinds: tuple[str, ...]) -> Callable[..., Any]:
    readers = [_READ[kind] for kind in kinds]

    def wrapped(_context: object, *given: Any) -> Any:
        value = function(*(read(_text(each)) for read, each in zip(readers, given, strict=True)))
        if value is None or isinstance(value, date):
            return "" if value is None else value.isoformat()
        return float(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value

    return wrapped


def _text(given: Any) -> str:
    """Return an argument as text: a value arrives as a list of one, a figure as a binary fraction."""
    held = given[0] if isinstance(given, list) else given
    if isinstance(held, etree._Element):
        return held.text or ""
    return repr(held) if isinstance(held, float) else str(held)


def _before(_context: object, one: Any, other: Any) -> bool:
    return _text(one) < _text(other)
