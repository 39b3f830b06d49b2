# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store is taken away under the open window: it says so at once, in place, and goes on being a window."""

from __future__ import annotations

from pathlib import Path

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
