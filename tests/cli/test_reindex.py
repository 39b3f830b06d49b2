# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`swclient reindex`: the search over all declarations is made anew, and finds again."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.cli import main
from swclient.store.values import Wanted
from swclient.workflow.bootstrap import open_application

if TYPE_CHECKING:
    import pytest


def found() -> list[str]:
    """The declarations a search for the sample's goods names."""
    application = open_application()
    try:
        return [row.id for row in application.store.worklist(Wanted(text="латунные"))]
    finally:
        application.close()


def test_a_search_that_lost_its_words_finds_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("SWCLIENT_HOME", str(home))
    application = open_application()
    declaration_id = application.open_sample()
    application.close()
    assert found() == [declaration_id]
    with sqlite3.connect(home / "declarations.db") as broken:
        broken.execute("INSERT INTO search_index_2 (search_index_2) VALUES ('delete-all')")
    broken.close()
    assert found() == []
    capsys.readouterr()
    assert main(["reindex", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"declarations": 1}
    assert found() == [declaration_id]
