# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for copies of the store, as other programs rely on them."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from swclient.cli import main
from swclient.store import open_store
from swclient.workflow.intake.converting import sample_file
from tests.store.conftest import ID, append, new

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home with one declaration and two changes of it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("SWCLIENT_HOME", str(folder))
    with open_store(folder / "declarations.db") as store:
        store.create(new(), actor="declarant")
        append(store, 1)
        append(store, 2).result()
    return folder


def answer(capsys: Capture, *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["backup", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def change(home: Path) -> None:
    with open_store(home / "declarations.db") as store:
        append(store, "later").result()


def test_made_listed_and_verified(capsys: Capture, home: Path) -> None:
    assert answer(capsys, "list") == {"last_copied": None, "behind": 3, "copies": []}
    (made,) = answer(capsys, "make")["copies"]
    change(home)
    told = answer(capsys, "list")
    assert (told["last_copied"], told["behind"], told["copies"]) == (made["made_at"], 1, [made])
    (verdict,) = answer(capsys, "verify")
    assert (verdict["good"], verdict["state"], verdict["records"]) == (True, "good", 3)


def test_the_list_is_a_line_each_and_a_last_one(capsys: Capture, home: Path) -> None:
    assert main(["backup", "make"]) == 0
    change(home)
    capsys.readouterr()
    assert main(["backup", "list"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("declarations-")
    assert "3 records" in first
    assert last.startswith("Last copied ")
    assert last.endswith("1 edit behind.")


def test_bad_copies_are_named_and_refused(capsys: Capture, home: Path) -> None:
    (made,) = answer(capsys, "make")["copies"]
    copy = Path(made["file"])
    os.truncate(copy, 5000)
    (verdict,) = answer(capsys, "verify", copy.name, code=1)
    assert (verdict["state"], copy.name in verdict["message"]) == ("truncated", True)
    before = (home / "declarations.db").read_bytes()
    assert main(["backup", "restore", copy.name]) == 2
    assert copy.name in capsys.readouterr().err
    assert main(["backup", "restore", str(sample_file())]) == 2
    assert "not a store" in capsys.readouterr().err
    assert (home / "declarations.db").read_bytes() == before
    assert main(["backup", "verify", "nothing.db"]) == 1


def test_the_latest_that_is_good_is_restored_and_both_are_kept(capsys: Capture, home: Path) -> None:
    (good,) = answer(capsys, "make")["copies"]
    change(home)
    (bad,) = answer(capsys, "make")["copies"]
    os.truncate(bad["file"], 5000)
    told = answer(capsys, "restore", "latest")
    assert (told["restored"], told["warning"], told["more_records"]) == (good["file"], None, 1)
    assert [each["id"] for each in told["ahead"]] == [ID]
    with open_store(Path(told["kept"])) as kept, open_store(home / "declarations.db") as now:
        assert len(kept.history(ID)) == len(now.history(ID)) + 1 == 4
        assert now.health.ok


def test_the_latest_is_of_ones_own_store_where_several_share_a_folder(
    capsys: Capture, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine,) = answer(capsys, "make")["copies"]
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("SWCLIENT_HOME", str(other))
    with open_store(other / "declarations.db") as store:
        store.create(new(), actor="somebody else")
    (other / "backup.toml").write_text(f'second_folder = "{home / "backups"}"\n', encoding="utf-8")
    assert len(answer(capsys, "make")["copies"]) == 2
    monkeypatch.setenv("SWCLIENT_HOME", str(home))
    assert answer(capsys, "restore", "latest")["restored"] == mine["file"]
    (home / "declarations.db").write_bytes(b"ruined")
    assert main(["backup", "restore", "latest"]) == 2
    assert "several stores" in capsys.readouterr().err
    assert answer(capsys, "restore", mine["file"])["ahead"] is None


def test_with_no_copy_there_is_nothing_to_restore(capsys: Capture) -> None:
    for words in (["restore", "latest"], ["verify"]):
        assert main(["backup", *words]) == 2
        assert "backup make" in capsys.readouterr().err


def test_the_second_folder_gets_each_copy_and_a_missing_one_is_told(capsys: Capture, home: Path) -> None:
    (home / "stick").mkdir()
    (home / "backup.toml").write_text('second_folder = "stick"\n', encoding="utf-8")
    first, second = answer(capsys, "make")["copies"]
    assert Path(second["file"]).parent == home / "stick"
    assert first["sha256"] == second["sha256"]
    assert len(answer(capsys, "verify")) == 2
    (home / "backup.toml").write_text('second_folder = "pulled out"\n', encoding="utf-8")
    assert main(["backup", "make"]) == 2
    assert "pulled out" in capsys.readouterr().err
    assert len(answer(capsys, "list")["copies"]) == 2


def test_a_bad_setting_is_two_and_named(capsys: Capture, home: Path) -> None:
    (home / "backup.toml").write_text("keep_lst = 3\n", encoding="utf-8")
    assert main(["backup", "make"]) == 2
    assert "keep_lst" in capsys.readouterr().err


def test_what_a_damaged_store_still_holds_is_saved_by_declaration(capsys: Capture, home: Path) -> None:
    store = home / "declarations.db"
    connection = sqlite3.connect(store)
    connection.execute("UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 3")
    connection.commit()
    connection.close()
    assert main(["backup", "make"]) == 2
    assert "damaged" in capsys.readouterr().err
    told = answer(capsys, "recover", "-o", str(home / "saved.db"), code=1)
    assert told["lost_records"] == [3]
    assert [each["condition"] for each in told["declarations"]] == ["behind"]
    with open_store(home / "saved.db") as saved:
        assert [change.body["value"] for change in saved.load(ID).changes] == ["1"]
        assert saved.health.ok
    assert main(["backup", "recover", "-o", str(home / "saved.db")]) == 2
    assert "already" in capsys.readouterr().err
