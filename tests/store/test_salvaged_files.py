# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies and recovery take attached files along: sound ones as they were, the others by name."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.attachments import NewAttachment
from swclient.store.backups.making import make
from swclient.store.backups.salvage import salvage
from swclient.store.backups.verifying import verify
from tests.store.conftest import ID, OTHER
from tests.store.copies import POLICY, live

FILES = {"invoice.pdf": b"%PDF- TRAINING invoice 17", "list.pdf": b"%PDF- TRAINING list", "again.pdf": b"x" * 9000}


@pytest.fixture
def closed(path):
    """A closed store; one declaration has two files, the other one of them and a third; one more was removed."""
    store = live(path)
    for name, owner in (("invoice.pdf", ID), ("list.pdf", ID), ("list.pdf", OTHER), ("again.pdf", OTHER)):
        store.attachments.keep(NewAttachment(owner, name, "application/pdf", FILES[name], 2))
    store.attachments.remove(store.attachments.of_declaration(OTHER)[1].id)
    store.close()
    return path


def alter(path, statement):
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def attached(path, sound=True):
    """Every attached file of a store with its bytes, or None where they cannot be had."""
    found = []
    with open_store(path, read_only=True) as store:
        assert store.health.ok or not sound
        for owner in (ID, OTHER):
            for removed in (False, True):
                found += [
                    (each, store.attachments.content(each.sha256))
                    for each in store.attachments.of_declaration(owner, removed=removed)
                ]
    return found


def saved(path):
    return salvage(path, path.with_name("saved.db"))


def test_of_a_sound_store_every_file_is_saved_as_it_was(closed):
    report = saved(closed)
    assert (report.lost_rows, report.lost_files) == ({}, ())
    assert attached(report.file) == attached(closed)
    assert [(each.name, content) for each, content in attached(report.file)] == [
        (name, FILES[name]) for name in ("invoice.pdf", "list.pdf", "list.pdf", "again.pdf")
    ]


def test_a_file_whose_bytes_rotted_is_named_for_each_declaration_and_the_rest_is_saved(closed):
    alter(closed, "UPDATE blob SET content = CAST(replace(content, 'list', 'lisT') AS BLOB) WHERE size = 19")
    report = saved(closed)
    assert [(each.declaration_id, each.name) for each in report.lost_files] == [(ID, "list.pdf"), (OTHER, "list.pdf")]
    assert "“list.pdf” of Shoes, 12 lines could not be saved" in report.lost_files[1].message.text()
    assert report.lost_rows == {"blob": 1, "attachment": 2}
    assert {each.name for each, _content in attached(report.file)} == {"invoice.pdf", "again.pdf"}


def test_a_file_whose_name_rotted_is_not_made_up(closed):
    alter(closed, "UPDATE attachment SET name = 'invoiCe.pdf' WHERE name = 'invoice.pdf'")
    report = saved(closed)
    assert [each.name for each in report.lost_files] == ["invoiCe.pdf"]
    assert "invoiCe.pdf" not in {each.name for each, _content in attached(report.file)}


def test_the_files_of_a_declaration_that_is_lost_are_named(closed):
    alter(closed, f"DELETE FROM snapshot WHERE declaration_id = '{OTHER}'")  # noqa: S608 - ours
    alter(closed, "DELETE FROM change_log WHERE sequence = 2")
    report = saved(closed)
    assert {each.name for each in report.lost_files} == {"list.pdf", "again.pdf"}
    assert [each.name for each, _content in attached(report.file)] == ["invoice.pdf", "list.pdf"]


def test_a_table_of_files_that_cannot_be_found_is_told(closed):
    alter(closed, "ALTER TABLE attachment RENAME TO attachmens")
    report = saved(closed)
    assert report.lost_rows == {"attachment": 4}
    assert attached(report.file) == []


def test_a_column_whose_name_rotted_is_told_and_the_rest_is_saved(closed):
    alter(closed, "ALTER TABLE blob RENAME COLUMN content TO contenu")
    report = saved(closed)
    assert report.lost_rows == {"blob": 3, "attachment": 4}
    assert len(report.lost_files) == 4
    assert len(report.declarations) == 2


def test_flipped_bits_never_give_a_file_that_is_not_as_it_was(closed):
    """Every file of the new store is as it was attached; one that is not there is missed in the report."""
    whole, wrong, missed, told = closed.read_bytes(), 0, 0, 0
    places = range(4096, len(whole), 1999)
    for place in places:
        rotten = bytearray(whole)
        rotten[place] ^= 1 << place % 8
        closed.write_bytes(rotten)
        target = closed.with_name(f"saved-{place}.db")
        try:
            report = salvage(closed, target)
        except UserError:
            told += 1
            continue
        found = attached(target)
        wrong += sum(content != FILES[each.name] for each, content in found)
        short = len(found) < 4
        told += short
        missed += short and not (report.lost_rows or report.lost_files)
    assert (wrong, missed) == (0, 0)
    assert 0 < told < len(places)


class TestCopies:
    def test_a_copy_holds_the_files_and_one_that_rotted_is_found(self, closed, folder):
        with open_store(closed):
            copy = make(closed, folder, POLICY)
        file = next(folder.rglob("*.db"))
        assert copy is not None
        assert verify(file).good
        assert attached(file, sound=False) == attached(closed)  # a copy has no note of the last change
        alter(file, "UPDATE blob SET content = CAST(replace(content, 'list', 'lisT') AS BLOB) WHERE size = 19")
        assert verify(file).state == "altered"
        file.with_name(file.name + ".json").unlink()
        assert (verify(file).state, "blob" in verify(file).message.text()) == ("damaged", True)

    @pytest.mark.parametrize("version", [1, 2])
    def test_a_copy_that_is_older_than_attached_files_is_not_called_damaged(self, tmp_path, version):
        file = tmp_path / "old.db"
        shutil.copyfile(Path(__file__).parent / "files" / f"version-{version}.db", file)
        with sqlite3.connect(file) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert not {"blob", "attachment"} & tables
        assert verify(file).usable
        report = salvage(file, tmp_path / "saved.db")
        assert report.lost_files == ()
        assert not {"blob", "attachment"} & report.lost_rows.keys()
