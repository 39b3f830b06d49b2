# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window does: opens declarations, carries out actions, keeps the rail and the top bar telling the truth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from swclient.base.errors import SwError
from swclient.base.i18n import _

from . import actions, theme
from .long_work import LongWork
from .main_window import MainWindow
from .telling import tell_line
from .verbs import desk as desk_verbs
from .verbs.bin import BIN, BinVerbs
from .verbs.bulk import BulkVerbs
from .verbs.connections import ConnectionVerbs
from .verbs.first_steps import FirstSteps
from .verbs.imports import ImportVerbs
from .verbs.letter_room import Letters
from .verbs.looking import Looking
from .verbs.people import PeopleVerbs
from .verbs.registers import RegisterVerbs
from .verbs.sealed import SealedVerbs
from .verbs.seeking import Seeking
from .verbs.settings import SettingsVerbs
from .verbs.templates import FOLDER, TemplateVerbs
from .verbs.views import ViewVerbs
from .watch.copies import CopyWatch
from .watch.desktop_news import DesktopNews
from .watch.law import LawWatch
from .words import state_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.application import AppEvent, Application

    from .pages.declaration import DeclarationPage
    from .qt_language import Language
    from .settings.remember import Memory
    from .tasks import Tasks


class Office(QObject):
    """Puts the furniture to use. Made after the first paint, when the workflow is at hand."""

    def __init__(
        self, window: MainWindow, application: Application, tasks: Tasks, memory: Memory, language: Language
    ) -> None:
        super().__init__(window)
        from .pages.worklist import WorklistPage

        self.window, self.application = window, application
        self._tasks, self._memory, self._language = tasks, memory, language
        self._views: dict[str, DeclarationPage] = {}
        self.worklist = WorklistPage(self.state_words, application.bin.leaves)
        self.templates, self.law, self.letters = TemplateVerbs(self), LawWatch(self), Letters(self)
        self.links, self.bin, self.registers = ConnectionVerbs(self), BinVerbs(self), RegisterVerbs(self)
        self.bulk, self.looks = BulkVerbs(self, tasks, self.bin), ViewVerbs(self, memory)
        self.long, self.first = LongWork(self), FirstSteps(self, memory)
        self.files = ImportVerbs(self, self.long)
        self.worklist.opened.connect(self._opened)
        self.worklist.asked.connect(self.do)
        self.worklist.turned.connect(self.offer)
        window.rail.chosen.connect(self.show_folder)
        self.actions = window.furnish().actions
        window.furnish().language_wanted.connect(self.speak)
        window.top.search.seekers += Seeking(self, lambda key: self.attempt(lambda: self.templates.new(key))).all()
        window.column.findings.counted.connect(lambda *_counts: self._count_on_tabs())
        self.settings = SettingsVerbs(self, memory, self.paint)
        application.listen.connect(self._heard)
        self.verbs = self._table()
        for act in actions.TABLE:
            self.actions.on(act.id, partial(self.do, act.id))
        tell_line(self.window, self.application)
        self.looking = Looking(self)
        self.bin.sweep()
        self.refresh()
        self.copies, self.news = CopyWatch(self), DesktopNews(window, application, self.open)

    # -- what actions do

    def _table(self) -> dict[str, Callable[[], object]]:
        window = self.window
        return {
            "new": self.new,
            "sample": self.open_sample,
            "quit": window.close,
            "search": window.top.search.start,
            "next_pane": lambda: window.turn_pane(1),
            "previous_pane": lambda: window.turn_pane(-1),
            "column": window.toggle_column,
            "rail": window.toggle_rail,
            "form": window.toggle_form,
            "go_to_box": window.top.search.start,
            **{f"theme_{wish}": partial(self.paint, wish) for wish in ("system", "light", "dark")},
            **(self.templates.table() | self.links.table() | self.bin.table() | self.registers.table()),
            **(SealedVerbs(self).table() | self.looks.table() | self.bulk.table() | self.settings.table()),
            **(self.files.table() | self.first.table() | PeopleVerbs(self).table()),
        }

    def do(self, identity: str) -> None:
        """Carry out an action."""
        self.law.before(identity)
        self.first.tour.after(identity)
        view = self.window.view
        if self.looking.refuses(identity):
            return
        if identity in self.verbs:
            self.attempt(self.verbs[identity])
        elif view is not None:
            self.attempt(lambda: desk_verbs.do(identity, view, self))
        elif identity in (shared := self.bulk.shared() | {"undo": partial(self.settings.undo, self.bin.undo)}):
            self.attempt(shared[identity])

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; say why in place, return whether it was done."""
        try:
            act()
        except SwError as error:
            self.say(str(error), "warning")
            return False
        return True

    def ask(self, question: str, offered: str, act: Callable[[str], object], verb: str = "") -> None:
        """Ask for a line of words in place, and do something with it; refused, the question stays."""
        view = self.window.view
        place = view.line.question if view is not None else self.worklist.question
        place.ask(question, offered, lambda words: self.attempt(lambda: act(words)), verb)

    def confirm(self, question: str, act: Callable[[], object], verb: str) -> None:
        """Ask in place whether to do something."""
        self.worklist.question.confirm(question, lambda: self.attempt(act), verb)

    def say(self, text: str, level: str) -> None:
        """Say something in place."""
        view = self.window.view
        (view.line if view is not None else self.worklist).notice.say(actions.in_force(text), level)

    # -- declarations

    def new(self) -> None:
        """Make an empty declaration and open it."""
        self.open(self.application.new_draft())

    def open_sample(self) -> None:
        """Open a fresh copy of the sample."""
        self.open(self.application.open_sample())

    def open(self, declaration: str) -> None:
        """Open a declaration and bring the cursor to its first box."""
        from .pages.declaration import DeclarationPage

        if declaration in self._views and self._views[declaration].desk.outdated:
            self.forget(declaration)
        if declaration not in self._views:
            desk = self.application.open(declaration)
            view = DeclarationPage(desk, self._tasks)
            view.asked.connect(self.do)
            desk.state_changed.connect(self._state_changed)
            self.law.follow(view)
            self._views[declaration] = view
        view = self._views[declaration]
        self.window.show_room(view)
        self.window.column.show_stage(view.stage)
        self.window.rail.mark("")
        self._memory.keep(open=declaration)
        self.offer()
        self.tell_law(view)
        view.start()

    def forget(self, declaration: str) -> None:
        """Shut a declaration, so that it is opened anew under the law of its date.

        The old view stays hidden among the rooms: a job of its preview may still come back to it.
        """
        self.application.shut(declaration)
        view = self._views.pop(declaration, None)
        if view is not None:
            view.stage.session.read_only = True
            self.window.furnish().rooms.removeWidget(view)

    def forget_all(self) -> None:
        """Shut all open declarations."""
        for declaration in [*self._views]:
            self.forget(declaration)

    def tell_law(self, view: DeclarationPage) -> None:
        """Show which country and version judges a declaration."""
        law = view.stage.session.profile
        self.window.top.profile.say(f"{law.code} {law.version}", _("Country and version of its rules and lists"))

    def show_folder(self, folder: str) -> None:
        """Show a folder of the worklist."""
        if self.registers.room.shown(folder) or self.letters.shown(folder):
            return
        self._memory.keep(open="")
        self.looks.turn(folder)
        self.window.column.show_stage(None)
        self._fill(folder)
        self.window.show_room(self.worklist)
        self.window.rail.mark(folder, self.looks.shown)
        self.offer()
        if not self.worklist.start():
            self.window.rail.buttons[folder].setFocus()

    def begin(self) -> None:
        """Open what was open when the program was last left, however it was left; else the worklist."""
        last = self._memory.text("open")
        if not self.first.asks() and not (last and self.attempt(lambda: self.open(last))):
            self.show_folder("drafts")

    # -- following

    def _heard(self, event: AppEvent) -> None:
        if event.kind == "connection":
            tell_line(self.window, self.application)
        else:
            QTimer.singleShot(0, self.refresh)
        view = self._views.get(event.declaration)
        if view is not None:
            view.line.refresh()

    def refresh(self) -> None:
        """Count the folders again; fill the one on show."""
        self.window.rail.count(self.application.folders(), self.application.late())
        if self.window.room is self.worklist:
            self._fill(self.worklist.folder)
            self.offer()

    def _fill(self, folder: str) -> None:
        if folder == FOLDER:
            self.worklist.fill_templates(self.templates.rows())
        else:
            self.worklist.fill(folder, self.looks.page(folder))

    def _opened(self, identity: str) -> None:
        """Open a line of the worklist: a declaration, or a new one made of a template."""
        if self.worklist.folder == FOLDER:
            self.templates.take(identity)
        elif self.worklist.folder == BIN:
            self.attempt(self.bin.back)
        else:
            self.attempt(lambda: self.open(identity))

    def _state_changed(self, _state: str) -> None:
        self.offer()
        tell_line(self.window, self.application)

    def offer(self) -> None:
        """Enable what can be done now."""
        view = self.window.view
        edit = view is not None and not view.stage.session.read_only
        held = self.templates.held() | self.bin.held() | self.bulk.held() | self.settings.held()
        may = view.desk.verbs() if view is not None else frozenset[str]()
        self.actions.offer(desk=view is not None, edit=edit, chosen=held, may=may, looking=self.looking.why)

    def _count_on_tabs(self) -> None:
        if self.window.view is not None:
            self.window.view.count_findings(self.window.column.findings.model.rows)

    state_words = staticmethod(state_words)

    def paint(self, wish: str) -> None:
        """Put a theme in force and remember it."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.choose(app, wish)
        self._memory.keep(theme=wish)

    def speak(self, code: str) -> None:
        """Change the language; cursor and text stay where they are."""
        self._language.speak(code)
        self._memory.keep(language=code)
        tell_line(self.window, self.application)
        if self.window.view is not None:
            self.window.top.profile.setToolTip(_("Country and version of its rules and lists"))
