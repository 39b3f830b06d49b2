# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names that generated source uses, and the lines that give them their values.

`S_header_date` is a value of a section that stands once, `L_countries` the codes of a list that are good on the day,
`T_header_date` the lines of the tariff on a day,
`E1` a further column of a code list, `A3` a figure over a whole section; `f_price` is a value of the row that is
looked at, `p_price` one of the row above.
"""

from __future__ import annotations

import re
from operator import itemgetter

from swclient.engine.needs import Needs

_WORD = re.compile(r"\b[SL]_\w+")
_TOTAL = re.compile(r"\bA(\d+)\b")
_TARIFF = re.compile(r"\bT_(\w+)")
_COLUMN = re.compile(r"\bE(\d+)\b")
_FIELD = re.compile(r"\bf_(\w+)")
_PARENT = re.compile(r"\bp_(\w+)")


def singles_in(text: str, needs: Needs) -> list[tuple[str, str]]:
    """Return section and field of the values in a source that stand once."""
    words = set(_WORD.findall(text))
    return [(table, name) for table, name in sorted(needs.single) if f"S_{table}_{name}" in words]


def lists_in(text: str, needs: Needs) -> list[str]:
    """Return the code lists that a source asks."""
    words = set(_WORD.findall(text))
    return [name for name in sorted(needs.lists) if f"L_{name}" in words]


def totals_in(text: str) -> list[int]:
    """Return the numbers of the figures over whole sections that a source reads."""
    return _numbers(_TOTAL, text)


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    return sorted({int(number) for number in pattern.findall(text)})


def parents_in(text: str) -> list[str]:
    """Return the fields of the row above that a source reads."""
    return sorted(set(_PARENT.findall(text)))


def shared_lines(text: str, needs: Needs) -> list[str]:
    """Return lines for what is the same for all rows; `singles`, `valid`, `entry` and `A` must be known."""
    by_section: dict[str, list[str]] = {}
    for table, name in singles_in(text, needs):
        by_section.setdefault(table, []).append(name)
    lines = [
        fetch_line(f"S_{table}_", names, f"singles[{table!r}].values", needs) for table, names in by_section.items()
    ]
    lines += [f"L_{name} = valid[{name!r}]" for name in lists_in(text, needs)]
    lines += [f"E{number} = entry{needs.columns[number]!r}" for number in _numbers(_COLUMN, text)]
    lines += [f"T_{day} = reference.tariff_on(S_{day})" for day in sorted(set(_TARIFF.findall(text)))]
    return lines + [f"A{number} = A[{number}]" for number in totals_in(text)]


def fetch_line(prefix: str, names: list[str], values: str, needs: Needs) -> str:
    """Return a line that fetches fields of a row; all in one call, because a full check asks for a hundred thousand."""
    if len(names) == 1:
        return f"{prefix}{names[0]} = {values}[{names[0]!r}]"
    fetched = ", ".join(f"{prefix}{name}" for name in names)
    return f"{fetched} = {needs.constant(itemgetter(*names))}({values})"


def fields_in(text: str) -> list[str]:
    """Return the fields of the row that is looked at that a source reads."""
    return sorted(set(_FIELD.findall(text)))


def row_lines(text: str, needs: Needs) -> list[str]:
    """Return lines for what one row gives; `row` and `nothing` must be known."""
    names = fields_in(text)
    return [*above_lines(text), *([fetch_line("f_", names, "v", needs)] if names else [])]


def above_lines(text: str) -> list[str]:
    """Return lines for the row itself and for what the row above it gives; `row` and `nothing` must be known."""
    lines = ["v = row.values; t = row.typed; c = row.computed; g = v.get"]
    above = parents_in(text)
    if above:
        lines.append("q = row.parent.values.get if row.parent is not None else nothing")
    return lines + [f"p_{name} = q({name!r})" for name in above]


def indented(lines: list[str], depth: int = 1) -> list[str]:
    """Return lines set in by so many levels."""
    return ["    " * depth + line for line in lines]
