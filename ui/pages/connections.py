# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connections to offices: a list, the form of one, and its test step by step. A room, so nothing is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from swclient.base.i18n import _

from .. import icons, theme
from ..panels.titleline import Notice
from ..parts import paint
from ..parts.button import Button
from ..parts.frames import scrolled
from ..parts.listing import Rows
from ..parts.marked_list import MarkedList, MarkedPainter, sign_or_tick
from ..parts.plain import Title, words, wrapped
from ..parts.speaking import Speaking
from .connection_form import BLANK, Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.offices.link_testing import Step

_LIST_WIDE = 230
_SIDE_WIDE = 300
VERBS = ("save", "test", "use", "remove")


class _Painter(MarkedPainter[str]):
    """A connection: a tick where it is in use, its name, and that in words too. The empty name is a new one."""

    def __init__(self, used: Callable[[str], bool]) -> None:
        super().__init__()
        self._used = used

    def mark(self, painter: QPainter, place: QRectF, row: str) -> None:
        if not row:
            icons.draw(painter, place, "plus", theme.colours().muted, 14)
        elif self._used(row):
            sign_or_tick(painter, place, "")

    def words(self, painter: QPainter, room: QRect, row: str) -> None:
        now = theme.colours()
        painter.setFont(paint.face(theme.CAPTION))
        said = _state(row, used=self._used(row))
        wide = painter.fontMetrics().horizontalAdvance(said)
        paint.text(painter, room, said, now.muted, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room.adjusted(0, 0, -wide - theme.S, 0), row or _("New connection"), now.ink)


def _state(name: str, *, used: bool) -> str:
    return (_("in use") if used else _("not in use")) if name else ""


class ConnectionsPage(Speaking):
    """The room. What its buttons do is told by `ui.verbs.connections`."""

    asked = Signal(str)  # one of VERBS, or `back`

    def __init__(self, adapters: dict[str, str], countries: tuple[str, ...]) -> None:
        super().__init__()
        self.name = ""  # of the connection on show; empty for a new one
        self._drafts: dict[str, dict[str, str]] = {}
        self._rows: dict[str, dict[str, str]] = {}
        self._in_use: frozenset[str] = frozenset()
        self._labels: list[QLabel] = []
        self._test = 0
        self.title, self.about, self.notice = Title(), wrapped(muted=True), Notice()
        self._names = Rows(self._line, Qt.ItemDataRole.AccessibleTextRole)
        self.list = MarkedList(self._names, _Painter(lambda name: name in self._in_use))
        self.form = Form(adapters, countries)
        self.buttons = {verb: Button(weight="main" if verb == "save" else "plain") for verb in VERBS}
        self.back = Button(weight="quiet")
        self.result_title = words(bold=True)
        self.results = QVBoxLayout()
        self._lay()
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._chosen(now.row()))
        self.form.changed.connect(self._typed)
        for verb, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.back.clicked.connect(lambda: self.asked.emit("back"))
        self.retranslate()

    def _lay(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        whole.addLayout(head)
        whole.addWidget(self.about)
        whole.addWidget(self.notice)
        body = QHBoxLayout()
        body.setSpacing(theme.L)
        self.list.setFixedWidth(_LIST_WIDE)
        body.addWidget(self.list)
        body.addWidget(scrolled(self.form), 3)
        side = QVBoxLayout()
        for button in self.buttons.values():
            side.addWidget(button)
        side.addSpacing(theme.M)
        side.addWidget(self.result_title)
        side.addLayout(self.results)
        side.addStretch(1)
        room = QWidget()
        room.setLayout(side)
        room.setFixedWidth(_SIDE_WIDE)
        side.setContentsMargins(0, 0, 0, 0)
        body.addWidget(room)
        whole.addLayout(body, 1)

    # -- what is on show

    def fill(self, rows: dict[str, dict[str, str]], in_use: frozenset[str], chosen: str) -> None:
        """Show these connections, texts by key for each name, and choose one; empty chooses a new one."""
        self._rows, self._in_use = rows, in_use
        self._names.fill((*rows, ""))
        self.stand_on(chosen if chosen in rows else "")

    def stand_on(self, name: str) -> None:
        """Choose a connection by its name; the empty name is a new one."""
        row = self._names.rows.index(name)
        if self.list.currentIndex().row() == row:
            self._chosen(row)
        self.list.stand_on(row)

    def _line(self, name: str) -> str:
        return f"{name}, {_state(name, used=name in self._in_use)}" if name else _("New connection")

    def _chosen(self, row: int) -> None:
        if row < 0:
            return
        self.name = self._names.rows[row]
        self.form.put(self._drafts.get(self.name) or self._rows.get(self.name) or BLANK)
        self.clear_results()
        self._offer()

    def _typed(self) -> None:
        """Keep what was typed while another connection is looked at; secrets are not kept."""
        self._drafts[self.name] = self.form.texts() | {"secret": ""}

    def saved(self) -> None:
        """Forget the draft of the connection on show: it is saved."""
        self._drafts.pop(self.name, None)

    def _offer(self) -> None:
        used = self.name in self._in_use
        self.buttons["use"].say(_("Back to TRAINING") if used else _("Put to use"))
        for verb in ("use", "remove"):
            self.buttons[verb].setEnabled(bool(self.name))

    # -- the test

    def clear_results(self) -> None:
        """Take the results of the last test away."""
        self._test += 1
        for label in self._labels:
            label.hide()
            self.results.removeWidget(label)
            label.deleteLater()
        self._labels.clear()
        self.result_title.setText("")

    def begin_test(self) -> int:
        """Show that a test is under way; return its number."""
        self.clear_results()
        self.result_title.setText(_("Testing ..."))
        self.buttons["test"].setEnabled(False)
        return self._test

    def add_step(self, test: int, step: Step) -> None:
        """Show a step of a test, and what to do where it failed; nothing where another connection is looked at."""
        if test != self._test:
            return
        sign = "✓" if step.good else "✗"
        told = [f"{sign} {_(step.name)}: {step.words.text()}"]
        told += [step.advice.text()] if step.advice is not None else []
        for number, text in enumerate(told):
            label = wrapped(text)
            if not step.good and not number:
                label.setForegroundRole(QPalette.ColorRole.BrightText)
            label.setAccessibleName(text)
            self.results.addWidget(label)
            self._labels.append(label)

    def end_test(self, test: int, *, good: bool) -> None:
        """Show that a test is over."""
        self.buttons["test"].setEnabled(True)
        if test == self._test:
            self.result_title.setText(_("The connection works.") if good else _("The test ended here."))

    def start(self) -> None:
        """Bring the cursor into the form."""
        self.form.entries["name"].setFocus()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.title.setText(_("Connections to offices"))
        self.about.setText(
            _(
                "Without a connection of your own in use, declarations go to the TRAINING offices of this machine. An"
                " office that you set up here is not confirmed by this program: whether it is an authority, only you"
                " can know."
            )
        )
        self.list.setAccessibleName(_("Connections to offices"))
        self.back.say(_("Back to the worklist"))
        self.buttons["save"].say(_("Save the connection"))
        self.buttons["test"].say(_("Test connection"))
        self.buttons["remove"].say(_("Remove the connection"))
        self.list.viewport().update()
        self._offer()
