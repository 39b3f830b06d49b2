# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One open declaration: its title line, its pages, the form beside them, and what its verbs do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.document.path import Path

from ..forms import signs
from ..forms.box import Box
from ..forms.grid import Grid
from ..forms.stage import Stage
from ..panels.preview import Form
from ..panels.titleline import TitleLine
from ..parts.frames import Splitter
from ..parts.tabs import Tabs
from .documents import DocumentsPage
from .goods import GoodsPage
from .header import HeaderPage
from .homes import page_of, pages_in_use
from .page import Page
from .papers import PapersPage
from .parties import PartiesPage
from .payments import PaymentsPage
from .timeline import TimelinePage
from .transport import TransportPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.engine.finding import Finding
    from swclient.workflow.desk.desk import Desk

    from ..tasks import Tasks

PAGES: tuple[type[Page], ...] = (
    HeaderPage,
    PartiesPage,
    TransportPage,
    GoodsPage,
    DocumentsPage,
    PaymentsPage,
    PapersPage,
)
FORM, TIMELINE = len(PAGES), len(PAGES) + 1
_NAMES = [page.NAME for page in PAGES]
TITLES = (*(page.TITLE for page in PAGES), N_("Form"), TimelinePage.TITLE)
_GOODS = PAGES.index(GoodsPage)


class DeclarationPage(QWidget):
    """Pages are built on the first visit and kept."""

    asked = Signal(str)  # id of an action of the window

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.stage = Stage(desk.session, self)
        self.stage.on_desk(desk)
        self._tasks = tasks
        self._pages: dict[int, QWidget] = {}
        self._form: Form | None = None
        self.beside = False
        self.line = TitleLine(desk)
        self.line.asked.connect(self.asked)
        self.tabs = Tabs()
        for title in TITLES:
            self.tabs.addTab(_(title))
        used = pages_in_use(desk.session.profile)
        for index, name in enumerate(_NAMES):
            self.tabs.setTabVisible(index, name in used)
        self.stack = QStackedWidget()
        self.split = Splitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.line)
        whole.addWidget(self.tabs)
        whole.addWidget(self.split, 1)
        self.tabs.setAccessibleName(_("Pages of the declaration"))
        self.tabs.currentChanged.connect(self._turned)
        self.stage.jump.connect(self.jump)
        self.stage.changed.connect(self._changed)
        self.stage.trouble.connect(lambda text: self.line.notice.say(text, "warning"))
        desk.state_changed.connect(self._moved)
        self._turned(0)

    # -- pages

    def page(self, index: int) -> QWidget:
        """Return a page, built if it has never been shown."""
        if index not in self._pages:
            if index == TIMELINE:
                made: QWidget = TimelinePage(self.desk)
                made.asked.connect(self.asked)  # type: ignore[attr-defined]  # of the timeline alone
            else:
                room = PAGES[index](self.stage)
                room.past_end.connect(lambda way: self.turn(way, land=True))
                made = room
            self._pages[index] = made
            self.stack.addWidget(made)
        return self._pages[index]

    @property
    def form(self) -> Form:
        """The form preview, made when first wanted."""
        if self._form is None:
            self._form = Form(self.desk, self.stage, self._tasks)
            self.split.addWidget(self._form)
        return self._form

    def _turned(self, index: int) -> None:
        here = QApplication.focusWidget()
        within = here is not None and self.split.isAncestorOf(here)
        self._show(index)
        if within:
            self.start()

    def _show(self, index: int) -> None:
        self.stack.setVisible(index != FORM)
        if index != FORM:
            self.stack.setCurrentWidget(self.page(index))
        if index == FORM or self.beside or self._form is not None:
            self.form.setVisible(index == FORM or (self.beside and index != TIMELINE))

    def show_page(self, index: int) -> None:
        """Turn to a page, the cursor left alone."""
        self.tabs.setCurrentIndex(index)

    def turn(self, way: int, *, land: bool = False) -> None:
        """Turn to the next or previous page; with `land`, the cursor goes to its first or last box."""
        index = (self.tabs.currentIndex() + way) % len(TITLES)
        while not self.tabs.isTabVisible(index) or (land and index == FORM):
            index = (index + way) % len(TITLES)
        self.tabs.setCurrentIndex(index)
        room: Any = self.form if index == FORM else self.page(index)
        if land and way < 0:
            room.end()
        else:
            room.start()

    def start(self) -> None:
        """Bring the cursor into the page on show."""
        index = self.tabs.currentIndex()
        room: Any = self.form if index == FORM else self.page(index)
        room.start()

    def toggle_form(self) -> None:
        """Show the form beside the boxes, or put it away."""
        self.beside = not self.beside
        here = QApplication.focusWidget()
        astray = self._form is not None and here is not None and self._form.isAncestorOf(here)
        self._show(self.tabs.currentIndex())  # the cursor stays in its box
        if astray:
            self.start()
        if self.beside:
            half = self.width() // 2
            self.split.setSizes([self.width() - half, half])

    def jump(self, path: Path) -> None:
        """Bring the cursor to a value, wherever it is."""
        for index in [self.tabs.currentIndex(), self._home(path), *range(len(PAGES))]:
            if index >= len(PAGES):
                continue
            room: Any = self.page(index)
            if room.owns(path):
                self.tabs.setCurrentIndex(index)
                room.show_path(path)
                return

    def _home(self, path: Path) -> int:
        profile = self.stage.session.profile
        return _NAMES.index(page_of(path, profile.fields.get(path.field_id), profile.layout))

    def go_to_field(self, field_id: str, item: int | None) -> None:
        """Bring the cursor to a field, of the item of that number where the field has one."""
        table, _sign, name = field_id.partition(".")
        session = self.stage.session
        if item is not None and 0 < item <= len(session.rows("item")):
            self.stage.choose_item(session.rows("item")[item - 1])
        spec = session.profile.tables[table]
        if not spec.many:
            self.jump(Path(table, 0, name))
            return
        row = self.stage.item if table == "item" else next(iter(session.rows(table, self._owner(table))), None)
        self.jump(Path(table, row if row is not None else -1, name))

    def _owner(self, table: str) -> int | None:
        return self.stage.item if self.stage.session.profile.tables[table].parent == "item" else None

    # -- following

    def _changed(self, changed: object) -> None:
        self.line.refresh()
        room = self.stack.currentWidget()
        if isinstance(room, Page | TimelinePage) and room.isVisible():
            room.refresh(changed)

    def _moved(self, _state: str) -> None:
        self.line.refresh()
        for room in self._pages.values():
            if isinstance(room, Page):
                room.look_again()
            elif isinstance(room, TimelinePage) and room.isVisible():
                room.refresh()

    def count_findings(self, found: Sequence[Finding]) -> None:
        """Show on each tab how many errors and warnings its page holds; pages never visited are counted too."""
        tallies = [[0, 0] for _page in PAGES]
        fields = self.stage.session.profile.fields
        for finding in found:
            grade = signs.grade(finding, fields.get(finding.paths[0].field_id), checked=self.stage.checked)
            if grade in {"error", "warning"}:
                tallies[self._home(finding.paths[0])][0 if grade == "error" else 1] += 1
        for index, (errors, warnings) in enumerate(tallies):
            self.tabs.count_findings(index, errors, warnings)

    # -- verbs

    def focused_grid(self) -> Grid | None:
        """Return the table that has the cursor."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Grid):
            widget = widget.parentWidget()
        return widget

    def focused_box(self) -> Box | None:
        """Return the box that has the cursor."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Box):
            widget = widget.parentWidget()
        return widget

    def copy_above(self) -> None:
        """Copy from the row above, or into a box of an item from the item above."""
        grid, box = self.focused_grid(), self.focused_box()
        if grid is not None:
            grid.fill_down()
            return
        if box is None or box.path is None or box.field.table != "item":
            return
        path, rows = box.path, self.stage.session.rows("item")
        place = rows.index(path.row)
        if place:
            text = self.stage.session.look(Path("item", rows[place - 1], path.field)).text
            self.stage.attempt(lambda: self.stage.session.type_in(path, text))

    def turn_item(self, steps: int, *, add: bool = False) -> None:
        """Turn to another item; in a table of something else, to another row of it."""
        grid = self.focused_grid()
        if grid is not None and add and grid.table != "item":
            grid.add_row(below_current=True)
            return
        index = self.tabs.currentIndex()
        goods: Any = self.page(_GOODS)
        if index not in {_GOODS, PAGES.index(DocumentsPage)}:
            self.tabs.setCurrentIndex(_GOODS)
            goods.start()
        goods.turn(steps, add=add)

    def group_items(self) -> None:
        """Turn to the goods, and show which items would become one."""
        self.tabs.setCurrentIndex(_GOODS)
        goods: Any = self.page(_GOODS)
        goods.grouping.start()

    def open_list(self) -> None:
        """Open the list of the box that has the cursor."""
        grid, box = self.focused_grid(), self.focused_box()
        if grid is not None:
            grid.open_list()
        elif box is not None:
            box.editor.open_list()

    def show_timeline(self) -> None:
        """Turn to the timeline."""
        self.tabs.setCurrentIndex(TIMELINE)

    def follow(self) -> None:
        """Look again at everything that depends on the state."""
        self._moved("")

    def changeEvent(self, event: QEvent) -> None:
        """Say everything in another language when the language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for index, title in enumerate(TITLES):
                self.tabs.setTabText(index, _(title))
            self.tabs.setAccessibleName(_("Pages of the declaration"))
