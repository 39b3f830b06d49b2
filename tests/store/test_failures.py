# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A full or failing disk: nothing acknowledged is lost, the rest is told, and work goes on."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import wait
from contextlib import contextmanager
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import Snapshot, StoreError, UnsavedGapError, open_store
from tests.store.conftest import ID, OTHER, append, new

resource = pytest.importorskip("resource", reason="limits of a process are a POSIX affair")


@contextmanager
def files_may_grow_to(size):
    """Let no file of this process grow further: what a failing disk looks like to SQLite."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def long_change(store, number):
    return store.append_change(ID, {"value": f"{number} " * 500}, label="x", actor="x")


def test_a_change_that_cannot_be_written_is_told_and_every_acknowledged_one_is_there(store, draft, path):
    with files_may_grow_to(path.with_name(f"{path.name}-wal").stat().st_size + 60_000):
        futures = [long_change(store, number) for number in range(500)]
        wait(futures)
    problems = [future.exception() for future in futures if future.exception()]
    assert problems
    assert isinstance(problems[0], StoreError)
    assert "not saved" in str(problems[0])
    acked = [future.result() for future in futures if not future.exception()]
    store.close()
    with open_store(path) as again:
        assert set(acked) <= {record.sequence for record in again.history(draft)}
        assert again.health.ok


def test_nothing_is_written_after_a_hole_until_a_whole_body_is_saved(store, draft, path):
    store.create(new(OTHER), actor="declarant")
    with files_may_grow_to(path.with_name(f"{path.name}-wal").stat().st_size):
        lost = long_change(store, 1)
        assert isinstance(lost.exception(), StoreError)
    # There is space again, but this change would follow one that is not there.
    assert isinstance(append(store, 2).exception(), UnsavedGapError)
    append(store, 2, OTHER).result()
    whole = {"header": {"office": "2"}}
    store.save_snapshot(Snapshot(draft, whole), actor="declarant").result()
    append(store, 3).result()
    stored = store.load(draft)
    assert stored.body == whole
    assert [change.body["value"] for change in stored.changes] == ["3"]
    # The log alone tells the same.
    restated, last = store.history(draft)[-2:]
    assert (restated.whole, restated.body, last.body["value"]) == (True, whole, "3")


def test_a_snapshot_that_fails_closes_no_hole(store, draft, path):
    with files_may_grow_to(path.with_name(f"{path.name}-wal").stat().st_size):
        assert long_change(store, 1).exception()
        with pytest.raises(StoreError):
            store.save_snapshot(Snapshot(draft, {}), actor="declarant").result()
    assert isinstance(append(store, 2).exception(), UnsavedGapError)


def test_a_move_that_cannot_be_written_leaves_the_state_as_it_was(store, draft, path):
    from swclient.store import Artefact, Move

    form = Artefact(draft, "form.pdf", "application/pdf", os.urandom(200_000))
    with files_may_grow_to(100_000), pytest.raises(StoreError):
        store.move_state(Move(draft, "draft", "signed", artefacts=(form,)))
    assert store.load(draft).row.state == "draft"
    store.move_state(Move(draft, "draft", "signed", artefacts=(form,)))
    assert store.artefacts.latest(draft, "form.pdf").artefact == form


FULL_DISK = """
import sys
from pathlib import Path
from swclient.store import Snapshot, open_store
from tests.store.conftest import ID, new
folder, ballast = Path(sys.argv[1]), Path(sys.argv[1], "ballast")
with open_store(folder / "declarations.db") as store:
    store.create(new(), actor="declarant")
    acked, value = {}, "x" * 300
    while True:
        future = store.append_change(ID, {"value": value}, label="x", actor="x")
        if problem := future.exception():
            assert "full" in str(problem), problem
            break
        acked[future.result()] = value
    ballast.unlink()       # the user frees some space
    store.save_snapshot(Snapshot(ID, {"whole": True}), actor="x").result()
    acked[store.append_change(ID, {"value": "after"}, label="x", actor="x").result()] = "after"
with open_store(folder / "declarations.db") as store:
    found = {record.sequence: record.body.get("value") for record in store.history(ID)}
    assert store.health.ok, store.health
    assert all(found[number] == value for number, value in acked.items())
    print(len(acked))
"""


@pytest.mark.parametrize("size", [600, 633, 666, 699])
def test_a_full_disk_is_told_and_work_goes_on_when_space_is_freed(size, tmp_path):
    mount = shutil.which("mount")
    if os.geteuid() or not mount:
        pytest.skip("only the superuser may make a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(tmp_path)], check=False)
    if made.returncode:
        pytest.skip("no small disk can be made here")
    try:
        (tmp_path / "ballast").write_bytes(bytes(100_000))
        run = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
        root = Path(__file__).parents[2]
        done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=root)
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_one_change_costs_one_sync(tmp_path):
    """Counted by the system, not by us: a second sync would double the price of a keystroke."""
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    script = """
import sys
from pathlib import Path
from swclient.store import open_store
from tests.store.conftest import ID, append, new
with open_store(Path(sys.argv[1])) as store:
    store.create(new(), actor="x")
    print("begin", flush=True)
    for number in range(20):
        append(store, number).result()
    print("end", flush=True)
"""
    log = tmp_path / "syscalls"
    order = [strace, "-f", "-o", str(log), "-e", "trace=fsync,fdatasync,write"]
    run = [*order, sys.executable, "-c", script, str(tmp_path / "declarations.db")]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    if "ptrace" in done.stderr:
        pytest.skip("tracing is not allowed here")
    assert done.returncode == 0, done.stderr
    between = log.read_text().split('"begin')[1].split('"end')[0]
    assert between.count("sync(") == 20


def test_what_breaks_in_the_writing_thread_reaches_who_waits(store, draft):
    class BrokenError(Exception):
        pass

    def broken(connection):
        raise BrokenError

    with pytest.raises(BrokenError):
        store._desk.write(broken).result()
    held = store._desk._held
    store._desk._held = lambda: (_ for _ in ()).throw(BrokenError())
    lost = append(store, 1)
    assert isinstance(lost.exception(), BrokenError)
    store._desk._held = held


def test_a_store_that_vanishes_before_it_is_opened_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be"):
        open_store(tmp_path / "file" / "declarations.db")
