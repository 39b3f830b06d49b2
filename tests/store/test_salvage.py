# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving what a damaged store still holds: everything that is sound, and nothing made up."""

import os
import sqlite3
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.backups.problems import BackupError
from swclient.store.backups.salvage import salvage
from tests.store.conftest import ID, OTHER
from tests.store.copies import files, files_beside, held, live


@pytest.fixture
def closed(path):
    """A closed store of forty-two records; the other declaration has no snapshot after its first."""
    live(path).close()
    return path


def alter(path, statement):
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def saved(path):
    """What is saved of a store, by declaration."""
    report = salvage(path, path.with_name("saved.db"))
    return report, {each.id: each for each in report.declarations}


class TestSalvage:
    def test_of_a_sound_store_everything_is_saved(self, closed):
        report, by_id = saved(closed)
        assert {each.condition for each in by_id.values()} == {"whole"}
        assert (report.records, report.lost_records, report.lost_rows) == (42, (), {})
        assert held(report.file) == held(closed)

    def test_the_damaged_store_is_only_read(self, closed):
        alter(closed, "DELETE FROM change_log WHERE sequence = 11")
        before = files_beside(closed)
        saved(closed)
        assert {name: digest for name, digest in files_beside(closed).items() if "saved" not in name} == before

    def test_an_altered_record_costs_its_declaration_what_came_after_and_no_other(self, closed):
        alter(closed, "UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 30")
        number = held_owner(closed, 30)
        report, by_id = saved(closed)
        assert report.lost_records == (30,)
        assert {key: each.condition for key, each in by_id.items()} == {
            number: "behind",
            ({ID, OTHER} - {number}).pop(): "whole",
        }
        health, found = held(report.file)
        assert health == "ok"
        sound = held_before(closed, number, 30)
        assert len(found[number][3]) == sound

    def test_a_record_lost_before_a_good_snapshot_costs_history_only(self, closed):
        alter(closed, "UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 3")
        report, by_id = saved(closed)
        assert by_id[ID].condition == "history incomplete"
        state, found = held(report.file)
        assert state == "ok"
        assert found[ID][1:3] == held(closed)[1][ID][1:3]

    def test_a_hash_that_rotted_costs_nothing(self, closed):
        alter(closed, "UPDATE change_log SET hash = zeroblob(32) WHERE sequence = 20")
        report, by_id = saved(closed)
        assert {each.condition for each in by_id.values()} == {"whole"}
        assert report.records == 42

    def test_a_rotten_snapshot_is_made_good_from_the_log(self, closed):
        alter(closed, "UPDATE snapshot SET body = replace(body, 'half', 'hulf')")
        report, by_id = saved(closed)
        assert by_id[ID].condition == "whole"
        with open_store(report.file, read_only=True) as store:
            assert len(store.load(ID).changes) == 20

    def test_what_is_lost_is_said(self, closed):
        alter(closed, f"DELETE FROM snapshot WHERE declaration_id = '{OTHER}'")  # noqa: S608 - ours
        alter(closed, "DELETE FROM change_log WHERE sequence = 2")
        report, by_id = saved(closed)
        assert by_id[OTHER].condition == "lost"
        assert set(held(report.file)[1]) == {ID}

    def test_a_cut_tail_is_known_by_the_note_beside(self, closed):
        alter(closed, "DELETE FROM change_log WHERE sequence > 40")
        report, by_id = saved(closed)
        assert report.lost_records == (41, 42)
        assert {each.condition for each in by_id.values()} == {"behind"}

    def test_a_truncated_store_gives_what_is_left(self, tmp_path):
        closed = tmp_path / "long.db"
        live(closed, changes=400).close()
        size = closed.stat().st_size
        kept = 0
        for part in (0.9, 0.7, 0.5):
            os.truncate(closed, int(size * part))
            report = salvage(closed, closed.with_name(f"saved-{part}.db"))
            assert {each.condition for each in report.declarations} <= {"behind", "history incomplete"}
            assert held(report.file)[0] == "ok"
            assert set(held(report.file)[1]) == {ID, OTHER}
            kept += report.records
        assert 400 < kept < 3 * 802

    def test_a_store_cut_off_in_its_tables_is_told(self, closed):
        os.truncate(closed, 10_000)
        with pytest.raises(BackupError, match="Nothing can be read"):
            saved(closed)

    def test_nothing_is_written_over_and_a_foreign_file_is_named(self, closed):
        with pytest.raises(BackupError, match="already"):
            salvage(closed, closed)
        newer = sqlite3.connect(closed)
        newer.execute("PRAGMA user_version=99")
        newer.close()
        with pytest.raises(UserError, match="newer"):
            salvage(closed, closed.with_name("out.db"))
        other = closed.with_name("letter.db")
        other.write_bytes(b"not a database" * 1000)
        with pytest.raises(BackupError, match="letter"):
            salvage(other, closed.with_name("out.db"))
        assert sorted(name for name in files(closed.parent) if name.startswith(("out", "reading"))) == []

    def test_flipped_bits_never_become_a_whole_declaration(self, closed):
        """What is called whole has the body, the changes and the state that it had."""
        whole, truth = closed.read_bytes(), held(closed)[1]
        wrong = told_of = 0
        for place in range(100, len(whole), 1511):
            rotten = bytearray(whole)
            rotten[place] ^= 1 << place % 8
            closed.write_bytes(rotten)
            target = closed.with_name(f"saved-{place}.db")
            try:
                report = salvage(closed, target)
            except BackupError:
                told_of += 1
                continue
            state, found = held(target)
            assert state == "ok"
            for each in report.declarations:
                if each.condition == "whole" and each.id in truth:
                    wrong += found[each.id][1:3] != truth[each.id][1:3] and not rebuilt(found, truth, each.id)
                else:
                    told_of += 1
        assert wrong == 0
        assert told_of > 3


def rebuilt(found, truth, key):
    """Whether a body that came from the log with all its changes says the same as the snapshot and fewer of them."""
    return [change.body for change in found[key][3]] == [change.body for change in truth[key][3]]


def held_owner(path, sequence):
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT declaration_id FROM change_log WHERE sequence = ?", (sequence,)).fetchone()[0]
    connection.close()
    return found


def held_before(path, key, sequence):
    connection = sqlite3.connect(path)
    query = "SELECT count(*) FROM change_log WHERE declaration_id = ? AND sequence < ?"
    found = connection.execute(query, (key, sequence)).fetchone()[0]
    connection.close()
    return found


def test_a_store_of_an_older_version_is_saved_too(tmp_path):
    source = tmp_path / "old.db"
    source.write_bytes((Path(__file__).parent / "files" / "version-1.db").read_bytes())
    report = salvage(source, tmp_path / "saved.db")
    with open_store(report.file) as store:
        assert {row.id for row in store.worklist()} == {each.id for each in report.declarations}
        assert store.health.ok
