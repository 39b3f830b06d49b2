# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store hangs, or is taken away, under the open window: who types waits for nothing, and is told in place."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt

from swclient.document.path import Path as FieldPath
from tests.window.hands import Hands


def test_a_store_that_is_gone_is_said_over_the_declaration(sample: Hands, home: Path) -> None:
    sample.program.office.application.store.flush()
    (home / "declarations.db").unlink()
    line = sample.view.line
    row = sample.session.rows("item")[0]
    sample.session.type_in(FieldPath("item", row, "description"), "after the loss")
    sample.qtbot.waitUntil(lambda: line.saved.text() == "not saved")
    assert "removed" in line.notice.label.text()
    assert "rescued" in line.notice.label.text()


def test_who_types_waits_for_no_disk(sample: Hands) -> None:
    """The store's thread hangs, as in a flush that does not end; a key that waited for it would hang as long."""
    store = sample.program.office.application.store
    sample.go_to("item.net_mass", 2)
    flushed = threading.Event()
    hanging = store._desk._thread.submit(flushed.wait, 20)
    sample.type("999")
    sample.press(Qt.Key.Key_Tab)
    assert not hanging.done(), "a key waited until the disk was done"
    assert sample.view.line.saved.text() == "saving"
    flushed.set()
    sample.qtbot.waitUntil(lambda: sample.view.line.saved.text().startswith("saved"))
