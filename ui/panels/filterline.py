# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line over the worklist in which it is said what to look for: words at once, the rest when it is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.loader import profile_codes
from swclient.workflow.states import STANDINGS

from .. import theme
from ..parts.button import Button
from ..parts.density import fix_rows
from ..parts.entry import Entry
from ..parts.pick import Pick
from ..parts.plain import words
from ..parts.speaking import Speaking
from ..settings.views import DAYS, Looked, day_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_LINES = {
    "text": N_("Words: number, goods, firm, vehicle, document …"),
    "party": N_("Declarant or consignee"),
    "reference": N_("Own reference"),
    "since": N_("Changed from"),
    "until": N_("Changed until"),
}
_BOXES = {"profile": N_("Every country"), "state": N_("Every state")}
_NAMES = {"text": N_("Search the worklist"), "profile": N_("Country"), "state": N_("State")}
_NOT_A_DAY = N_("“{text}” is no day yet; write it as 05.11.2026. Until then it filters nothing.")
_SECOND = ("profile", "state", "since", "until", "party", "reference")


class _Words(Entry):
    """A line whose Enter, Down and Escape belong to the list under it."""

    leave = Signal()
    clear_all = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear_all.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.leave.emit()
        else:
            super().keyPressEvent(event)


class FilterLine(Speaking):
    """What is looked for; tells at every key."""

    changed = Signal()
    left = Signal()  # the cursor wants to go to the list
    asked = Signal(str)  # id of an action

    def __init__(self) -> None:
        super().__init__()
        self.lines = {name: _Words() for name in _LINES}
        self.boxes = {name: Pick() for name in _BOXES}
        for code in ("", *profile_codes()):
            self.boxes["profile"].addItem(code, code)
        for state in ("", *STANDINGS):
            self.boxes["state"].addItem("", str(state))
        self.buttons = {name: Button(weight="quiet") for name in ("everywhere", "more", "save_view", "clear")}
        for name in ("everywhere", "more"):
            self.buttons[name].setCheckable(True)
        self.trouble = words(size=theme.CAPTION)
        self.trouble.hide()
        self._lay_out()
        self._join()
        self.retranslate()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.lines["text"], 1)
        for button in self.buttons.values():
            first.addWidget(button)
        self.second = QWidget()
        self.second.setLayout(second)
        for name in _SECOND:
            each: QWidget = self.boxes[name] if name in self.boxes else self.lines[name]
            fix_rows(each)
            second.addWidget(each, 3 if name in DAYS else 4)
        for box in self.boxes.values():
            box.setMinimumContentsLength(7)
            box.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.second.hide()
        whole = QVBoxLayout(self)
        for layout in (first, second, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.S)
        whole.addLayout(first)
        whole.addWidget(self.second)
        whole.addWidget(self.trouble)

    def _join(self) -> None:
        for line in self.lines.values():
            line.typed.connect(self._tell)
            line.leave.connect(self.left)
            line.clear_all.connect(self.clear)
        for box in self.boxes.values():
            box.activated.connect(self._tell)
        self.buttons["everywhere"].toggled.connect(self._tell)
        self.buttons["more"].toggled.connect(self.second.setVisible)
        for name in ("everywhere", "more"):
            self.buttons[name].toggled.connect(self._say_pressed)
        self.buttons["clear"].clicked.connect(self.clear)
        self.buttons["save_view"].clicked.connect(lambda: self.asked.emit("save_view"))

    def _tell(self, *_what: object) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        wrong = [self.lines[name].text() for name in DAYS if self.lines[name].text() and not self._day(name)]
        self.trouble.setText(Message(_NOT_A_DAY, {"text": wrong[0]}).text() if wrong else "")
        self.trouble.setVisible(bool(wrong))
        for name in ("clear", "save_view"):
            self.buttons[name].setVisible(bool(self.looked))

    def _day(self, name: str) -> str:
        day = day_of(self.lines[name].text())
        return day.isoformat() if day is not None else ""

    @property
    def looked(self) -> Looked:
        """What is looked for."""
        told = {name: line.text().strip() for name, line in self.lines.items() if name not in DAYS}
        told |= {name: self._day(name) for name in DAYS}
        told |= {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        return Looked(everywhere=self.buttons["everywhere"].isChecked(), **told)

    def show_looked(self, looked: Looked) -> None:
        """Show what is looked for, unfolded where the second line says some of it. Tells nobody."""
        for name, line in self.lines.items():
            line.setText(getattr(looked, name))
        for name, box in self.boxes.items():
            box.setCurrentIndex(max(box.findData(getattr(looked, name)), 0))
        self.buttons["everywhere"].blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.buttons["everywhere"].setChecked(looked.everywhere)
        self.buttons["everywhere"].blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._say_pressed()
        if any(getattr(looked, name) for name in _SECOND):
            self.buttons["more"].setChecked(True)
        self._judge()

    def clear(self) -> None:
        """Look for everything again, and give the cursor to the list."""
        self.show_looked(Looked())
        self.buttons["more"].setChecked(False)
        self.changed.emit()
        self.left.emit()

    def start(self) -> None:
        """Take the cursor."""
        self.lines["text"].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.lines["text"].selectAll()

    def _say_pressed(self, *_what: object) -> None:
        """Show by a sign, not by the ground alone, what is switched on."""
        everywhere, more = self.buttons["everywhere"], self.buttons["more"]
        everywhere.say(_("All folders"), "check-square" if everywhere.isChecked() else "square")
        more.say(_("More filters"), "caret-up" if more.isChecked() else "caret-down")

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        for name, line in self.lines.items():
            line.setPlaceholderText(_(_LINES[name]))
            line.setToolTip(_(_LINES[name]))
            line.setAccessibleName(_(_NAMES.get(name, _LINES[name])))
        for name, box in self.boxes.items():
            box.setItemText(0, _(_BOXES[name]))
            box.setAccessibleName(_(_NAMES[name]))
        for place, standing in enumerate(STANDINGS.values(), 1):
            self.boxes["state"].setItemText(place, _(standing.name))
        self._say_pressed()
        self.buttons["save_view"].say(_("Save as a view"))
        self.buttons["clear"].say(_("Show all"))
        self._judge()
