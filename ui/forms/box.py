# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The box: number, label, editor, unit; a bar that tells its state, a mark that tells where its value came from.

The one brick that every page is built of. It paints everything but the text under the fingers, which is the
editor's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from swclient.base.i18n import _

from .. import theme
from ..editors.code import CodeEditor
from ..editors.make import make_editor
from ..parts import paint
from ..words import box_number, label_of, name_for_readers
from . import signs

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QResizeEvent

    from swclient.catalogue.field import Field
    from swclient.document.path import Path
    from swclient.workflow.views import Look

    from ..binding import Binding

_INDENT = theme.BAR + 3
_MARK = 16
_LINE = 18


def _drawn(look: Look) -> tuple[object, ...]:
    """Return what the box itself shows of a field: all but its words."""
    return look.unit, look.findings, look.state, look.source, look.required, look.read_only


class Box(QWidget):
    """One field of the declaration on a page.

    Attributes:
        path: which value it stands for, None while there is no row.
        editor: what is typed into.
        look: what it shows.
    """

    entered = Signal(object)  # this box: fingers are here now
    left = Signal(object)
    why = Signal(object)  # a path

    def __init__(self, field: Field, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.path: Path | None = None
        self.look: Look | None = None
        self._binding: Binding | None = None
        self._lines = lines
        self._label, self._number = "", box_number(field)
        self._goes_in = self._of = ""  # what goes in and to what the box belongs, in English
        self._unit_room = 0
        self.editor = make_editor(field, self, lines)
        self.editor.edited.connect(self._typed)
        self.editor.focused.connect(self._focus)
        self.setFocusProxy(self.editor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def aim(self, binding: Binding, path: Path | None) -> None:
        """Stand for another field from now on, or for none."""
        if path == self.path and binding is self._binding:
            return
        if self._binding is not None and self.path is not None:
            self._binding.release(self.path, self)
        self._binding, self.path = binding, path
        if path is None:
            self.absent()
            return
        if isinstance(self.editor, CodeEditor):
            self.editor.choices = binding.choices(path)
        binding.bind(path, self, seen=not self.visibleRegion().isEmpty())
        if self.editor.hasFocus():
            self.entered.emit(self)  # the cursor is at another value now, although it did not move

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show a field as the session has it."""
        before, self.look = self.look, look
        if look == before and not typed:
            return
        self.editor.setEnabled(True)
        self.editor.present(look, typed=typed)
        if before is None or before.unit != look.unit:
            self._measure_unit()
        told = (look.findings, look.state, look.source)
        if before is None or (before.findings, before.state, before.source) != told:
            self._describe()
        if before is None or _drawn(before) != _drawn(look):  # what is written the editor draws itself
            self.update()

    def explain(self, goes_in: str, of: str) -> None:
        """Tell screen readers what goes in, and of what it is told where another box has the same name; msgids."""
        self._goes_in, self._of = goes_in, of
        self.retranslate()

    def _describe(self) -> None:
        parts = (_(self._goes_in), signs.told(self.look) if self.look is not None else "")
        self.editor.setAccessibleDescription(" ".join(part for part in parts if part))

    def absent(self) -> None:
        """Show that there is no row."""
        self.look = None
        self.editor.absent()
        self.editor.setEnabled(False)
        self.update()

    def retranslate(self) -> None:
        """Take label and name in the language in force."""
        self._label = label_of(self.field)
        name = name_for_readers(self.field)
        self.editor.setAccessibleName(f"{_(self._of)}: {name}" if self._of else name)
        self._describe()
        self.update()

    def unnumber(self) -> None:
        """Stand for a value that is not yet of any numbered box."""
        self.field, self._number = replace(self.field, box=""), ""
        self.retranslate()

    @property
    def locked(self) -> bool:
        """Whether nothing can be typed here."""
        return self.look is None or self.look.read_only

    @property
    def level(self) -> str:
        """The gravest level of what is said about the box, empty for nothing."""
        checked = self._binding is not None and self._binding.checked
        return signs.level(self.look, checked=checked) if self.look is not None else ""

    @property
    def _tall(self) -> int:
        return theme.ROW if self._lines == 1 else self._lines * _LINE + theme.S

    def sizeHint(self) -> QSize:
        """Return the box's height; its width is the page's to give."""
        return QSize(120, theme.CAPTION_ROW + self._tall)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, and hardly any width."""
        return QSize(40, theme.CAPTION_ROW + self._tall)

    def _typed(self, text: str) -> None:
        if self._binding is not None and self.path is not None:
            self._binding.type_in(self.path, text)

    def _focus(self, here: bool) -> None:  # noqa: FBT001 - a Qt signal
        if here and self._binding is not None:
            self._binding.hurry(self)
        self.update()
        (self.entered if here else self.left).emit(self)

    def _field_rect(self) -> QRect:
        return QRect(_INDENT, theme.CAPTION_ROW, self.width() - _INDENT, self._tall)

    def _mark_rect(self) -> QRect:
        return QRect(self.width() - _MARK, 1, _MARK, _MARK)

    def _measure_unit(self) -> None:
        unit = self.look.unit if self.look else ""
        self._unit_room = paint.metrics(theme.CAPTION).horizontalAdvance(unit) + theme.S if unit else 0
        self._place_editor()

    def _place_editor(self) -> None:
        inner = self._field_rect().adjusted(2, 2, -2 - self._unit_room, -2)
        self.editor.setGeometry(inner)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the editor in its field."""
        self._place_editor()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw label, field, bar, unit and mark."""
        now = theme.colours()
        painter = QPainter(self)
        if event.rect().top() < theme.CAPTION_ROW:  # else the editor alone is drawn anew, and what lies under it
            self._paint_label(painter)
        rect = self._field_rect()
        if self.look is None or not self.locked:
            width = 2 if self.editor.hasFocus() else 1
            paint.frame(painter, rect, now.field if self._is_ours() else None, self._edge(), width)
        elif self.editor.hasFocus():
            paint.frame(painter, rect, None, now.accent, 2)
        if self.look is None:
            return
        signs.bar(painter, QRect(0, rect.top(), theme.BAR, rect.height()), self.look, self.level)
        if self.look.unit:
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(painter, rect.adjusted(0, 0, -theme.S, 0), self.look.unit, now.muted, paint.RIGHT)

    def _paint_label(self, painter: QPainter) -> None:
        now = theme.colours()
        room = QRect(_INDENT, 0, self.width() - _INDENT, theme.CAPTION_ROW - 1)
        if self.look is not None and signs.marks(self.look, self.level):
            signs.mark(painter, QRectF(self._mark_rect()), self.look, self.level)
            room.setRight(room.right() - _MARK - 2)
        if self._number:
            painter.setFont(paint.face(theme.CAPTION, bold=True))
            paint.text(painter, room, self._number, now.ink)
            room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(self._number) + 5)
        painter.setFont(paint.face(theme.CAPTION))
        paint.caption(painter, room, self._label, now.muted)

    def _is_ours(self) -> bool:
        """Whether the value is the user's to give: what was worked out stands back until the cursor comes."""
        return self.look is not None and (str(self.look.state) != "worked_out" or self.editor.hasFocus())

    def _edge(self) -> QColor:
        now = theme.colours()
        if self.editor.hasFocus():
            return now.accent
        return paint.level_colour(self.level) if self.level in {"error", "warning"} else now.line

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the editor; on the mark, ask why."""
        if self.path is not None and self._mark_rect().contains(event.position().toPoint()):
            self.why.emit(self.path)
        elif self.editor.isEnabled():
            self.editor.setFocus(Qt.FocusReason.MouseFocusReason)

    def event(self, event: QEvent) -> bool:
        """Tell the whole label, the state and the findings to whoever lingers."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = name_for_readers(self.field)
            more = signs.told(self.look) if self.look else ""
            QToolTip.showText(event.globalPos(), f"{told}\n{more}".strip(), self)
            return True
        return super().event(event)

    def foot(self, over: QWidget) -> QPoint:
        """Return the corner under the field, in the coordinates of another widget."""
        return self.mapTo(over, QPoint(_INDENT, self.height()))
