# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blocks of cells as spreadsheets put them on the clipboard: lines of cells with tabs between, quoted where need be."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_block(text: str) -> list[list[str]]:
    r"""Return the cells of a copied block, row by row; a line break inside quotes stays in its cell.

    A text whose quotes do not pair off is no spreadsheet's; its quotes stand for inches, and stay.

    >>> read_block("a\tb\n1\t2\n")
    [['a', 'b'], ['1', '2']]
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = _quoted(plain) or [line.split("\t") for line in plain.split("\n")]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _quoted(text: str) -> list[list[str]]:
    """Return the cells of a text with cells in quotes; none where it is not such a text."""
    if text.count('"') % 2:
        return []
    try:
        return list(csv.reader(io.StringIO(text), delimiter="\t"))
    except csv.Error:  # a cell longer than the reader takes: somebody's book
        return []


def write_block(rows: Iterable[Iterable[str]]) -> str:
    r"""Return cells as a spreadsheet takes them.

    >>> write_block([["a", "b"], ["1", "2"]])
    'a\tb\n1\t2\n'
    """
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()
