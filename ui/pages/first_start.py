# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the first start: language, country and role, one below the other, answered by keys in seconds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _, available, language
from swclient.workflow.registers.beginning import countries, roles

from .. import keys, theme
from ..parts.button import Button
from ..parts.frames import scrolled
from ..parts.option import Options
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDEST = 960
_ASKED = {
    "language": N_("In which language?"),
    "country": N_("In which country do you declare?"),
    "role": N_("What do you do?"),
}


class Answers(NamedTuple):
    """What was answered."""

    language: str
    country: str
    role: str


class FirstStartPage(Speaking):
    """Three questions and what follows from them."""

    language_wanted = Signal(str)
    answered = Signal(object, bool)  # the answers, and whether to begin with the sample

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = names
        self._country_chosen = False
        self.title = words(size=theme.BIG, bold=True)
        self.lead = wrapped(muted=True)
        tongues = [code for code in names if code in available()]
        self.asks = {
            "language": Options(tongues),
            "country": Options([each.code for each in countries()]),
            "role": Options(list(roles()), wide=True),
        }
        self.labels = {name: words(size=theme.TITLE, bold=True) for name in self.asks}
        self.begin, self.leave = Button(weight="main"), Button(weight="quiet")
        self.note = wrapped(muted=True, size=theme.CAPTION)
        self._lay_out()
        self._join()
        self.propose(Answers("", "", ""))
        self.retranslate()

    def propose(self, answers: Answers) -> None:
        """Choose what was answered before; what is likely where nothing was."""
        self._country_chosen = bool(answers.country)
        first = {"language": language(), "country": answers.country or self._usual(), "role": answers.role}
        for name, ask in self.asks.items():
            ask.choose(first[name] if first[name] in ask.options else next(iter(ask.options)))

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(self.title)
        column.addWidget(self.lead)
        for name, ask in self.asks.items():
            column.addSpacing(theme.S)
            column.addWidget(self.labels[name])
            column.addWidget(ask)
        column.addSpacing(theme.M)
        verbs = QHBoxLayout()
        verbs.setSpacing(theme.S)
        verbs.addWidget(self.begin)
        verbs.addWidget(self.leave)
        verbs.addStretch(1)
        column.addLayout(verbs)
        column.addWidget(self.note)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(sheet))

    def _join(self) -> None:
        places = [*self.asks.values()]
        for here, after in pairwise(places):
            here.gone_on.connect(after.start)
        places[-1].gone_on.connect(lambda: self.begin.setFocus(Qt.FocusReason.TabFocusReason))
        self.asks["language"].chosen.connect(self._speak)
        self.asks["country"].chosen.connect(lambda _code: setattr(self, "_country_chosen", True))
        self.begin.clicked.connect(lambda: self.answered.emit(self.answers, True))  # noqa: FBT003 - a Qt signal
        self.leave.clicked.connect(lambda: self.answered.emit(self.answers, False))  # noqa: FBT003 - a Qt signal
        for button in (self.begin, self.leave):
            button.installEventFilter(self)

    @property
    def answers(self) -> Answers:
        """What is chosen now."""
        return Answers(*(self.asks[name].answer for name in ("language", "country", "role")))

    def start(self) -> None:
        """Take the cursor: to the first question."""
        self.asks["language"].start()

    end = start

    def _speak(self, code: str) -> None:
        """Speak the chosen language; a country of that language is likely, until one is chosen."""
        if not self._country_chosen:
            home = next((each.code for each in countries() if each.language == code), "")
            self.asks["country"].choose(home or self.asks["country"].answer)
        self.language_wanted.emit(code)

    def _usual(self) -> str:
        from swclient.catalogue.loader import default_profile

        return next((each.code for each in countries() if each.language == language()), default_profile())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have Enter press a button."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and keys.is_enter(event)
        if pressed and isinstance(watched, Button):
            watched.click()
            return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.title.setText(_("Three questions, and you can begin"))
        self.lead.setText(_("Arrows choose, Enter goes on. Every answer can be changed later."))
        for name, label in self.labels.items():
            label.setText(_(_ASKED[name]))
            self.asks[name].setAccessibleName(_(_ASKED[name]))
        if language() in self.asks["language"].options:  # chosen in the menu, perhaps
            self.asks["language"].choose(language())
        for code, option in self.asks["language"].options.items():
            option.say(self._names[code])
        for country in countries():
            here = country.called(language())
            self.asks["country"].options[country.code].say(country.own, here if here != country.own else "")
        for role in roles().values():
            self.asks["role"].options[role.id].say(_(role.label), _(role.story))
        self.begin.say(_("Begin with a sample"), "", "Enter")
        self.leave.say(_("Begin without it"))
        self.note.setText(_("The sample is a whole import of made-up goods there. Nothing is filed anywhere."))
        for ask in self.asks.values():
            ask.place()
