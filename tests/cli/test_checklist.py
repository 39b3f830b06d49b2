# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`swclient checklist`: what is needed and how it stands, in words and as data."""

import json

import pytest

from swclient.base import paths
from swclient.cli import main

SAMPLES = paths.shipped("resources") / "samples"


@pytest.fixture
def lacking(tmp_path):
    body = json.loads((SAMPLES / "kz-import-40.json").read_text(encoding="utf-8"))
    body["document"] = [each for each in body["document"] if each["kind"] != "02015"]
    body["document"][0].update(valid_until="2026-11-19")
    body["item"][1]["code"] = "9503009909"
    body["item"][2]["document"] = [
        {"kind": "01011", "number": "L-1", "date": "2026-10-01", "quantity": "900", "quantity_unit": "166", "left": "9"}
    ]
    file = tmp_path / "lacking.json"
    file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return file


def test_a_good_sample_has_nothing_to_see_to(capsys):
    assert main(["--language", "en", "checklist", str(SAMPLES / "kz-import-40.json")]) == 0
    told = capsys.readouterr().out
    assert "+ present: Contract [the whole declaration]" in told
    assert "UP-LB/26-08" in told
    assert "Decision 257, box 44" in told
    assert told.endswith("0 to see to: missing, ended, overdue or too little left\n")


def test_what_is_missing_ended_or_too_little_comes_first_and_is_the_exit_code(lacking, capsys):
    assert main(["--language", "en", "checklist", str(lacking)]) == 1
    told = capsys.readouterr().out.splitlines()
    heads = [line for line in told if not line.startswith(" ")]
    assert heads[0].startswith("! missing: Road consignment note (CMR)")
    assert "! missing: Toys: certificate of conformity [item 2]" in heads
    assert any(line.startswith("! ended on 2026-11-19: ") for line in heads)
    assert any(line.startswith("! too little left: Export or import licence [item 3]") for line in heads)
    assert heads[-1].startswith("4 to see to")
    assert any("9 kg left before" in line and "left after" in line for line in told)
    assert "    Kinds that would do: 02015, 02016, 02024" in told


def test_the_same_as_data(lacking, capsys):
    assert main(["checklist", str(lacking), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["profile"] == "KZ"
    by_rule = {line["rule"]: line for line in data["lines"] if line["rule"]}
    assert by_rule["T022"]["status"] == "missing"
    assert by_rule["T022"]["kinds"] == ["02015", "02016", "02024"]
    assert by_rule["G038"]["items"] == [2]
    assert by_rule["G038"]["confirmed"] is False
    assert "SAMPLE" in by_rule["G038"]["source"]
    licence = next(line for line in data["lines"] if line["quantity"])
    assert licence["paths"] == ["item[3].document[1].kind"]
    assert licence["quantity"]["unit"] == "166"
    assert licence["quantity"]["before"] == "9"
    assert licence["quantity"]["left"].startswith("-")


def test_it_speaks_russian(lacking, capsys):
    from swclient.base import i18n

    before = i18n.language()
    try:
        assert main(["--language", "ru", "checklist", str(lacking)]) == 1
    finally:
        i18n.set_language(before)
    assert "Игрушки: сертификат соответствия" in capsys.readouterr().out
