# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes out of reading a workbook."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Any

from swclient.exchange.workbook_body import CellProblem
from swclient.exchange.workbook_sums import TotalCheck


@dataclass(frozen=True, slots=True)
class WorkbookReading:
    """What a workbook says.

    Attributes:
        body: a draft in our format, with only what the workbook says; `document.body.from_body` reads it.
        problems: cells that could not be read or should be looked at, in the order of the workbook's reading.
        rows_read: number of goods lines in the first table.
        totals_checked: figures of the totals rows beside what the lines add up to.
        origins: the cell that each value came from: `item[3].gross_mass` from `PACKING LIST!F17`.
        columns_left: captions of table columns that the mapping does not speak of.
    """

    body: dict[str, Any]
    problems: tuple[CellProblem, ...]
    rows_read: int
    totals_checked: tuple[TotalCheck, ...]
    origins: Dictionary[str, str]
    columns_left: tuple[str, ...]
