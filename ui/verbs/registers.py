# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do with the user's registers: fill a record from one, keep a record in one, show the room of them."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.registers import kinds_of

from ..panels.hits import Hit
from .register_room import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from swclient.document.path import Path
    from swclient.workflow.registers.kept import Registers

    from ..pages.declaration import DeclarationPage
    from ..panels.register_offer import Offer
    from ..ports import Office

_MOST, _SHORTEST = 8, 3
_NOWHERE = N_("Put the cursor into a box of a party, an item or a vehicle; those are kept in registers.")
_KEPT = N_("“{name}” is kept in the register “{register}”. F8 in a box without a list, or {keys}, fills from it.")
_RENEWED = N_("“{name}” was in the register “{register}” already; it has the values of this record now.")
_KNOWN = N_("“{name}” is in the register “{register}” already, with these values.")
_FILL = N_("Fill from the register: {name}")


class RegisterVerbs:
    """The verbs about registers of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._offer: Offer | None = None
        self.room = Room(office, lambda: self.registers)
        office.window.top.search.seekers.append(self.hits)

    @cached_property
    def registers(self) -> Registers:
        """The registers of the program."""
        from swclient.workflow.registers.kept import Registers

        return Registers(self._office.application)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {
            "list": self.list_or_fill,
            "fill_register": self.fill,
            "keep_register": self.keep,
            **self.room.table(),
        }

    def say(self, text: str) -> None:
        """Say something in place."""
        self._office.say(text, "advice")

    def list_or_fill(self) -> None:
        """Open the list of codes of the box that has the cursor; where it has none, offer the register's entries."""
        view = self._office.window.view
        if view is None:
            return
        box = view.focused_box()
        path = box.path if box is not None else view.stage.path
        field = view.stage.session.profile.fields.get(path.field_id) if path is not None else None
        opened = box.editor.open_list() if box is not None else field is None or bool(field.list_name)
        if opened and box is None:
            view.open_list()
        elif not opened and field is not None and kinds_of(field.table):
            self.fill()

    def fill(self, text: str = "") -> None:
        """Offer the entries that can fill the record that the cursor is in."""
        view, path = self._office.window.view, self._path()
        anchor = self._anchor(view) if view is not None else None
        if view is None or path is None or anchor is None:
            self.say(_(_NOWHERE))
            return
        if view.stage.session.read_only:
            return
        from ..panels.register_offer import Offer
        from .register_record import Record

        if self._offer is None:
            self._offer = Offer(self._office.window)
        typed = view.stage.session.declaration.value(path)
        words = text or (view.stage.session.text_at(path) if typed is not None else "")
        self._offer.open(Record(self.registers, view.stage, path, self.say), anchor, words)

    def _path(self) -> Path | None:
        """Return where the cursor is, None where that is in no record of a register."""
        view = self._office.window.view
        if view is None:
            return None
        box = view.focused_box()
        path = box.path if box is not None else view.stage.path
        if path is None or path.row not in view.stage.session.live.rows.get(path.table, {}):
            return None
        return path if kinds_of(path.table) else None

    @staticmethod
    def _anchor(view: DeclarationPage) -> QWidget | None:
        """Return what to stand under: the box or the table that has the cursor."""
        box, grid = view.focused_box(), view.focused_grid()
        if box is not None:
            return box
        return grid if grid is not None else QApplication.focusWidget()

    def keep(self) -> None:
        """Keep the record that the cursor is in."""
        from .. import actions

        view, path = self._office.window.view, self._path()
        if view is None or path is None:
            self.say(_(_NOWHERE))
            return
        register, name, (new, renewed) = self.registers.keep_from(view.stage.session, path)
        told = {"name": name, "register": Message(register.label), "keys": actions.shown_keys("fill_register")}
        self.say(Message(_KEPT if new else _RENEWED if renewed else _KNOWN, told).text())

    def hits(self, text: str) -> list[Hit]:
        """Find entries that can fill the record that the cursor is in; a hit offers it, with what it would do."""
        path = self._path()
        view = self._office.window.view
        if path is None or view is None or len(text.strip()) < _SHORTEST or view.stage.session.read_only:
            return []
        kinds = {register.kind: register for register in kinds_of(path.table)}
        rows = [row for row in self.registers.listed(text=text) if row.kind in kinds][:_MOST]
        return [
            Hit(Message(_FILL, {"name": row.name}).text(), _(kinds[row.kind].label), partial(self.fill, row.name))
            for row in rows
        ]
