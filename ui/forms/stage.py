# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rooms of one open declaration share: its session, where the cursor is, and ways to call each other."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from swclient.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path as File

    from swclient.document.path import Path
    from swclient.workflow.desk.attached import AttachedDesk
    from swclient.workflow.desk.desk import Desk
    from swclient.workflow.desk.permits import PermitDesk
    from swclient.workflow.views import Changed, Session

_FRAME = 0.016  # seconds
_SLICE = 0.005  # seconds of work between which keys and paints have their turn
_PAUSE = 120  # milliseconds without a key
_DONE = object()


class Stage(QObject):
    """One open declaration as its pages and panels see it.

    Attributes:
        session: the declaration.
        permits: what can be done about its permits.
        attached: what can be done with its attached files.
        desk: the declaration with its log and its state; None for none.
        home: the data folder, where small choices are kept; None for none.
        path: the value the cursor is at, None for none.
        checked: whether a check or a submission was asked for.
        item: number of the goods item that is current on every page, None while there is none.
    """

    entered = Signal(object)  # a path: the cursor came to a value
    why = Signal(object)  # a path: somebody asks why
    jump = Signal(object)  # a path: go there
    item_chosen = Signal(object)  # row number of the current goods item, or None
    changed = Signal(object)  # what changed, once it is followed to its end
    check_asked = Signal()  # from now on what is not filled in yet counts as an error on screen too
    trouble = Signal(str)  # something to be said in place, not in a message box

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.path: Path | None = None
        self.permits: PermitDesk | None = None
        self.desk: Desk | None = None
        self.attached: AttachedDesk | None = None
        self.home: File | None = None
        self.item: int | None = next(iter(session.rows("item")), None)
        self.checked = False
        self._waiting: Changed | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._follow)
        self._settling: Iterator[None] | None = None
        self._worked = 0.0  # seconds that the settling under way has taken so far
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._follow)
        session.changed.connect(self._changed)

    def on_desk(self, desk: Desk) -> None:
        """Take what else lies with the declaration on its desk."""
        self.desk, self.home = desk, desk.application.home
        self.permits, self.attached = desk.permits, desk.attached

    def enter(self, path: Path) -> None:
        """The cursor is at a value now."""
        if path != self.path:
            self.path = path
            self.entered.emit(path)

    def choose_item(self, row: int | None) -> None:
        """Make a goods item current everywhere."""
        if row != self.item:
            self.item = row
            self.item_chosen.emit(row)

    def check(self) -> None:
        """Somebody wants to know: work everything out, and be quiet about nothing any more."""
        self.session.settle()
        if not self.checked:
            self.checked = True
            self.check_asked.emit()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; say why in place, return whether it was done."""
        try:
            act()
        except UserError as error:
            self.trouble.emit(str(error))
            return False
        return True

    def _changed(self, changed: Changed) -> None:
        self._waiting, self._settling = changed, None
        if "item" in changed.tables:
            self._keep_item()
        self._again.stop()
        self._later.start()

    def _keep_item(self) -> None:
        rows = self.session.rows("item")
        if self.item not in rows:
            self.choose_item(rows[-1] if rows else None)

    @property
    def at_rest(self) -> bool:
        """Whether every change has been followed to its end and told."""
        return not self._later.isActive() and not self._again.isActive()

    def _follow(self) -> None:
        """Work out what is left, a slice at a time so that keys and paints come between, and tell once it is done.

        Where it takes more than a frame, the next time waits for a pause in typing.
        """
        begun = perf_counter()
        if self._settling is None and self.session.pending:
            self._settling, self._worked = self.session.settling(), 0.0
        while self._settling is not None and perf_counter() - begun < _SLICE:
            steps = self._settling
            if next(steps, _DONE) is _DONE:
                self._later.setInterval(0 if self._worked + perf_counter() - begun < _FRAME else _PAUSE)
                self._later.stop()  # the end was told to us too, and is told on below
                self._settling = None
        if self._settling is not None:
            self._worked += perf_counter() - begun
            self._again.start()
            return
        self.changed.emit(self._waiting)
