# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small disks of any size, and what the real store makes of them when they are full."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from swclient.base.errors import UserError
from swclient.store import NewDeclaration, Snapshot, Store, StoreError, UnsavedGapError, open_store
from swclient.store.backups.making import make
from swclient.store.backups.policy import Policy
from swclient.store.backups.shelf import copies_in
from swclient.store.backups.verifying import verify
from tests.store.proofs.tally import Tally
from tests.store.proofs.typing import ID

_NAME = "declarations.db"
_BALLAST = 100_000
_LEAST = 620_000
_STEP = 4096


def why_not() -> str:
    """Return why no small disk can be made here; empty where it can."""
    if not hasattr(os, "geteuid") or os.geteuid() or shutil.which("mount") is None:
        return "only the superuser may make a small disk"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"], check=False, capture_output=True)
    if made.returncode:
        return "no small disk can be made here"
    subprocess.run(["umount", "/mnt"], check=True)
    return ""


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Make a disk of so many bytes; gone afterwards."""
    place = folder / "disk"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def run(sizes: int, folder: Path) -> Tally:
    """Type until each of so many disks is full, free some space, go on; then look for what was acknowledged."""
    tally = Tally("a JSON file rewritten in place on the same disks")
    for number in range(sizes):
        with small_disk(folder, _LEAST + number * _STEP) as disk:
            tally.cases += 1
            (disk / "ballast").write_bytes(bytes(_BALLAST))
            tally.wrong += [f"{_LEAST + number * _STEP} bytes: {each}" for each in _fill(disk, tally)]
        with small_disk(folder, 40_000 + number * 512) as disk:
            tally.control_cases += 1
            tally.control_wrong += _fill_json(disk / "edits.json")
    return tally


def _fill(disk: Path, tally: Tally) -> list[str]:
    acked: dict[int, str] = {}
    with open_store(disk / _NAME) as store:
        store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        wrong = _until_full(store, acked)
        tally.tell("failed edits told")
        if not isinstance(_append(store, "behind the hole").exception(), (UnsavedGapError, StoreError)):
            wrong.append("an edit was taken after one that was not")
        (disk / "ballast").unlink()
        store.save_snapshot(Snapshot(ID, {"whole": True}), actor="declarant").result()
        acked[_append(store, "after").result()] = "after"
        tally.tell("went on")
    with open_store(disk / _NAME) as store:
        found = {record.sequence: record.body.get("value") for record in store.history(ID)}
        wrong += [] if store.health.ok else [store.health.message.text()]
    tally.acked += len(acked)
    return wrong + [f"lost edit {number}" for number, value in acked.items() if found.get(number) != value]


def _append(store: Store, value: str):
    return store.append_change(ID, {"value": value}, label="x", actor="declarant")


def _until_full(store: Store, acked: dict[int, str]) -> list[str]:
    value = "x" * 900
    while True:
        future = _append(store, value)
        problem = future.exception()
        if problem is not None:
            return [] if "full" in str(problem) else [f"not told that the disk is full: {problem}"]
        acked[future.result()] = value


def _fill_json(path: Path) -> bool:
    """Rewrite a growing file until the disk is full; return whether what had been acknowledged is gone."""
    text = ""
    while True:
        acked, text = text, f"edit {len(text)} " * 60 + text  # the latest first
        try:
            path.write_text(text, encoding="utf-8")
        except OSError:
            return acked not in path.read_text(encoding="utf-8")


def run_copies(sizes: int, folder: Path) -> Tally:
    """Copy a store onto so many small disks: a copy that verifies, or none and the older ones are intact."""
    tally = Tally("a file copied by hand onto the same disks, looked at by its name")
    source = folder / _NAME
    with open_store(source) as store:
        store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        for number in range(300):
            _append(store, f"{number} " * 60)
    policy = Policy(200, 30, 10, 30, 0, None)
    for number in range(sizes):
        size = source.stat().st_size + 16_384 + number * int(1.6 * source.stat().st_size / sizes)
        with small_disk(folder, size) as disk:
            tally.cases += 1
            tally.wrong += [f"{size} bytes: {each}" for each in _copy_twice(source, disk, policy, tally)]
        with small_disk(folder, int(source.stat().st_size * number / sizes) + 4096) as disk:
            tally.control_cases += 1
            tally.control_wrong += _copy_by_hand(source, disk / _NAME)
    return tally


def _copy_twice(source: Path, disk: Path, policy: Policy, tally: Tally) -> list[str]:
    made = 0
    for _ in range(2):
        try:
            make(source, disk, policy)
            made += 1
            tally.tell("copied")
        except UserError as error:
            tally.tell("told")
            if "disk" not in str(error):
                return [f"told something else: {error}"]
    copies = copies_in(disk)
    wrong = [] if len(copies) == made else [f"{made} copies were made, {len(copies)} are there"]
    return wrong + [f"{copy.file.name} is {verify(copy.file).state}" for copy in copies if not verify(copy.file).good]


def _copy_by_hand(source: Path, target: Path) -> bool:
    try:
        shutil.copyfile(source, target)
    except OSError:
        return target.exists() and target.stat().st_size != source.stat().st_size
    return False
