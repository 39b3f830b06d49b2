# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done with files handed in: chosen, dropped; read behind the window; looked over; taken over as one step."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from swclient.base.errors import SwError, UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from ..dropping import Dropping
from ..long_work import StoppedError
from ..pages.import_words import reading_said
from ..words import told_import

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.intake.converting import Opened
    from swclient.workflow.intake.sheet_import import ReadFile
    from swclient.workflow.views import Session

    from ..long_work import LongWork, Tick
    from ..pages.importing import ImportPage
    from ..ports import Office

_READY = N_("{name} is read: {n} goods lines.")
_WAITS = N_("{name} waits to be taken over.")
_ONE = N_("One file at a time is read; {name} was taken, the others were left.")
_UNREAD = N_("{name}: found no place here: {texts}")
_LOOK = N_("Look at it")


class ImportVerbs:
    """The verbs about files of one window."""

    def __init__(self, office: Office, long: LongWork) -> None:
        self._office, self._long = office, long
        self.page: ImportPage | None = None
        self._read: ReadFile | None = None
        self._target = ""  # id of the declaration that was open, empty for none
        self._way = "new"
        self._back = ""
        self._blank: Session | None = None
        self.dropping = Dropping(office.window, self._dropped)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"workbook": self.ask}

    # -- files come in

    def ask(self) -> None:
        """Ask for a file."""
        from PySide6.QtWidgets import QFileDialog

        kinds = _("Workbooks, tables, declarations") + " (*.xlsx *.xlsm *.xls *.csv *.tsv *.txt *.json *.xml)"
        name, _kind = QFileDialog.getOpenFileName(self._office.window, _("Open a workbook"), "", kinds)
        if name:
            self.take_file(Path(name))

    def _dropped(self, files: list[Path]) -> None:
        """Take in the first of the files that were dropped."""
        looking = self._office.application.holding.looking
        if looking is not None:
            self._say(looking.text(), "warning")
            return
        if len(files) > 1:
            self._say(Message(_ONE, {"name": files[0].name}).text(), "warning")
        try:
            self.take_file(files[0])
        except SwError as error:
            self._failed(error)

    def _say(self, text: str, level: str) -> None:
        """Say something where it is seen."""
        if self.page is not None and self._office.window.room is self.page:
            self.page.notice.say(text, level)
        else:
            self._office.say(text, level)

    def take_file(self, path: Path) -> None:
        """Read a file behind the window, whatever it is.

        Raises:
            UserError: it is nothing that is read here; says what to do.
        """
        from swclient.workflow.intake.file_kinds import kind_of

        if kind_of(path) == "declaration":
            self._open_declaration(path)
        else:
            self._open_table(path)

    def _open_declaration(self, path: Path) -> None:
        from swclient.workflow.intake.converting import open_file

        today = self._office.application.today

        def done(opened: Opened) -> None:
            self._office.open(self._office.application.keep(opened.session))
            if opened.unread:
                texts = "; ".join(opened.unread)
                self._office.say(Message(_UNREAD, {"name": path.name, "texts": texts}).text(), "warning")

        said = reading_said(path.name, 0, 0, [])
        self._long.begin(lambda _tick: open_file(path, today=today), lambda _d, _w: said, done, self._failed)

    def _open_table(self, path: Path) -> None:
        from swclient.workflow.intake.sheet_import import open_sheets, read_through

        home = self._office.application.home
        rows: list[bool] = []

        def job(tick: Tick) -> ReadFile:
            opened = open_sheets(path, home, tick)
            rows.append(True)
            return read_through(opened, tick)

        busy = self._standing()
        self._long.begin(
            job, lambda d, w: reading_said(path.name, d, w, rows), lambda read: self._came(read, busy), self._failed
        )

    def _standing(self) -> tuple[object, ...]:
        """Return what changes as soon as somebody goes on working: room, cursor, and what stands there."""
        here: Any = self._office.window.focusWidget()
        typed = here is not None and here.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        text = (here.property("text"), here.property("plainText")) if typed else ()
        return (self._office.window.room, here, text)

    def _came(self, read: ReadFile, before: tuple[object, ...]) -> None:
        """Show what was read; to whoever has gone on working it is offered on the line."""
        self._read = read
        view = self._office.window.view
        editable = view is not None and not view.stage.session.read_only
        self._target = view.desk.id if view is not None and editable else ""
        self._way, self._blank = "new", None
        if self._standing() == before:
            self.show()
            return
        rows = read.imported.rows if read.imported is not None else 0
        said = Message(_READY, {"name": read.opened.name, "n": rows})
        self._long.offer(said, _LOOK, self.show, self._forget)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, SwError):
            self._say(str(error), "advice" if isinstance(error, StoppedError) else "warning")

    # -- looked over

    def show(self) -> None:
        """Show the room of the file that was read."""
        office, page = self._office, self._room()
        view = office.window.view
        self._back = view.desk.id if view is not None else ""
        office.window.column.show_stage(None)
        self._fill()
        office.window.show_room(page)
        office.window.rail.mark("")
        office.offer()
        page.start()

    def _room(self) -> ImportPage:
        if self.page is None:
            from ..pages.importing import ImportPage

            self.page = ImportPage()
            self.page.taken.connect(self.take)
            self.page.dropped.connect(self.drop)
            self.page.wanted.connect(self._choose)
            self.page.turned.connect(self._turn)
            self._office.window.furnish().rooms.currentChanged.connect(lambda _place: self._left())
        return self.page

    def _left(self) -> None:
        """Offer a file on the line that is neither taken over nor dropped while its room is left."""
        if self._read is not None and self._office.window.room is not self.page and not self._long.going:
            said = Message(_WAITS, {"name": self._read.opened.name})
            self._long.offer(said, _LOOK, self.show, self._forget)

    def _fill(self) -> None:
        from swclient.workflow.intake.import_plan import WAYS, Importing
        from swclient.workflow.intake.sheet_import import choices, heads_of

        read, page = self._read, self._room()
        if read is None:
            return
        session = self._session()
        page.show_file(read.opened, heads_of(read.opened), choices(session.profile))
        page.know_fields(list(session.profile.fields.values()))
        page.show_ways(("new", *WAYS) if self._target else ("new",), self._way)
        way = "append" if self._way == "new" else self._way
        if read.imported is None:
            page.show_plan(None)
            page.refuse(read.why.text() if read.why is not None else "")
            return
        act = Importing(session, read.imported, way)
        plan = act.plan()
        page.show_plan(act, plan)
        try:
            act.refuse_what_has_no_room(plan)
        except UserError as error:
            page.refuse(str(error))

    def _session(self) -> Session:
        """Return the declaration that the file would go into; for a new one, a blank that is kept nowhere."""
        application = self._office.application
        if self._way != "new":
            return application.open(self._target).session
        if self._blank is None:
            from swclient.workflow.intake.import_plan import blank

            self._blank = blank(application.today)
        return self._blank

    def _turn(self, way: str) -> None:
        self._way = way
        self._fill()

    def _choose(self, sheet: str, row: int, place: int, field_id: str) -> None:
        """Have a column go to a field, and read the file anew."""
        from swclient.workflow.intake.sheet_import import ReadFile, choices, chosen, heads_of, read_through

        read, page = self._read, self._room()
        if read is None:
            return
        profile = self._session().profile
        try:
            opened = chosen(read.opened, (sheet, row, place), profile.fields.get(field_id))
        except UserError as error:
            page.refuse(str(error))
            return
        self._read = ReadFile(opened, None)
        page.show_file(opened, heads_of(opened), choices(profile))

        def came(read: ReadFile) -> None:
            self._read = read
            self._fill()
            self._left()

        def failed(error: BaseException) -> None:
            came(read)  # as it was read before
            self._failed(error)

        said = partial(reading_said, opened.name, rows=[True])
        self._long.begin(partial(read_through, opened), said, came, failed)

    # -- taken over

    def take(self) -> None:
        """Take the file over as one step of undo, and keep its mapping for the next of its kind."""
        from swclient.workflow.intake.import_plan import Importing
        from swclient.workflow.intake.sheet_import import remember

        read, office = self._read, self._office
        if read is None or read.imported is None:
            return
        way = "append" if self._way == "new" else self._way
        try:
            act = Importing(self._session(), read.imported, way)
            act.refuse_what_has_no_room(act.plan())
            target = self._target if self._way != "new" else office.application.new_draft()
            Importing(office.application.open(target).session, read.imported, way).take()
        except SwError as error:
            self._room().refuse(str(error))
            return
        remember(office.application.home, read.opened)
        self._forget()
        office.open(target)
        office.say(told_import(read.imported), "warning" if read.imported.doubts else "advice")

    def drop(self) -> None:
        """Drop the file: nothing was changed. The cursor goes back to where it was."""
        self._long.stop()
        self._forget()
        if self._back:
            self._office.open(self._back)
        else:
            self._office.show_folder(self._office.worklist.folder or "drafts")

    def _forget(self) -> None:
        self._read = self._blank = None
        if self.page is not None:
            self.page.release()
