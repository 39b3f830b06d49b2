# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for registers, as other programs rely on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from swclient.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def answer(capsys: Capture, *words: str, code: int = 0) -> Any:
    assert main(["register", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def add(capsys: Capture, name: str = "TRAINING Mill") -> Any:
    return answer(capsys, "add", "parties", f"name={name}", "exporter.country=cn", "tax id=91650100")


def test_an_entry_is_added_listed_found_removed_and_brought_back(capsys: Capture) -> None:
    assert add(capsys) == {"new": 1, "changed": 0, "doubts": []}
    (row,) = answer(capsys, "list", "parties", "--find", "MILL 9165")
    assert row["values"] == {"exporter.name": "TRAINING Mill", "exporter.country": "CN", "exporter.tax_id": "91650100"}
    assert answer(capsys, "list", "goods") == []
    assert answer(capsys, "remove", "parties", "training mill")["removed"]
    assert answer(capsys, "list") == []
    assert [each["name"] for each in answer(capsys, "list", "--removed")] == ["TRAINING Mill"]
    answer(capsys, "restore", "parties", row["id"])
    assert [each["id"] for each in answer(capsys, "list")] == [row["id"]]


def test_a_register_goes_out_as_csv_and_comes_in_from_a_workbook(capsys: Capture) -> None:
    add(capsys)
    assert answer(capsys, "export", "parties", "-o", "out.csv")["entries"] == 1
    lines = Path("out.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("exporter.name,exporter.tax_id,")
    assert lines[1].startswith("TRAINING Mill,91650100,")
    book = openpyxl.Workbook()
    for row in (("Name", "Country"), ("TRAINING Mill", "KZ"), ("TRAINING Forge", "Nowhere"), (None, "KZ")):
        book.active.append(row)
    book.save("parties.xlsx")
    told = answer(capsys, "import", "parties", "parties.xlsx", code=1)
    assert (told["new"], told["changed"], len(told["doubts"])) == (1, 1, 1)
    found = {each["name"]: each["values"].get("exporter.country") for each in answer(capsys, "list")}
    assert found["TRAINING Mill"] == "KZ"


def test_wrong_words_are_told_with_the_right_ones(capsys: Capture) -> None:
    assert main(["register", "add", "ships", "name=X"]) != 0
    assert "parties, goods, carriers" in capsys.readouterr().err
    assert main(["register", "add", "parties", "colour=red"]) != 0
    assert "exporter.name" in capsys.readouterr().err
    assert main(["register", "remove", "parties", "Nobody"]) != 0
    assert "Nobody" in capsys.readouterr().err
    assert answer(capsys, "list") == []
