# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands of a user: they press keys, and look at what is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from ui.app import Program
from ui.forms.box import Box
from ui.main_window import MainWindow
from ui.pages.declaration import DeclarationPage
from ui.pages.page import Page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def type_words(widget: QWidget, words: str) -> None:
    """Type words of any alphabet; Qt's own test keys know Latin only."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, ord(letter.upper()), NONE, letter))


class Hands:
    """One user at one program."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.qtbot = qtbot

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def view(self) -> DeclarationPage:
        view = self.window.view
        assert view is not None, "no declaration is open"
        return view

    @property
    def session(self) -> Session:
        return self.view.stage.session

    @property
    def cursor(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "the cursor is nowhere"
        return widget

    @property
    def box(self) -> Box:
        box = self.cursor.parentWidget()
        assert isinstance(box, Box), f"the cursor is in no box but in {self.cursor}"
        return box

    def page(self) -> Page:
        page = self.view.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        for letter in words:  # the cursor may move: a key on a cell opens an editor
            type_words(self.cursor, letter)
        QApplication.processEvents()

    def go_to(self, field_id: str, item: int | None = None) -> Box:
        self.view.go_to_field(field_id, item)
        QApplication.processEvents()
        return self.box

    def rest(self) -> None:
        """Wait until everything has been followed to its end, lists too."""
        QApplication.processEvents()
        if self.window.view is not None:
            self.qtbot.waitUntil(lambda: self.view.stage.at_rest)
        self.window.column.findings.settle()
        QApplication.processEvents()

    def codes(self) -> list[str]:
        """The codes in the list of findings."""
        self.rest()
        return [finding.code for finding in self.window.column.findings.model.rows]

    def item(self, number: int, field: str) -> Path:
        return Path("item", self.session.rows("item")[number - 1], field)

    @staticmethod
    def header(field: str) -> Path:
        return Path("header", SINGLE, field)
