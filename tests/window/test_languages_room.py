# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of every language have their room: in a large and a small window, at 100, 150 and 200 %.

Verbs, tabs, titles, folders, states and sums are never cut. What may be elided on its line is whole in its tooltip and
for screen readers: labels of boxes, names behind codes, cells of tables and lists.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTabBar, QWidget

from swclient.base import i18n
from tests.window.hands import Hands
from tests.window.reading import named, painting
from tests.window.rounds import live_in, pages, panels, rooms

LANGUAGES = (*i18n.available(), i18n.PSEUDO)
LONG = ("kk", "mn", i18n.PSEUDO)
SIZES = ((1366, 768), (1024, 700))
PAPER = "Form/QScrollArea"  # pictures of the printed form, which are fitted in when they come
SCALE = "SWCLIENT_TEST_SCALE"
MAY_BE_ELIDED = {
    "Section/Box", "Box/CodeEditor", "Box/ChoiceEditor", "Grid/Heading", "Charges/_Heading", "CellPainter", "_Painter",
    "MainWindow/Results", "Form/Pick",
}  # fmt: skip


def cut(hands: Hands) -> Iterator[str]:
    """Words on show that have no room and should have it."""
    window = hands.window
    with painting() as drawn:
        window.grab()
    for each in drawn:
        if each.need > each.room > 0 and each.who not in MAY_BE_ELIDED:
            yield f"{each.who}: {each.words!r} needs {each.need}, has {each.room}"
    for kind, told in ((QLabel, _of_label), (QTabBar, _of_tabs), (QScrollArea, _of_sheet)):
        shown = [each for each in window.findChildren(kind) if each.isVisibleTo(window)]
        yield from (f"{named(each)}: {why}" for each in shown if (why := told(each)))
    yield from (f"{named(each)} stands beyond the window" for each in _beyond(window))


def _of_label(label: QLabel) -> str:
    short = bool(label.text()) and _short(label)
    return f"{label.text()!r} stands in {label.width()} x {label.height()}" if short else ""


def _of_tabs(bar: QTabBar) -> str:
    wide = sum(bar.tabRect(index).width() for index in range(bar.count()) if bar.isTabVisible(index))
    return f"tabs need {wide}, have {bar.width()}" if wide > bar.width() else ""


def _of_sheet(area: QScrollArea) -> str:
    """What cannot be scrolled sideways must not be wider than its room."""
    sheet, room = area.widget(), area.viewport().width()
    fixed = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    worded = named(area) != PAPER
    return f"its sheet needs {sheet.width()}, has {room}" if fixed and worded and sheet and sheet.width() > room else ""


def _short(label: QLabel) -> bool:
    if type(label) is not QLabel:  # those that paint themselves are read as they paint
        return False
    if label.wordWrap():
        return label.height() + 1 < label.heightForWidth(label.width())
    return label.width() + 1 < label.sizeHint().width()


def _beyond(window: QWidget) -> list[QWidget]:
    """Parts of the bars that the window is too small for."""
    parts = [each for bar in (window.top, window.rail) for each in bar.findChildren(QWidget) if each.isVisible()]  # type: ignore[attr-defined]  # it is the main window
    return [each for each in parts if each.mapTo(window, each.rect().bottomRight()).x() >= window.width()]


def _cut_at_rest(hands: Hands) -> list[str]:
    """What is cut once the window is at rest; what came in while it was looked at is given a second look."""
    here: list[str] = []
    for _look in range(2):
        hands.rest()
        for _turn in range(3):  # a layout may need another after it
            QApplication.processEvents()
        if not (here := list(cut(hands))):
            break
    return here


def walk(hands: Hands, folder: Path, languages: tuple[str, ...], sizes: tuple[tuple[int, int], ...]) -> dict[str, str]:
    """Come to every place in every language and size; give what is cut, and where it was seen first."""
    found: dict[str, str] = {}
    seen = 0
    live_in(hands, folder)
    for where in chain.from_iterable(sitting(hands) for sitting in (pages, panels, rooms)):
        for size, language in product(sizes, languages):
            hands.window.resize(*size)
            hands.program.office.speak(language)
            seen += 1
            found = dict.fromkeys(_cut_at_rest(hands), f"{where}, {language}, {size[0]}") | found
    assert seen > 20 * len(languages) * len(sizes), "the round saw next to nothing"
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut(hands: Hands, tmp_path: Path, language: str) -> None:
    assert walk(hands, tmp_path, (language,), SIZES if language in LONG else SIZES[1:]) == {}


@pytest.mark.skipif(SCALE not in os.environ, reason="is run by the test below, in a process of its own scale")
def test_no_word_is_cut_at_this_scale(hands: Hands, tmp_path: Path) -> None:
    assert hands.window.devicePixelRatioF() == float(os.environ[SCALE])
    assert walk(hands, tmp_path, LONG, SIZES[1:]) == {}


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_no_word_is_cut_on_a_fine_screen(scale: str) -> None:
    order = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "at_this_scale"]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, SCALE: scale}
    done = subprocess.run(order, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 passed" in done.stdout
