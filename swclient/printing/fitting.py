# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making text fit: smaller type down to six points, then lines, then as many lines as there is room for.

Lengths are points, y counts upwards. What does not fit is told to the caller, never cut in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

SMALLEST = 6.0
STEP = 0.5
RISE = 0.86  # from baseline to the top of the highest letter, in ems: Й, Ё and Chinese characters among them
FALL = 0.22  # from baseline to the foot of the lowest
LEADING = 1.15

Measure = Callable[[str], float]


class Place(NamedTuple):
    """Where one line may stand: its left end, its baseline, its room."""

    x: float
    y: float
    room: float


class Area(NamedTuple):
    """A rectangle for lines: left edge, top edge, width, height."""

    x: float
    top: float
    width: float
    height: float


def line_size(width: float, room: float, wished: float) -> float | None:
    """Return the type size at which a line of `width` ems fits into `room` points; None when six points are too many.

    >>> line_size(10, 90, 8), line_size(12, 90, 8), line_size(20, 90, 8)
    (8, 7.5, None)
    """
    if width * wished <= room:
        return wished
    fits = room / width
    return None if fits < SMALLEST else fits - fits % STEP


def places(areas: Sequence[Area], size: float) -> list[Place]:
    """Return the lines that rectangles, one above the other, have room for at a type size.

    A line that reaches into two rectangles gets the room of the narrower.
    """
    found: list[Place] = []
    foot = areas[-1].top - areas[-1].height
    baseline = areas[0].top - RISE * size
    while baseline - FALL * size >= foot - 1e-6:
        high, low = baseline + RISE * size, baseline - FALL * size
        touched = [area for area in areas if area.top > low and area.top - area.height < high]
        found.append(Place(touched[0].x, baseline, min(area.width for area in touched)))
        baseline -= LEADING * size
    return found


def sizes(wished: float) -> Iterator[float]:
    """Yield the type sizes to try, largest first.

    >>> list(sizes(7))
    [7, 6.5, 6.0]
    """
    size = wished
    while size > SMALLEST:
        yield size
        size -= STEP
    yield SMALLEST


class Filled(NamedTuple):
    """Paragraphs set into places.

    Attributes:
        lines: text of each place used, in order.
        whole: how many paragraphs found room from first to last word.
    """

    lines: list[str]
    whole: int


def fill(paragraphs: Sequence[str], rooms: Sequence[float], measure: Measure) -> Filled:
    """Set paragraphs line by line into rooms given in ems, until both or the rooms are used up."""
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if len(lines) == len(rooms):
            return Filled(lines, number)
        if measure(paragraph) <= rooms[len(lines)]:
            lines.append(paragraph)
        elif not _fill_one(paragraph, rooms, lines, measure):
            return Filled(lines, number)
    return Filled(lines, len(paragraphs))


def _fill_one(paragraph: str, rooms: Sequence[float], lines: list[str], measure: Measure) -> bool:
    """Break one paragraph into lines; False when the rooms end first (what fitted stands in `lines`)."""
    blank = measure(" ")
    line, used = "", 0.0
    words = list(reversed(paragraph.split(" ")))
    while words:
        if len(lines) == len(rooms):
            return False
        room = rooms[len(lines)]
        word = words.pop()
        width = measure(word)
        start = used + blank if line else 0.0
        if start + width <= room:
            line, used = (f"{line} {word}" if line else word), start + width
            continue
        if width > max(rooms[len(lines) :]):
            head = _head(word, room - start, measure, at_least=0 if line else 1)
            line = f"{line} {head}" if line and head else line or head
            word = word[len(head) :]
        lines.append(line)
        line, used = "", 0.0
        if word:
            words.append(word)
    if line:
        if len(lines) == len(rooms):
            return False
        lines.append(line)
    return True


def _head(word: str, room: float, measure: Measure, *, at_least: int) -> str:
    """Return as much of a word's beginning as fits, at least so many characters."""
    used = 0.0
    for number, each in enumerate(word):
        used += measure(each)
        if used > room:
            return word[: max(number, at_least)]
    return word
