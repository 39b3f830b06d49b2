# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a cell says: figures with their units, dates, countries, containers, as suppliers write them.

A reader either understands the whole of a cell or raises `CellError`; it never takes a part and leaves the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from swclient.base.decimals import trimmed
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange.workbook_dates import read_day
from swclient.exchange.workbook_file import Value
from swclient.exchange.workbook_numbers import CellError, read_figure
from swclient.exchange.workbook_words import Words, plain_words

_LONGEST = 300
_CONTAINER = re.compile(r"([A-ZА-Я]{4})[\s-]*([0-9]{6})[\s-]*([0-9])", re.IGNORECASE)
_TERMS = re.compile(
    r"([A-Za-z]{3})\b[\s,:;-]*(.*?)[\s,;]*(?:\(?\s*incoterms[^)]*\)?)?\s*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell was read as.

    Attributes:
        rows: texts for the column's fields, one row for a plain value, several for containers and packages.
        figure: the figure that a totals row adds up, None where there is none.
        unit: its unit; figures of different units are not added.
        doubt: why a part of it should be looked at though it was read, None where all is well.
    """

    rows: tuple[tuple[str, ...], ...]
    figure: Decimal | None = None
    unit: str = ""
    doubt: Message | None = None


def _text(value: Value, words: Words, decimal: str) -> Said:
    """Read words; numbers among them as they stand."""
    return Said(((" ".join(_plain(value).split()),),))


def _line(value: Value, words: Words, decimal: str) -> Said:
    """Read the number of a line: 1, 1.0, “1.”, “01”."""
    text = _plain(value).rstrip(". )")
    if not (text.isascii() and text.isdigit()):
        raise CellError(N_("not the number of a line"))
    return Said(((str(int(text)),),))


def _number(value: Value, words: Words, decimal: str) -> Said:
    """Read a figure, with or without a unit after it."""
    figure, unit = read_figure(value, decimal)
    _known(unit, words)
    return Said(((trimmed(figure),),), figure)


def _mass(value: Value, words: Words, decimal: str) -> Said:
    """Read a mass in kilograms; tonnes and grams are turned into them."""
    figure, unit = read_figure(value, decimal)
    factor = Decimal(1)
    if unit:
        known = words.units.get(plain_words(unit))
        if known is None or known.kg is None:
            raise CellError(N_("“{unit}” is not a unit of mass"), unit=unit)
        factor = known.kg
    return Said(((trimmed(_limited(figure * factor, 6)),),), figure * factor)


def _money(value: Value, words: Words, decimal: str) -> Said:
    """Read an amount and, where it stands beside it, its currency."""
    currency = ""
    if isinstance(value, str):
        value, currency = _without_currency(value, words)
    figure, unit = read_figure(value, decimal)
    if unit:
        raise CellError(N_("“{text}” is not a currency"), text=unit)
    _limited(figure, 2)
    return Said(((f"{figure.quantize(Decimal('0.01')):f}", currency),), figure)


def _without_currency(text: str, words: Words) -> tuple[str, str]:
    for sign in sorted(words.signs, key=len, reverse=True):
        if text.startswith(sign) or text.endswith(sign):
            return text.removeprefix(sign).removesuffix(sign), words.signs[sign]
    match = re.fullmatch(r"([^\W\d][^\d]*?)?\s*([-+(]?[0-9].*?)\s*([^\W\d][^\d]*)?", text)
    for place in (1, 3) if match else ():
        code = words.currencies.get(plain_words(match.group(place) or "")) if match else None
        if match and code:
            return text[match.end(1) :] if place == 1 else text[: match.start(3)], code
    return text, ""


def _quantity(value: Value, words: Words, decimal: str) -> Said:
    """Read a quantity and the code of its unit: “1 200 pcs”, “85 套”."""
    figure, unit = read_figure(value, decimal)
    amount = trimmed(_limited(figure, 6))
    if not unit:
        return Said(((amount, ""),), figure)
    known = words.units.get(plain_words(unit))
    if known is None:
        doubt = Message("“{unit}” is not a unit of measure that we know", {"unit": unit})
        return Said(((amount, unit),), figure, unit, doubt)
    return Said(((amount, known.code),), figure, known.code)


def _unit(value: Value, words: Words, decimal: str) -> Said:
    """Read a unit of measure."""
    known = words.units.get(plain_words(_plain(value)))
    if known is None:
        raise CellError(N_("not a unit of measure that we know"))
    return Said(((known.code,),))


def _packages(value: Value, words: Words, decimal: str) -> Said:
    """Read packages by kind: “40 ctns”, “10 ctns + 2 pallets”."""
    parts = re.split(r"[+;]", value) if isinstance(value, str) else [value]
    rows, whole = [], Decimal(0)
    for part in parts:
        figure, unit = read_figure(part, decimal)
        kind = words.packages.get(plain_words(unit), "")
        if figure != figure.to_integral_value():
            raise CellError(N_("packages are counted in whole numbers"), keep=("", _plain(value)))
        if unit and not kind:
            raise CellError(
                N_("“{unit}” is not a kind of package that we know"),
                keep=("", _plain(value)),
                unit=unit,
            )
        rows.append((kind, trimmed(figure)))
        whole += figure
    return Said(tuple(rows), whole)


def _country(value: Value, words: Words, decimal: str) -> Said:
    """Read a country by name in several languages or by code, “made in” before it or not."""
    plain = plain_words(_plain(value))
    tries = [
        plain,
        *(plain[len(phrase) :].strip() for phrase in words.phrases["made_in"] if plain.startswith(phrase)),
    ]
    for wish in tries:
        if wish in words.countries:
            return Said(((words.countries[wish],),))
    raise CellError(N_("not the name of a country that we know"))


def _currency(value: Value, words: Words, decimal: str) -> Said:
    """Read a currency by code, sign or name."""
    text = _plain(value)
    code = words.signs.get(text) or words.currencies.get(plain_words(text))
    if code is None:
        raise CellError(N_("not a currency that we know"))
    return Said(((code,),))


def _code(value: Value, words: Words, decimal: str) -> Said:
    """Read a commodity code: digits, with points and blanks between them or not."""
    digits = re.sub(r"[\s.\-/]+", "", _plain(value))
    if not (digits.isascii() and digits.isdigit()):
        raise CellError(N_("not a commodity code"))
    # A cell that holds a number has no leading zeros, whatever the supplier typed.
    lost = not isinstance(value, str) and len(digits) in {5, 7, 9}
    doubt = Message("stands as a number: a zero before {text} may be lost", {"text": digits}) if lost else None
    return Said(((digits,),), doubt=doubt)


def _containers(value: Value, words: Words, decimal: str) -> Said:
    """Read container numbers, one or several; whether their check digit is right is a rule's business."""
    text = _plain(value)
    found = _CONTAINER.findall(text)
    if not found or re.search(r"\w", _CONTAINER.sub(" ", text)):
        raise CellError(N_("a container number is four letters and seven digits"))
    return Said(tuple(("".join(parts).upper(),) for parts in found))


def _terms(value: Value, words: Words, decimal: str) -> Said:
    """Read a delivery term and its named place: “FCA Urumqi (Incoterms 2020)”."""
    match = _TERMS.fullmatch(_plain(value))
    if not match or match.group(1).upper() not in words.phrases["incoterms"]:
        raise CellError(N_("not a delivery term with a place, such as FCA Urumqi"))
    return Said(((match.group(1).upper(), " ".join(match.group(2).split())),))


def _date(value: Value, words: Words, decimal: str) -> Said:
    """Read a day, in figures or with the month in words."""
    day = value if isinstance(value, date) else read_day(_plain(value), words.months)
    return Said(((day.isoformat(),),))


def _plain(value: Value) -> str:
    return trimmed(value) if isinstance(value, Decimal) else str(value).strip()


def _known(unit: str, words: Words) -> None:
    plain = plain_words(unit)
    if plain and plain not in words.units and plain not in words.packages:
        raise CellError(N_("“{unit}” is not a unit that we know"), unit=unit)


def _limited(figure: Decimal, decimals: int) -> Decimal:
    exponent = figure.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals:
        raise CellError(N_("more than {n} decimals; the sheet may show it rounded"), n=decimals)
    return figure


_READERS: dict[str, Callable[[Value, Words, str], Said]] = {
    "code": _code, "containers": _containers, "country": _country, "currency": _currency, "date": _date, "line": _line,
    "mass": _mass, "money": _money, "number": _number, "packages": _packages, "quantity": _quantity, "terms": _terms,
    "text": _text, "unit": _unit,
}  # fmt: skip


def read_value(value: Value, reads: str, words: Words, decimal: str) -> Said:
    """Read what a cell holds as one of `mapping.READS`.

    Args:
        value: a text, a number, a date, a yes or no.
        reads: one of `mapping.READS`.
        words: the words of suppliers.
        decimal: the decimal sign of the mapping, for figures that could mean two things.

    Raises:
        CellError: it is nothing of the kind; says why, and what is kept of it.
    """
    if reads not in _READERS:
        raise UserError("Nobody knows how to read “{reads}”.", reads=reads)
    if isinstance(value, str) and reads != "text" and len(value) > _LONGEST:
        raise CellError(N_("too long a text"))
    return _READERS[reads](value, words, decimal)
