# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the command line: a declaration is followed, paid, amended, withdrawn; the page of the handbook is the table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from swclient.cli import main
from swclient.workflow.states import STANDINGS

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = str(ROOT / "resources" / "samples" / "kz-import-40.json")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home in English."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path))
    monkeypatch.setenv("SWCLIENT_LANG", "en")
    return tmp_path


def standing(capsys: pytest.CaptureFixture[str], *which: str) -> list[dict[str, object]]:
    """Return how declarations stand."""
    capsys.readouterr()
    assert main(["status", *which, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("home")
def test_a_declaration_waits_for_its_payer_and_is_amended_and_withdrawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["submit", SAMPLE, "--to", "training", "--wait", "--no-pay"]) == 1
    (now,) = standing(capsys)
    assert (now["state"], now["from"]) == ("payment_due", "you")
    assert {"pay", "amend", "withdraw"} <= set(now["verbs"])  # type: ignore[call-overload]  # a list of words
    name = str(now["number"])
    assert main(["amend", name, "--set", "header.reference=OTHER-1"]) == 0
    assert "OTHER-1" in capsys.readouterr().out
    assert main(["reply", name, "--document", "04021"]) == 2
    assert main(["withdraw", name, "--reason", "Not needed", "--wait"]) == 0
    assert standing(capsys, name)[0]["state"] == "withdrawn"
    assert main(["pay", name]) == 2
    assert main(["status", "nobody"]) == 2
    assert main(["letters"]) == 0


def test_the_page_of_the_handbook_is_the_table_of_states() -> None:
    page = (ROOT / "docs" / "handbook" / "life.md").read_text(encoding="utf-8")
    for standing_of in STANDINGS.values():
        clock = f"`clock_{standing_of.clock}`" if standing_of.clock else "—"
        rows = [line for line in page.splitlines() if line.startswith(f"| {standing_of.name} |")]
        assert len(rows) == 1, standing_of.name
        assert standing_of.expects in rows[0]
        assert clock in rows[0]
