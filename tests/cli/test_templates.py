# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for templates, as other programs rely on them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from swclient.cli import main
from swclient.workflow.intake.converting import sample_file

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def saved(capsys: Capture) -> None:
    """The sample is a template."""
    assert main(["template", "save", "Valves", str(sample_file())]) == 0
    assert "“Valves” saved" in capsys.readouterr().out


def rows(capsys: Capture, *more: str) -> list[str]:
    assert main(["template", "list", "--json", *more]) == 0
    return [row["name"] for row in json.loads(capsys.readouterr().out)]


@pytest.mark.usefixtures("saved")
def test_a_template_is_listed_a_line_each_name_first(capsys: Capture) -> None:
    assert main(["template", "list"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Valves  KZ  ")
    assert rows(capsys) == ["Valves"]


@pytest.mark.usefixtures("saved")
def test_a_new_declaration_of_it_is_of_today_and_can_be_worked_with(capsys: Capture) -> None:
    assert main(["template", "new", "valves", "-o", "new.json"]) == 0
    body = json.loads(Path("new.json").read_text(encoding="utf-8"))
    assert body["header"]["date"] == datetime.now().astimezone().date().isoformat()
    assert "reference" not in body["header"]
    assert len(body["item"]) == 12
    capsys.readouterr()
    assert main(["check", "new.json", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert any(each["paths"] == ["document[1].number"] for each in told["findings"])


@pytest.mark.usefixtures("saved")
def test_one_of_the_same_name_is_set_aside(capsys: Capture) -> None:
    assert main(["template", "save", "VALVES", str(sample_file())]) == 0
    assert "former" in capsys.readouterr().out
    assert rows(capsys) == ["VALVES"]
    assert rows(capsys, "--removed") == ["Valves"]


@pytest.mark.usefixtures("saved")
def test_renamed_removed_and_brought_back(capsys: Capture) -> None:
    assert main(["template", "rename", "Valves", "Taps"]) == 0
    assert main(["template", "remove", "taps"]) == 0
    capsys.readouterr()
    assert rows(capsys) == []
    assert main(["template", "restore", "Taps"]) == 0
    assert rows(capsys) == ["Taps"]


def test_an_unknown_template_is_two_and_named(capsys: Capture) -> None:
    for words in (["new", "Nope", "-o", "x.json"], ["remove", "Nope"], ["rename", "Nope", "B"], ["restore", "Nope"]):
        assert main(["template", *words]) == 2
        assert "“Nope”" in capsys.readouterr().err
    assert not Path("x.json").exists()


def test_a_file_that_cannot_be_read_becomes_no_template(capsys: Capture) -> None:
    Path("bad.json").write_text("{", encoding="utf-8")
    assert main(["template", "save", "Bad", "bad.json"]) == 2
    capsys.readouterr()
    assert rows(capsys) == []
