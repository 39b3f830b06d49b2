# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sheet as placement rows describe it: which boxes it has, where they stand, what they are called, what goes in.

All lengths are millimetres from the top left corner of the page. `rows.py` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

EDGE = 0.8  # between a rule and the text beside it


class Frame(NamedTuple):
    """A rectangle on the sheet."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one value.

    Attributes:
        box: id of its box.
        value: field id, or the name of a composer with `@` before it.
        of: what the composer is asked about: a party, a field, ...
        field: the field a person means who points at the slot.
        frame: where the value may stand; for a slot under a caption the caption's room is still in it.
        captioned: the caption of the box stands at the top of the frame.
        align: `left`, `right` or `center`.
        size: wished type size in points.
        wrap: paragraphs over several lines, else one line at the foot of the frame.
        columns: numbers of columns to try, the first that fits wins.
        more: further rectangles that the text flows into.
        widths: columns of a table; empty when the value is text.
        aligns: one letter a column: l, r, c.
        top: where a table's first row starts below the top of the frame.
        pad: between text and the sides of the frame.
    """

    box: str
    value: str
    of: str
    field: str
    frame: Frame
    captioned: bool = False
    align: str = "left"
    size: float = 8.0
    wrap: bool = False
    columns: tuple[int, ...] = (1,)
    more: tuple[Frame, ...] = ()
    widths: tuple[float, ...] = ()
    aligns: str = ""
    top: float = 0.0
    pad: float = EDGE


@dataclass(frozen=True, slots=True)
class Label:
    """Printed words that are no caption: `a`, `b`, “на границе”; `y` is the baseline of their last line."""

    x: float
    y: float
    titles: Mapping[str, str]
    size: float = 5.5


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form: rules, number, caption, and slots for values.

    Attributes:
        sides: rules drawn: letters of t, r, b, l.
        cells: frames of the cells in the strip at its foot, with the heavy ones marked.
        heading: type size of the caption when it is the title of the form, else 0.
        caption_room: how far the caption may reach down before it covers a value, mm.
    """

    id: str
    frame: Frame
    number: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    sides: str = "trbl"
    heavy: bool = False
    heading: float = 0.0
    caption_room: float = 0.0
    cells: tuple[tuple[Frame, bool], ...] = ()
    labels: tuple[Label, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: groups of boxes, each drawn once at every origin of its group.

    Attributes:
        items: how many goods items the sheet holds.
        code: left edge, top edge and side of the QR code.
        groups: boxes by group: `header` stands once, `item` and `charges` once for every item.
        origins: where each group's own zero lies, one for every repetition.
    """

    name: str
    page: tuple[float, float]
    items: int
    code: tuple[float, float, float]
    groups: Mapping[str, tuple[Box, ...]]
    origins: Mapping[str, tuple[tuple[float, float], ...]]

    def drawn(self) -> Iterator[tuple[str, int, tuple[float, float], Box]]:
        """Yield every box at every place: group, repetition from 0, origin, box."""
        for group, boxes in self.groups.items():
            for number, origin in enumerate(self.origins[group]):
                for box in boxes:
                    yield group, number, origin, box
