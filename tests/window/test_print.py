# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing goes on behind the window and writes the form whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

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
