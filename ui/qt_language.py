# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has Qt's own words (buttons of file dialogs, menus of editors) come from our catalogue.

Qt sends `LanguageChange` to every widget when the translator is put in anew: that is how the window retranslates
itself live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTranslator

from swclient.base import i18n

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication


class QtWords(QTranslator):
    """Answers Qt from gettext."""

    def isEmpty(self) -> bool:
        """Return False: Qt sends no LanguageChange for a translator that says it is empty."""
        return False

    def translate(self, _context: str, source: str, _note: str | None = None, _n: int = -1) -> str:
        """Return our words for Qt's, or Qt's own where we have none (an empty text would be taken for words)."""
        plain = source.replace("&", "")
        if i18n.language() == i18n.PSEUDO and i18n.translate(plain, "ru") == plain:
            return source  # names of keys and the like, which are the same in every language
        words = i18n.translate(plain)
        return source if words == plain else words


class Language:
    """The one switch of the window's language."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._words: QtWords | None = None

    def speak(self, code: str) -> None:
        """Speak a language from now on: core, window and Qt's own words."""
        i18n.set_language(code)
        QLocale.setDefault(QLocale(code))
        if self._words is not None:
            self._app.removeTranslator(self._words)
        parent: QObject = self._app
        self._words = QtWords(parent)
        self._app.installTranslator(self._words)
