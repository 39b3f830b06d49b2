# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the XML of a workbook before anything else does: how large a sheet is, and which cells have no value.

The size that a sheet claims is not believed; the cells are counted. Cells that hold an error of Excel, or a formula
whose result was never stored, would come out of the reader as empty: they are noted here, so that they are reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.parsers import expat

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_AREA = 2_000_000
_EXCEL_ROWS = 1_048_576
_PIECE = 256 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class SheetScan:
    """What a sheet holds: its extent, and by place (from 0) the text and reason of cells without a value."""

    rows: int = 0
    columns: int = 0
    broken: dict[tuple[int, int], tuple[str, Message]] = field(default_factory=dict)


def scan_sheet(data: bytes, tick: Callable[[int], object] | None = None) -> SheetScan:
    """Count the cells of a sheet part; `tick` is told how many bytes were gone through, and may raise to stop.

    Raises:
        UserError: not well-formed, a document type, or more rows, columns or cells than a sheet may have.
    """
    walk = _SheetWalk()
    _parse(data, walk.start, walk.end, walk.text, tick)
    return walk.scan


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the part that holds each worksheet, by sheet name in order; chart sheets are left out.

    Raises:
        UserError: the workbook's own list of sheets is broken.
    """
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def note_sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            relation = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            sheets.append((attributes.get("name", ""), relation))

    def note_target(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(parts["xl/workbook.xml"], note_sheet)
    _parse(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), note_target)
    found = {name: _path(targets[relation]) for name, relation in sheets if relation in targets}
    if not found or not all(part in parts for part in found.values()):
        raise _not_excel()
    return found


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


class _SheetWalk:
    """Takes the events of one sheet part."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self._row = -1
        self._column = -1
        self._kind = ""
        self._formula = False
        self._filled = False
        self._inside = ""
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            self._row = _number(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif local == "c":
            self._place(attributes.get("r"))
            self._kind, self._formula, self._filled, self._value = (
                attributes.get("t", ""),
                False,
                False,
                "",
            )
        elif local in {"v", "is", "f"}:
            self._filled = True
            self._formula = self._formula or local == "f"
            self._inside = local

    def text(self, text: str) -> None:
        if self._inside in {"v", "is"}:
            self._value += text

    def end(self, name: str) -> None:
        local = _local(name)
        if local in {"v", "is", "f"}:
            self._inside = ""
        elif local == "c" and (self._filled or self._kind):
            self._close()

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise _not_excel()
        self._column = -1
        for letter in match.group(1):
            self._column = (self._column + 1) * 26 + ord(letter) - 65
        self._row = int(match.group(2)) - 1

    def _close(self) -> None:
        scan = self.scan
        scan.rows, scan.columns = max(scan.rows, self._row + 1), max(scan.columns, self._column + 1)
        if scan.rows > MAX_ROWS or scan.columns > MAX_COLUMNS or scan.rows * scan.columns > MAX_AREA:
            raise UserError(
                "A sheet reaches row {row} and column {column}; at most {rows} rows and {columns} columns are read.",
                row=scan.rows, column=scan.columns, rows=MAX_ROWS, columns=MAX_COLUMNS,
            )  # fmt: skip
        place = (self._row, self._column)
        if self._kind == "e":
            scan.broken[place] = (
                self._value,
                Message("Excel shows the error {text} here", {"text": self._value}),
            )
        elif self._formula and not self._value and self._kind != "str":
            reason = N_("a formula whose result is not stored; open the workbook in Excel and save it")
            scan.broken[place] = ("", Message(reason))


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    tick: Callable[[int], object] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for start_at in range(0, len(data) if tick is not None else 0, _PIECE):
            parser.Parse(data[start_at : start_at + _PIECE], False)  # noqa: FBT003 - expat takes it by position only
            tick(min(start_at + _PIECE, len(data)))  # type: ignore[misc]  # there is one: else no piece is gone through
        parser.Parse(b"" if tick is not None else data, True)  # noqa: FBT003 - as above
    except expat.ExpatError as error:
        raise _not_excel() from error


def _refuse(*_declared: object) -> None:
    raise _not_excel()


def _not_excel() -> UserError:
    return UserError("A part of the workbook is not as Excel writes it; open the workbook in Excel and save it again.")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_EXCEL_ROWS))):
        raise _not_excel()
    return int(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
