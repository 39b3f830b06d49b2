# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows the tour over the open sample: tells the walk what happens there, the strip what to do, the ring where.

What happened is looked for in the declaration and in what is on show, not in which key was pressed, so that every way
of doing a thing counts. The walk is kept with the window's other small things and goes on after a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.touring import Walk, steps, walk_of

from .. import actions
from ..editors.code import CodeEditor
from ..words import box_number, label_of

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.document.path import Path
    from swclient.workflow.touring import Step
    from swclient.workflow.views import Changed

    from ..pages.declaration import DeclarationPage
    from ..panels.tour_strip import TourStrip
    from ..parts.ring import Ring
    from ..ports import Office
    from ..settings.remember import Memory

KEPT = "tour"
_BY_SEARCH = N_("“{name}” in the search")


class Tools(NamedTuple):
    """What shows the tour; made when there is one."""

    strip: TourStrip
    ring: Ring


class TourWatch(QObject):
    """The tour of one window.

    Attributes:
        walk: how far it is, None while there is none.
    """

    def __init__(self, office: Office, memory: Memory) -> None:
        super().__init__(office.window)
        self._office, self._memory = office, memory
        self.walk: Walk | None = walk_of(memory.text(KEPT))
        self.tools: Tools | None = None
        self._view: DeclarationPage | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._look)
        office.window.furnish().rooms.currentChanged.connect(lambda _index: self._turned())
        office.application.listen.connect(self._heard)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]  # there is one

    # -- beginning and ending

    def begin(self, declaration: str) -> None:
        """Begin at the first step, over a declaration."""
        self.walk = Walk(declaration)
        self._keep()
        self._turned()

    def skip(self) -> None:
        """Leave the present step out."""
        if self.walk is not None:
            self.walk.skip()
            self._keep()
            self.show()
            self._office.window.start()

    def end(self) -> None:
        """End the tour; the cursor goes back into the page."""
        self.walk = None
        self._keep()
        self.show()
        self._office.window.start()

    def _keep(self) -> None:
        self._memory.keep(**{KEPT: self.walk.kept() if self.walk is not None else ""})

    # -- following

    def _turned(self) -> None:
        """Another room is on show: follow the sample where it is that."""
        view = self._office.window.view
        over = view is not None and self.walk is not None and view.desk.id == self.walk.declaration
        if over and view is not None and view is not self._view:
            self._view = view
            stage = view.stage
            stage.entered.connect(lambda path: self._at("enter", path))
            stage.why.connect(lambda path: self._at("why", path))
            stage.changed.connect(self._settled)
            stage.session.changed.connect(self._typed)
            view.tabs.currentChanged.connect(lambda _index: self._later.start())
            view.desk.state_changed.connect(self._state)
        self._later.start()

    def after(self, _identity: str) -> None:
        """Look again once an action has been carried out."""
        if self.walk is not None:
            self._later.start()
            if _identity == "check":
                self._happened("check")

    def _at(self, event: str, path: Path) -> None:
        self._happened(event, path.field_id)

    def _typed(self, changed: Changed) -> None:
        for path in changed.paths or ():
            self._happened("type", path.field_id)

    def _settled(self, _changed: object) -> None:
        self._later.start()

    def _state(self, _state: str) -> None:
        self._later.start()

    def _heard(self, _event: object) -> None:
        if self.walk is not None:
            self._later.start()

    def _moved(self, _old: QWidget | None, _now: QWidget | None) -> None:
        if self.walk is not None:
            self._later.start()

    @property
    def over(self) -> DeclarationPage | None:
        """The page of the tour's declaration, None while something else is on show."""
        view = self._office.window.view
        return view if self.walk is not None and view is not None and view.desk.id == self.walk.declaration else None

    def _happened(self, event: str, field_id: str = "") -> None:
        view = self.over
        if view is None or self.walk is None:
            return
        profile = view.stage.session.profile
        if self.walk.happened(event, profile.fields.get(field_id), profile):
            self._keep()
            self._later.start()

    def _look(self) -> None:
        """Look at what is on show now, then show what is to be done next."""
        view = self.over
        if view is not None:
            for event, field_id in _seen(view, self._office.window.column.help.area):
                self._happened(event, field_id)
        self.show()

    # -- showing

    def show(self) -> None:
        """Show what is to be done, and where."""
        view = self.over
        if view is None and self.walk is not None and self.walk.step is None:  # through, and left
            self.walk = None
            self._keep()
        if view is None or self.walk is None:
            if self.tools is not None:
                self.tools.strip.hide()
                self.tools.ring.stand_around(None)
            return
        if self.tools is None:
            self.tools = self._made()
        step = self.walk.step
        profile = view.stage.session.profile
        box = step.box(profile) if step is not None else None
        self.tools.strip.say(_told(step, box) if step is not None else None, self.walk.place, len(steps()))
        self.tools.strip.show()
        self.tools.ring.stand_around(*(_where(step, box, view, self._office) if step is not None else (None, None)))

    def _made(self) -> Tools:
        from ..panels.tour_strip import TourStrip
        from ..parts.ring import Ring

        window = self._office.window
        strip = TourStrip()
        strip.skipped.connect(self.skip)
        strip.ended.connect(self.end)
        window.strip.insertWidget(1, strip)
        window.strip_panes.append(strip)
        return Tools(strip, Ring(window))


def _told(step: Step, box: Field | None) -> Message:
    """Return what to do, with the box's number and the keys of the actions it names."""
    args: dict[str, object] = {act.id: _keys(act) for act in actions.TABLE}
    if box is not None:
        args |= {"box": box_number(box), "name": label_of(box)}
    return Message(step.say, args)


def _keys(act: actions.Act) -> object:
    """Return the keys of an action, or where it is found when somebody has taken them away."""
    return actions.shown_keys(act.id) or Message(_BY_SEARCH, {"name": Message(act.label)})


def _seen(view: DeclarationPage, help_area: QWidget) -> list[tuple[str, str]]:
    """Return what can be seen to have happened: each event with the field it concerns."""
    from ..pages.declaration import FORM, TIMELINE

    here, session = QApplication.focusWidget(), view.stage.session
    tab = view.tabs.currentIndex()
    sent = str(view.desk.state) != "draft"
    seen = {
        "help": help_area.hasFocus(),
        "list": isinstance(here, CodeEditor) and here.is_open,
        "form": view.beside or tab == FORM,
        "sent": sent,
        "answer": sent and tab == TIMELINE and any(row.raw for row in view.desk.timeline()),
    }
    found = [(event, "") for event, so in seen.items() if so]
    for step in steps():
        box = step.box(session.profile) if "clean @" in step.done else None
        if box is not None and not session.look(_path(box)).findings:
            found.append(("clean", box.id))
    return found


def _path(box: Field) -> Path:
    from swclient.document.path import SINGLE, Path

    return Path(box.table, SINGLE, box.name)


def _where(step: Step, box: Field | None, view: DeclarationPage, office: Office) -> tuple[QWidget | None, QRect | None]:
    """Return what the ring is drawn around: a widget, and the part of it that is meant."""
    from ..pages.declaration import FORM, TIMELINE

    window = office.window
    plain: dict[str, QWidget] = {
        "search": window.top.search,
        "help": window.column.help,
        "why": window.column.why,
        "check": view.line.buttons["check"],
        "submit": view.line.buttons["submit"],
    }
    if step.point in plain:
        return plain[step.point], None
    if step.point == "timeline" and view.tabs.currentIndex() == TIMELINE:
        return getattr(view.page(TIMELINE), "list", None), None
    if step.point in {"form", "timeline"}:
        return view.tabs, view.tabs.tabRect(FORM if step.point == "form" else TIMELINE)
    shown = getattr(view.stack.currentWidget(), "boxes", {}).get(box.id) if box is not None else None
    return (shown if shown is not None and shown.isVisible() else window.top.search), None
