# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A national tariff as a table (CSV, or the sheet of a workbook) turned into the tariff file of a country folder.

Columns: `code`, at least one `name_..` (`name_en`, `name_ru`), `unit`, `duty`; and if need be `final`, `valid_from`,
`valid_to`, `source`. A row with a duty is a line to declare under, one without is a heading. Bad rows are all named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from swclient.base.errors import DataError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.base.table import Cell, Table
from swclient.catalogue.dated import Dated, overlap
from swclient.catalogue.duty_text import read_duty

COLUMNS = ("code", "unit", "duty", "final", "valid_from", "valid_to", "source")
_MAX_CELL = 10_000
_TOLD = 20  # bad rows that are named
_NAME = re.compile(r"name_[a-z]{2}", re.ASCII)
_LONGEST = 14
_YES, _NO = {"1", "yes", "true", "да"}, {"0", "no", "false", "нет"}
_NO_UNIT = {"-", "–", "—"}
_COMMA = re.compile(r"(?<=\d),(?=\d)")

_LACKS = N_("There is no column “{name}”. Needed are code, name_.. (such as name_en), unit and duty.")
_UNKNOWN = N_("The column “{name}” is not known. Known are {known}.")
_BAD = N_("{n} rows cannot be taken into the tariff: {rows}")
_ROW = N_("Line {n}: {reason}")
_CODE = N_("the code “{text}” is not an even number of digits, 2 to 14")
_NAMELESS = N_("there is no name")
_UNIT = N_("the unit “{text}” is not in the list of units")
_DUTY = N_("the duty “{text}” cannot be read; write such as 10, 0.4 EUR/796, 10 but not less than 0.5 EUR/166")
_PER_CENT = N_("the duty {text} seems to stand in a cell of per cent format; write it as a plain number or as text")
_FINAL = N_("“final” must read 1 or 0, not “{text}”")
_DUTIABLE = N_("a line to declare under needs a duty")
_DAY = N_("“{text}” must read year-month-day")
_TWICE = N_("the code {code} stands twice for one day")


@dataclass(frozen=True, slots=True)
class Terms:
    """What rows that say nothing themselves are taken to say, and what they may say.

    Attributes:
        valid_from: first day of rows without one.
        source: of rows without one, and of the file.
        taken: day on which the table was taken.
        units: codes that may stand in `unit`; any where there are none.
    """

    valid_from: date
    source: str
    taken: date
    units: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Line(Dated):
    number: int = 0
    cells: dict[str, str] = field(default_factory=dict)


class _BadRowError(Exception):
    def __init__(self, msgid: str, **args: object) -> None:
        self.message = Message(msgid, args)
        super().__init__(msgid)


def tariff_file(given: Table, terms: Terms) -> bytes:
    """Return the tariff file of a country folder.

    Raises:
        UserError: a column is missing or unknown, or rows cannot be taken; names them all, up to twenty.
    """
    names = _names(given)
    lines: list[_Line] = []
    bad: list[Message] = []
    for number, row in given.rows:
        cells = dict(zip(given.headings, row, strict=False))
        try:
            lines.append(_line(number, cells, names, terms))
        except _BadRowError as error:
            bad.append(Message(_ROW, {"n": number, "reason": error.message}))
    bad += _twice(lines)
    if bad:
        told = "".join(f"\n{each.text()}" for each in bad[:_TOLD])
        raise UserError(_BAD, n=len(bad), rows=told)
    return _written(lines, names, terms)


def _names(given: Table) -> tuple[str, ...]:
    """Return the columns with names."""
    names = tuple(name for name in given.headings if _NAME.fullmatch(name))
    for needed in ("code", "unit", "duty"):
        if needed not in given.headings:
            raise UserError(_LACKS, name=needed)
    if not names:
        raise UserError(_LACKS, name="name_..")
    for name in given.headings:
        if name and name not in COLUMNS and name not in names:
            raise UserError(_UNKNOWN, name=name, known=", ".join((*COLUMNS, "name_..")))
    return names


def _line(number: int, cells: dict[str, Cell], names: Sequence[str], terms: Terms) -> _Line:
    texts = {name: _text(cells.get(name)) for name in names}
    if not any(texts.values()):
        raise _BadRowError(_NAMELESS)
    duty = _duty(cells.get("duty"), number)
    final = _final(_text(cells.get("final")), duty)
    unit = _text(cells.get("unit"))
    unit = "" if unit in _NO_UNIT else unit
    if unit and terms.units and unit not in terms.units:
        raise _BadRowError(_UNIT, text=unit)
    start, end = _day(cells.get("valid_from")) or terms.valid_from, _day(cells.get("valid_to"))
    code = _code(cells.get("code"))
    told = {"code": code, **texts, "unit": unit, "duty": duty if final else "", "final": str(int(final))}
    days = {"valid_from": start.isoformat(), "valid_to": end.isoformat() if end else ""}
    return _Line(start, end, number, {**told, **days, "source": _text(cells.get("source"))})


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return " ".join(str(cell).split())[:_MAX_CELL] if cell is not None else ""


def _code(cell: Cell) -> str:
    """Return a code; a number has lost the nought before it, since a code has an even number of digits."""
    text = _text(cell).replace(" ", "").replace(".", "")
    if isinstance(cell, Decimal) and len(text) % 2:
        text = f"0{text}"
    if not (text.isascii() and text.isdigit() and len(text) % 2 == 0 and len(text) <= _LONGEST):
        raise _BadRowError(_CODE, text=_text(cell))
    return text


def _duty(cell: Cell, number: int) -> str:
    if isinstance(cell, Decimal) and 0 < cell < 1:
        raise _BadRowError(_PER_CENT, text=_text(cell))
    text = _COMMA.sub(".", _text(cell))
    if not text:
        return ""
    try:
        return read_duty(text, file="tariff", row=number).text
    except DataError:
        raise _BadRowError(_DUTY, text=text) from None


def _final(text: str, duty: str) -> bool:
    told = text.casefold()
    if told and told not in _YES | _NO:
        raise _BadRowError(_FINAL, text=text)
    if told in _YES and not duty:
        raise _BadRowError(_DUTIABLE)
    return bool(duty) if not told else told in _YES


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date) or cell is None:
        return cell if isinstance(cell, date) else None
    text = _text(cell)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _BadRowError(_DAY, text=text) from None


def _twice(lines: Sequence[_Line]) -> list[Message]:
    """Return a message for every code that stands twice for one day."""
    by_code: dict[str, list[_Line]] = {}
    for line in lines:
        by_code.setdefault(line.cells["code"], []).append(line)
    found = ((code, overlap(tuple(sorted(rows, key=_begin)))) for code, rows in by_code.items() if len(rows) > 1)
    reasons = ((line.number, Message(_TWICE, {"code": code})) for code, line in found if line is not None)
    return [Message(_ROW, {"n": number, "reason": reason}) for number, reason in reasons]


def _begin(line: _Line) -> date:
    return line.valid_from or date.min


def _written(lines: Sequence[_Line], names: Sequence[str], terms: Terms) -> bytes:
    stream = io.StringIO(newline="")
    source = " ".join(terms.source.replace(";", ",").split())
    stream.write(f"# source={source}; taken={terms.taken.isoformat()}; confirmed=false\n")
    columns = ("code", *names, "unit", "duty", "final", "valid_from", "valid_to", "source")
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    for line in sorted(lines, key=lambda each: (each.cells["code"], _begin(each))):
        writer.writerow(line.cells)
    return stream.getvalue().encode()
