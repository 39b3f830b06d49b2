# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints a declaration: main sheet, as many continuation sheets as its items need, a supplement for what found no room.

    printed = print_form(session.snapshot(), profile, "dt", lang="ru", marks=Marks(watermark="TRAINING – УЧЕБНАЯ"))

The PDF library is loaded on the first print, not when this module is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile
from swclient.catalogue.profile import Profile
from swclient.document.path import Path
from swclient.document.snapshot import Record, Snapshot
from swclient.printing.content import OWN, Case
from swclient.printing.leaf import Lacking, Leaf, Left
from swclient.printing.marks import Marks, draw_code, draw_foot, draw_watermark
from swclient.printing.placement import Layout, Slot
from swclient.printing.rows import load_layout
from swclient.printing.supplement import supplement

if TYPE_CHECKING:
    from swclient.printing.paper import Paper
    from swclient.printing.sheet import Sheet

__all__ = ["FORMS", "Marks", "Missing", "PlacedBox", "Printed", "boxes", "print_form"]

FORMS = {"dt": ("dt1", "dt2")}  # form: its first sheet, its further sheets


class Missing(NamedTuple):
    """Characters that stand on paper as a small box with their code, because the font has no letter for them.

    Attributes:
        box: number of the box.
        item: number of the goods item, None for boxes that stand once.
        path: the field that a person would look at, None where a box has no field of its own.
        characters: each once, in order.
    """

    box: str
    item: int | None
    path: Path | None
    characters: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed form.

    Attributes:
        pdf: the file; the same snapshot and marks give the same bytes.
        sheets: how many pages it has, the supplement among them.
        missing: what the font lacked, in the order of the sheets.
    """

    pdf: bytes
    sheets: int
    missing: tuple[Missing, ...]


class PlacedBox(NamedTuple):
    """Where a field stands on paper, for a preview that can be pointed at.

    Attributes:
        page: from 1.
        box: id of the box.
        path: the field; a box whose list has no row yet leads nowhere and is left out.
        x, y, w, h: millimetres from the top left corner of the page.
    """

    page: int
    box: str
    path: Path
    x: float
    y: float
    w: float
    h: float


def print_form(
    snapshot: Snapshot,
    profile: Profile,
    form: str = "dt",
    *,
    lang: str = "ru",
    marks: Marks | None = None,
    descriptions: str = OWN,
) -> Printed:
    """Print a declaration as PDF.

    Args:
        snapshot: what is printed.
        profile: whose forms.
        form: `dt` is the goods declaration with its continuation sheets and supplement.
        lang: language of captions and of the words between values; values are printed as stored.
        marks: watermark, registration number, hash of the sent message.
        descriptions: which descriptions of goods are printed, one of `content.DESCRIPTIONS`.

    Raises:
        UserError: there is no such form.
        DataError: the font has not been built, or a placement row is wrong.
    """
    return prepared(snapshot, profile, form, lang=lang, marks=marks, descriptions=descriptions)(_quiet)


def _quiet(_done: int, _whole: int) -> None:
    """Say nothing."""


def prepared(
    snapshot: Snapshot,
    profile: Profile,
    form: str = "dt",
    *,
    lang: str = "ru",
    marks: Marks | None = None,
    descriptions: str = OWN,
) -> Callable[[Callable[[int, int], object]], Printed]:
    """Return what does the printing of `print_form`, on any thread.

    It is given a tick, which is told after each sheet how many of all are drawn; what that raises ends the printing.
    """
    case = Case(snapshot, profile, lang, (marks or Marks()).registration, descriptions)
    return _Print(case, profile, form, marks or Marks()).run


def boxes(form: str, snapshot: Snapshot, profile: Profile | None = None) -> list[PlacedBox]:
    """Return where the fields of a declaration stand on the sheets of a form (the supplement has no boxes).

    Raises:
        UserError: there is no such form.
    """
    profile = profile or load_profile(snapshot.profile, version=snapshot.profile_version)
    case = Case(snapshot, profile)
    found: list[PlacedBox] = []
    for page, (layout, items) in enumerate(_pages(case, *_layouts(profile, form)), 1):
        for group, number, origin, box in layout.drawn():
            if group == "header":
                found += _placed(case, page, box.slots, origin, None)
            elif number < len(items):
                found += _placed(case, page, box.slots, origin, items[number])
    return found


def _placed(
    case: Case, page: int, slots: tuple[Slot, ...], origin: tuple[float, float], item: Record | None
) -> Iterator[PlacedBox]:
    for slot in slots:
        path = case.path_of(slot.field, item)
        if path is None:
            continue
        for frame in (slot.frame, *slot.more):
            yield PlacedBox(page, slot.box, path, frame.x + origin[0], frame.y + origin[1], frame.w, frame.h)


def _layouts(profile: Profile, form: str) -> tuple[Layout, Layout]:
    if form not in FORMS:
        raise UserError(
            "There is no form “{form}”; known are {known}.",
            form=form,
            known=", ".join(sorted(FORMS)),
        )
    first, further = FORMS[form]
    return load_layout(profile, first), load_layout(profile, further)


def _pages(case: Case, first: Layout, further: Layout) -> Iterator[tuple[Layout, tuple[Record, ...]]]:
    """Yield the sheets of a form with the items on each."""
    yield first, case.items[: first.items]
    for start in range(first.items, len(case.items), further.items):
        yield further, case.items[start : start + further.items]


class _Print:
    """One print on its way from snapshot to file."""

    def __init__(self, case: Case, profile: Profile, form: str, marks: Marks) -> None:
        from swclient.printing.paper import Paper

        self._first, self._further = _layouts(profile, form)
        self._case = case
        self._marks = marks
        self._paper: Paper = Paper(self._title(), self._first.page)
        self._profile = profile
        self._sheets: dict[str, Sheet] = {}
        self._notices = (self._case.say("see_supplement"), self._case.say("see_short"), "…")

    def run(self, tick: Callable[[int, int], object]) -> Printed:
        """Draw all sheets, then write them: how many there are stands on each."""
        pages: list[tuple[Layout | None, str, bool]] = []
        left: list[Left] = []
        lacking: list[Lacking] = []
        sheets = list(_pages(self._case, self._first, self._further))
        for number, (layout, items) in enumerate(sheets, 1):
            leaf = Leaf(self._paper.pen, self._paper.bold, self._notices)
            self._case.sheet, self._case.sheet_items, self._case.unconfirmed = number, items, False
            strokes = self._sheet(layout).draw(leaf, self._case, items)
            pages.append((layout, f"{strokes}\n{leaf.text()}", self._case.unconfirmed))
            left += leaf.left
            lacking += leaf.lacking
            tick(number, len(sheets))
        extra = supplement(self._case, left, Leaf(self._paper.pen, self._paper.bold))
        pages += [(None, operators, False) for operators in extra]
        self._write(pages)
        return Printed(self._paper.written(), len(pages), tuple(self._missing(each) for each in lacking))

    def _sheet(self, layout: Layout) -> Sheet:
        from swclient.printing.sheet import Sheet

        if layout.name not in self._sheets:
            paper = self._paper
            made = Sheet(layout, self._profile, self._case.language, paper.pen, paper.bold)
            self._sheets[layout.name] = made
            paper.background(layout.name, made.grid)
        return self._sheets[layout.name]

    def _write(self, pages: list[tuple[Layout | None, str, bool]]) -> None:
        paper, marks, case = self._paper, self._marks, self._case
        under = ["watermark"] if marks.watermark else []
        if marks.watermark:
            paper.background("watermark", draw_watermark(marks.watermark, paper.bold, self._first.page))
        if marks.message_hash:
            paper.background("code", draw_code(marks.message_hash, self._first.code, self._first.page[1]))
        told = case.say("message", hash=marks.message_hash.lower()) if marks.message_hash else ""
        for number, (layout, operators, unconfirmed) in enumerate(pages, 1):
            left = "     ".join(part for part in (case.say("unconfirmed") if unconfirmed else "", told) if part)
            foot = draw_foot(
                left,
                case.say("sheet", sheet=number, sheets=len(pages)),
                paper.pen,
                self._first.page[0],
            )
            over = [layout.name] if layout else []
            over += ["code"] if layout and marks.message_hash else []
            paper.page([*under, *over], f"{operators}\n{foot}")

    def _missing(self, lacking: Lacking) -> Missing:
        where = lacking.where
        path = self._case.path_of(where.field, where.item)
        number = self._case.number_of(where.item) if where.item else None
        return Missing(where.box, number, path, lacking.characters)

    def _title(self) -> str:
        case = self._case
        return case.registration or str(case.header.get("reference") or "") or self._first.name.upper()
