# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed wrongly on the command line is told in words, with what would be right, and never as a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from swclient.base import paths
from swclient.cli import main

Capture = pytest.CaptureFixture[str]
SAMPLE = str(paths.shipped("resources") / "samples" / "kz-import-40.json")


def told(words: list[str], capsys: Capture) -> tuple[int, str]:
    """Exit code and what stands on stderr; a refused word ends the program itself."""
    try:
        code = main(["--language", "en", *words])
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (["check", "--profile", "XX", SAMPLE], "there are AZ, CN, KG, KZ, MN, TJ, UZ"),
        (["check", "--profile", "EAEU", SAMPLE], "Nobody declares in “EAEU”"),
        (["lookup", "hs", "taps", "--limit", "-5"], "“-5” is not a whole number from 1 on"),
        (["lookup", "hs", "taps", "--limit", "many"], "“many” is not a whole number from 1 on"),
        (["rates", "list", "KZ", "--day", "20.11.2026"], "“20.11.2026” is not a day; write 2026-11-20"),
        (["print", SAMPLE, "-o", "x.pdf", "--lang", "xx"], "invalid choice: 'xx'"),
    ],
)
def test_a_wrong_word_is_named_with_what_would_be_right(words: list[str], piece: str, capsys: Capture) -> None:
    code, error = told(words, capsys)
    assert code == 2
    assert piece in error
    assert "Traceback" not in error


def test_a_country_may_be_written_in_small_letters(capsys: Capture) -> None:
    assert told(["check", "--profile", "kz", SAMPLE], capsys) == (0, "")


def test_a_version_that_is_none_is_told_with_an_example(tmp_path: Path, capsys: Capture) -> None:
    words = ["pack", "make", "--tariff", "t.csv", "--country", "KZ", "--version", "newest", "--valid-from"]
    code, error = told([*words, "2026-12-01", "--key", "k.pem", "-o", str(tmp_path / "x.swpack")], capsys)
    assert (code, "“newest” is not a version" in error) == (2, True)


def test_another_zip_is_no_pack(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "book.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    code, error = told(["pack", "verify", str(file)], capsys)
    assert (code, "not a reference pack" in error) == (2, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["profiles", "--json"], ["lookup", "countries", "Germany"]])
def test_an_answer_that_cannot_be_written_is_told(words: list[str], unbuffered: str) -> None:
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "swclient", "--language", "en", *words]
        done = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
