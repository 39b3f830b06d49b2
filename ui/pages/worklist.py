# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worklist: declarations of one folder, the latest first, or the templates; while there is none, how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.workflow.told.listing import PAGE

from .. import actions, theme
from ..panels.bulk_line import BulkLine
from ..panels.filterline import FilterLine
from ..panels.rail import FOLDERS
from ..panels.titleline import Notice
from ..parts.button import Button, Card
from ..parts.flow import Flow
from ..parts.listing import Rows
from ..parts.plain import Title, wrapped
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
from .worklist_list import WorklistList
from .worklist_words import EMPTY, HINTS, NOTHING_FOUND, OFFERS, STORIES, TEMPLATE_VERBS, VERB_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from swclient.workflow.views import Row, TemplateRow


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
    ) -> None:
        super().__init__()
        self.folder = "drafts"
        self.undoable = False
        self._shown: tuple[str, object] = ("", None)  # folder and filter of the lines that are here
        self.notes: dict[str, str] = {}  # why something could not be done, by id of the declaration
        self.filter, self.bulk = FilterLine(), BulkLine()
        self._state_words = state_words
        self._leaves = leaves
        self._rows: Rows[Row | TemplateRow] = Rows(self._spoken)
        self.heading = Title()
        self.lead = wrapped(muted=True)
        self.notice = Notice()
        self.question = Question()
        self.list = WorklistList()
        self.list.setModel(self._rows)
        self.list.setItemDelegate(LinePainter(self._entry, self.list))
        self._join()
        self.cards = {name: Card() for name in OFFERS}
        self.buttons = {name: Button(weight="plain") for name in (*OFFERS, *HINTS)}
        self.opener = Button(weight="plain")
        self.opener.clicked.connect(lambda: self._open(self.list.currentIndex().row()))
        for offers in (self.cards, self.buttons):
            for name, button in offers.items():
                button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))
        self._lay_out()
        self.retranslate()

    def _join(self) -> None:
        self.list.opened.connect(self._open)
        self.list.pressed_verb.connect(self._ask)
        self.list.ended.connect(self._ended)
        self.list.left.connect(self.filter.start)
        self.list.selectionModel().selectionChanged.connect(self._turned)
        self.list.selectionModel().currentChanged.connect(self._turned)
        self.filter.left.connect(self.start)
        for each in (self.filter, self.bulk):
            each.asked.connect(self.asked)

    def _lay_out(self) -> None:
        top = Flow(self.heading)
        for button in (self.opener, *self.buttons.values()):
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
        whole.addWidget(self.filter)
        whole.addWidget(self.bulk)
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

    def loaded(self, folder: str) -> int:
        """Return how many lines of a folder are here as they are filtered now."""
        return len(self._rows.rows) if (folder, self.filter.looked) == self._shown else 0

    @property
    def last(self) -> Any:
        """The last line that is here, None where there is none."""
        return self._rows.rows[-1] if self._rows.rows else None

    @property
    def scope(self) -> str:
        """The folder in which is looked: the one on show, or empty for all of them together."""
        return "" if self.filter.looked.everywhere and self.folder != "bin" else self.folder

    def chosen(self) -> list[Row]:
        """Return the chosen declarations in the order of the list; none where templates are shown."""
        held: Sequence[Any] = self._rows.rows if self.folder != "templates" else ()
        return [held[place] for place in self.list.places() if place < len(held)]

    def choose_again(self, identities: Collection[str]) -> None:
        """Choose these declarations, as far as they are here; where none is, the line of the cursor alone."""
        places = [place for place, row in enumerate(self._rows.rows) if row.id in identities]
        if places:
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.list.selectionModel().setCurrentIndex(self._rows.index(places[0], 0), flags)
            self.list.choose(places)

    def _ended(self) -> None:
        if self.folder != "templates":
            self.ended.emit()

    def fill_templates(self, rows: Sequence[TemplateRow]) -> None:
        """Show the templates, or how one comes about."""
        self._fill("templates", rows)

    def _fill(self, folder: str, rows: Sequence[Row | TemplateRow]) -> None:
        current, several = self._current(), {row.id for row in self.chosen()}
        again, at = (folder, self.filter.looked) == self._shown, self.list.verticalScrollBar().value()
        self._shown = (folder, self.filter.looked)
        if folder != self.folder:
            self.question.leave()
            self.notice.hide()
            self.notes = {}
        self.folder = folder
        self._rows.fill(rows)
        self.stack.setCurrentIndex(1 if rows else 0)
        for card in self.cards.values():
            card.setVisible(folder == "drafts" and not rows and not self.filter.looked)
        self.filter.setVisible(folder != "templates")
        place = next((n for n, row in enumerate(rows) if row.id == current), 0)
        if rows:
            self.list.stand_on(place)
        if len(several) > 1:
            self.choose_again(several)
        if again:  # what is looked at stays where it is while others come and go
            self.list.verticalScrollBar().setValue(at)
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
            shown = set() if len(self.chosen()) > 1 and self.folder != "bin" else shown
        if self.undoable:
            shown |= {"undo"}
        for name, button in self.buttons.items():
            button.setVisible(name in shown)
        one = self._chosen() is not None and len(self.chosen()) <= 1
        self.opener.setVisible(one and self.folder != "bin")

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

    def _turned(self, *_what: object) -> None:
        self.bulk.choose(len(self.chosen()) if self.folder != "bin" else 0)
        self._offer()
        self.turned.emit()

    def _ask(self, key: Qt.Key) -> None:
        verb = VERB_KEYS.get(self.folder, VERB_KEYS[""]).get(key, "")
        if verb:
            self.asked.emit(verb)

    def _entry(self, place: int) -> Entry:
        row: Any = self._rows.rows[place]
        if self.folder == "templates":
            return of_template(row)
        state = self._state_words(row.state)
        entry = of_binned(row, state, self._leaves(row)) if self.folder == "bin" else of_declaration(row, state)
        return entry._replace(note=self.notes.get(row.id, ""))

    def _spoken(self, row: Any) -> str:
        if self.folder == "templates":
            return spoken_template(row)
        state = self._state_words(row.state)
        told = spoken_binned(row, state, self._leaves(row)) if self.folder == "bin" else spoken_declaration(row, state)
        return ", ".join(part for part in (told, self.notes.get(row.id, "")) if part)

    def start(self) -> bool:
        """Take the cursor: to the list, or to the first way to begin; return False where there is neither."""
        if not self._rows.rows and self.filter.looked:
            self.filter.start()
            return True
        target = self.list if self._rows.rows else self.cards["new"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return not target.isHidden()

    def _chosen(self) -> Row | TemplateRow | None:
        index = self.list.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None

    def _current(self) -> str:
        row = self._chosen()
        return row.id if row is not None else ""

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._rows.rows):
            self.opened.emit(self._rows.rows[place].id)

    def _title(self) -> None:
        label = next((each.label for each in FOLDERS if each.id == self.scope), "") or N_("All folders")
        rows: Sequence[Any] = self._rows.rows
        count = sum(row.removed_at is None for row in rows) if self.folder == "templates" else len(rows)
        more = "+" if count and not count % PAGE else ""  # a full page: further lines are read when one scrolls there
        self.heading.setText(_(label) + (f"  {count}{more}" if count else ""))
        self.list.setAccessibleName(_(label))
        self.lead.setText(_(NOTHING_FOUND if self.filter.looked else EMPTY[self.folder]))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.opener.say(_("Open"), "article", _("Enter"))
        for name, button in self.buttons.items():
            act = actions.BY_ID[name]
            button.say(_(act.label), act.icon, actions.in_force(HINTS.get(name, "")))
            if name in self.cards:
                self.cards[name].say(_(act.label), _(STORIES[name]), act.icon, actions.shown_keys(name))
        self._title()
        self.list.viewport().update()
