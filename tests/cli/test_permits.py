# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`swclient permit`: listed from a file, applied for, granted and taken, all by words."""

import json

import pytest

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.cli import main
from swclient.store import NewDeclaration, open_store
from swclient.workflow.told.naming import declaration_named

SAMPLES = paths.shipped("resources") / "samples"
CODES = ("0202309004", "0808108009", "9503009909")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A declaration that needs three permits, and a data folder of its own."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    body = json.loads((SAMPLES / "kz-import-40.json").read_text(encoding="utf-8"))
    for item, code in zip(body["item"], CODES, strict=False):
        item["code"] = code
    made = tmp_path / "needing.json"
    made.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return made


def told(capsys):
    return json.loads(capsys.readouterr().out)


def test_from_a_file_to_box_44(file, capsys):
    assert main(["permit", "list", str(file), "--json"]) == 1
    before = told(capsys)
    assert [(each["agency"], each["standing"]) for each in before["permits"]] == [
        ("veterinary", "not_asked"),
        ("quarantine", "not_asked"),
        ("technical", "not_asked"),
    ]
    assert not any(each["confirmed"] for each in before["permits"])
    name = before["declaration"]
    assert main(["--language", "en", "permit", "apply", name, "--to", "training", "--wait"]) == 0
    words = capsys.readouterr().out
    assert "TRAINING: 3 applications queued" in words
    assert words.count("granted") == 3
    assert main(["--language", "en", "permit", "take", name, "--agency", "quarantine"]) == 0
    assert "TRN-PHY-" in capsys.readouterr().out
    assert main(["permit", "take", name[:8]]) == 0
    capsys.readouterr()
    assert main(["permit", "list", name, "--json"]) == 0
    assert {each["standing"] for each in told(capsys)["permits"]} == {"taken"}
    assert main(["permit", "apply", name, "--to", "training"]) == 2  # nothing is left to apply for
    assert "permit list" in capsys.readouterr().err


def test_what_needs_none_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    assert main(["--language", "en", "permit", "list", str(SAMPLES / "az-transit-80.json")]) == 0
    assert "No permit of an agency is needed." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "abc", "00000000-0000-0000-0000-000000000000"])
def test_a_declaration_that_is_not_there_is_named(file, capsys, name):
    assert main(["--language", "en", "permit", "list", name or "nowhere.json"]) == 2
    assert "There is no declaration" in capsys.readouterr().err


def test_a_beginning_that_fits_several_is_refused(tmp_path):
    with open_store(tmp_path / "store.db") as store:
        for name in ("abcd-1", "abcd-2", "abce-3"):
            store.create(NewDeclaration(name, "import", "KZ", "2026.11", {}), actor="test")
        assert declaration_named(store, "abcd-2") == "abcd-2"
        assert declaration_named(store, "abce") == "abce-3"
        with pytest.raises(UserError, match="fits 2 declarations"):
            declaration_named(store, "abcd")
