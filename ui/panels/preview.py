# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form itself, live: pages of the real PDF as pictures; a click on a box of the paper lands in the box to type in.

Pictures are made behind the window; while newer ones are being made the older stay. The paper is white in every theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from swclient.base.errors import SwError
from swclient.base.i18n import _

from .. import theme
from ..parts.frames import scrolled
from ..parts.plain import wrapped
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from swclient.document.path import Path
    from swclient.workflow.desk.desk import Desk
    from swclient.workflow.printing import Preview

    from ..forms.stage import Stage
    from ..tasks import Tasks

_WIDE, _TALL = 210.0, 297.0  # A4, millimetres
_POINTS = 595.28  # A4's width in points, the unit of the PDF
_QUIET = 500  # ms without a change before the form is made anew


class PlacedBox(Protocol):
    """A box of the paper: the value it shows, its page and its place in millimetres from the top left."""

    page: int
    path: Path
    x: float
    y: float
    w: float
    h: float


class Sheet(QWidget):
    """One page of the form."""

    clicked = Signal(object)  # a path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[PlacedBox] = []
        self._picture = QPixmap()
        self._marked: Path | None = None
        self._under: PlacedBox | None = None
        self.setMouseTracking(True)

    def show_page(self, picture: QPixmap, boxes: list[PlacedBox]) -> None:
        """Show a page and know where its boxes are."""
        self._picture, self.boxes, self._under = picture, boxes, None
        self.update()

    def mark(self, path: Path | None) -> bool:
        """Ring the box of the value that has the cursor; return whether it is on this page."""
        self._marked = path
        self.update()
        return any(box.path == path for box in self.boxes)

    def place_of(self, box: PlacedBox) -> QRectF:
        """Return where a box of the paper lies on screen."""
        unit = self.width() / _WIDE
        return QRectF(box.x * unit, box.y * unit, box.w * unit, box.h * unit)

    def box_at(self, point: QPointF) -> PlacedBox | None:
        """Return the smallest box under a point."""
        found = [box for box in self.boxes if self.place_of(box).contains(point)]
        return min(found, key=lambda box: box.w * box.h, default=None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the box under the mouse."""
        under = self.box_at(event.position())
        if under is not self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the box."""
        box = self.box_at(event.position())
        if box is not None:
            self.clicked.emit(box.path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the paper, the box under the mouse, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("white"))
        if not self._picture.isNull():
            painter.drawPixmap(self.rect(), self._picture)
        accent = theme.LIGHT.accent  # on white paper, whatever the theme
        if self._under is not None:
            pale = QColor(accent)
            pale.setAlphaF(0.12)
            painter.fillRect(self.place_of(self._under), pale)
        painter.setPen(QPen(accent, 2))
        for box in self.boxes:
            if box.path == self._marked:
                painter.drawRect(self.place_of(box))
        painter.setPen(QPen(theme.colours().line, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Form(Speaking):
    """All pages of the form, one under another, as wide as there is room."""

    def __init__(self, desk: Desk, stage: Stage, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._stage, self._tasks = desk, stage, tasks
        self._stale, self._busy = True, False
        self._sheets: list[Sheet] = []
        self.note = wrapped(muted=True)
        self._paper = QWidget()
        self._column = QVBoxLayout(self._paper)
        self._column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        self._column.setSpacing(theme.L)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self.area: QScrollArea = scrolled(self._paper)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.setFocusProxy(self.area)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET)
        self._later.timeout.connect(self.make)
        stage.changed.connect(self._changed)
        stage.entered.connect(self.mark)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """Return half a page's width."""
        return QSize(480, 600)

    def renew(self) -> None:
        """Draw anew: forms are to be printed otherwise from now on."""
        self._changed(None)

    def _changed(self, _changed: object) -> None:
        self._stale = True
        if self.isVisible():
            self._later.start()

    def make(self) -> None:
        """Draw the form anew behind the window, unless that is under way."""
        if self._busy:
            self._later.start()
            return
        self._busy, self._stale = True, False
        preview = self._desk.preview()
        self._tasks.run(lambda: preview.pages, lambda pages: self._counted(preview, pages), self._failed)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self.note.setText(str(error) if isinstance(error, SwError) else _("The form cannot be drawn now."))
        self.note.show()

    def _counted(self, preview: Preview, pages: int) -> None:
        """The form is set: make room for its sheets, then draw them one by one, the first one first."""
        self.note.hide()
        while len(self._sheets) < pages:
            sheet = Sheet()
            sheet.clicked.connect(self._stage.jump)
            self._sheets.append(sheet)
            self._column.insertWidget(len(self._sheets), sheet)
        for sheet in self._sheets[pages:]:
            sheet.deleteLater()
        del self._sheets[pages:]
        self._fit()
        self._draw(preview, 1)

    def _draw(self, preview: Preview, page: int) -> None:
        scale = self._shown_width() * self.devicePixelRatioF() / _POINTS
        self._tasks.run(
            lambda: preview.png(page, scale),
            lambda png: self._drawn(preview, page, png),
            self._failed,
        )

    def _drawn(self, preview: Preview, page: int, png: bytes) -> None:
        if page <= len(self._sheets):
            picture = QPixmap()
            picture.loadFromData(png)
            self._sheets[page - 1].show_page(picture, [box for box in preview.boxes if box.page == page])
        if page < len(self._sheets):
            self._draw(preview, page + 1)
            return
        self._busy = False
        self.mark(self._stage.path)

    def mark(self, path: Path | None) -> None:
        """Ring a value's box on the paper and bring it into sight."""
        for sheet in self._sheets:
            if sheet.mark(path) and self.isVisible():
                box = next(each for each in sheet.boxes if each.path == path)
                middle = sheet.mapTo(self._paper, sheet.place_of(box).center().toPoint())
                self.area.ensureVisible(middle.x(), middle.y(), 40, 80)

    def _width(self) -> int:
        return max(self.area.viewport().width() - 2 * theme.L, 200)

    def _shown_width(self) -> int:
        return min(self._width(), 1000)

    def _fit(self) -> None:
        wide = self._shown_width()
        for sheet in self._sheets:
            sheet.setFixedSize(wide, round(wide * _TALL / _WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pages as wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.make()
        else:
            self.mark(self._stage.path)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.area.setAccessibleName(_("The form as it is printed"))
        self.note.setText(_("The form is being drawn…"))

    @property
    def at_rest(self) -> bool:
        """Whether every page shows the declaration as it stands."""
        return not self._busy and not self._stale

    @property
    def sheets(self) -> list[Sheet]:
        """The pages on show."""
        return list(self._sheets)

    def start(self) -> None:
        """Take the cursor."""
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    end = start
