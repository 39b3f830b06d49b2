# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worklist: declarations of one folder, the latest first, or the templates; while there is none, how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from swclient.base.i18n import N_, _

from .. import actions, keys, theme
from ..panels.rail import FOLDERS
from ..panels.titleline import Notice
from ..parts.button import Button, Card
from ..parts.frames import slim
from ..parts.listing import Rows
from ..parts.plain import words, wrapped
from ..parts.question import Question
from ..parts.speaking import Speaking
from .entries import (
    Entry,
    of_binned,
    of_declaration,
    of_template,
    spoken_binned,
    spoken_declaration,
    spoken_template,
)
from .line_paint import LinePainter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from swclient.workflow.views import Row, TemplateRow

_VERB_KEYS = {
    "templates": {Qt.Key.Key_F2: "rename_template", Qt.Key.Key_Delete: "remove_template"},
    "bin": {Qt.Key.Key_Delete: "purge"},
    "": {Qt.Key.Key_Delete: "put_in_bin"},
}
OFFERS = ("new", "workbook", "sample")
TEMPLATE_VERBS = {"new_from_template": "", "rename_template": "F2", "remove_template": "Del", "restore_template": ""}
BIN_VERBS = {"undo": "Ctrl+Z", "put_in_bin": "Del", "take_back": "Enter", "purge": "Del"}
HINTS = {**TEMPLATE_VERBS, **BIN_VERBS}
STORIES = {
    "new": N_("An empty declaration; what is usual is filled in, the rest is yours to type."),
    "workbook": N_("A supplier's Excel file becomes a draft; cells that cannot be read are told, not dropped."),
    "sample": N_("A whole import of made-up goods, to look at and play with. Nothing is filed anywhere."),
}
EMPTY = {
    "drafts": N_("No drafts. Begin one of these ways."),
    "waiting": N_("Nothing is waiting. Declarations stand here from signing until customs has decided."),
    "needs_you": N_("Nothing needs you. Payment requests and rejected declarations will stand here."),
    "released": N_("Nothing released yet."),
    "archived": N_("The archive is empty."),
    "bin": N_("The bin is empty. Delete moves a draft here from its folder; it can be taken back."),
    "templates": N_(
        "No templates. Open a declaration and choose “Save as template”; new ones are then made of it here."
    ),
}


class _List(QListView):
    pressed_verb = Signal(Qt.Key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.activated.emit(self.currentIndex())
        elif event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Delete} and not event.modifiers():
            self.pressed_verb.emit(Qt.Key(event.key()))
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class WorklistPage(Speaking):
    """One folder of the worklist."""

    opened = Signal(str)  # id of a declaration or a template
    asked = Signal(str)  # id of an action
    turned = Signal()  # another line is chosen
    ended = Signal()  # scrolled to the last line that is here

    def __init__(
        self,
        state_words: Callable[[str], str],
        leaves: Callable[[Row], date | None] = lambda _row: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = "drafts"
        self.undoable = False
        self._state_words = state_words
        self._leaves = leaves
        self._rows: Rows[Row | TemplateRow] = Rows(self._spoken)
        self.heading = words(size=theme.TITLE, bold=True)
        self.lead = wrapped(muted=True)
        self.notice = Notice()
        self.question = Question()
        self.list = _List()
        slim(self.list)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(LinePainter(self._entry, self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self.list.pressed_verb.connect(self._ask)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.list.selectionModel().currentChanged.connect(self._turned)
        self.cards = {name: Card() for name in OFFERS}
        self.buttons = {name: Button(weight="plain") for name in (*OFFERS, *HINTS)}
        for offers in (self.cards, self.buttons):
            for name, button in offers.items():
                button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.heading)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        empty = QWidget()
        inner = QVBoxLayout(empty)
        inner.setContentsMargins(0, theme.XL, 0, 0)
        inner.setSpacing(theme.L)
        inner.addWidget(self.lead)
        line = QHBoxLayout()
        line.setSpacing(theme.L)
        for card in self.cards.values():
            line.addWidget(card)
        inner.addLayout(line)
        inner.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(empty)
        self.stack.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        whole.setSpacing(theme.S)
        whole.addLayout(top)
        whole.addWidget(self.question)
        whole.addWidget(self.notice)
        whole.addWidget(self.stack, 1)

    def bar(self, why: str) -> None:
        """Take the ways to begin and the verbs out of reach, and say why; give them back for an empty text."""
        for button in (*self.cards.values(), *self.buttons.values()):
            button.setEnabled(not why)
            button.setToolTip(why)
            button.setAccessibleDescription(why)

    def fill(self, folder: str, rows: Sequence[Row]) -> None:
        """Show the declarations of a folder, or the ways to begin."""
        self._fill(folder, rows)

    def add(self, rows: Sequence[Row]) -> None:
        """Show further declarations of the folder after those that are here."""
        self._rows.add(rows)
        self._title()

    @property
    def last(self) -> Any:
        """The last line that is here, None where there is none."""
        return self._rows.rows[-1] if self._rows.rows else None

    def _scrolled(self, place: int) -> None:
        if place and place == self.list.verticalScrollBar().maximum() and self.folder != "templates":
            self.ended.emit()

    def fill_templates(self, rows: Sequence[TemplateRow]) -> None:
        """Show the templates, or how one comes about."""
        self._fill("templates", rows)

    def _fill(self, folder: str, rows: Sequence[Row | TemplateRow]) -> None:
        chosen = self._current()
        if folder != self.folder:
            self.question.leave()
            self.notice.hide()
        self.folder = folder
        self._rows.fill(rows)
        self.stack.setCurrentIndex(1 if rows else 0)
        for card in self.cards.values():
            card.setVisible(folder == "drafts" and not rows)
        place = next((n for n, row in enumerate(rows) if row.id == chosen), 0)
        if rows:
            self.list.setCurrentIndex(self._rows.index(place, 0))
        self._offer()
        self._title()

    def _offer(self) -> None:
        """Show the verbs for what is chosen."""
        row = self.template
        shown = set(OFFERS) if self._rows.rows and self.folder not in {"templates", "bin"} else set()
        if row is not None:
            shown = {"restore_template"} if row.removed_at else set(TEMPLATE_VERBS) - {"restore_template"}
        if self.declaration is not None:
            shown |= {"take_back", "purge"} if self.folder == "bin" else {"put_in_bin"}
        if self.undoable:
            shown |= {"undo"}
        for name, button in self.buttons.items():
            button.setVisible(name in shown)

    @property
    def template(self) -> TemplateRow | None:
        """The template that is chosen, None where declarations are shown."""
        row: Any = self._chosen()
        return row if self.folder == "templates" else None

    @property
    def declaration(self) -> Row | None:
        """The declaration that is chosen, None where templates are shown."""
        row: Any = self._chosen()
        return row if self.folder != "templates" else None

    def _turned(self) -> None:
        self._offer()
        self.turned.emit()

    def _ask(self, key: Qt.Key) -> None:
        verb = _VERB_KEYS.get(self.folder, _VERB_KEYS[""]).get(key, "")
        if verb:
            self.asked.emit(verb)

    def _entry(self, place: int) -> Entry:
        row: Any = self._rows.rows[place]
        if self.folder == "templates":
            return of_template(row)
        state = self._state_words(row.state)
        return of_binned(row, state, self._leaves(row)) if self.folder == "bin" else of_declaration(row, state)

    def _spoken(self, row: Any) -> str:
        if self.folder == "templates":
            return spoken_template(row)
        state = self._state_words(row.state)
        return spoken_binned(row, state, self._leaves(row)) if self.folder == "bin" else spoken_declaration(row, state)

    def start(self) -> bool:
        """Take the cursor: to the list, or to the first way to begin; return False where there is neither."""
        target = self.list if self._rows.rows else self.cards["new"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return not target.isHidden()

    def _chosen(self) -> Row | TemplateRow | None:
        index = self.list.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None

    def _current(self) -> str:
        row = self._chosen()
        return row.id if row is not None else ""

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].id)

    def _title(self) -> None:
        label = next((each.label for each in FOLDERS if each.id == self.folder), "")
        rows: Sequence[Any] = self._rows.rows
        count = sum(row.removed_at is None for row in rows) if self.folder == "templates" else len(rows)
        self.heading.setText(_(label) + (f"  {count}" if count else ""))
        self.list.setAccessibleName(_(label))
        self.lead.setText(_(EMPTY[self.folder]))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        for name, button in self.buttons.items():
            act = actions.BY_ID[name]
            button.say(_(act.label), act.icon, HINTS.get(name, ""))
            if name in self.cards:
                self.cards[name].say(_(act.label), _(STORIES[name]), act.icon, actions.shown_keys(name))
        self._title()
        self.list.viewport().update()
