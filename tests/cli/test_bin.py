# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the bin, as other programs rely on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from swclient.cli import main
from swclient.workflow.bootstrap import open_application

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def draft(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The id of a draft in a store of its own."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    application = open_application()
    try:
        return application.open_sample()
    finally:
        application.close()


def listed(capsys: Capture) -> list[dict[str, str]]:
    capsys.readouterr()
    assert main(["bin", "list", "--json"]) == 0
    found: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return found


def test_put_list_back(draft: str, capsys: Capture) -> None:
    assert listed(capsys) == []
    assert main(["bin", "put", draft]) == 0
    (row,) = listed(capsys)
    assert (row["id"], row["profile"], row["state"]) == (draft, "KZ", "draft")
    assert row["deleted_on"] > row["removed_at"][:10]
    assert main(["bin", "list"]) == 0
    assert "deleted for ever on" in capsys.readouterr().out
    assert main(["bin", "back", draft, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": draft, "in_bin": False}
    assert listed(capsys) == []


def test_only_what_is_there_is_deleted(draft: str, capsys: Capture) -> None:
    assert main(["bin", "purge", draft]) != 0
    assert "not in the bin" in capsys.readouterr().err
    assert main(["bin", "put", draft]) == 0
    assert main(["bin", "purge", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"n": 0}
    assert main(["bin", "purge", draft, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"n": 1}
    assert listed(capsys) == []
    assert main(["bin", "back", draft]) != 0
    assert "no declaration" in capsys.readouterr().err
