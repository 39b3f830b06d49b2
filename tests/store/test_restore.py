# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting a copy back keeps the store that was there, and never puts a bad copy in its place."""

import sqlite3

import pytest

from swclient.store import SENT_UNKNOWN, chain, open_store
from swclient.store.backups import restoring
from swclient.store.backups.making import make, standing
from swclient.store.backups.problems import BackupError
from swclient.store.backups.restoring import restore
from swclient.store.backups.shelf import note_file
from swclient.store.head import head_file
from tests.store.conftest import ID, OTHER, append
from tests.store.copies import POLICY, files_beside, held, live


@pytest.fixture
def copy(path):
    """A copy of a store that has gone on since and is closed."""
    with live(path) as store:
        made = make(path, path.parent / "backups", POLICY)
        append(store, "after the copy").result()
    return made


def hot_journal(path):
    """What a killed program leaves beside a database; SQLite rolls it back over whatever lies there."""
    live(path, changes=200).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=DELETE")
    other.execute("PRAGMA cache_size=10")
    other.execute("BEGIN")
    other.execute("UPDATE change_log SET record = record || printf('%.2000c', 'x')")
    journal = path.with_name(f"{path.name}-journal").read_bytes()
    other.execute("ROLLBACK")
    other.close()
    return journal


def test_the_control_such_a_journal_does_ruin_a_store_that_it_meets(path, copy, tmp_path):
    path.with_name("met.db").write_bytes(copy.file.read_bytes())
    path.with_name("met.db-journal").write_bytes(hot_journal(tmp_path / "other.db"))
    met = sqlite3.connect(path.with_name("met.db"))
    try:
        assert chain.verify(met, lambda: False).records != 42
    finally:
        met.close()


class TestRestoring:
    def test_both_the_copy_and_the_store_that_was_there_are_whole_afterwards(self, path, copy):
        before = held(path)
        done = restore(path, copy.file)
        assert done.kept.name.startswith(f"{path.name}.kept-")
        assert held(done.kept) == before
        state, now = held(path)
        assert (state, now) == ("ok", held(copy.file)[1])
        assert len(now[ID][3]) + 1 == len(before[1][ID][3])
        with open_store(path) as store:
            append(store, "going on").result()
            assert store.health.ok

    def test_what_was_further_on_is_named(self, path, copy):
        done = restore(path, copy.file)
        (ahead,) = done.ahead
        assert done.more == 1
        assert (ahead.id, ahead.state, ahead.restored) == (ID, "draft", "draft")

    def test_what_was_queued_is_asked_about_before_it_is_sent_again(self, path, copy):
        restore(path, copy.file)
        with open_store(path) as store:
            (entry,) = store.outbox.entries(OTHER)
            assert entry.state == SENT_UNKNOWN

    def test_the_copy_is_not_touched_and_can_be_restored_again(self, path, copy):
        before = copy.file.read_bytes()
        first = restore(path, copy.file)
        second = restore(path, copy.file)
        assert copy.file.read_bytes() == before
        assert first.kept != second.kept
        assert first.kept.exists()

    def test_a_store_in_use_is_not_restored_over(self, path, copy):
        with open_store(path) as store:
            with pytest.raises(BackupError, match="open in another"):
                restore(path, copy.file)
            append(store, "still here").result()
        assert not [name for name in files_beside(path) if "kept" in name or "restoring" in name]

    def test_a_bad_copy_is_refused_and_nothing_moves(self, path, copy):
        content = bytearray(copy.file.read_bytes())
        content[5000] ^= 1
        copy.file.write_bytes(content)
        before = files_beside(path)
        with pytest.raises(BackupError, match=copy.file.name):
            restore(path, copy.file)
        assert files_beside(path) == before

    def test_a_copy_without_its_note_is_restored_with_a_warning(self, path, copy):
        note_file(copy.file).unlink()
        assert "note is missing" in restore(path, copy.file).warning.text()
        assert held(path)[0] == "ok"

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 somebody's", bytes(9000)])
    def test_a_foreign_or_ruined_file_in_its_place_is_kept_too(self, path, copy, content):
        path.write_bytes(content)
        done = restore(path, copy.file)
        assert done.kept.read_bytes() == content
        assert held(path)[0] == "ok"

    def test_a_write_ahead_file_of_a_ruined_store_never_meets_the_restored_one(self, path, copy):
        wal = path.with_name(f"{path.name}-wal")
        path.write_bytes(b"ruined" * 2000)
        wal.write_bytes(b"left over" * 500)
        done = restore(path, copy.file)
        assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"left over" * 500
        assert held(path)[0] == "ok"

    def test_a_restore_that_fails_late_leaves_the_store_one_name(self, path, copy, monkeypatch):
        before, names = held(path), set(files_beside(path))

        def failing(source, target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(restoring.shutil, "copy2", failing)
        with pytest.raises(BackupError, match="not room enough"):
            restore(path, copy.file)
        assert held(path) == before
        assert set(files_beside(path)) - names <= {f"{path.name}-wal"}
        assert path.stat().st_nlink == 1

    def test_a_second_name_left_by_a_kill_is_taken_away_at_the_next_restore(self, path, copy):
        left = path.with_name(f"{path.name}.kept-20260101T000000000Z")
        left.hardlink_to(path)
        done = restore(path, copy.file)
        assert not left.exists()
        assert (done.kept.stat().st_nlink, path.stat().st_nlink) == (1, 1)

    def test_a_journal_that_a_killed_restore_left_never_meets_the_restored_store(self, path, copy, tmp_path):
        left = path.with_name(f"{path.name}.restoring-journal")
        left.write_bytes(hot_journal(tmp_path / "other.db"))
        restore(path, copy.file)
        assert held(path) == ("ok", held(copy.file)[1])
        assert not left.exists()

    def test_with_no_store_there_the_copy_becomes_it(self, path, copy):
        for file in (path, head_file(path)):
            file.unlink()
        done = restore(path, copy.file)
        assert (done.kept, done.ahead) == (None, ())
        assert held(path)[0] == "ok"

    def test_after_it_the_copy_counts_as_the_last_one(self, path, copy):
        restore(path, copy.file)
        now = standing(path, path.parent / "backups")
        assert (now.last.file, now.behind) == (copy.file, 0)
