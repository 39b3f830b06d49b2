# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads everything the window says: what widgets hold, what screen readers are told, and what is painted by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QTabBar,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_MANY = 40  # rows of a list that are read


class Said(NamedTuple):
    """Words, and who says them how."""

    words: str
    who: str
    how: str


class Drawn(NamedTuple):
    """Words as they were painted.

    Attributes:
        words: what should stand there.
        who: the widget or delegate that painted.
        room, need: widths in pixels: of the place, of the words; both 0 where nobody asked.
    """

    words: str
    who: str
    room: int
    need: int


def named(widget: object) -> str:
    """Return a widget's class, and the one it stands in."""
    mother = widget.parentWidget() if isinstance(widget, QWidget) else None
    return f"{type(mother).__name__}/{type(widget).__name__}" if mother is not None else type(widget).__name__


def held(window: QWidget) -> Iterator[Said]:
    """Give whatever the widgets on show hold in words, tooltips and names for screen readers included."""
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisibleTo(window):
            continue
        who = named(widget)
        yield from (
            Said(words, who, how)
            for how, words in (
                ("tooltip", widget.toolTip()),
                ("name", widget.accessibleName()),
                ("description", widget.accessibleDescription()),
                *_own(widget),
            )
            if words
        )
    for action in window.actions():
        yield Said(action.text(), "action", "text")


def _own(widget: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(index)) for index in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (("choice", widget.itemText(index)) for index in range(min(widget.count(), _MANY)))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _rows(widget.model())


def _rows(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        for role in _ROLES[:2]:
            yield "heading", str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
        cells = [model.index(row, column) for row in range(min(model.rowCount(), _MANY))]
        found = [cell.data(role) for cell in cells for role in _ROLES]
        yield from (("row", words) for words in found if isinstance(words, str))


def _painter() -> str:
    """Return who is painting: the nearest widget or delegate among the callers."""
    frame = sys._getframe(2)
    while frame is not None:
        who = frame.f_locals.get("self")
        if isinstance(who, QWidget | QStyledItemDelegate):
            return named(who)
        frame = frame.f_back
    return "?"


@contextmanager
def painting() -> Iterator[list[Drawn]]:
    """Take note of everything that is painted by hand meanwhile, and of what is elided or cut."""
    seen: list[Drawn] = []
    elide, draw = QFontMetrics.elidedText, QPainter.drawText
    whole: dict[str, str] = {}

    def eliding(measure: QFontMetrics, words: str, mode: Any, room: int, *more: Any) -> str:
        short = str(elide(measure, words, mode, room, *more))
        if short != words:
            whole[short] = words
            seen.append(Drawn(words, _painter(), int(room), measure.horizontalAdvance(words)))
        return short

    def drawing(painter: QPainter, *told: Any) -> Any:
        words = next((each for each in told if isinstance(each, str)), "")
        if words and words not in whole:
            seen.append(Drawn(words, _painter(), *_measured(painter, words, told)))
        return draw(painter, *told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFontMetrics, "elidedText", eliding)
        patch.setattr(QPainter, "drawText", drawing)
        yield seen


def _measured(painter: QPainter, words: str, told: tuple[Any, ...]) -> tuple[int, int]:
    """Return the width of the place and of the words; of words that wrap, their heights where these are too great."""
    place = told[0]
    if not isinstance(place, QRect | QRectF):
        return 0, 0
    flags = next((int(each) for each in told[1:] if isinstance(each, int)), 0)
    measure = painter.fontMetrics()
    if flags & int(Qt.TextFlag.TextWordWrap):
        taken = measure.boundingRect(QRect(0, 0, int(place.width()), 10_000), flags, words)
        if taken.height() > place.height() + 1:
            return int(place.height()), taken.height()
        return int(place.width()), taken.width()
    return int(place.width()), measure.horizontalAdvance(words)
