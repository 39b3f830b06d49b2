# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is the same on every copy of a sheet: rules, box numbers, captions. Drawn once a document."""

from __future__ import annotations

from swclient.printing.drawers import MM
from swclient.printing.fitting import FALL, RISE, fill
from swclient.printing.ink import Pen
from swclient.printing.leaf import Leaf
from swclient.printing.placement import Box, Frame, Layout

_FINE, _HEAVY = 0.5, 1.5
_NUMBER, _CAPTION, _SMALL = 6.0, 5.5, 5.0
_EDGE, _TOP = 0.8 * MM, 0.45 * MM
_LEADING = 1.14


class Caption:
    """The number and title of a box, set into lines.

    Attributes:
        lines: text of each line; the first stands to the right of the number.
        size: of the type.
        indent: room that the number takes, points.
        height: how far down the caption reaches from the upper rule, points; 0 when there is none.
    """

    def __init__(self, box: Box, language: str, pen: Pen, bold: Pen) -> None:
        title = box.titles.get(language) or box.titles.get("ru", "")
        self.indent = (bold.width(box.number) + 0.35) * _NUMBER if box.number else 0.0
        room = box.frame.w * MM - 2 * _EDGE
        self.size = _CAPTION
        self.lines = self._set(title, room, pen)
        if self._reach() > box.caption_room * MM:  # a long title in a low box
            self.size = _SMALL
            self.lines = self._set(title, room, pen)
        self.height = self._reach()

    def _set(self, title: str, room: float, pen: Pen) -> list[str]:
        rooms = [(room - self.indent) / self.size, *([room / self.size] * 12)]
        return fill(title.split("\n"), rooms, pen.width).lines if title else []

    def _reach(self) -> float:
        count = max(len(self.lines), 1 if self.indent else 0)
        return _TOP + RISE * _NUMBER + ((count - 1) * _LEADING + FALL) * self.size if count else 0.0


def captions(layout: Layout, language: str, pen: Pen, bold: Pen) -> dict[tuple[str, str], Caption]:
    """Return the caption of every box by group and id."""
    return {
        (group, box.id): Caption(box, language, pen, bold) for group, boxes in layout.groups.items() for box in boxes
    }


def draw_grid(layout: Layout, language: str, set_in: dict[tuple[str, str], Caption], pen: Pen, bold: Pen) -> str:
    """Return the operators of a sheet's rules and captions (set before by `captions`)."""
    rules: dict[tuple[float, float, float, float], float] = {}
    leaf = Leaf(pen, bold)
    for group, _number, origin, box in layout.drawn():
        _rules(rules, box, origin, layout)
        if box.heading:
            _heading(leaf, box, origin, layout, language)
        else:
            _words(leaf, box, set_in[group, box.id], origin, layout)
        for label in box.labels:
            text = label.titles.get(language) or label.titles.get("ru") or label.titles.get("", "")
            foot = (layout.page[1] - label.y - origin[1]) * MM
            for number, line in enumerate(reversed(text.split("\n"))):
                y = foot + number * _LEADING * label.size
                leaf.put(pen.run(line), (label.x + origin[0]) * MM, f"{y:.2f}", label.size)
    return _strokes(rules) + "\n" + leaf.text()


def _heading(leaf: Leaf, box: Box, origin: tuple[float, float], layout: Layout, language: str) -> None:
    text = box.titles.get(language) or box.titles.get("ru", "")
    y = (layout.page[1] - box.frame.y - origin[1] - box.frame.h + 1.3) * MM
    leaf.put(leaf.bold.run(text), (box.frame.x + origin[0]) * MM, f"{y:.2f}", box.heading, leaf.bold)


def _words(leaf: Leaf, box: Box, caption: Caption, origin: tuple[float, float], layout: Layout) -> None:
    x = (box.frame.x + origin[0]) * MM + _EDGE
    y = (layout.page[1] - box.frame.y - origin[1]) * MM - _TOP - RISE * _NUMBER
    if box.number:
        leaf.put(leaf.bold.run(box.number), x, f"{y:.2f}", _NUMBER, leaf.bold)
    for number, line in enumerate(caption.lines):
        indent = caption.indent if number == 0 else 0.0
        leaf.put(
            leaf.pen.run(line),
            x + indent,
            f"{y - number * _LEADING * caption.size:.2f}",
            caption.size,
        )


def _rules(
    rules: dict[tuple[float, float, float, float], float],
    box: Box,
    origin: tuple[float, float],
    layout: Layout,
) -> None:
    """Note the rules of a box; where two boxes share one, the heavier stays."""
    weight = _HEAVY if box.heavy else _FINE
    for side in box.sides:
        _rule(rules, _side(box.frame, side), weight, origin, layout)
    for number, (cell, heavy) in enumerate(box.cells):
        if number:
            _rule(rules, _side(cell, "l"), _FINE, origin, layout)
        for side in "trbl" if heavy else "":
            _rule(rules, _side(cell, side), _HEAVY, origin, layout)


def _side(frame: Frame, side: str) -> tuple[float, float, float, float]:
    x, y, w, h = frame
    if side in "tb":
        level = y if side == "t" else y + h
        return (x, level, x + w, level)
    edge = x if side == "l" else x + w
    return (edge, y, edge, y + h)


def _rule(
    rules: dict[tuple[float, float, float, float], float],
    line: tuple[float, float, float, float],
    weight: float,
    origin: tuple[float, float],
    layout: Layout,
) -> None:
    dx, dy = origin
    x1, y1, x2, y2 = line
    height = layout.page[1]
    key = tuple(round(each * MM, 2) for each in (x1 + dx, height - y1 - dy, x2 + dx, height - y2 - dy))
    known = (key[0], key[1], key[2], key[3])
    rules[known] = max(weight, rules.get(known, 0.0))


def _strokes(rules: dict[tuple[float, float, float, float], float]) -> str:
    ops = ["0 G 2 J"]
    for weight in (_FINE, _HEAVY):
        lines = [f"{x1:g} {y1:g} m {x2:g} {y2:g} l" for (x1, y1, x2, y2), known in rules.items() if known == weight]
        if lines:
            ops.append(f"{weight} w\n" + "\n".join(lines) + "\nS")
    return "\n".join(ops)
