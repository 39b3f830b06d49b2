# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of a store in use: made whole or not at all, rotated, told when they are not as they were made."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from swclient.store import open_store
from swclient.store.backups import making
from swclient.store.backups.making import make, make_second, standing
from swclient.store.backups.problems import BackupError, StoppedError, alone
from swclient.store.backups.shelf import copies_in, note_file
from swclient.store.backups.verifying import verify
from tests.store.conftest import ID, append, new
from tests.store.copies import MIB, POLICY, files, live, policy, told


@pytest.fixture
def store(path):
    with live(path) as opened:
        yield opened


class TestMaking:
    def test_a_copy_of_a_store_in_use_holds_all_of_it_in_one_file(self, store, path, folder):
        copy = make(path, folder, POLICY)
        assert sorted(files(folder)) == [copy.file.name, note_file(copy.file).name]
        assert stat.S_IMODE(copy.file.stat().st_mode) == 0o600
        with open_store(copy.file, read_only=True) as opened:
            assert told(opened) == told(store)
        assert verify(copy.file).good

    def test_what_is_typed_while_it_is_made_waits_for_nothing_and_is_not_torn(self, store, path, folder, monkeypatch):
        monkeypatch.setattr(making, "_PAGES", 1)
        written = []

        def typing():
            written.append(append(store, f"meanwhile {len(written)}").result(timeout=5))
            return False

        copy = make(path, folder, POLICY, stopped=typing)
        assert len(written) > 5
        assert copy.note.extent.sequence < written[0]
        assert verify(copy.file).good
        assert standing(path, folder).behind == len(written)

    def test_it_tells_how_far_the_store_has_gone_on_since(self, store, path, folder):
        before = standing(path, folder)
        assert (before.last, before.behind) == (None, 43)  # two whole bodies, forty changes, one event
        copy = make(path, folder, POLICY)
        assert (standing(path, folder).last.file, standing(path, folder).behind) == (copy.file, 0)
        append(store, 1)
        append(store, 2).result()
        assert standing(path, folder).behind == 2

    def test_an_empty_store_is_not_copied(self, tmp_path, folder):
        with open_store(tmp_path / "empty.db"), pytest.raises(BackupError, match="nothing"):
            make(tmp_path / "empty.db", folder, POLICY)
        assert files(folder) == {}

    def test_a_damaged_store_is_not_copied_and_drives_no_good_copy_out(self, store, path, folder):
        copies = [make(path, folder, POLICY).file for _ in range(3)]
        store.close()
        connection = sqlite3.connect(path)
        connection.execute("UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 11")
        connection.commit()
        connection.close()
        with pytest.raises(BackupError, match="record 11"):
            make(path, folder, POLICY)
        assert sorted(copy.file for copy in copies_in(folder)) == sorted(copies)

    def test_two_are_never_made_at_once(self, path, folder, store):
        with alone(folder), pytest.raises(BackupError, match="Another program"):
            make(path, folder, POLICY)
        assert make(path, folder, POLICY).whole

    def test_stopped_on_the_way_it_leaves_nothing(self, store, path, folder):
        with pytest.raises(StoppedError):
            make(path, folder, POLICY, stopped=lambda: True)
        assert files(folder) == {}

    def test_it_leaves_room_for_work_and_says_so(self, store, path, folder):
        free = shutil.disk_usage(path.parent).free
        with pytest.raises(BackupError, match="MiB for work"):
            make(path, folder, policy(reserve=free))
        assert files(folder) == {}

    def test_a_folder_that_cannot_be_made_is_told(self, store, path, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(BackupError, match="cannot be read or written"):
            make(path, tmp_path / "file", POLICY)


class TestSecondFolder:
    def test_it_gets_the_same_bytes(self, copy, tmp_path):
        stick = tmp_path / "stick"
        stick.mkdir()
        second = make_second(copy, stick, POLICY)
        assert second.file.read_bytes() == copy.file.read_bytes()
        assert verify(second.file).good

    def test_a_stick_that_is_not_there_is_told_and_not_made_up(self, copy, tmp_path):
        with pytest.raises(BackupError, match="stick"):
            make_second(copy, tmp_path / "stick", POLICY)
        assert not (tmp_path / "stick").exists()

    def test_a_stick_that_gives_back_something_else_is_told(self, copy, tmp_path, monkeypatch):
        honest = shutil.copyfile

        def failing(source, target):
            honest(source, target)
            content = bytearray(target.read_bytes())
            content[len(content) // 2] ^= 1
            target.write_bytes(content)

        monkeypatch.setattr(shutil, "copyfile", failing)
        (tmp_path / "stick").mkdir()
        with pytest.raises(BackupError, match="does not read back"):
            make_second(copy, tmp_path / "stick", POLICY)
        assert files(tmp_path / "stick") == {}


class TestRotation:
    def test_the_newest_stay_and_the_last_of_each_day(self, store, path, folder):
        start = datetime(2026, 3, 1, 8, tzinfo=UTC)
        for hour in range(0, 24 * 5, 6):
            append(store, hour).result()
            make(path, folder, policy(keep_days=4), clock=lambda hour=hour: start + timedelta(hours=hour))
        made = [copy.note.made_at.astimezone() for copy in copies_in(folder)]
        assert made[:3] == [start + timedelta(hours=hour) for hour in (114, 108, 102)]
        days = sorted({moment.date() for moment in made}, reverse=True)
        assert len(days) == 4
        assert len(made) < 8
        for day in days[1:]:  # of each older day the last one
            every = (start + timedelta(hours=hour) for hour in range(0, 24 * 5, 6))
            last = max(moment for moment in every if moment.astimezone().date() == day)
            assert last in made

    def test_a_clock_set_back_drives_no_new_copy_out(self, store, path, folder):
        start = datetime(2026, 3, 10, 8, tzinfo=UTC)
        for days in (0, 0, 0, 0, -9, -8, -7):
            append(store, days).result()
            last = make(path, folder, POLICY, clock=lambda days=days: start + timedelta(days=days))
        assert copies_in(folder)[0].file == last.file
        assert standing(path, folder).last.file == last.file
        assert [copy.note.made_at.day for copy in copies_in(folder)] == [3, 2, 1]

    def test_copies_of_another_store_and_other_files_are_let_be(self, copy, folder, tmp_path):
        (folder / "letter.txt").write_text("mine")
        (folder / "declarations-old.db").write_text("mine too")
        with open_store(tmp_path / "other.db") as other:
            other.create(new(), actor="somebody else")
            for _ in range(5):
                make(tmp_path / "other.db", folder, policy(keep_last=1, keep_days=0))
        assert {copy.file.name, "letter.txt", "declarations-old.db"} < set(files(folder))
        assert len(copies_in(folder)) == 2

    def test_a_truncated_copy_counts_for_none_and_is_not_the_last(self, copy, store, path, folder):
        append(store, 1).result()
        newer = make(path, folder, POLICY)
        os.truncate(newer.file, 1000)
        assert standing(path, folder).last.file == copy.file
        make(path, folder, policy(keep_last=1, keep_days=0))
        assert newer.file.exists()


FULL_DISK = """
import sys
from pathlib import Path
from swclient.store.backups.making import make
from swclient.store.backups.problems import BackupError
from tests.store.copies import files, policy
store, disk = Path(sys.argv[1]), Path(sys.argv[2])
import swclient.store.backups.making as making
making._need_room = lambda *_: None      # the disk fills while we write
try:
    make(store, disk, policy(reserve=0))
    sys.exit("it was made")
except BackupError as error:
    print(error)
assert not files(disk), files(disk)
"""


@pytest.mark.parametrize("size", [40, 60, 80])
def test_a_disk_that_fills_up_is_told_and_nothing_half_is_left(store, path, tmp_path, size):
    mount = shutil.which("mount")
    if os.geteuid() or not mount:
        pytest.skip("only the superuser may make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no small disk can be made here")
    try:
        run = [sys.executable, "-c", FULL_DISK, str(path), str(disk)]
        done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        with pytest.raises(BackupError, match="not room enough"):
            make(path, disk, policy(reserve=0))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert done.returncode == 0, done.stderr
    assert "not room enough" in done.stdout
    assert size * 1024 < MIB
    append(store, 1).result()
    assert store.load(ID).changes
