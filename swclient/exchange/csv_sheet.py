# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A CSV file as a sheet, so that it is read through the same mappings as a workbook: within caps, nothing guessed."""

from __future__ import annotations

import codecs
import csv
import io

from swclient.base.errors import UserError
from swclient.exchange.workbook_file import MAX_FILE, Sheet
from swclient.exchange.workbook_scan import MAX_AREA, MAX_COLUMNS, MAX_ROWS

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Excel calls “Unicode text”


def sheet_of_csv(content: bytes, name: str) -> Sheet:
    """Read a CSV file: UTF-8, or UTF-16 with its mark; parted by commas, semicolons, tabs or bars.

    Args:
        content: its bytes.
        name: what the sheet shall be called.

    Raises:
        UserError: another encoding, a broken line, or more than a sheet may hold; says what to do.
    """
    if len(content) > MAX_FILE:
        raise UserError("{file} is larger than {n} MB and is not read.", file=name, n=MAX_FILE // 1024 // 1024)
    text = _text(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=head.count))
    rows: list[list[str | None]] = []
    area = 0
    try:
        for cells in reader:
            rows.append([cell.strip() or None for cell in cells])
            area += len(cells)
            if len(rows) > MAX_ROWS or len(cells) > MAX_COLUMNS or area > MAX_AREA:
                raise UserError("The sheet “{sheet}” is too large.", sheet=name)
    except csv.Error as error:
        raise UserError("Line {n}: {reason}", n=reader.line_num, reason=str(error)) from error
    return Sheet(name, rows)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-16" if content.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError("Line {n} is not written in UTF-8. Save the file as “CSV UTF-8”.", n=line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UserError("Line {n} is not written in UTF-8. Save the file as “CSV UTF-8”.", n=line)
    return text
