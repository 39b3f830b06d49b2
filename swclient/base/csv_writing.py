# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV for other programs: UTF-8, and no text in it that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from swclient.base.decimals import plain

_BEGIN_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BLANKS = " \u00a0\u200b\ufeff"

Cell = str | int | Decimal | None


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before it where one might.

    >>> harmless("=1+1"), harmless(" @SUM(A1)"), harmless("steel - grey")
    ("'=1+1", "' @SUM(A1)", 'steel - grey')
    """
    begins = text.lstrip(_BLANKS).startswith(_BEGIN_FORMULA) or text.startswith(_BEGIN_FORMULA)
    return f"'{text}" if begins else text


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV with a mark of UTF-8, as office programs want it; figures stay figures."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return harmless(value) if isinstance(value, str) else "" if value is None else str(value)
