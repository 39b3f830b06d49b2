# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a field's value becomes the text of an element, and back.

What is read stays text: the field's own kind takes it up later, so that a figure with too many decimals or an
unknown code is reported like anything else that somebody typed.
"""

from __future__ import annotations

import re
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
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {"1": "true", "0": "false"}


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
        return _called(marks.get("called", ""), by_column(marks["code"], profile))
    if "day" in marks:
        return _by_day(field, marks["day"])
    if "flag" in marks:
        return Conversion(lambda value: _FLAGS.get(field.kind.store(value), ""), _reading(field, "", profile))
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


def _by_day(field: Field, form: str) -> Conversion:
    if form == "slashes":
        return Conversion(lambda value: _slashes(field.kind.store(value)), _slashed_day)
    return Conversion(lambda value: field.kind.store(value).replace("-", ""), _whole_day)


def _whole_day(text: str) -> str:
    """Return a day written as 20261120 as we write it; another text as it is."""
    digits = text[:_COMPACT_DAY]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits.isdigit() and len(digits) == _COMPACT_DAY else text


def _called(pairs: str, coded: Conversion) -> Conversion:
    """Return a conversion to a column under other names: `in=IM` writes IM where the column says `in`."""
    if not pairs:
        return coded
    names = dict(pair.split("=", 1) for pair in pairs.split())
    back = {name: text for text, name in names.items()}
    return Conversion(
        lambda value: _swap(names, coded.to_text(value)), lambda text: coded.from_text(_swap(back, text)), always=True
    )


def _slashes(day: str) -> str:
    """Return a day as 11/20/26.

    >>> _slashes("2026-11-05")
    '11/5/26'
    """
    year, month, number = day.split("-")
    return f"{int(month)}/{int(number)}/{year[2:]}"


def _slashed_day(text: str) -> str:
    """Return a day written as 11/20/26 or 11/20/2026 as we write it; another text as it is.

    >>> _slashed_day("11/5/26")
    '2026-11-05'
    """
    match = _SLASHED.fullmatch(text)
    if match is None:
        return text[:_DAY] if _ISO.match(text) else text
    month, number, year = match.groups()
    return f"{year if len(year) > len('26') else '20' + year}-{int(month):02}-{int(number):02}"


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
