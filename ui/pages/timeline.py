# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the declaration stands, what comes next and by when, what may be done; and everything that happened so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..parts import paint
from ..parts.button import Button
from ..parts.flow import Flow
from ..parts.journey import Journey
from ..parts.pick import Pick
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from .happenings import Happenings

if TYPE_CHECKING:
    from swclient.workflow.desk.desk import Desk
    from swclient.workflow.told.standing import Prospect

# The stations that a declaration passes, with the states that count as having come there.
STATIONS = (
    (N_("Draft"), ("draft",)),
    (N_("Signed"), ("signed", "queued", "sent")),
    (N_("At customs"), ("received", "rejected")),
    (
        N_("Registered"),
        (
            *("registered", "under_control", "documents", "answered", "examination"),
            *("suspended", "amending", "amended", "withdrawing", "withdrawn", "cancelled"),
        ),
    ),
    (N_("Payment"), ("payment_due", "paid", "refused")),
    (N_("Released"), ("released", "secured", "conditional", "amended_after", "archived", "merged")),
)
_WRONG = {"rejected", "refused", "cancelled", "withdrawn"}
VERBS = ("pay", "reply", "correct", "amend", "withdraw")
_SIGN = "sign_off"  # offered where a second person is wanted


def show_journey(journey: Journey, state: str) -> None:
    """Show on the line of stations where a state stands."""
    here = next((n for n, (_name, states) in enumerate(STATIONS) if state in states), 0)
    journey.say([_(name) for name, _states in STATIONS], here, wrong=state in _WRONG)


class TimelinePage(Speaking):
    """State, clock and verbs over the happenings."""

    TITLE = N_("Timeline")
    asked = Signal(str)  # id of an action

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.journey = Journey()
        self.state = words(size=theme.TITLE, bold=True)
        self.next = wrapped()
        self.clock = wrapped(size=theme.CAPTION, muted=True)
        self.lines = wrapped()
        self.buttons = {name: Button() for name in (_SIGN, *VERBS)}
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))
            button.setMinimumWidth(
                4 * theme.XL
            )  # long words give way before the window does; the tooltip has them whole
        self.shown = Pick()
        self.shown.currentIndexChanged.connect(lambda _index: self.refresh())
        self.happenings = Happenings(
            N_("Nothing has happened yet. Once it is submitted, every step and every answer of customs is told here.")
        )
        self.list, self.raw, self.detail = self.happenings.list, self.happenings.raw, self.happenings.detail
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        verbs = Flow()
        for button in self.buttons.values():
            verbs.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addWidget(self.journey)
        for each in (self.state, self.next, self.clock, self.lines):
            whole.addWidget(each)
        whole.addSpacing(theme.XS)
        whole.addLayout(verbs)
        whole.addSpacing(theme.S)
        whole.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.happenings, 1)

    def start(self) -> None:
        """Take the cursor."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    end = start

    def refresh(self, _changed: object = None) -> None:
        """Take up what has happened since."""
        show_journey(self.journey, str(self._desk.state))
        self._say(self._desk.prospect())
        who = self.shown.currentData()
        self.happenings.fill(self._desk.timeline() if who is None else self._desk.changes_of(who))
        self._name_people()

    def _name_people(self) -> None:
        """Offer what can be shown: what happened, all changes, and those of each person where there are several."""
        people = self._desk.changed_by()
        words: list[tuple[str, str | None]] = [(_("What happened"), None), (_("All changes"), "")]
        several = people if len(people) > 1 else ()
        words += [(Message(N_("Changes by {who}"), {"who": name}).text(), name) for name in several]
        if [(self.shown.itemText(n), self.shown.itemData(n)) for n in range(self.shown.count())] == words:
            return
        here = self.shown.currentData()
        with QSignalBlocker(self.shown):
            self.shown.clear()
            for text, name in words:
                self.shown.addItem(text, name)
            widest = max(paint.metrics(theme.BODY).horizontalAdvance(text) for text, _name in words)
            self.shown.setMinimumWidth(widest + theme.XL + 2 * theme.S)
            self.shown.setCurrentIndex(next((n for n, (_text, each) in enumerate(words) if each == here), 0))

    def _say(self, now: Prospect) -> None:
        self.state.setText(now.words.text())
        args = {"what": now.expects or "", "whom": now.whom or ""}
        self.next.setText(Message(N_("Next: {what} (from {whom})."), args).text() if now.expects else "")
        told = now.clock_words()
        self.clock.setText(told.text() if told is not None else "")
        role = QPalette.ColorRole.BrightText if now.overdue else QPalette.ColorRole.PlaceholderText
        self.clock.setForegroundRole(role)
        self.lines.setText("\n".join(now.lines))
        for each in (self.next, self.clock, self.lines):
            each.setVisible(bool(each.text()))
        may = {str(verb): why for verb, why in now.verbs}
        chief = next((name for name in VERBS if name in may and may[name] is None), "")
        wanted = bool(self._desk.second_person())
        for name, button in self.buttons.items():
            button.setVisible((name == _SIGN) == wanted)  # of a draft nothing else can be done here
        for name, button in self.buttons.items():
            why = may.get(name)
            button.setEnabled(why is None)
            button.weight = "main" if name == chief and name in {"pay", "reply", "correct"} else "plain"
            act = actions.BY_ID[name]
            button.say(_(act.label), act.icon, actions.shown_keys(name) if why is None else "")
            button.setToolTip(why.text() if why is not None else f"{_(act.label)}  {actions.shown_keys(name)}")
            button.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up when it comes on show."""
        super().showEvent(event)
        self.refresh()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.list.setAccessibleName(_("Timeline"))
        self.shown.setAccessibleName(_("What the timeline shows"))
        self.happenings.retranslate()
        if self.isVisible():
            self.refresh()
