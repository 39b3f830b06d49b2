# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of findings: the same words as beside the box, a jump to it, the offered fix, what to do, and the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.workflow.told.reporting import acknowledged_words

from .. import theme
from ..actions import shown_keys
from ..forms import signs
from ..parts.button import Button
from ..parts.choosing import follow_choice
from ..parts.frames import slim
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from ..parts.tally import Tally
from ..words import box_number
from .findings_list import FindingList, FindingPainter, FindingsModel

if TYPE_CHECKING:
    from swclient.document.path import Path
    from swclient.engine.finding import Finding

    from ..forms.stage import Stage

_PAUSE = 120  # ms of quiet before the list is made anew: it is for reading, not for watching


_ORDER = {"error": 0, "warning": 1, "missing": 2, "advice": 3, "acknowledged": 4}


class Findings(Speaking):
    """The list, and what is to be done about its current line."""

    counted = Signal(int, int)  # errors, warnings
    asked = Signal(str)  # id of an action

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self.model = FindingsModel(self._where, self._grade)
        self.heading = words(size=theme.TITLE, bold=True)
        self.tally = Tally()
        self.empty = wrapped(muted=True)
        self.list = FindingList()
        slim(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(FindingPainter(self.list))
        self.list.setMouseTracking(True)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.list.selectionModel().currentChanged.connect(lambda *_both: self._tell())
        follow_choice(self.list)
        self.what = wrapped()
        self.law = wrapped(size=theme.CAPTION, muted=True)
        self.fix = Button(weight="plain")
        self.fix.clicked.connect(self.take_fix)
        self.let = Button(weight="plain")
        self.let.clicked.connect(lambda: self.asked.emit("acknowledge"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.refresh)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.S, 0, theme.S)
        whole.setSpacing(theme.XS)
        self.empty.setContentsMargins(theme.M, 0, theme.M, 0)
        top = QHBoxLayout()
        top.setContentsMargins(theme.M, 0, theme.S, 0)
        top.addWidget(self.heading, 1)
        top.addWidget(self.tally)
        whole.addLayout(top)
        whole.addWidget(self.empty)
        whole.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.M, theme.XS, theme.M, 0)
        foot.setSpacing(theme.XS)
        for each in (self.what, self.law, self.fix, self.let):
            foot.addWidget(each)
        whole.addLayout(foot)
        self.setFocusProxy(self.list)

    def show_stage(self, stage: Stage | None) -> None:
        """List the findings of another declaration, or of none."""
        if self._stage is not None:
            self._stage.changed.disconnect(self._changed)
            self._stage.entered.disconnect(self._entered)
            self._stage.check_asked.disconnect(self._checked)
        self._stage = stage
        if stage is not None:
            stage.check_asked.connect(self._checked)
            stage.changed.connect(self._changed)
            stage.entered.connect(self._entered)
        self.refresh()

    def _changed(self, _changed: object) -> None:
        self._later.start()

    def _checked(self) -> None:
        self.list.viewport().update()
        self.settle()

    def _entered(self, path: Path) -> None:
        """The cursor came to a box: what is said about it becomes current."""
        place = next((n for n, each in enumerate(self.model.rows) if path in each.paths), -1)
        if place >= 0 and not self.list.hasFocus():
            self._choose(place)

    def settle(self) -> None:
        """Make the list at once, without waiting for quiet."""
        self._later.stop()
        self.refresh()

    def refresh(self) -> None:
        """Make the list anew; the current line stays current as long as its finding stands."""
        found = self._stage.session.findings() if self._stage is not None else []
        rows = sorted(found, key=lambda each: _ORDER[self._grade(each)])
        before = self.current()
        if list(rows) != list(self.model.rows):
            self.model.fill(rows)
            key = (before.code, before.paths) if before else None
            place = next((n for n, each in enumerate(rows) if (each.code, each.paths) == key), -1)
            if place >= 0:
                self._choose(place)
        self._count()
        self._tell()

    def _count(self) -> None:
        levels = [self._grade(each) for each in self.model.rows]
        errors, warnings, missing = (levels.count(each) for each in ("error", "warning", "missing"))
        self.counted.emit(errors, warnings)
        told = Message(
            N_("Findings: {errors} errors, {warnings} warnings, {missing} to fill in"),
            {"errors": errors, "warnings": warnings, "missing": missing},
        ).text()
        self.heading.setText(_("Findings"))
        self.tally.say((("error", errors), ("warning", warnings), ("missing", missing)), told if levels else "")
        self.list.setAccessibleName(told)
        self.empty.setVisible(not levels)

    def current(self) -> Finding | None:
        """Return the finding of the current line."""
        index = self.list.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and index.row() < len(self.model.rows) else None

    def step(self, way: int) -> None:
        """Go to the next or previous finding and jump to its box."""
        count = len(self.model.rows)
        if not count:
            return
        now = self.list.currentIndex()
        place = (now.row() + way) % count if now.isValid() else (0 if way > 0 else count - 1)
        self._choose(place)
        self._go(self.model.index(place, 0))

    def stand_on(self, code: str) -> None:
        """Make the first finding of a code current."""
        place = next((n for n, each in enumerate(self.model.rows) if each.code == code), -1)
        if place >= 0:
            self._choose(place)

    def _choose(self, place: int) -> None:
        index = self.model.index(place, 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _go(self, index: QModelIndex) -> None:
        if self._stage is not None and index.isValid():
            self._stage.jump.emit(self.model.rows[index.row()].paths[0])

    def take_fix(self) -> None:
        """Make the changes that the current finding proposes, as one step."""
        finding = self.current()
        if self._stage is not None and finding is not None and finding.fix is not None:
            session, fix = self._stage.session, finding.fix
            self._stage.attempt(lambda: session.accept(fix))
            self.settle()

    def _grade(self, finding: Finding) -> str:
        stage = self._stage
        field = stage.session.profile.fields.get(finding.paths[0].field_id) if stage is not None else None
        return signs.grade(finding, field, checked=stage is not None and stage.checked)

    def _where(self, finding: Finding) -> str:
        """Return “33/4 A001”: box, item, and the official code."""
        stage, path = self._stage, finding.paths[0]
        field = stage.session.profile.fields.get(path.field_id) if stage is not None else None
        box = (box_number(field) or field.called.text()) if field is not None else ""
        number = _item_number(stage, path) if stage is not None else 0
        return f"{box}/{number}  {finding.code}" if number else f"{box}  {finding.code}"

    def _tell(self) -> None:
        finding = self.current()
        noted = finding.acknowledged if finding else None
        told = acknowledged_words(noted) if noted is not None else finding.advice.text() if finding else ""
        self.what.setText(told)
        law = (
            f"{finding.law or _('source not known')}{'' if finding.confirmed else ' · ' + _('not confirmed')}"
            if finding
            else ""
        )
        self.law.setText(law)
        fix = finding.fix if finding else None
        self.fix.setVisible(fix is not None)
        if fix is not None:
            self.fix.say(fix.label.text(), "wrench", "Alt+Enter")
        self._offer_to_let(finding)
        if noted is not None:
            self.law.setText("")  # the reason wants the room
        for each in (self.what, self.law):
            each.setVisible(bool(each.text()))

    def _offer_to_let(self, finding: Finding | None) -> None:
        """Show the verb that lets a warning stand, or that takes that back."""
        locked = self._stage is None or self._stage.session.read_only
        self.let.setVisible(finding is not None and str(finding.level) == "warning" and not locked)
        if finding is not None and finding.acknowledged is None:
            self.let.say(_("Acknowledge…"), "check", shown_keys("acknowledge"))
        else:
            self.let.say(_("Take it back"), "arrow-u-up-left", shown_keys("acknowledge"))

    def first_wrong(self) -> Finding | None:
        """Return the first error of the list, None where there is none."""
        return next((each for each in self.model.rows if self._grade(each) == "error"), None)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.empty.setText(
            _("Nothing found wrong. Findings appear here while you type, each with its box and what to do.")
        )
        self.model.fill(())
        self.refresh()


def _item_number(stage: Stage, path: Path) -> int:
    rows = stage.session.rows("item")
    if path.table == "item":
        return rows.index(path.row) + 1 if path.row in rows else 0
    held = stage.session.declaration.tables.get(path.table, {}).get(path.row)
    return rows.index(held.parent) + 1 if held is not None and held.parent in rows else 0
