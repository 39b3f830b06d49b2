# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line over an open declaration: what it is, where it stands, whether it is saved, and the two great verbs.

Under it, in place, stands whatever must be said: why something cannot be done, or how far a submission has come.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..parts import paint
from ..parts.button import Button
from ..parts.plain import Title, words, wrapped
from ..parts.question import Question
from ..parts.speaking import Speaking
from ..words import clock

if TYPE_CHECKING:
    from swclient.workflow.desk.desk import Desk

VERBS = ("check", "print", "submit")
_NARROW = 760


class Notice(QWidget):
    """Words laid over a line of the page, with a mark of their level, until they are put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = "advice"
        self.label = wrapped()
        self._close = Button(weight="quiet")
        self._close.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.XL + theme.XS, theme.XS, theme.XS, theme.XS)
        line.addWidget(self.label, 1)
        line.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, text: str, level: str) -> None:
        """Say something, or nothing."""
        self._level = level
        self.label.setText(text)
        self._close.say(_("Put away"), "", "")
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and mark."""
        painter = QPainter(self)
        now = theme.colours()
        colour = now.muted if self._level == "advice" else paint.level_colour(self._level)
        paint.frame(painter, self.rect(), now.field, colour)
        paint.level_mark(painter, QRectF(theme.S, (self.height() - 14) / 2, 14, 14), self._level)


class TitleLine(Speaking):
    """Title, state, saving, verbs."""

    asked = Signal(str)  # id of an action

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._narrow = False
        self.title = Title()
        self.state = words(muted=True)
        self.saved = words(muted=True)
        self.notice = Notice()
        self.question = Question()
        weights = {"submit": "main", "print": "quiet"}
        self.buttons = {name: Button(weight=weights.get(name, "plain")) for name in VERBS}
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.title, 1)
        self._told = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._told.setSpacing(theme.S)
        self._told.addWidget(self.state)
        self._told.addWidget(self.saved)
        line.addLayout(self._told)
        line.addSpacing(theme.S)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))
            line.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.S, theme.L, theme.XS)
        whole.setSpacing(theme.XS)
        whole.addLayout(line)
        whole.addWidget(self.question)
        whole.addWidget(self.notice)
        desk.saved_changed.connect(self._saved)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put state and saving one under the other, small, where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._told.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._told.setSpacing(0 if narrow else theme.S)
        for label in (self.state, self.saved):
            label.setFont(paint.face(theme.CAPTION if narrow else theme.BODY))
        self._name_verbs()

    def refresh(self, _changed: object = None) -> None:
        """Show title, state and saving as they now are."""
        desk = self._desk
        self.title.setText(f"{desk.title or _('Untitled declaration')} · {desk.session.profile.code}")
        row = desk.row()
        late = row.due_at is not None and row.due_at < datetime.now(UTC)
        since = Message(N_("overdue since {time}"), {"time": clock(row.due_at)}).text() if late and row.due_at else ""
        kind = _("Sample") if row.relation == "sample" else ""
        told = (kind, desk.standing().text() + (f" {row.number}" if row.number else ""), since)
        self.state.setText(" · ".join(part for part in told if part))
        self.state.setForegroundRole(QPalette.ColorRole.BrightText if late else QPalette.ColorRole.PlaceholderText)
        self._tell_saved()
        draft = str(desk.state) == "draft" and not desk.session.read_only
        self.buttons["submit"].setEnabled(draft)
        if desk.barred is not None:
            self.buttons["submit"].setToolTip(desk.barred.text())

    def _saved(self, _when: object) -> None:
        self._tell_saved()

    def _tell_saved(self) -> None:
        saving = self._desk.saving
        last = saving.last
        broken = isinstance(last, BaseException)
        self.saved.setForegroundRole(QPalette.ColorRole.BrightText if broken else QPalette.ColorRole.PlaceholderText)
        if broken:
            self.saved.setText(_("not saved"))
            self.notice.say(str(last), "error")
        elif saving.pending:
            self.saved.setText(_("saving"))
        elif isinstance(last, datetime):
            self.saved.setText(Message(N_("saved {time}"), {"time": clock(last)}).text())
        else:
            self.saved.setText(_("saved"))

    def _name_verbs(self) -> None:
        narrow = self._narrow  # the title wants the room of the key, which the tooltip says as well
        for name, button in self.buttons.items():
            act = actions.BY_ID[name]
            label = _("Print") if name == "print" else _(act.label)
            button.say(label, act.icon, actions.shown_keys(name) if name == "check" and not narrow else "")
            button.setToolTip(f"{_(act.label)}  {actions.shown_keys(name)}")

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self._name_verbs()
        self.refresh()
