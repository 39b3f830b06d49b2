# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the room of registers does: entries found, typed into and kept as one types, removed, brought back, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from ..words import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.registers.kept import Registers
    from swclient.workflow.registers.sheet import Sheet

    from ..pages.register_sheet import EntryPage
    from ..pages.registers import RegistersPage
    from ..ports import Office

FOLDER = "registers"
_PAUSE = 600  # milliseconds without a key, after which what was typed is kept
_REMOVED = N_("“{name}” removed from the register. It stays in this list and can be brought back.")
_BACK = N_("“{name}” is in use again.")
_STATE = N_("Kept {when} by {who}")
_GONE = N_("Removed {when} by {who}")
_NEW = N_("A new entry. It is kept as soon as it has a name.")
_UNKNOWN = N_("{n} values belong to forms of other countries; they are kept as they are.")
_MOST = 1000


class Room:
    """Shows the room and does what it asks."""

    def __init__(self, office: Office, registers: Callable[[], Registers]) -> None:
        self._office = office
        self._shelf = registers
        self.page: RegistersPage | None = None
        self.entry = ""  # id of the entry on show, empty for a new one
        self._sheet: Sheet | None = None
        self.boxes: EntryPage | None = None
        self._removed = ""  # what undo brings back
        self._typed_into = False
        self._unkept = QTimer()
        self._unkept.setSingleShot(True)
        self._unkept.setInterval(_PAUSE)
        self._unkept.timeout.connect(self.keep)
        office.window.closing.connect(self.keep)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what actions do here."""
        return {"registers": lambda: self._office.show_folder(FOLDER)}

    def shown(self, folder: str) -> bool:
        """Show the room if it is what is wanted; return whether it was."""
        if folder != FOLDER:
            self.keep()
            return False
        office, page = self._office, self._made()
        office.window.column.show_stage(None)
        self._fill()
        office.window.show_room(page)
        office.window.rail.mark(FOLDER)
        office.offer()
        page.start()
        return True

    def _made(self) -> RegistersPage:
        if self.page is None:
            from swclient.catalogue.registers import registers

            from ..pages.registers import RegistersPage

            self.page = RegistersPage(tuple(registers().values()))
            self.page.asked.connect(self._do)
            self.page.turned.connect(lambda _kind: self._turn())
            self.page.sought.connect(lambda _text: self._fill())
            self.page.chosen.connect(self._show)
        return self.page

    @property
    def _registers(self) -> Registers:
        return self._shelf()

    @property
    def _looking(self) -> str:
        looking = self._office.application.holding.looking
        return looking.text() if looking is not None else ""

    def _do(self, verb: str) -> None:
        verbs: dict[str, Callable[[], object]] = {
            "new": self.new, "remove": self.remove, "restore": self.restore, "undo": self.undo, "redo": self.redo,
            "list": self.open_list, "enter": self.enter,
        }  # fmt: skip
        page = self._made()
        if self._looking and verb not in {"list", "enter"}:
            page.notice.say(self._looking, "warning")
            return
        try:
            verbs[verb]()
        except SwError as error:
            page.notice.say(str(error), "warning")

    # -- what is on show

    def _turn(self) -> None:
        self.keep()
        self._fill()
        self._made().retranslate()

    def _fill(self, chosen: str = "") -> None:
        from swclient.catalogue.registers import hint

        from ..pages.registers import Kept

        page, text = self._made(), self._made().search.text()
        rows = []
        for removed in (False, True):
            found = self._registers.listed(page.register.kind, text, removed=removed)[:_MOST]
            rows += [Kept(row.id, row.name, hint(row.name, row.search), removed) for row in found]
        page.fill(rows, chosen or self.entry)

    def _show(self, entry: str) -> None:
        """Show the boxes of an entry; what was typed into the one before is kept first."""
        if entry and entry == self.entry and self._sheet is not None:
            self._offer()
            return
        self.keep()
        if entry:
            self._attempt(lambda: self._open(entry))
        else:
            self._shut()
        self._offer()

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except SwError as error:
            self._shut()
            self._made().notice.say(str(error), "warning")

    def _shut(self) -> None:
        self.entry, self._sheet, self.boxes = "", None, None
        self._made().put(None, "")

    def _open(self, entry: str) -> None:
        """Put an entry's boxes on show; empty ones for a new entry."""
        from swclient.workflow.registers.sheet import Sheet

        from ..forms.stage import Stage
        from ..pages.register_sheet import EntryPage

        page, registers = self._made(), self._registers
        kept = registers.load(entry) if entry else None
        sheet = Sheet(page.register, kept.values if kept else {}, registers.profile(), self._office.application.today)
        locked = bool(self._looking) or (kept is not None and kept.row.removed_at is not None)
        sheet.session.read_only = locked
        self.entry, self._sheet, self._typed_into = entry, sheet, False
        self.boxes = EntryPage(page.register, sheet, Stage(sheet.session))
        self.boxes.stage.setParent(self.boxes)
        self.boxes.past_end.connect(lambda _way: page.list.setFocus())
        sheet.session.history.stepped.connect(self._typed)
        page.put(self.boxes, self._state())

    def _state(self) -> str:
        if not self.entry:
            return _(_NEW)
        last = self._registers.story(self.entry)[-1]
        row = self._made().row
        words = _GONE if row is not None and row.removed else _STATE
        told = [Message(words, {"when": clock(last.at), "who": last.actor}).text()]
        if self._sheet is not None and self._sheet.unknown:
            told.append(Message(_UNKNOWN, {"n": len(self._sheet.unknown)}).text())
        return "  ".join(told)

    def _offer(self) -> None:
        page = self._made()
        row = page.row
        verbs = {"new"} | ({"restore" if row.removed else "remove"} if row is not None else set())
        if self._removed or (self._sheet is not None and self._sheet.session.undo_label is not None):
            verbs.add("undo")
        page.offer(verbs, self._looking)

    # -- verbs

    def _typed(self, _step: object) -> None:
        self._removed, self._typed_into = "", True
        self._unkept.start()
        self._offer()

    def keep(self) -> None:
        """Keep what was typed into the entry on show; refused, it stays on the screen and the reason is told."""
        self._unkept.stop()
        if not self._typed_into or self._sheet is None:
            return
        page, values = self._made(), self._sheet.values()
        try:
            if self.entry:
                self._registers.change(self.entry, values)
            elif page.register.name_of(values):
                self.entry = self._registers.add(page.register.kind, values)
            else:
                return
        except SwError as error:
            page.notice.say(str(error), "warning")
            return
        self._typed_into = False
        page.notice.hide()
        page.tell(self._state())
        self._fill(self.entry)

    def new(self) -> None:
        """Begin an entry by hand."""
        self.keep()
        page = self._made()
        page.list.clearSelection()
        self._open("")
        self._offer()
        if self.boxes is not None:
            self.boxes.start()

    def enter(self) -> None:
        """Go into the boxes of the entry; a removed one comes back instead."""
        row = self._made().row
        if row is not None and row.removed:
            self._do("restore")
        elif self.boxes is not None:
            self.boxes.start()

    def remove(self) -> None:
        """Take the chosen entry out of use."""
        page = self._made()
        row = page.row
        if row is None or row.removed:
            return
        self.keep()
        self._registers.remove(row.id)
        self._removed = row.id
        place = page.list.currentIndex().row()
        self._sheet = None
        beside = [each.id for each in page.rows.rows if not each.removed and each.id != row.id]
        self._fill(beside[min(place, len(beside) - 1)] if beside else row.id)
        page.notice.say(Message(_REMOVED, {"name": row.name}).text(), "advice")
        page.list.setFocus()

    def restore(self, entry: str = "") -> None:
        """Bring a removed entry back: the chosen one unless one is named."""
        page = self._made()
        chosen = entry or page.current
        self._registers.restore(chosen)
        self._removed, self._sheet = "", None
        self._fill(chosen)
        page.notice.say(Message(_BACK, {"name": page.row.name if page.row else ""}).text(), "advice")

    def undo(self) -> None:
        """Bring back what was just removed, else take back what was typed last."""
        if self._removed:
            self.restore(self._removed)
        elif self._sheet is not None:
            self._sheet.session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._sheet is not None:
            self._sheet.session.redo()

    def open_list(self) -> None:
        """Open the list of codes of the box that has the cursor."""
        from ..forms.box import Box

        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Box):
            widget = widget.parentWidget()
        if widget is not None:
            widget.editor.open_list()
