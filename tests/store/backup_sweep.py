# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Strikes a program that copies or restores at every one of its steps on the disk, and looks what is left.

    python -m tests.store.backup_sweep

strace kills the program at its Nth write, sync, rename, link or removal, or has the disk answer "no space left". The
controls copy and restore as programs without care do, straight over the file; they must lose.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.backups.making import make
from swclient.store.backups.restoring import restore
from swclient.store.backups.shelf import copies_in, write_note
from swclient.store.backups.verifying import verify
from tests.store.conftest import append
from tests.store.copies import POLICY, live, told
from tests.store.syscall_sweep import BROKEN_DISK, FULL_DISK, KILL

if TYPE_CHECKING:
    from collections.abc import Iterable

COPY, CARELESS_COPY = "copy", "careless-copy"
RESTORE, CARELESS_RESTORE = "restore", "careless-restore"
WRITES = "write,pwrite64,sendfile,copy_file_range,ftruncate"
SYNCS = "fsync,fdatasync"
NAMES = "rename,renameat,renameat2,link,linkat,unlink,unlinkat"
_STRUCK = 3


@dataclass(frozen=True, slots=True)
class Result:
    """What a sweep came to.

    Attributes:
        positions: at how many places something was made to fail.
        struck: how often the program was killed or was told of the failure.
        bad: how often a copy that looks whole was not, or the store was neither the one before nor the restored one,
            or the store before was gone, or the next copy could not be made.
    """

    positions: int
    struck: int
    bad: int


def run(work: str, fault: str, calls: str, positions: Iterable[int]) -> Result:
    """Make one kind of call fail in one way at each of the positions (1 = its first time)."""
    counts = [_strike(work, fault, calls, position) for position in positions]
    return Result(len(counts), sum(struck for struck, _bad in counts), sum(bad for _struck, bad in counts))


def _strike(work: str, fault: str, calls: str, position: int) -> tuple[int, int]:
    with tempfile.TemporaryDirectory(prefix="swclient-copies-") as name:
        path = Path(name) / "declarations.db"
        with live(path, changes=5) as store:
            make(path, path.parent / "backups", POLICY)
            append(store, "after the copy").result()
            now = told(store)
        with open_store(copies_in(path.parent / "backups")[0].file, read_only=True) as copy:
            then = told(copy)
        order = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}"]
        order += ["-e", f"inject={calls}:{fault}:when={position}"]
        order += [sys.executable, "-m", "tests.store.backup_sweep", work, str(path)]
        done = subprocess.run(order, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        if done.returncode == _STRUCK + 1:
            raise RuntimeError(done.stderr)
        bad = _bad_copies(path.parent / "backups") + _bad_store(path, now, then) + _cannot_go_on(path)
        return done.returncode != 0, bad


def _cannot_go_on(path: Path) -> int:
    """Whether the next start and the next copy are in trouble: by a lock, a name or a rest left behind."""
    folder = path.parent / "backups"
    try:
        with open_store(path) as store:
            append(store, "going on").result()
        make(path, folder, POLICY)
    except UserError:
        return 1
    return int(any(".part" in file.name for file in folder.iterdir()))


def _bad_copies(folder: Path) -> int:
    return sum(not verify(copy.file).good for copy in copies_in(folder))


def _bad_store(path: Path, now: object, then: object) -> int:
    try:
        with open_store(path, read_only=True) as store:
            found = told(store)
    except UserError:
        return 1
    if found == now:
        return 0
    kept = [file for file in path.parent.glob("*.kept-*Z") if _reads_as(file, now)]
    return int(found != then or not kept)


def _reads_as(file: Path, wanted: object) -> bool:
    try:
        with open_store(file, read_only=True) as store:
            return told(store) == wanted
    except UserError:
        return False


def _careless_copy(path: Path, folder: Path) -> None:
    """Copy as a script does: over the last copy, whatever becomes of it."""
    copy = copies_in(folder)[0]
    assert copy.note is not None
    write_note(copy.file, copy.note)
    _pour(path, copy.file)


def _careless_restore(path: Path, folder: Path) -> None:
    _pour(copies_in(folder)[0].file, path)


def _pour(source: Path, target: Path) -> None:
    with source.open("rb") as here, target.open("wb") as there:
        while part := here.read(8192):
            there.write(part)
            there.flush()


def _carry_out(work: str, path: Path) -> None:
    folder = path.parent / "backups"
    if work == COPY:
        make(path, folder, POLICY)
    elif work == RESTORE:
        restore(path, copies_in(folder)[0].file)
    elif work == CARELESS_COPY:
        _careless_copy(path, folder)
    else:
        _careless_restore(path, folder)


def _main() -> None:
    for work in (COPY, RESTORE):
        for fault in (KILL, BROKEN_DISK, FULL_DISK):
            for calls, most in ((WRITES, 90), (SYNCS, 12), (NAMES, 12)):
                print(work, fault, calls, run(work, fault, calls, range(1, most)), flush=True)
    for work in (CARELESS_COPY, CARELESS_RESTORE):
        print(work, KILL, WRITES, run(work, KILL, WRITES, range(1, 20)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        try:
            _carry_out(sys.argv[1], Path(sys.argv[2]))
        except UserError as error:
            print(error)
            sys.exit(_STRUCK)
    else:
        _main()
