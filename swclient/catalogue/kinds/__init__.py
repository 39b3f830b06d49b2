# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of value: each knows how its values are typed, shown, stored and checked.

A row of the catalogue names its kind and arguments: `mass:6`, `code:countries`, `text:150`.
"""

from __future__ import annotations

from swclient.catalogue.kinds.amounts import Count, Figure, Percent
from swclient.catalogue.kinds.base import Kind, KindError
from swclient.catalogue.kinds.codes import Code, Container, Digits, TaxId
from swclient.catalogue.kinds.plain import Day, Flag, Given, Text

__all__ = [
    "KINDS",
    "Code",
    "Container",
    "Count",
    "Day",
    "Digits",
    "Figure",
    "Flag",
    "Given",
    "Kind",
    "KindError",
    "Percent",
    "TaxId",
    "Text",
    "make_kind",
]

KINDS: dict[str, type[Kind]] = {
    "charges": Given,
    "code": Code,
    "container": Container,
    "count": Count,
    "date": Day,
    "digits": Digits,
    "flag": Flag,
    "mass": Figure,
    "money": Figure,
    "quantity": Figure,
    "rate": Percent,
    "tax_id": TaxId,
    "text": Text,
    "totals": Given,
}


def make_kind(spec: str) -> Kind:
    """Return the kind that a catalogue row names.

    Raises:
        KeyError: nobody knows that kind.
        ValueError: its argument does not fit.
    """
    name, _, argument = spec.partition(":")
    return KINDS[name](name, argument)
