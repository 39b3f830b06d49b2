# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file before it is taken over: its head rows with the box of each column, and before and after of what changes.

A room and not a dialog: it can be left and come back to, and nothing waits for it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import keys, theme
from ..forms.preview import Lines
from ..panels.titleline import Notice
from ..parts.button import Button
from ..parts.pick import Pick
from ..parts.plain import Title, words, wrapped
from ..parts.speaking import Speaking
from ..parts.tabs import Tabs
from .box_pick import BoxPick
from .import_head import HeadTable
from .import_words import WHY, counted, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.catalogue.field import Field
    from swclient.workflow.intake.import_plan import Importing, ImportPlan
    from swclient.workflow.intake.sheet_import import Head, OpenedFile

WAYS = {
    "new": N_("Into a new declaration"),
    "append": N_("Into the open declaration, as further items"),
    "goods": N_("Into the open declaration, items met by code and description"),
    "number": N_("Into the open declaration, items met by their number"),
    "replace": N_("Into the open declaration, in place of all its items"),
}


class ImportPage(Speaking):
    """The room. What its verbs do is told by `ui.verbs.imports`.

    Attributes:
        table: the head rows of a sheet; tabs over it turn to other sheets.
        lines: what taking the file over would do.
        way: into what, and how lines meet items.
    """

    taken = Signal()
    dropped = Signal()
    wanted = Signal(str, int, int, str)  # sheet, row and place of a cell, id of the field that its column goes to
    turned = Signal(str)  # another way

    def __init__(self) -> None:
        super().__init__()
        self._opened: OpenedFile | None = None
        self._act: Importing | None = None
        self._plan: ImportPlan | None = None
        self._heads: Sequence[Head] = ()
        self._fields: Sequence[Field] = ()
        self._ways: tuple[str, ...] = ()
        self._by_id: dict[str, Field] = {}
        self.title, self.why, self.summary = Title(), wrapped(muted=True), wrapped(muted=True)
        self.hint, self.notice = words(size=theme.CAPTION, muted=True), Notice()
        self.buttons = {"take": Button(weight="main"), "drop": Button(weight="quiet")}
        self.way, self.tabs = Pick(), Tabs()
        self.table = HeadTable(self._named)
        self.lines = Lines((0.17, 0.23))
        self.pick = BoxPick(self)
        self._lay()
        self._listen()
        self.retranslate()

    def _lay(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.M, theme.S)
        whole.setSpacing(theme.S)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.title, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        whole.addLayout(head)
        whole.addWidget(self.notice)
        whole.addWidget(self.why)
        whole.addWidget(self.tabs)
        whole.addWidget(self.table)
        whole.addWidget(self.hint)
        line = QHBoxLayout()
        line.setSpacing(theme.M)
        line.addWidget(self.way)
        line.addWidget(self.summary, 1)
        whole.addLayout(line)
        whole.addWidget(self.lines, 1)
        chain = (self.tabs, self.table, self.way, self.lines, self.buttons["take"], self.buttons["drop"])
        for before, after in itertools.pairwise(chain):
            self.setTabOrder(before, after)

    def _named(self, name: str) -> Field | None:
        return self._by_id.get(name)

    def _listen(self) -> None:
        self.buttons["take"].clicked.connect(self.taken)
        self.buttons["drop"].clicked.connect(self.dropped)
        self.tabs.currentChanged.connect(self._turn_sheet)
        self.table.asked.connect(self._ask)
        self.table.left_out.connect(lambda: self._go(""))
        self.pick.picked.connect(self._go)
        self.way.activated.connect(lambda place: self.turned.emit(self._ways[place]))
        self.lines.installEventFilter(self)
        for each in (self.table, self.tabs, self.way, *self.buttons.values()):
            each.installEventFilter(self)

    # -- what is on show

    def show_file(self, opened: OpenedFile, heads: Sequence[Head], fields: Sequence[Field]) -> None:
        """Show the head rows of a file; `fields` are those that a column can go to."""
        self._opened, self._heads, self._fields = opened, heads, fields
        self._act = self._plan = None
        self._by_id = {field.id: field for field in fields}
        place = max(self.tabs.currentIndex(), 0)
        if [self.tabs.tabText(n) for n in range(self.tabs.count())] != [head.sheet for head in heads]:
            self.tabs.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            while self.tabs.count():
                self.tabs.removeTab(0)
            for head in heads:
                self.tabs.addTab(head.sheet)
            self.tabs.blockSignals(False)  # noqa: FBT003 - as above
            place = 0
        self.tabs.setVisible(len(heads) > 1)
        self._turn_sheet(place)
        self.notice.say("", "advice")
        self._tell()

    def know_fields(self, fields: Sequence[Field]) -> None:
        """Name boxes of sections that no column can go to, too."""
        self._by_id.update({field.id: field for field in fields})

    def show_ways(self, ways: Sequence[str], current: str) -> None:
        """Offer ways into a declaration."""
        self._ways = tuple(ways)
        self.way.clear()
        self.way.addItems([_(WAYS[way]) for way in self._ways])
        self.way.setCurrentIndex(self._ways.index(current))
        self.way.setVisible(len(ways) > 1)

    def show_plan(self, act: Importing | None, plan: ImportPlan | None = None) -> None:
        """Show what taking it over would do; None while that is not known."""
        self._act, self._plan = act, plan
        self._tell()

    def release(self) -> None:
        """Let the file go: sheets are large."""
        self._opened, self._heads = None, ()
        self._act = self._plan = None
        self.table.show_head(None)
        self.lines.show_lines([])

    def refuse(self, text: str) -> None:
        """Say why the file cannot be taken over as it is."""
        self.notice.say(text, "warning")

    def start(self) -> bool:
        """Take the cursor: to what changes where the columns are known, else to the head rows."""
        known = self._opened is not None and self._opened.why in {"same", "beside"}
        target = self.lines if known and len(self.lines.held.rows) else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _turn_sheet(self, place: int) -> None:
        self.table.show_head(self._heads[place] if 0 <= place < len(self._heads) else None)
        self.table.setFixedHeight(self.table.sizeHint().height())

    def _tell(self) -> None:
        opened, act, plan = self._opened, self._act, self._plan
        if opened is None:
            return
        rows = act.imported.rows if act is not None else 0
        told = Message(N_("{name}: {n} goods lines"), {"name": opened.name, "n": rows}).text()
        self.title.setText(told if act is not None else opened.name)
        supplier = opened.sender.name or _("this layout")
        self.why.setText(Message(WHY[opened.why], {"supplier": supplier}).text())
        self.buttons["take"].setEnabled(act is not None)
        self.lines.show_lines(lines_of(act, plan) if act is not None and plan is not None else [])
        self.summary.setText(counted(plan) if plan is not None else _("Nothing can be taken over yet."))
        self.lines.setAccessibleName(_("What changes"))
        self.lines.setAccessibleDescription(self.summary.text())

    # -- what it asks for

    def _spot(self) -> tuple[str, int, int]:
        head, index = self._heads[max(self.tabs.currentIndex(), 0)], self.table.currentIndex()
        return head.sheet, head.first + index.row(), index.column()

    def _ask(self, text: str) -> None:
        """Ask which box the column of the cursor belongs to."""
        if self.table.currentIndex().isValid():
            field = self.table.held.field(self.table.currentIndex().column())
            self.pick.open(self._fields, field if field in self._fields else None, text, self.table.below())

    def _go(self, field: str) -> None:
        if self.table.currentIndex().isValid():
            self.wanted.emit(*self._spot(), field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the changes takes the file over; Escape drops it from anywhere."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.dropped.emit()
                return True
            if keys.is_enter(event) and watched is self.lines and self.buttons["take"].isEnabled():
                self.taken.emit()
                return True
            if keys.is_enter(event) and isinstance(watched, Button):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.buttons["take"].say(_("Take over"), "check", _("Enter"))
        self.buttons["drop"].say(_("Drop"), "", _("Esc"))
        self.hint.setText(_("Type on a cell which box its value belongs to: the column goes there. Del leaves it out."))
        self.table.setAccessibleName(_("Head rows of the file"))
        self.table.setAccessibleDescription(self.hint.text())
        self.tabs.setAccessibleName(_("Sheets"))
        self.way.setAccessibleName(_("Where the goods go"))
        for place, way in enumerate(self._ways):
            self.way.setItemText(place, _(WAYS[way]))
        self._tell()
