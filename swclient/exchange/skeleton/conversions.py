# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a field's value becomes the text of an element, and back.

What is read stays text: the field's own kind takes it up later, so that a figure with too many decimals or an
unknown code is reported like anything else that somebody typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from swclient.catalogue.kinds import Code
from swclient.exchange.skeleton.terms import number_part

if TYPE_CHECKING:
    from swclient.catalogue.codelist import CodeList
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

ToText = Callable[[Any], str]
FromText = Callable[[str], str]

# Letters that look alike: one office writes ОО in Cyrillic where another writes OO in Latin.
_CYRILLIC, _LATIN = "АВЕКМНОРСТУХ", "ABEKMHOPCTYX"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_DAY = len("2026-11-20")
_COMPACT_DAY = len("20261120")


@dataclass(frozen=True, slots=True)
class Conversion:
    """Both directions of one leaf; `to_text` is given a value that is not a text, or any where `always` is set."""

    to_text: ToText
    from_text: FromText
    always: bool = False


def make_conversion(field: Field, marks: dict[str, str], profile: Profile) -> Conversion:
    """Return the conversion of a field, changed as the marks of its element say."""
    if "part" in marks:
        return _by_part(marks["part"], by_column(marks.get("code", ""), profile))
    if "code" in marks:
        return by_column(marks["code"], profile)
    if "day" in marks:
        return Conversion(lambda value: field.kind.store(value).replace("-", ""), _whole_day)
    if "prefix" in marks:
        prefix = marks["prefix"]
        return Conversion(lambda value: prefix + value, lambda text: text.removeprefix(prefix), always=True)
    return Conversion(field.kind.store, _reading(field, marks.get("reads", ""), profile))


def _reading(field: Field, variants: str, profile: Profile) -> FromText:
    if variants:
        other = dict(pair.split("=", 1) for pair in variants.split())
        return lambda text: other.get(text, text)
    if field.kind.name == "date":
        return lambda text: text[:_DAY]
    if field.kind.name == "flag":
        return lambda text: {"true": "1", "false": "0"}.get(text, text)
    codes = profile.code_list(field.list_name) if field.list_name else None
    if isinstance(field.kind, Code) and codes is not None:
        return partial(_look_alike, codes=codes)
    return str


def _whole_day(text: str) -> str:
    """Return a day written as 20261120 as we write it; another text as it is."""
    digits = text[:_COMPACT_DAY]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits.isdigit() and len(digits) == _COMPACT_DAY else text


def _look_alike(text: str, codes: CodeList) -> str:
    """Take a code that looks like one of the list for that one."""
    if text not in codes:
        for other in (text.translate(_TO_CYRILLIC), text.translate(_TO_LATIN)):
            if other in codes:
                return other
    return text


def _by_part(part: str, coded: Conversion) -> Conversion:
    return Conversion(lambda value: coded.to_text(number_part(value, part)), coded.from_text, always=True)


def by_column(where: str, profile: Profile) -> Conversion:
    """Return the conversion to another column of the code's row: `currencies.numeric` makes 398 of KZT."""
    name, _, column = where.partition(".")
    codes = profile.code_list(name)
    there = {e.code: e.more[column] for e in codes.sorted() if e.more.get(column)} if codes else {}
    back: dict[str, str] = {}
    for code, text in there.items():
        back.setdefault(text, code)
    return Conversion(partial(_swap, there), partial(_swap, back), always=True)


def _swap(texts: dict[str, str], text: str) -> str:
    return texts.get(text, text)
