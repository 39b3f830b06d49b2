# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do to the lines chosen in the worklist, one declaration after another behind the window.

Each declaration is done whole or left as it was. Between two of them the window lives, and a stop takes effect. What
could not be done stays chosen, and its line says why.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from swclient.workflow.views import Row

    from ..ports import Office
    from ..tasks import Tasks
    from .bin import BinVerbs

    Act = Callable[[Row], Message | None]

_DONE = N_("{verb}: {done} of {whole} done.")
_LEFT = N_("Left as they were: {n}. Each says why in its line, and they are still chosen.")
_STOPPED = N_("Stopped; not begun: {n}.")
_ENOUGH = N_("Something is being done to chosen declarations already. Wait for its end or stop it.")


class BulkVerbs:
    """The verbs about chosen lines of one window."""

    def __init__(self, office: Office, tasks: Tasks, bin_verbs: BinVerbs) -> None:
        self._office, self._tasks, self._bin = office, tasks, bin_verbs
        self._waiting: list[Row] = []
        self._done: list[Row] = []
        self._left: dict[str, str] = {}
        self._whole, self._verb, self._stopped = 0, "", False
        bin_verbs.many = self.put_in_bin
        office.worklist.bulk.stopped.connect(self.stop)

    def held(self) -> frozenset[str]:
        """Return what can be done to what is chosen, as the table of actions names it."""
        page = self._office.worklist
        here = self._office.window.room is page and page.folder not in {"bin", "templates"}
        return frozenset({"chosen"} if here and page.chosen() else ())

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what is done to chosen lines only."""
        return {"archive": self.archive}

    def shared(self) -> dict[str, Callable[[], object]]:
        """Return what actions on the open declaration do to the chosen lines while none is open."""
        return {"check": self.check, "print": self.print, "submit": self.send, "new_from_this": self.copy}

    def copy(self) -> None:
        """Make a new draft of the line that has the cursor, and open it."""
        row, application = self._office.worklist.declaration, self._office.application
        if row is not None:
            self._office.open(application.copy_of(application.aside(row.id)))

    def check(self) -> None:
        """Check the chosen drafts."""
        from swclient.workflow import bulk

        self._begin("check", partial(bulk.check, self._office.application))

    def send(self) -> None:
        """Sign and queue the chosen drafts; those that are open are shut first, saved."""
        from swclient.workflow import bulk

        if not self._busy():
            for row in self._office.worklist.chosen():
                self._office.forget(row.id)
            self._begin("submit", partial(bulk.send, self._office.application))

    def archive(self) -> None:
        """File the chosen declarations away."""
        from swclient.workflow import bulk

        self._begin("archive", partial(bulk.archive, self._office.application))

    def print(self) -> None:
        """Ask for a folder and print the forms of the chosen declarations into it."""
        from PySide6.QtWidgets import QFileDialog

        if not self._busy():
            folder = QFileDialog.getExistingDirectory(self._office.window, _("Print the form"))
            if folder:
                self.print_into(Path(folder))

    def print_into(self, folder: Path) -> None:
        """Print the forms of the chosen declarations into a folder."""
        from swclient.workflow import bulk

        application = self._office.application
        self._begin("print", lambda row: bulk.print_into(application, row, folder))

    def put_in_bin(self, rows: Sequence[Row]) -> None:
        """Move declarations to the bin; one undo takes all of them back."""
        moved: list[Row] = []

        def put(row: Row) -> None:
            self._office.application.bin.refuse(row.id)
            self._office.forget(row.id)
            moved.append(self._office.application.bin.put(row.id))
            self._bin.remember(moved)

        self._begin("put_in_bin", put, rows, here=True)

    def _busy(self) -> bool:
        if self._office.worklist.bulk.going:
            self._office.say(_(_ENOUGH), "warning")
        return self._office.worklist.bulk.going

    def _begin(self, verb: str, act: Act, rows: Sequence[Row] | None = None, *, here: bool = False) -> None:
        if self._busy():
            return
        self._waiting = list(self._office.worklist.chosen() if rows is None else rows)
        self._whole, self._verb, self._stopped = len(self._waiting), verb, False
        self._done, self._left = [], {}
        self._office.worklist.notes = {}
        self._office.say("", "advice")
        self._next(act, here=here)

    def _next(self, act: Act, *, here: bool) -> None:
        """Do the next declaration: behind the window, or `here`, between two events, where the desk is needed."""
        if self._stopped or not self._waiting:
            self._end()
            return
        self._office.worklist.bulk.tell(self._verb, self._whole - len(self._waiting), self._whole)
        self._do(self._waiting.pop(0), act, here=here)

    def _do(self, row: Row, act: Act, *, here: bool) -> None:
        def after(why: str) -> None:
            if why:
                self._left[row.id] = why
            else:
                self._done.append(row)
            self._next(act, here=here)

        def done(why: Message | None) -> None:
            after(why.text() if why is not None else "")

        def failed(error: BaseException) -> None:
            after(str(error) if isinstance(error, SwError) else type(error).__name__)

        def now() -> None:
            try:
                done(act(row))
            except SwError as error:
                failed(error)

        if here:
            QTimer.singleShot(0, now)
        else:
            self._tasks.run(lambda: act(row), done, failed)

    def stop(self) -> None:
        """Begin no further declaration; the one at hand is brought to its end."""
        self._stopped = True

    def _end(self) -> None:
        office, page = self._office, self._office.worklist
        counts = {"verb": _(actions.BY_ID[self._verb].label), "done": len(self._done), "whole": self._whole}
        told = [Message(_DONE, counts)]
        told += [Message(_LEFT, {"n": len(self._left)})] if self._left else []
        told += [Message(_STOPPED, {"n": len(self._waiting)})] if self._waiting else []
        here = page.bulk.stop.hasFocus()  # whoever went on to something else keeps the cursor there
        page.bulk.tell(self._verb, 0, 0)
        page.notes = self._left
        office.refresh()
        page.choose_again({*self._left, *(row.id for row in self._waiting)})
        office.say(" ".join(each.text() for each in told), "warning" if len(told) > 1 else "advice")
        if here:
            page.start()
