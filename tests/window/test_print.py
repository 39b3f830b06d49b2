# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing goes on behind the window and writes the form whole."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from swclient.printing import form
from tests.window.hands import CTRL, Hands


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the form goes: what the system's own dialog would have answered."""
    file = tmp_path / "form.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    return file


def test_the_form_is_written_whole(sample: Hands, target: Path) -> None:
    sample.press(Qt.Key.Key_P, CTRL)
    sample.qtbot.waitUntil(lambda: not sample.program.office.long.going, timeout=20_000)
    content = target.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.rstrip().endswith(b"%%EOF")
    assert "form.pdf" in sample.view.line.notice.label.text()


def test_a_printing_that_is_stopped_in_the_middle_leaves_no_file(
    sample: Hands, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    prepared = form.prepared

    def held(*told: Any, **wished: Any) -> Any:
        run = prepared(*told, **wished)

        def watched(tick: Any) -> Any:
            def at_sheet(done: int, whole: int) -> None:
                reached.set()
                assert go_on.wait(30)
                tick(done, whole)

            return run(at_sheet)

        return watched

    monkeypatch.setattr(form, "prepared", held)
    long = sample.program.office.long
    sample.press(Qt.Key.Key_P, CTRL)
    sample.qtbot.waitUntil(reached.is_set, timeout=20_000)
    long.line.stopped.emit()
    go_on.set()
    sample.qtbot.waitUntil(lambda: not long.going, timeout=20_000)
    assert list(target.parent.glob("form*")) == []
    assert "Stopped" in sample.view.line.notice.label.text()
