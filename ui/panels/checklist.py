# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checklist of documents and permits: what is needed, how it stands, and a key that adds what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import Path
from swclient.workflow.permits.checklist import Line, Status, amount_words, place_words, status_words, why_words

from .. import theme
from ..parts import paint
from ..parts.density import fix_rows
from ..parts.listing import Rows
from ..parts.marked_list import SIGNS
from ..parts.plain import Title, words
from ..parts.speaking import Speaking
from ..parts.tally import Tally
from .checklist_list import ChecklistView, sign_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from ..forms.stage import Stage

_PAUSE = 120  # ms of quiet before it is made anew, as the findings are
_FEWEST, _MOST = 3, 7  # lines that are shown without scrolling


class Checklist(Speaking):
    """The list, and why its current line is asked for.

    Attributes:
        list: what takes the cursor.
    """

    wanted = Signal(object)  # a path: bring the cursor there

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.model = Rows(self._told)
        self.heading = Title()
        self.tally = Tally()
        self.list = ChecklistView(self.model, stage.session)
        self.why = words(size=theme.CAPTION, muted=True)
        self.why.setWordWrap(True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.why.setFixedHeight(2 * paint.metrics(theme.CAPTION).lineSpacing())
        self.list.activated.connect(self._go)
        self.list.selectionModel().currentChanged.connect(lambda *_both: self._tell())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.refresh)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.tally)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addLayout(top)
        whole.addWidget(self.list)
        whole.addWidget(self.why)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # -- what stands on it

    def refresh_soon(self) -> None:
        """Make the list anew after a moment of quiet."""
        self._later.start()

    def refresh(self) -> None:
        """Make the list anew; the current line stays current as long as it is there."""
        self._later.stop()
        before, place = self.current(), self.list.currentIndex().row()
        rows = self._stage.session.checklist()
        if rows != tuple(self.model.rows):
            self.model.fill(rows)
            fix_rows(self.list, min(max(len(rows), _FEWEST), _MOST), 2)
            key = _key(before) if before else None
            place = next((n for n, line in enumerate(rows) if _key(line) == key), min(place, len(rows) - 1))
            if place >= 0:
                self.list.stand_on(place)
        self._count()
        self._tell()

    def _count(self) -> None:
        signs = [sign_of(line) for line in self.model.rows]
        counts = tuple((sign, signs.count(sign)) for sign in SIGNS)
        told = Message(
            N_("Checklist: {missing} missing of {n} documents and permits"),
            {"missing": sum(line.status is Status.MISSING for line in self.model.rows), "n": len(signs)},
        ).text()
        self.tally.say(counts, told)
        self.list.setAccessibleName(told)

    def current(self) -> Line | None:
        """Return the current line, None while there is none."""
        index = self.list.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and index.row() < len(self.model.rows) else None

    def _tell(self) -> None:
        line = self.current()
        if line is None:
            self.why.setText(_("Enter adds a missing document, or goes to the one that is there."))
            return
        parts = (amount_words(line, self._stage.session), why_words(line))
        told = " · ".join(part for part in parts if part)
        self.why.setText(told)
        self.why.setToolTip(told)

    def _told(self, line: Line) -> str:
        """Return a line as it is read out: everything that is painted."""
        parts = (status_words(line), line.what, place_words(line), line.stated)
        return ", ".join(part for part in (*parts, amount_words(line, self._stage.session), line.code) if part)

    # -- what it does

    def _go(self, index: QModelIndex) -> None:
        line = self.model.rows[index.row()] if index.isValid() else None
        if line is None:
            return
        if line.given:
            self.wanted.emit(line.given[0])
        elif line.status is Status.MISSING:
            self.add(line)

    def add(self, line: Line) -> None:
        """Add what is missing, its kind filled in, as one step; the cursor goes to its number."""
        session = self._stage.session
        before = set(session.rows(line.table))

        def act() -> None:
            with session.step(Message(N_("Add {what}"), {"what": line.what})):
                row = session.add_row(line.table, line.parent)
                for name, text in line.fills.items():
                    session.type_in(Path(line.table, row, name), text)

        if self._stage.attempt(act):
            (row,) = set(session.rows(line.table)) - before
            self.refresh_soon()
            self.wanted.emit(Path(line.table, row, "number" if "number" not in line.fills else "kind"))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.heading.setText(_("Checklist: documents and permits"))
        self.refresh()
        self.list.viewport().update()


def _key(line: Line) -> tuple[object, ...]:
    return line.code, line.items, line.given[:1], line.kinds
