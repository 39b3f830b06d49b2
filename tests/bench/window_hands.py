# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands at the real window, and the same at bare widgets: told how long each event took until it was painted.

python -m tests.bench.window_hands type|scroll|turn TIMES
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QMainWindow, QTableWidget, QTableWidgetItem, QWidget

from swclient.document.path import Path
from ui.app import Program

_GOODS, _MIDDLE, _PAUSE = 3, 500, 0.004
_LONGEST = 120


class Painted(QObject):
    """Notes that a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.since = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Look, and let everything pass."""
        self.since = self.since or event.type() == QEvent.Type.Paint
        return False


def until_painted(widget: QWidget, act: Callable[[], object]) -> float:
    """Do something and return the milliseconds until a widget was painted after it."""
    seen = Painted(widget)
    begun = time.perf_counter()
    act()
    while not seen.since:
        QApplication.processEvents()
        if time.perf_counter() - begun > _LONGEST:
            raise TimeoutError("nothing was painted")
    took = (time.perf_counter() - begun) * 1e3
    widget.removeEventFilter(seen)
    seen.deleteLater()
    return took


def until(so: Callable[[], bool]) -> None:
    """Let the program run until something is so."""
    begun = time.monotonic()
    while not so():
        QApplication.processEvents()
        if time.monotonic() - begun > _LONGEST:
            raise TimeoutError("the window did not come to rest")


def key(widget: QWidget, code: Qt.Key, text: str = "") -> None:
    """Press and release a key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


def digits(times: int) -> list[tuple[Qt.Key, str]]:
    """Return keys of a mass that grows and shrinks again: three digits in, three out."""
    grow = [(Qt.Key.Key_1, "1"), (Qt.Key.Key_7, "7"), (Qt.Key.Key_4, "4")]
    back = [(Qt.Key.Key_Backspace, "\b")] * 3
    return ((grow + back) * (times // 6 + 1))[: times // 6 * 6 + 3]


class Ours:
    """The program with the large declaration open on its goods."""

    def __init__(self) -> None:
        self.program: Program = Program(QApplication([]))
        self.program.window.resize(1366, 768)
        self.program.window.show()
        until(lambda: "ready" in self.program.marks)
        self.view: Any = self.program.window.view
        self.view.show_page(_GOODS)
        self.page = self.view.stack.currentWidget()
        self.session = self.view.stage.session
        self.wrong: list[str] = []
        self.rest()

    def rest(self) -> None:
        """Follow everything to its end."""
        until(lambda: self.view.stage.at_rest and not self.session.pending)
        for _turn in range(5):
            QApplication.processEvents()

    def type(self, times: int) -> tuple[list[float], dict[str, list[float]]]:
        """Type into the net mass of an item in the middle; each key also until everything that it reached was told."""
        row = self.session.rows("item")[_MIDDLE]
        path = Path("item", row, "net_mass")
        self.view.jump(path)
        self.rest()
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.end(False)
        before, text = self.session.look(path).text, editor.text()
        shown, reached = list[float](), list[float]()
        for code, letter in digits(times):
            begun = time.perf_counter()
            shown.append(until_painted(editor, lambda code=code, letter=letter: key(editor, code, letter)))  # type: ignore[misc]  # bound now
            until(lambda: self.view.stage.at_rest)
            QApplication.processEvents()
            reached.append((time.perf_counter() - begun) * 1e3)
            time.sleep(_PAUSE)
        self.rest()
        self.expect(editor.text() == text + "174", f"the box shows {editor.text()}")
        self.expect(self.session.look(path).text != before, "control: the value is as before")
        self.expect(self.session.value(path) is not None, "the value was not taken")
        return shown, {"everything it reached": reached}

    def scroll(self, times: int) -> tuple[list[float], dict[str, list[float]]]:
        """Scroll the table by a row, and by a page."""
        grid = self.page.list
        bar, room = grid.verticalScrollBar(), grid.viewport()
        bar.setValue(bar.maximum() // 2)
        self.rest()
        by_row = [until_painted(room, lambda: bar.setValue(bar.value() + 1)) for _time in range(times)]
        bar.setValue(0)
        by_page = [
            until_painted(room, lambda: bar.setValue(bar.value() + bar.pageStep())) for _time in range(times // 2)
        ]
        self.rest()
        self._compare(grid)
        return by_row + by_page, {"by a page": by_page}

    def _compare(self, grid: Any) -> None:
        """What the table shows must be what the session says, of the line at the top."""
        index = grid.indexAt(grid.viewport().rect().topLeft())
        row = self.session.rows("item")[index.row()]
        code = self.session.look(Path("item", row, "code")).text
        texts = {str(index.siblingAtColumn(n).data() or "") for n in range(grid.model().columnCount())}
        self.expect(any(code in text for text in texts), f"{code} is not in {sorted(texts)[:4]}")

    def turn(self, times: int) -> tuple[list[float], dict[str, list[float]]]:
        """Turn to the next item, until its form was painted."""
        goods = self.page
        goods.start()
        self.rest()
        took = []
        for _time in range(times):
            took.append(until_painted(goods.sheet, lambda: self.view.turn_item(1)))
            self.rest()
            row = self.session.rows("item")[self.session.rows("item").index(self.view.stage.item)]
            shown = {line.text() for line in goods.findChildren(QLineEdit) if line.isVisible()}
            look = self.session.look(Path("item", row, "net_mass"))
            self.expect(bool({look.text, look.shown} & shown), "another item's mass is shown")
        self.expect(self.view.stage.item == self.session.rows("item")[times], "turned to another item than wanted")
        return took, {}

    def expect(self, holds: bool, words: str) -> None:
        """Note what is not so."""
        if not holds:
            self.wrong.append(words)


class Bare:
    """Widgets of Qt's own with the same texts."""

    def __init__(self, ours: Ours) -> None:
        self.window = QMainWindow()
        self.window.resize(1366, 768)
        self.ours = ours

    def type(self, times: int) -> list[float]:
        """Type into a bare line."""
        line = QLineEdit()
        self.window.setCentralWidget(line)
        self.window.show()
        return [until_painted(line, lambda c=code, t=letter: key(line, c, t)) for code, letter in digits(times)]  # type: ignore[misc]  # bound now

    def scroll(self, times: int) -> list[float]:
        """Scroll a table widget."""
        model = self.ours.page.list.model()
        table = QTableWidget(model.rowCount(), model.columnCount())
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                table.setItem(row, column, QTableWidgetItem(str(model.index(row, column).data() or "")))
        self.window.setCentralWidget(table)
        self.window.show()
        bar = table.verticalScrollBar()
        return [until_painted(table.viewport(), lambda: bar.setValue(bar.value() + 1)) for _time in range(times)]

    def turn(self, times: int) -> list[float]:
        """Give as many lines as the form has other texts."""
        sheet = QWidget()
        room = QGridLayout(sheet)
        shown = [each for each in self.ours.page.findChildren(QLineEdit) if each.isVisible()]
        lines = [QLineEdit(each.text()) for each in shown]
        for number, line in enumerate(lines):
            room.addWidget(line, number // 6, number % 6)
        self.window.setCentralWidget(sheet)
        self.window.show()

        def other(number: int) -> None:
            for line in lines:
                line.setText(str(number))

        return [until_painted(lines[-1], lambda number=number: other(number)) for number in range(times)]  # type: ignore[misc]  # bound now


def main(words: list[str]) -> int:
    """Do one thing so many times and tell."""
    what, times = words[0], int(words[1])
    ours = Ours()
    took, also = getattr(ours, what)(times)
    bare = getattr(Bare(ours), what)(times)
    ours.program.window.close()
    print(json.dumps({"ours": took, "bare": bare, "also": also, "wrong": ours.wrong}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
