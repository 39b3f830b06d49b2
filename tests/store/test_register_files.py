# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers in files that were altered, damaged, or left by other versions of the program."""

import shutil
import sqlite3
from pathlib import Path

from swclient.store import open_store
from swclient.store.backups.salvage import salvage
from tests.store.test_registers import VALUES, entry, keep, names

FILES = Path(__file__).parent / "files"


def test_an_entry_that_was_altered_in_the_file_is_told_and_taken_from_the_log(store, path):
    keep(store)
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE register SET body = replace(body, '"CN"', '"KZ"')""")
    connection.commit()
    connection.close()
    with open_store(path) as again:
        found = again.registers.load("r1")
        assert (found.values, found.recovered) == (VALUES, True)


def test_a_damaged_store_gives_its_registers_back(store, path, tmp_path):
    keep(store, entry("r1"), entry("r2", "Bolts"))
    store.close()
    saved = salvage(path, tmp_path / "saved.db")
    assert saved.lost_rows == {}
    with open_store(tmp_path / "saved.db") as again:
        assert names(again) == ["Bolts", "TRAINING Mill"]
        assert again.health.ok


def test_a_store_of_version_4_opened_for_reading_has_none_and_gets_them_when_it_may_be_changed(tmp_path):
    for file in FILES.glob("version-4.db*"):
        shutil.copy(file, tmp_path)
    with open_store(tmp_path / "version-4.db", read_only=True) as store:
        assert (store.registers.listed(), store.registers.count()) == ((), 0)
    with open_store(tmp_path / "version-4.db") as store:
        keep(store)
        assert names(store) == ["TRAINING Mill"]
        assert store.health.ok


def test_the_registers_of_a_kept_store_of_version_5_are_read_for_ever(tmp_path):
    for file in FILES.glob("version-5.db*"):
        shutil.copy(file, tmp_path)
    with open_store(tmp_path / "version-5.db") as store:
        assert names(store) == ["TRAINING boots", "TRAINING Фабрика обуви"]
        assert names(store, removed=True) == ["TRAINING-01 · TRAINING Haulier"]
        assert store.registers.load("entry-2").values["item.origin"] == "CN"
