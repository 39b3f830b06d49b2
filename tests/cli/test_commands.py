# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a contract: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from swclient.cli import main
from swclient.workflow.intake.converting import sample_file
from swclient.workflow.intake.importing import sample_workbook

SAMPLE = str(sample_file())


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))


def written(tmp_path: Path, change: str = "") -> Path:
    """The sample in a file of its own, changed as told: key=value of the second item."""
    body = json.loads(Path(SAMPLE).read_text(encoding="utf-8"))
    if change:
        key, _, text = change.partition("=")
        body["item"][1][key] = text
    file = tmp_path / "declaration.json"
    file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return file


def test_a_good_declaration_checks_with_nought(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", SAMPLE]) == 0
    assert "0 errors" in capsys.readouterr().out


def test_errors_are_told_with_box_and_law_and_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "gross_mass=1")
    assert main(["check", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    finding = next(each for each in told["findings"] if each["code"] == "G010")
    assert finding["paths"][0] == "item[2].gross_mass"
    assert finding["boxes"] == ["35", "38"]
    assert finding["fix"]
    assert told["errors"] >= 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "1"),
        ('{"format": "swclient-declaration", "version": 1, "profile": "KZ", "nonsense": {}}', "nonsense"),
        ('{"format": "swclient-declaration", "version": 1, "profile": "KZ", "header": {"price": "1"}}', "header.price"),
        ('{"format": "swclient-declaration", "version": 1, "profile": "QQ"}', "QQ"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        ("no declaration at all", "neither"),
    ],
)
def test_what_cannot_be_read_is_named_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, encoding="utf-8")
    assert main(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err


def test_errors_come_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "ru", "check", "nowhere.json"]) == 2
    assert "не удаётся прочитать" in capsys.readouterr().err


def test_duties_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    from decimal import Decimal

    assert main(["duties", SAMPLE, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["items"]) == 12
    amounts = [Decimal(line["amount"]) for item in told["items"] for line in item["charges"]]
    assert sum(amounts) == Decimal(told["total"]) == sum(Decimal(kind["amount"]) for kind in told["kinds"])
    assert all(isinstance(line["amount"], str) for item in told["items"] for line in item["charges"])


@pytest.mark.parametrize("path", ["item[2].customs_value", "45/2", "header.charges_total"])
def test_a_figure_is_explained_down_to_its_sources(capsys: pytest.CaptureFixture[str], path: str) -> None:
    assert main(["explain", SAMPLE, path]) == 0
    assert "Exchange rate" in capsys.readouterr().out


def test_a_figure_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", SAMPLE, "item[99].price"]) == 2
    assert "12" in capsys.readouterr().err


def test_a_form_is_printed_and_an_unknown_one_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "dt.pdf"
    assert main(["print", SAMPLE, "--form", "dt", "-o", str(target), "--lang", "en"]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert main(["print", SAMPLE, "--form", "xx", "-o", str(target)]) == 2
    assert "xx" in capsys.readouterr().err


def test_a_declaration_survives_the_way_through_the_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message, back = tmp_path / "dt.xml", tmp_path / "back.json"
    assert main(["convert", SAMPLE, "--to", "eaeu-dt", "-o", str(message)]) == 0
    assert main(["check", str(message)]) in {0, 1}
    assert main(["convert", str(message), "--to", "swclient", "-o", str(back)]) == 0
    before = json.loads(Path(SAMPLE).read_text(encoding="utf-8"))
    after = json.loads(back.read_text(encoding="utf-8"))
    assert [item["code"] for item in after["item"]] == [item["code"] for item in before["item"]]
    assert [item["price"] for item in after["item"]] == [item["price"] for item in before["item"]]
    assert main(["convert", SAMPLE, "--to", "nonsense", "-o", str(back)]) == 2
    assert "nonsense" in capsys.readouterr().err


def test_every_command_reads_a_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(sample_workbook()), "--json"]) == 1
    assert "G010" in capsys.readouterr().out


def test_submit_follows_to_the_archive_and_verify_finds_it_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["submit", SAMPLE, "--to", "training", "--wait"]) == 0
    assert "TRAINING" in capsys.readouterr().out
    archive = next((tmp_path / "home" / "archive").iterdir())
    assert main(["verify", str(archive)]) == 0
    form = archive / "form.pdf"
    form.write_bytes(form.read_bytes() + b" ")
    assert main(["verify", str(archive)]) == 1
    assert main(["verify", str(tmp_path)]) == 2


def test_submit_refuses_a_declaration_with_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["submit", str(written(tmp_path, "gross_mass=1")), "--to", "training", "--wait"]) == 2
    assert "bars the way" in capsys.readouterr().err


def test_the_demo_ends_released_and_verified(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "swclient",
        "demo",
        "--out",
        str(tmp_path / "out"),
        "--explain",
        "item[1].customs_value",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    assert "TRAINING" in done.stdout
    assert "cell H10" in done.stdout
    assert "G010" in done.stdout
    assert "T006" in done.stdout
    assert (tmp_path / "out" / "archive" / "manifest.json").is_file()
    assert main(["verify", str(tmp_path / "out" / "archive")]) == 0
