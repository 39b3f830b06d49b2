# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the command line: a file is attached, listed, written out, removed and brought back; a reply takes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from swclient.cli import main
from swclient.workflow.application import Application

CONTENT = b"%PDF TRAINING 17"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The sample as a draft in a home of its own, in English."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SWCLIENT_LANG", "en")
    application = Application(tmp_path / "home")
    declaration_id = application.open_sample()
    application.close()
    return declaration_id


def listed(capsys: pytest.CaptureFixture[str], draft: str, *more: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["attached", "list", draft, "--json", *more]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_a_file_goes_in_and_comes_out(draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, program = tmp_path / "invoice.pdf", tmp_path / "Setup.exe"
    file.write_bytes(CONTENT)
    program.write_bytes(b"MZ TRAINING")
    assert main(["attach", str(file), draft, "--document", "2"]) == 0
    assert "Attached as file number 1: invoice.pdf, 16 bytes" in capsys.readouterr().out
    assert main(["attach", str(program), draft]) == 0
    assert "“Setup.exe” is of a kind that runs something" in capsys.readouterr().err
    first, second = listed(capsys, draft)
    assert (first["number"], first["name"], first["size"]) == (1, "invoice.pdf", 16)
    assert (first["document"].split()[0], second["document"]) == ("03011", "")
    assert main(["attached", "list", draft]) == 0
    assert "2  Setup.exe  11 B" in capsys.readouterr().out
    out = tmp_path / "out"
    out.mkdir()
    for _again in range(2):
        assert main(["attached", "export", draft, "-o", str(out)]) == 0
    assert sorted(each.name for each in out.iterdir()) == [
        "Setup (2).exe", "Setup.exe", "invoice (2).pdf", "invoice.pdf",
    ]  # fmt: skip
    assert main(["attached", "export", draft, "invoice.pdf", "-o", str(out / "one.pdf")]) == 0
    assert (out / "one.pdf").read_bytes() == CONTENT
    assert main(["attached", "export", draft, "2", "-o", str(out / "one.pdf")]) == 2
    assert (out / "one.pdf").read_bytes() == CONTENT
    assert main(["attached", "export", draft, "2", "-o", str(out / "one.pdf"), "--force"]) == 0
    assert (out / "one.pdf").read_bytes() == b"MZ TRAINING"


def test_a_file_is_removed_and_brought_back(draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "invoice.pdf"
    file.write_bytes(CONTENT)
    assert main(["attach", str(file), draft]) == 0
    assert main(["attached", "remove", draft, "invoice.pdf"]) == 0
    assert listed(capsys, draft) == []
    assert [each["number"] for each in listed(capsys, draft, "--removed")] == [1]
    assert main(["attached", "remove", draft, "invoice.pdf"]) == 2
    assert main(["attached", "restore", draft, "1"]) == 0
    assert [each["number"] for each in listed(capsys, draft)] == [1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["attach", "gone.pdf", "ID"], "gone.pdf cannot be read"),
        (["attach", "FILE", "nobody"], "no declaration “nobody”"),
        (["attach", "FILE", "ID", "--document", "999"], "Box 44 has no document “999”"),
        (["attached", "export", "ID", "7"], "number or name “7”"),
        (["attached", "restore", "ID", "7"], "number or name “7”"),
        (["reply", "ID", "--attached", "04021"], "Write an attached file as CODE=FILE"),
        (["reply", "ID", "--attached", "04021=7"], "number or name “7”"),
    ],
)
def test_what_cannot_be_done_is_told(
    draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    file = tmp_path / "invoice.pdf"
    file.write_bytes(CONTENT)
    assert main([{"ID": draft, "FILE": str(file)}.get(word, word) for word in words]) == 2
    assert said in capsys.readouterr().err
    assert listed(capsys, draft) == []


def test_recovery_names_the_files_that_are_lost(draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    file = tmp_path / "invoice.pdf"
    file.write_bytes(CONTENT)
    assert main(["attach", str(file), draft]) == 0
    (store,) = (tmp_path / "home").glob("*.db")
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE blob SET content = x'00'")
    connection.close()
    capsys.readouterr()
    assert main(["backup", "recover", str(store), "-o", str(tmp_path / "saved.db")]) == 1
    assert "The attached file “invoice.pdf” of" in capsys.readouterr().out
    assert main(["backup", "recover", str(store), "-o", str(tmp_path / "again.db"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["lost_files"] == [{"declaration": draft, "name": "invoice.pdf"}]
