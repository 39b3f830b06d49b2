# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Slots made ready for drawing: all that can be known before the values come is worked out once a document.

Each drawer puts the content of one slot on a leaf: a line at the foot of a box, paragraphs, or a table. None of them
ever loses a character: what does not fit at six points goes to the supplement, and the box says so.
"""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import NamedTuple, Protocol

from swclient.printing.content import Content, Table
from swclient.printing.fitting import LEADING, SMALLEST, Area, Place, fill, line_size, places, sizes
from swclient.printing.leaf import Leaf, Where
from swclient.printing.placement import Frame, Slot

MM = 72 / 25.4
_FOOT = 1.0 * MM  # baseline of a line above the rule under it
_GAP = 0.4 * MM  # above the rule at the foot of paragraphs
_UNDER = 0.3 * MM  # between a caption and the first line
_STUB = 2  # lines of a paragraph that breaks off are left out up to this many
_LEAN = {"left": 0.0, "center": 0.5, "right": 1.0, "l": 0.0, "c": 0.5, "r": 1.0}
_GUTTER = 1.5 * MM  # between columns


class Drawer(Protocol):
    """Puts the content of one slot on a leaf."""

    def draw(self, leaf: Leaf, content: Content, where: Where) -> None:
        """Put the content on the leaf."""


class Try(NamedTuple):
    """One way to set paragraphs: type size, columns, the places of lines, their rooms in ems, the extremes of them."""

    size: float
    columns: int
    places: list[Place]
    rooms: list[float]
    widest: float
    narrowest: float


class Ground:
    """A slot's frame in points, counted from the foot of the page.

    Attributes:
        area: the room below the caption.
    """

    def __init__(self, slot: Slot, origin: tuple[float, float], height: float, caption: float) -> None:
        self.slot = slot
        self._origin = origin
        self._height = height
        self.areas = [self._area(slot.frame, caption if slot.captioned else 0.0)]
        for frame in slot.more:  # text flows on without a gap
            area, last = self._area(frame, 0.0), self.areas[-1]
            self.areas[-1] = last._replace(height=last.height + _GAP)
            self.areas.append(area._replace(top=area.top + _GAP, height=area.height + _GAP))

    def _area(self, frame: Frame, caption: float) -> Area:
        dx, dy = self._origin
        pad = self.slot.pad
        top = (self._height - frame.y - dy) * MM - (caption + _UNDER if caption else _GAP)
        foot = (self._height - frame.y - dy - frame.h) * MM
        return Area((frame.x + dx + pad) * MM, top, (frame.w - 2 * pad) * MM, top - foot - _GAP)

    def tries(self) -> list[Try]:
        """Return the ways to set paragraphs into the slot, the largest type first."""
        found = []
        for size in sizes(self.slot.size):
            for columns in self.slot.columns:
                here = [place for stack in _columns(self.areas, columns) for place in places(stack, size)]
                if here:
                    rooms = [place.room / size for place in here]
                    found.append(Try(size, columns, here, rooms, max(rooms), min(rooms)))
        return found or [self._last_resort()]

    def _last_resort(self) -> Try:
        """Return one line at the foot, for a frame too low for even the smallest type."""
        area = self.areas[0]
        here = Place(area.x, area.top - area.height - _GAP + _FOOT, area.width)
        room = area.width / SMALLEST
        return Try(SMALLEST, 1, [here], [room], room, room)


def _columns(areas: list[Area], count: int) -> list[list[Area]]:
    """Return the stacks of rectangles that text flows through: one, or side by side parts of each."""
    if count == 1:
        return [areas]
    return [
        [
            Area(
                each.x + number * (each.width + _GUTTER) / count,
                each.top,
                (each.width + _GUTTER) / count - _GUTTER,
                each.height,
            )
            for each in areas
        ]
        for number in range(count)
    ]


class TextDrawer:
    """Paragraphs over several lines."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    @cached_property
    def _tries(self) -> list[Try]:
        return self._ground.tries()

    def draw(self, leaf: Leaf, content: Content, where: Where) -> None:
        """Put paragraphs on the leaf at the largest size at which all of them fit."""
        paragraphs = _paragraphs(leaf, content, where)
        if not paragraphs:
            return
        width = leaf.pen.width
        runs = [leaf.pen.run(each) for each in paragraphs]
        widths = [run.width for run in runs]
        first = self._tries[0]
        if len(runs) <= len(first.places) and max(widths) <= first.narrowest:
            for place, run in zip(first.places, runs, strict=False):
                leaf.put(run, place.x, f"{place.y:.1f}", first.size)
            return
        for chance in self._tries:
            needed = sum(max(1, ceil(each / chance.widest)) for each in widths)
            if needed > len(chance.places):
                continue
            filled = fill(paragraphs, chance.rooms, width)
            broken = chance.columns > 1 and chance.size > SMALLEST and len(filled.lines) > len(paragraphs)
            if filled.whole == len(paragraphs) and not broken:
                _lines(leaf, chance, filled.lines)
                return
        self._cut(leaf, paragraphs, where)

    def _cut(self, leaf: Leaf, paragraphs: list[str], where: Where) -> None:
        """Set what fits at the smallest size, say where the rest is, and send whole paragraphs there."""
        last = max(self._tries, key=lambda chance: len(chance.places))
        lines, whole = fill(paragraphs, last.rooms[:-1], leaf.pen.width)
        complete = fill(paragraphs[:whole], last.rooms, leaf.pen.width).lines
        if complete and len(lines) - len(complete) <= _STUB:
            lines = complete  # one more document that breaks off helps nobody
        _lines(leaf, last, [*lines, leaf.notice(last.places[len(lines)].room, last.size)])
        leaf.leave(where, paragraphs[whole:])


def _paragraphs(leaf: Leaf, content: Content, where: Where) -> list[str]:
    """Return the paragraphs of a content, ready for paper."""
    found: list[str] = []
    for text in [content] if isinstance(content, str) else content:
        if leaf.pen.find(str(text)):
            found.append(str(text))
        else:
            found += [line for line in leaf.clean(str(text), where).split("\n") if line]
    return found


def _paragraph(leaf: Leaf, text: str, where: Where) -> str:
    """Return the text of a cell, ready for paper."""
    return text if leaf.pen.find(text) else leaf.clean(text, where).replace("\n", " ")


def _lines(leaf: Leaf, chance: Try, lines: list[str]) -> None:
    for place, line in zip(chance.places, lines, strict=False):
        if line:
            leaf.put(leaf.pen.run(line), place.x, f"{place.y:.1f}", chance.size)


class LineDrawer:
    """One line at the foot of a box; paragraphs when the line is too long and the box has the height."""

    def __init__(self, ground: Ground) -> None:
        slot, area = ground.slot, ground.areas[0]
        self._lean = _LEAN[slot.align]
        self._size = slot.size
        self._left, self._room = area.x, area.width
        self._y = f"{area.top - area.height - _GAP + _FOOT:.1f}"
        self._text = TextDrawer(ground)

    def draw(self, leaf: Leaf, content: Content, where: Where) -> None:
        """Put a value on the leaf, smaller if it must be."""
        if not content:
            return
        text = str(content)
        run = leaf.pen.find(text)
        if run is None:
            text = leaf.clean(text, where)
            if "\n" in text:
                self._text.draw(leaf, text, where)
                return
            run = leaf.pen.run(text)
        width = run.width
        size = self._size if width * self._size <= self._room else line_size(width, self._room, self._size)
        if size is None:
            self._text.draw(leaf, text, where)
            return
        leaf.put(run, self._left + (self._room - width * size) * self._lean, self._y, size)


class TableDrawer:
    """Rows of cells, the last row at the foot."""

    def __init__(self, ground: Ground) -> None:
        slot, area = ground.slot, ground.areas[0]
        top = area.top - slot.top * MM
        self._area = Area(area.x, top, area.width, area.height - slot.top * MM)
        edge = area.x - slot.pad * MM
        self._columns: list[tuple[float, float, float]] = []
        for width, align in zip(slot.widths, slot.aligns, strict=True):
            self._columns.append((edge + slot.pad * MM, (width - 2 * slot.pad) * MM, _LEAN[align]))
            edge += width * MM
        self._tries = [(size, places([self._area], size)) for size in sizes(slot.size)]

    def draw(self, leaf: Leaf, content: Content, where: Where) -> None:
        """Put a table on the leaf at the largest size at which all rows fit."""
        if not isinstance(content, Table) or not content.rows:
            return
        rows = [tuple(_paragraph(leaf, cell, where) for cell in row) for row in content.rows]
        needed = len(rows) + bool(content.foot)
        size, here = next((each for each in self._tries if len(each[1]) >= needed), self._tries[-1])
        free = here[:-1] if content.foot else here
        if len(rows) > len(free):
            leaf.leave(where, [" ".join(cell for cell in row if cell) for row in rows[len(free) - 1 :]])
            rows = [*rows[: len(free) - 1], ("", leaf.notice(self._columns[1][1], size))]
        for place, row in zip(free, rows, strict=False):
            self._row(leaf, row, place.y, size, where)
        if content.foot:
            self._row(leaf, content.foot, self._area.top - self._area.height + LEADING, size, where)

    def _row(self, leaf: Leaf, row: tuple[str, ...], y: float, size: float, where: Where) -> None:
        for text, (left, room, lean) in zip(row, self._columns, strict=False):
            if not text:
                continue
            run = leaf.pen.run(text)
            fits = line_size(run.width, room, size)
            if fits is None:
                leaf.leave(where, [" ".join(cell for cell in row if cell)])
                run, fits = leaf.pen.run("…"), size
            leaf.put(run, left + (room - run.width * fits) * lean, f"{y:.1f}", fits)


def drawer(slot: Slot, origin: tuple[float, float], height: float, caption: float) -> Drawer:
    """Return what draws a slot.

    Args:
        slot: the slot.
        origin: zero of its group, mm.
        height: height of the page, mm.
        caption: how far the caption of its box reaches down, points.
    """
    ground = Ground(slot, origin, height, caption)
    return TableDrawer(ground) if slot.widths else TextDrawer(ground) if slot.wrap else LineDrawer(ground)
