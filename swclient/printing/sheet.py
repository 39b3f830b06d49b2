# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sheet made ready for one document: placement rows, print language and pens turned into a list of things to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Record
from swclient.printing import content_header, content_item, content_money
from swclient.printing.content import Case, Content, bind
from swclient.printing.drawers import MM, Drawer, drawer
from swclient.printing.grid import captions, draw_grid
from swclient.printing.ink import Pen
from swclient.printing.leaf import Leaf, Where
from swclient.printing.placement import Box, Layout, Slot

_COMPOSERS = (
    content_header,
    content_item,
    content_money,
)  # importing them registers their composers


class Sheet:
    """Draws one kind of sheet, as often as the document needs it.

    Attributes:
        layout: its placement rows.
        grid: operators of what is the same on every copy.
    """

    def __init__(self, layout: Layout, profile: Profile, language: str, pen: Pen, bold: Pen) -> None:
        self.layout = layout
        height = layout.page[1]
        reach = captions(layout, language, pen, bold)
        self.grid = draw_grid(layout, language, reach, pen, bold)
        self._header: list[_Step] = []
        self._items: list[list[_Step]] = [[] for _ in range(layout.items)]
        for group, number, origin, box in layout.drawn():
            steps = self._header if group == "header" else self._items[number]
            for slot in box.slots:
                made = drawer(slot, origin, height, reach[group, box.id].height)
                steps.append(_Step(slot, box, bind(slot.value, slot.of, profile), made))
        self._strikes = [
            [_strike(layout, group, number) for group in layout.groups if group != "header"]
            for number in range(layout.items)
        ]

    def draw(self, leaf: Leaf, case: Case, items: Sequence[Record]) -> str:
        """Put a declaration's values on a leaf and return the strokes through blocks that no item takes."""
        for step in self._header:
            step.draw(leaf, case, case.header, None)
        for steps, item in zip(self._items, items, strict=False):
            for step in steps:
                step.draw(leaf, case, item, item)
        return "\n".join(stroke for block in self._strikes[len(items) :] for stroke in block)


class _Step:
    """A slot with what makes its content and what draws it."""

    __slots__ = ("_box", "_content", "_drawer", "_field")

    def __init__(self, slot: Slot, box: Box, content: Callable[[Case, Record], Content], made: Drawer) -> None:
        self._field = slot.field
        self._box = box.number or box.id
        self._content = content
        self._drawer = made

    def draw(self, leaf: Leaf, case: Case, record: Record, item: Record | None) -> None:
        content = self._content(case, record)
        if content:
            self._drawer.draw(leaf, content, Where(self._box, self._field, item))


def _strike(layout: Layout, group: str, number: int) -> str:
    """Return one diagonal line through a block of boxes."""
    dx, dy = layout.origins[group][number]
    boxes = [box.frame for box in layout.groups[group]]
    left, right = min(each.x for each in boxes), max(each.x + each.w for each in boxes)
    top, foot = min(each.y for each in boxes), max(each.y + each.h for each in boxes)
    height = layout.page[1]
    return (
        f"0 G 0.8 w {(left + dx) * MM:.2f} {(height - foot - dy) * MM:.2f} m "
        f"{(right + dx) * MM:.2f} {(height - top - dy) * MM:.2f} l S"
    )
