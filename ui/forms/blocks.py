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

    >>> read_block("a\tb\n1\t2\n")
    [['a', 'b'], ['1', '2']]
    """
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def write_block(rows: Iterable[Iterable[str]]) -> str:
    r"""Return cells as a spreadsheet takes them.

    >>> write_block([["a", "b"], ["1", "2"]])
    'a\tb\n1\t2\n'
    """
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()
