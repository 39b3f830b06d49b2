# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connections to offices: a list, the form of one, and its test step by step. A room, so nothing is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout

from swclient.base.i18n import _

from .. import theme
from ..panels.titleline import Notice
from ..parts.button import Button
from ..parts.frames import scrolled, slim
from ..parts.plain import Title, words, wrapped
from ..parts.speaking import Speaking
from .connection_form import BLANK, Form

if TYPE_CHECKING:
    from swclient.workflow.link_testing import Step

_LIST_WIDE = 230
VERBS = ("save", "test", "use", "remove")


class ConnectionsPage(Speaking):
    """The room. What its buttons do is told by `ui.connection_verbs`."""

    asked = Signal(str)  # one of VERBS, or `back`

    def __init__(self, adapters: dict[str, str], countries: tuple[str, ...]) -> None:
        super().__init__()
        self.name = ""  # of the connection on show; empty for a new one
        self._drafts: dict[str, dict[str, str]] = {}
        self._rows: dict[str, dict[str, str]] = {}
        self._in_use: frozenset[str] = frozenset()
        self._labels: list[QLabel] = []
        self._test = 0
        self.title, self.about, self.notice = Title(), wrapped(muted=True), Notice()
        self.list = QListWidget()
        self.form = Form(adapters, countries)
        self.buttons = {verb: Button(weight="main" if verb == "save" else "plain") for verb in VERBS}
        self.back = Button(weight="quiet")
        self.result_title = words(bold=True)
        self.results = QVBoxLayout()
        self._lay()
        slim(self.list)
        self.list.currentRowChanged.connect(self._chosen)
        self.form.changed.connect(self._typed)
        for verb, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.back.clicked.connect(lambda: self.asked.emit("back"))
        self.retranslate()

    def _lay(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        whole.addLayout(head)
        whole.addWidget(self.about)
        whole.addWidget(self.notice)
        body = QHBoxLayout()
        body.setSpacing(theme.L)
        self.list.setFixedWidth(_LIST_WIDE)
        self.list.setSpacing(theme.XS)
        body.addWidget(self.list)
        body.addWidget(scrolled(self.form), 3)
        side = QVBoxLayout()
        for button in self.buttons.values():
            side.addWidget(button)
        side.addSpacing(theme.M)
        side.addWidget(self.result_title)
        side.addLayout(self.results)
        side.addStretch(1)
        body.addLayout(side, 2)
        whole.addLayout(body, 1)

    # -- what is on show

    def fill(self, rows: dict[str, dict[str, str]], in_use: frozenset[str], chosen: str) -> None:
        """Show these connections, texts by key for each name, and choose one; empty chooses a new one."""
        self._rows, self._in_use = rows, in_use
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.list.clear()
        for name in (*rows, ""):
            item = QListWidgetItem(self._line(name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        names = [*rows, ""]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else len(rows))
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._chosen(self.list.currentRow())

    def _line(self, name: str) -> str:
        if not name:
            return _("New connection")
        return f"{name}\n{_('in use') if name in self._in_use else _('not in use')}"

    def _chosen(self, row: int) -> None:
        self.name = str(self.list.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""
        self.form.put(self._drafts.get(self.name) or self._rows.get(self.name) or BLANK)
        self.clear_results()
        self._offer()

    def _typed(self) -> None:
        """Keep what was typed while another connection is looked at; secrets are not kept."""
        self._drafts[self.name] = self.form.texts() | {"secret": ""}

    def saved(self) -> None:
        """Forget the draft of the connection on show: it is saved."""
        self._drafts.pop(self.name, None)

    def _offer(self) -> None:
        used = self.name in self._in_use
        self.buttons["use"].say(_("Back to TRAINING") if used else _("Put to use"))
        for verb in ("use", "remove"):
            self.buttons[verb].setEnabled(bool(self.name))

    # -- the test

    def clear_results(self) -> None:
        """Take the results of the last test away."""
        self._test += 1
        for label in self._labels:
            label.hide()
            self.results.removeWidget(label)
            label.deleteLater()
        self._labels.clear()
        self.result_title.setText("")

    def begin_test(self) -> int:
        """Show that a test is under way; return its number."""
        self.clear_results()
        self.result_title.setText(_("Testing ..."))
        self.buttons["test"].setEnabled(False)
        return self._test

    def add_step(self, test: int, step: Step) -> None:
        """Show a step of a test, and what to do where it failed; nothing where another connection is looked at."""
        if test != self._test:
            return
        sign = "✓" if step.good else "✗"
        told = [f"{sign} {_(step.name)}: {step.words.text()}"]
        told += [step.advice.text()] if step.advice is not None else []
        for number, text in enumerate(told):
            label = wrapped(text)
            if not step.good and not number:
                label.setForegroundRole(QPalette.ColorRole.BrightText)
            label.setAccessibleName(text)
            self.results.addWidget(label)
            self._labels.append(label)

    def end_test(self, test: int, *, good: bool) -> None:
        """Show that a test is over."""
        self.buttons["test"].setEnabled(True)
        if test == self._test:
            self.result_title.setText(_("The connection works.") if good else _("The test ended here."))

    def start(self) -> None:
        """Bring the cursor into the form."""
        self.form.entries["name"].setFocus()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.title.setText(_("Connections to offices"))
        self.about.setText(
            _(
                "Without a connection of your own in use, declarations go to the TRAINING offices of this machine. An"
                " office that you set up here is not confirmed by this program: whether it is an authority, only you"
                " can know."
            )
        )
        self.list.setAccessibleName(_("Connections to offices"))
        self.back.say(_("Back to the worklist"))
        self.buttons["save"].say(_("Save the connection"))
        self.buttons["test"].say(_("Test connection"))
        self.buttons["remove"].say(_("Remove the connection"))
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(self._line(str(item.data(Qt.ItemDataRole.UserRole))))
        self._offer()
