# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of one connection: each value with its name above and what it is for below."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _

from .. import theme
from ..parts.button import Button
from ..parts.entry import Entry
from ..parts.pick import Pick
from ..parts.plain import words
from ..parts.speaking import Speaking

MEGABYTE = 1 << 20


class Told(NamedTuple):
    """A row of the form: key, name, what it is for."""

    key: str
    name: str
    about: str


ROWS = (
    Told("name", N_("Name"), N_("What you call it.")),
    Told(
        "adapter",
        N_("Speaks"),
        N_("Which messages the office takes. A declaration is written in them when it is signed."),
    ),
    Told("country", N_("Country"), N_("For declarations of one country, or of all.")),
    Told(
        "address",
        N_("Address"),
        N_("https:// and the host, with its port if you were told one; of a watched folder its whole path."),
    ),
    Told(
        "ca_file",
        N_("Certificates"),
        N_("The office's own certificate authority (PEM), if it gave you a file. Blank: the public ones."),
    ),
    Told(
        "client_id",
        N_("Client name"),
        N_("Who we are to the office, for the token (OAuth 2). Blank where nobody asks."),
    ),
    Told(
        "secret",
        N_("Client secret"),
        N_("Goes to the key store of this computer, into no file. Blank: it is asked for each time."),
    ),
    Told("scopes", N_("Scopes"), N_("What the token is to be good for; mostly blank.")),
    Told("path", N_("Path of the service"), N_("Blank: /customs or /tax.")),
    Told("token_path", N_("Path of tokens"), N_("Blank: /oauth/token.")),
    Told("deadline", N_("Deadline, seconds"), N_("A whole call may take so long, 1 to 600.")),
    Told("byte_cap", N_("Longest answer, megabytes"), N_("No more of an answer is read, 1 to 64.")),
    Told(
        "key_days", N_("Keys remembered, days"), N_("For how long the office knows what it took already; 0 for ever.")
    ),
    Told(
        "listen",
        N_("Listens at"),
        N_("Where the office may push its answers to, as 127.0.0.1:8443. Blank: they are pulled only."),
    ),
    Told(
        "listen_cert",
        N_("Own certificate"),
        N_("For others than this computer to push to us (PEM). Blank: 127.0.0.1 only, in the clear."),
    ),
    Told("listen_key", N_("Its key"), N_("Without a password. Blank: it is in the same file.")),
    Told(
        "callback",
        N_("The office reaches us at"),
        N_("https:// and so on, with the path /notifications. Blank: where we listen."),
    ),
)
FILES = {
    "ca_file": N_("Certificates of the office"),
    "listen_cert": N_("Own certificate"),
    "listen_key": N_("Its key"),
}
PUSHED = ("listen", "listen_cert", "listen_key", "callback")
"""Rows for offices that push."""

PUSHING = "wco"
BLANK = {"deadline": "20", "byte_cap": "8", "key_days": "0", "adapter": "wco"}


class Form(Speaking):
    """All rows; gives and takes their texts by key."""

    changed = Signal()

    def __init__(self, adapters: dict[str, str], countries: tuple[str, ...]) -> None:
        super().__init__()
        self._adapters, self._countries = adapters, countries
        self.entries: dict[str, Entry] = {}
        self.choices = {"adapter": Pick(), "country": Pick()}
        self.choosers = {key: Button() for key in FILES}
        for key, button in self.choosers.items():
            button.clicked.connect(lambda _checked=False, key=key: self._choose_file(key))
        self._names = {row.key: words(size=theme.CAPTION, bold=True) for row in ROWS}
        self._abouts = {row.key: words(size=theme.CAPTION, muted=True) for row in ROWS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.M, theme.M)
        column.setSpacing(2)
        self._pushed = QWidget()
        pushed = QVBoxLayout(self._pushed)
        pushed.setContentsMargins(0, 0, 0, 0)
        pushed.setSpacing(2)
        for row in ROWS:
            self._add(row.key, pushed if row.key in PUSHED else column)
        column.addWidget(self._pushed)
        self.retranslate()

    def _add(self, key: str, column: QVBoxLayout) -> None:
        self._abouts[key].setWordWrap(True)
        column.addWidget(self._names[key])
        column.addWidget(self._editor(key))
        column.addWidget(self._abouts[key])
        column.addSpacing(theme.S)

    def _show_fitting(self) -> None:
        """Show the rows about pushing only where what is spoken knows it."""
        self._pushed.setVisible(self.choices["adapter"].currentData() == PUSHING)

    def _editor(self, key: str) -> QWidget:
        if key in self.choices:
            box = self.choices[key]
            box.activated.connect(lambda _index: self.changed.emit())
            box.currentIndexChanged.connect(lambda _index: self._show_fitting())
            return box
        entry = self.entries[key] = Entry(secret=key == "secret")
        entry.typed.connect(lambda _text: self.changed.emit())
        if key not in FILES:
            return entry
        both = QWidget()
        room = QHBoxLayout(both)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(entry, 1)
        room.addWidget(self.choosers[key])
        return both

    def _choose_file(self, key: str) -> None:
        kinds = _("Certificates") + " (*.pem *.crt *.cer *.key)"
        name, _kind = QFileDialog.getOpenFileName(self, _(FILES[key]), "", kinds)
        if name:
            self.entries[key].setText(str(Path(name)))
            self.changed.emit()

    def texts(self) -> dict[str, str]:
        """Return what stands in the rows."""
        found = {key: entry.text().strip() for key, entry in self.entries.items()}
        return found | {key: str(box.currentData() or "") for key, box in self.choices.items()}

    def put(self, texts: dict[str, str]) -> None:
        """Show these texts."""
        for key, entry in self.entries.items():
            entry.setText(texts.get(key, ""))
        for key, box in self.choices.items():
            box.setCurrentIndex(max(box.findData(texts.get(key, "")), 0))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        for row in ROWS:
            self._names[row.key].setText(_(row.name))
            self._abouts[row.key].setText(_(row.about))
            editor: QWidget = self.entries[row.key] if row.key in self.entries else self.choices[row.key]
            editor.setAccessibleName(_(row.name))
            editor.setAccessibleDescription(_(row.about))
        for button in self.choosers.values():
            button.say(_("Choose a file"))
        offers = {
            "adapter": [(_(name), key) for key, name in self._adapters.items()],
            "country": [(_("all countries"), ""), *((code, code) for code in self._countries)],
        }
        for key, box in self.choices.items():
            kept = box.currentData()
            box.clear()
            for name, data in offers[key]:
                box.addItem(name, data)
            box.setCurrentIndex(max(box.findData(kept), 0))
