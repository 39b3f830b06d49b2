# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a search finds, and the list of it that lies over the window. Loaded with the first search."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.boxes import find_boxes

from .. import theme
from ..parts import paint
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows
from ..words import box_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

_BOX = re.compile(r"\s*([0-9A-Za-zА-Яа-я]{1,3}(?:\.\d+)*)\s*(?:/\s*(\d{1,3}))?\s*")


class Hit(NamedTuple):
    """One line of the results: what it is, a hint at its right, and what it does."""

    words: str
    hint: str
    go: Callable[[], object]


def box_hits(profile: Profile, text: str, go: Callable[[str, int | None], object]) -> list[Hit]:
    """Return the boxes a text may mean: by number with an item after a slash, or by any of their names; best first."""
    item = _wished_item(text)
    return [_box_hit(field, item, go) for field in _ranked(profile, text)]


def other_box_hits(profile: Profile, text: str, go: Callable[[str, int | None], object]) -> list[Hit]:
    """Return boxes that are called so in another language, in another form of the word, or with a slip in it."""
    if _wished_item(text) is not None:
        return []
    known = {field.id for field in _ranked(profile, text)}
    return [_box_hit(field, None, go) for field in find_boxes(profile, text) if field.id not in known]


def _wished_item(text: str) -> int | None:
    match = _BOX.fullmatch(text)
    return int(match.group(2)) if match and match.group(2) else None


def _ranked(profile: Profile, text: str) -> list[Field]:
    """Return the fields that a text names in the language in force, or by number; the best first."""
    wish = text.strip().casefold()
    match = _BOX.fullmatch(text)
    number = match.group(1).casefold() if match else ""
    named = _wished_item(text) is None
    shown = [field for field in profile.fields.values() if field.shown and wish]
    found = [(rank, field) for field in shown if (rank := _rank(field, wish, number, named=named)) is not None]
    return [field for _place, field in sorted(found, key=lambda each: each[0])]


def _box_hit(field: Field, item: int | None, go: Callable[[str, int | None], object]) -> Hit:
    hint = Message(N_("item {n}"), {"n": item}).text() if item and field.table == "item" else ""
    return Hit(f"{box_number(field)}  {field.called.text()}".strip(), hint, partial(go, field.id, item))


def _rank(field: Field, wish: str, number: str, *, named: bool) -> int | None:
    """Return how well a field meets a wish, 0 best: its number, its part's, its name whole, its beginning, within."""
    box = field.box.casefold()
    if number and box == number:
        return 0
    if number and box.startswith(number + "."):
        return 1
    names = [name.casefold() for name in (field.label, _(field.label), *field.titles.values(), field.wco, field.id)]
    tests = (wish in names, any(n.startswith(wish) for n in names), any(wish in n for n in names))
    return next((place for place, good in enumerate(tests, 2) if good), None) if named else None


def _told(hit: Hit) -> str:
    return f"{hit.words}  {hit.hint}".strip()


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        hit: Hit = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        room = rect.adjusted(theme.M, 0, -theme.M, 0)
        painter.setFont(paint.face(theme.CAPTION))
        wide = painter.fontMetrics().horizontalAdvance(hit.hint)
        paint.text(painter, room, hit.hint, now.muted, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room.adjusted(0, 0, -wide - theme.S, 0), hit.words, now.ink)


class Results(QListView):
    """The results under the search field."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.rows = Rows(_told)
        slim(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Search results"))
        self.hide()
