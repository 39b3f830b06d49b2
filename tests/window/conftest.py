# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program in a home of its own, with quick training offices behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from swclient.base import i18n
from swclient.training import TrainingOptions, start_process
from swclient.workflow.ports import use_offices
from tests.window.hands import Hands
from ui.app import Program
from ui.settings.remember import Memory

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


_HERE = Path(__file__).parent
# The screenless platform says so whenever a window's least size changes; there is no screen to tell it to.
_NO_SCREEN = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints", extend=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail on every warning of Qt but that one."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(_NO_SCREEN)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SWCLIENT_HOME", str(folder))
    return folder


def answered(home: Path) -> None:
    """Have the three questions of the first start answered."""
    home.mkdir(parents=True, exist_ok=True)
    Memory(home).keep(country="KZ")


@contextmanager
def running(qapp: QApplication, qtbot: QtBot) -> Iterator[Program]:
    """Run the program in the home that there is; it is fully there."""
    use_offices(lambda folder: start_process(folder, TrainingOptions(pace=0.01)))
    made = Program(qapp)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: "ready" in made.marks)
    made.office.paint("light")
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Program]:
    """The program, started and fully there, the questions of the first start answered."""
    answered(home)
    with running(qapp, qtbot) as made:
        yield made


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    """Hands on the empty worklist."""
    return Hands(program, qtbot)


@pytest.fixture
def sample(hands: Hands) -> Hands:
    """Hands on the open sample declaration."""
    hands.program.office.open_sample()
    hands.rest()
    return hands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files that others sent."""
    made = tmp_path / "from suppliers"
    made.mkdir()
    return made
