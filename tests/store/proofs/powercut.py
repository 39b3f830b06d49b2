# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts the power at every single thing the program asked of the disk, in many ways, and opens what is left.

What was synced is there. Of what was not, anything may be there or not: all, nothing, some writes out of order, some
512-byte parts of a write; a new file whose name was not synced may be missing, a removed one may be back. After a sync
that failed, what it should have brought to the disk may be missing for ever, whatever later syncs say.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from tests.store.proofs.recorder import (
    CREATE,
    CUT,
    FAILED_SYNC,
    SAY,
    SYNC,
    UNLINK,
    WRITE,
    Operation,
    record,
)
from tests.store.proofs.tally import Tally
from tests.store.proofs.typing import Said, faults

SECTOR = 512
_STORE = "declarations.db"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one


@dataclass(slots=True)
class _File:
    """A file as the disk may have it: for certain, and what was asked since."""

    durable: bytearray = field(default_factory=bytearray)
    named: bool = False
    asked: list[Operation] = field(default_factory=list)


class Disk:
    """What lies on the disk after some operations."""

    def __init__(self) -> None:
        self.files: dict[str, _File] = {}
        self.removed: dict[str, _File] = {}

    def take(self, each: Operation) -> None:
        """Carry out one operation."""
        if each.kind == CREATE:
            self.files[each.file] = _File()
        elif each.kind == UNLINK:
            self.removed[each.file] = self.files.pop(each.file)
        elif each.kind == SYNC and not each.file:
            self.removed.clear()
            for file in self.files.values():
                file.named = True
        elif each.file in self.files:
            self._on_file(self.files[each.file], each)

    @staticmethod
    def _on_file(file: _File, each: Operation) -> None:
        if each.kind in {WRITE, CUT}:
            file.asked.append(each)
        elif each.kind == SYNC:
            doomed = [one for one in file.asked if one.kind == FAILED_SYNC]
            if doomed:  # what a failed sync left behind stays uncertain; what came after it is there
                last = max(place for place, one in enumerate(file.asked) if one.kind == FAILED_SYNC)
                uncertain, certain = file.asked[: last + 1], file.asked[last + 1 :]
            else:
                uncertain, certain = [], file.asked
            for one in certain:
                _apply(file.durable, one)
            covered = [_span(one) for one in certain]
            file.asked = [one for one in uncertain if not any(_inside(_span(one), span) for span in covered)]
            file.named = True
        elif each.kind == FAILED_SYNC:
            file.asked.append(each)

    def image(self, folder: Path, how: str, dice: random.Random) -> None:
        """Write one of the images that the power may leave: `all`, `nothing` or `some` of what was not synced."""
        for name, file in self.files.items():
            if file.named or how == "all" or (how == "some" and dice.random() < 0.5):
                (folder / name).write_bytes(_content(file, how, dice))
        for name, file in self.removed.items():
            if not (folder / name).exists() and (how == "nothing" or (how == "some" and dice.random() < 0.5)):
                (folder / name).write_bytes(_content(file, how, dice))


def _span(each: Operation) -> tuple[int, int]:
    if each.kind == WRITE:
        return each.offset, each.offset + len(each.data)
    return (each.offset, 1 << 62) if each.kind == CUT else (0, -1)


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _content(file: _File, how: str, dice: random.Random) -> bytes:
    found = bytearray(file.durable)
    if how == "all":
        for each in file.asked:
            _apply(found, each)
    elif how == "some":
        for each in file.asked:
            if dice.random() < 0.5:
                for part in _torn(each, dice):
                    _apply(found, part)
    return bytes(found)


def _torn(each: Operation, dice: random.Random) -> Iterator[Operation]:
    """Yield an operation, or every other time only some of its sectors."""
    if each.kind != WRITE or len(each.data) <= SECTOR or dice.random() < 0.5:
        yield each
        return
    start = 0
    while start < len(each.data):
        end = min(len(each.data), (each.offset + start) // SECTOR * SECTOR + SECTOR - each.offset)
        if dice.random() < 0.5:
            yield Operation(WRITE, each.file, each.offset + start, each.data[start:end])
        start = end


def _apply(content: bytearray, each: Operation) -> None:
    if each.kind == CUT:
        del content[each.offset :]
        content.extend(bytes(each.offset - len(content)))
    elif each.kind == WRITE:
        content.extend(bytes(max(0, each.offset - len(content))))
        content[each.offset : each.offset + len(each.data)] = each.data


def recorded(edits: int, synchronous: str = "", inject: str = "") -> list[Operation]:
    """Record one run of the typing program."""
    with tempfile.TemporaryDirectory(prefix="swclient-power-") as name:
        folder = Path(name).resolve() / "store"
        folder.mkdir()
        order = ["-m", "tests.store.proofs.typing", str(folder / _STORE), str(edits), synchronous]
        return record(folder, order if synchronous else order[:-1], inject)


def cut(operations: list[Operation], images: int, seed: int, most: int) -> tuple[int, int, list[str]]:
    """Cut the power after every operation, `images` times each; return images, acknowledged edits and what was wrong.

    Args:
        operations: what was recorded.
        images: how many at each operation.
        seed: of what survives.
        most: about so many images in all.
    """
    dice = random.Random(seed)
    disk, said = Disk(), Said()
    done, wrong = 0, list[str]()
    chance = most / (images * sum(each.kind != SAY for each in operations))  # a short run looks at some places only
    chance = most / (images * sum(each.kind != SAY for each in operations))  # a short run looks at some places only
    chance = most / (images * sum(each.kind != SAY for each in operations))  # a short run looks at some places only
    for place, each in enumerate(operations):
        disk.take(each)
        if each.kind == SAY:
            for line in each.data.decode().splitlines():
                said.hear(line)
            continue
        for how in ["nothing", "all", *["some"] * images][:images] if dice.random() < chance else ():
            with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
                disk.image(Path(name), how, dice)
                if (Path(name) / _STORE).exists() or said.edits:
                    found = faults(Path(name) / _STORE, deepcopy(said))
                    wrong += [f"operation {place} ({each.kind} {each.file}), {how}: {found[0]}"] if found else []
            done += 1
    return done, len(said.edits), wrong


def run(images: int, seed: int = 1, *, controls: bool = True) -> Tally:
    """Make so many images of runs that brought the log in every few pages; then those of a store that does not wait."""
    tally = Tally("the same program with synchronous=NORMAL and OFF: nothing waits for the disk at a commit")
    operations = recorded(30)
    places = sum(each.kind != SAY for each in operations)
    each_place = max(3, -(-images // places))
    tally.cases, tally.acked, tally.wrong = cut(operations, each_place, seed, images)
    tally.tell("operations", places)
    for number in range(4, 4 + max(1, images // 2000)):
        failing = recorded(20, inject=f"fdatasync:error=EIO:when={number}")
        cases, acked, wrong = cut(failing, 3, seed, max(60, images // 20))
        tally.cases, tally.acked = tally.cases + cases, tally.acked + acked
        tally.wrong += [f"sync {number} failed: {each}" for each in wrong]
        tally.tell("images after a failed sync", cases)
    for synchronous in ("NORMAL", "OFF") if controls else ():
        cases, _acked, wrong = cut(recorded(30, synchronous), 3, seed, max(300, images // 20))
        tally.control_cases += cases
        tally.control_wrong += len(wrong)
        tally.tell(f"{synchronous} lost", len(wrong))
    return tally


if __name__ == "__main__":
    import sys

    found = run(int(sys.argv[1]))
    print(found.cases, found.acked, len(found.wrong), found.wrong[:5], found.told, found.control_wrong)
