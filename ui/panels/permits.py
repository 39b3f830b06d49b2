# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permits of agencies: what is needed, how it stands with each, and keys that apply and take into box 44.

What was applied for is read behind the window and kept here; what is needed follows every key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import Path
from swclient.workflow.permits.words import AGAIN, OPEN, Need, Standing, place_of, standing_words, why_words

from .. import theme
from ..parts.button import Button
from ..parts.density import fix_rows
from ..parts.listing import Rows
from ..parts.marked_list import SIGNS
from ..parts.plain import Title, wrapped
from ..parts.speaking import Speaking
from ..parts.tally import Tally
from .permits_list import PermitView, rest_words, sign_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QShowEvent

    from swclient.workflow.permits.checklist import Line
    from swclient.workflow.permits.fold import Permit

    from ..forms.stage import Stage

_PAUSE = 120  # ms of quiet before it is made anew, as the findings are
_ASKING = 700  # ms between two looks while an answer is to come
_MOST = 5  # lines that are shown without scrolling


class Permits(Speaking):
    """The list, its verbs, and what there is to know of its current line.

    Args:
        stage: the open declaration.
        lines: returns its checklist as it was made last.

    Attributes:
        list: what takes the cursor.
        chain: the list and its verbs, in the order of the cursor.
    """

    wanted = Signal(object)  # a path: bring the cursor there

    def __init__(self, stage: Stage, lines: Callable[[], Sequence[Line]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage, self._lines = stage, lines
        self._applied: tuple[Permit, ...] | None = None
        self.model = Rows(self._told)
        self.heading, self.tally = Title(), Tally()
        self.apply, self.take, self.news = Button(), Button(), Button(weight="quiet")
        self.list = PermitView(self.model)
        self.why = wrapped()
        self.chain: list[QWidget] = [self.list, self.apply, self.take, self.news]
        self.list.activated.connect(self._go)
        self.list.selectionModel().currentChanged.connect(lambda *_both: self._tell())
        self.apply.clicked.connect(self.ask_for)
        self.take.clicked.connect(self.take_up)
        self.news.clicked.connect(self.ask_news)
        self._later, self._asking = QTimer(self), QTimer(self)
        for timer, pause, act in ((self._later, _PAUSE, self.refresh), (self._asking, _ASKING, self._look)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(act)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.tally)
        for button in (self.apply, self.take, self.news):
            top.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addLayout(top)
        whole.addWidget(self.list)
        whole.addWidget(self.why)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    # -- what stands on it

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for answers that are to come."""
        super().showEvent(event)
        self._ask_later()

    def refresh_soon(self) -> None:
        """Make the list anew after a moment of quiet."""
        self._later.start()

    def refresh(self) -> None:
        """Make the list anew; what was applied for is read first where nobody has."""
        self._later.stop()
        desk = self._stage.permits
        if desk is None:
            return
        if self._applied is None:
            self._applied = ()
            self._look()
        place = self.list.currentIndex().row()
        rows = desk.needs(self._applied, self._lines())
        if rows != tuple(self.model.rows):
            self.model.fill(rows)
            fix_rows(self.list, min(max(len(rows), 1), _MOST), 2)
            if rows:
                self.list.stand_on(min(max(place, 0), len(rows) - 1))
        self.setVisible(bool(rows))
        self._count()
        self._tell()

    def _read(self, applied: tuple[Permit, ...]) -> None:
        self._applied = applied
        self.refresh()
        self._ask_later()

    def _ask_later(self) -> None:
        if self.isVisible() and any(need.standing in OPEN for need in self.model.rows):
            self._asking.start()

    def _count(self) -> None:
        signs = [sign_of(need) for need in self.model.rows]
        told = Message(
            N_("Permits: {missing} of {n} not yet in box 44"),
            {"missing": sum(need.standing is not Standing.TAKEN for need in self.model.rows), "n": len(signs)},
        ).text()
        self.tally.say(tuple((sign, signs.count(sign)) for sign in SIGNS), told)
        self.list.setAccessibleName(told)

    def current(self) -> Need | None:
        """Return the current line, None while there is none."""
        index = self.list.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and index.row() < len(self.model.rows) else None

    def _tell(self) -> None:
        need = self.current()
        self.apply.setEnabled(need is not None and need.standing in AGAIN)
        granted = need is not None and need.standing is Standing.GRANTED
        self.take.setEnabled(granted and not self._stage.session.read_only)
        self.news.setEnabled(any(each.permit is not None for each in self.model.rows))
        told = why_words(need) if need is not None else ""
        self.why.setText(told)
        self.why.setToolTip(told)

    def _told(self, need: Need) -> str:
        """Return a line as it is read out: everything that is painted, and what there is to know."""
        parts = (standing_words(need), need.line.what, rest_words(need), why_words(need))
        return ", ".join(part for part in parts if part)

    # -- what it does

    def _go(self, _index: QModelIndex) -> None:
        """Enter: apply, go to what the agency means, take, or go to the document that is there."""
        need = self.current()
        if need is None:
            return
        pinned = place_of(self._stage.session, need)
        if need.standing in AGAIN and pinned is not None:
            self.wanted.emit(pinned)
        elif need.standing in AGAIN:
            self.ask_for()
        elif need.standing is Standing.GRANTED:
            self.take_up()
        elif need.line.given:
            self.wanted.emit(need.line.given[0])

    def ask_for(self) -> None:
        """Apply for the current permit."""
        need, desk = self.current(), self._stage.permits
        if need is not None and desk is not None:
            self.apply.setEnabled(False)
            self._stage.attempt(lambda: desk.apply_behind([need], lambda _count: self.ask_news(), self._failed))

    def take_up(self) -> None:
        """Put the current permit into box 44, and bring the cursor there; what was not replaced is told."""
        need, desk = self.current(), self._stage.permits
        if need is None or desk is None:
            return
        kept: list[Message] = []
        rows: list[int] = []

        def act() -> None:
            taken = desk.take(need)
            kept.extend(taken.kept)
            rows.extend(taken.rows)

        if self._stage.attempt(act):
            self.refresh_soon()
            self.wanted.emit(Path("document", rows[0], "number"))
            if kept:
                self._stage.trouble.emit(" ".join(each.text() for each in kept))

    def ask_news(self) -> None:
        """Have the agencies asked; what they say is looked for again and again while an answer is to come."""
        desk = self._stage.permits
        if desk is not None:
            desk.news(self._read, self._failed)

    def _look(self) -> None:
        desk = self._stage.permits
        if desk is not None:
            desk.look(self._read, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._stage.trouble.emit(str(error))
        self._tell()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.heading.setText(_("Permits of agencies"))
        self.apply.say(_("Apply"))
        self.take.say(_("Take into box 44"))
        self.news.say(_("Ask for news"))
        self.refresh()
        self.list.viewport().update()
