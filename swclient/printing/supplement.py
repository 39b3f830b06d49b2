# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The supplement: plain sheets with what found no room in the boxes, item by item and box by box, in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from swclient.printing.content import Case, joined
from swclient.printing.drawers import MM
from swclient.printing.fitting import fill
from swclient.printing.leaf import Leaf, Left

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 10.0
_TITLE, _HEADING, _TEXT = 11.0, 8.0, 7.5
_TOP, _FIRST, _FOOT = 12.0, 20.5, 285.0  # mm from the top: title, first line, last line
_INDENT = 22.0  # where the text starts, to the right of the box number, mm


class _Row(NamedTuple):
    """A line of the supplement: heading, number of a box, text; and the room it takes, mm."""

    heading: str
    box: str
    text: str
    height: float


def supplement(case: Case, left: Sequence[Left], leaf: Leaf) -> list[str]:
    """Return the operators of the supplement's sheets, none when nothing was left over."""
    if not left:
        return []
    pages: list[list[tuple[_Row, float]]] = [[]]
    level = _FIRST
    for row in _rows(case, left, leaf):
        keep = row.height + (4.0 if row.heading else 0.0)  # a heading does not stand alone at the foot
        if level + keep > _FOOT:
            pages.append([])
            level = _FIRST
        level += row.height
        pages[-1].append((row, level))
    return [_draw(case, rows, number, len(pages), leaf) for number, rows in enumerate(pages, 1)]


def _rows(case: Case, left: Sequence[Left], leaf: Leaf) -> Iterator[_Row]:
    width = _WIDTH - 2 * _MARGIN - _INDENT
    item_before: object = ()
    for where, paragraphs in left:
        if where.item is not item_before:
            item_before = where.item
            named = case.say("item", number=case.number_of(where.item)) if where.item else case.say("whole")
            yield _Row(named, "", "", 7.0)
            yield _Row("", "", "", 1.4)
        rooms = [width * MM / _TEXT]
        box = case.say("box", box=where.box)
        for paragraph in paragraphs:
            for line in fill([paragraph], rooms * (2 + len(paragraph)), leaf.pen.width).lines:
                yield _Row("", box, line, 3.3)
                box = ""
        yield _Row("", "", "", 1.2)


def _draw(case: Case, rows: list[tuple[_Row, float]], number: int, count: int, leaf: Leaf) -> str:
    page = Leaf(leaf.pen, leaf.bold)
    _put(page, case.say("supplement"), _MARGIN, _TOP, _TITLE, bold=True)
    _put(page, _title(case), _MARGIN, _TOP + 5, _HEADING)
    if count > 1:
        _put(page, f"{number} / {count}", 190.0, _TOP, _HEADING)
    strokes = ["0 G 0.5 w", _line(_TOP + 7.2)]
    for row, level in rows:
        if row.heading:
            _put(page, row.heading, _MARGIN, level, _HEADING, bold=True)
            strokes.append(_line(level + 1.0))
        if row.box:
            _put(page, row.box, _MARGIN, level, _TEXT, bold=True)
        if row.text:
            _put(page, row.text, _MARGIN + _INDENT, level, _TEXT)
    return "\n".join(strokes) + " S\n" + page.text()


def _title(case: Case) -> str:
    named = case.registration or case.say("unnumbered")
    day = case.header.get("date")
    reference = case.header.get("reference")
    return joined(
        " ",
        case.say("supplement_to", number=named),
        case.say("dated", date=day) if day else "",
        f"({reference})" if reference else "",
    )


def _put(page: Leaf, text: str, x: float, level: float, size: float, *, bold: bool = False) -> None:
    pen = page.bold if bold else page.pen
    page.put(pen.run(pen.clean(text)[0]), x * MM, f"{(_HEIGHT - level) * MM:.2f}", size, pen)


def _line(level: float) -> str:
    y = (_HEIGHT - level) * MM
    return f"{_MARGIN * MM:.2f} {y:.2f} m {(_WIDTH - _MARGIN) * MM:.2f} {y:.2f} l"
