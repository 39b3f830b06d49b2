# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flips bits, clears and swaps pages, cuts files, loses and exchanges write-ahead files; looks whether that is told.

A value that is another one than was kept, in a store whose check says that all is well, is a silent wrong value: the
one thing that must never be.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.backups.making import make
from swclient.store.backups.policy import Policy
from swclient.store.backups.restoring import restore
from swclient.store.backups.shelf import copies_in
from swclient.store.head import head_file
from tests.store.proofs.tally import Tally
from tests.store.proofs.world import IDS, Refused, everything, fill, plain

PAGE = 4096
_NAME = "declarations.db"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one
Harm = Callable[[Path, random.Random], bool]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="swclient-rot-", dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        yield Path(name)


class Sound:
    """A sound store, closed and as a crash leaves it, with what is in it.

    Attributes:
        closed: one file and its note.
        crashed: the same with its latest work in the write-ahead file.
        truth: all its values as the program shows them.
        control: all its values as read without digests.
    """

    def __init__(self, folder: Path) -> None:
        self.closed, self.crashed = folder / "closed", folder / "crashed"
        for each in (self.closed, self.crashed):
            each.mkdir()
        fill(self.closed / _NAME)
        with open_store(self.closed / _NAME) as store:
            store.append_change(IDS[0], {"value": "later"}, label="Mass", actor="declarant").result()
            store.add_event(IDS[1], "note", {"text": "later"})
            for file in self.closed.iterdir():
                shutil.copy(file, self.crashed)
        self.truth = {place: self._truth(place) for place in (self.closed, self.crashed)}
        self.control = {place: plain(place / _NAME) for place in (self.closed, self.crashed)}

    @staticmethod
    def _truth(place: Path) -> dict[str, Any]:
        with _folder() as copy:
            shutil.copytree(place, copy, dirs_exist_ok=True)
            with open_store(copy / _NAME) as store:
                assert store.health.ok, store.health
                return everything(store)


def _try(sound: Sound, place: Path, harm: Harm, dice: random.Random, tally: Tally) -> None:
    """Harm a copy of the store and put down what the program makes of it."""
    with _folder() as folder:
        shutil.copytree(place, folder, dirs_exist_ok=True)
        if not harm(folder, dice):
            return
        tally.cases += 1
        path = folder / _NAME
        _control(sound, place, folder, tally)
        try:
            with open_store(path) as store:
                health, found = store.health, everything(store)
        except (UserError, UnicodeDecodeError) as error:
            tally.tell("refused to open")
            tally.wrong += [] if isinstance(error, UserError) else [f"not told in words: {error!r}"]
            return
        differing = [key for key, value in sound.truth[place].items() if found[key] != value]
        if not health.ok:
            tally.tell(f"told: {health.state}")
            tally.tell("parts still read", len(found) - sum(isinstance(each, Refused) for each in found.values()))
        elif any(not isinstance(found[key], Refused) and not _mended(found[key], key) for key in differing):
            tally.wrong.append(f"silent: {differing[:3]}")
        else:
            tally.tell("refused in place" if differing else "harmless")


def _mended(value: Any, key: str) -> bool:
    """Whether a part was taken from the log because its own copy was found damaged, and says so."""
    return key.startswith("load") and value.recovered


def _control(sound: Sound, place: Path, folder: Path, tally: Tally) -> None:
    with _folder() as other:
        shutil.copytree(folder, other, dirs_exist_ok=True)
        found = plain(other / _NAME)
    tally.control_cases += 1
    truth = sound.control[place]
    tally.control_wrong += any(
        not isinstance(value, Refused) and value != truth.get(key) for key, value in found.items()
    )


def flip_a_bit(folder: Path, dice: random.Random) -> bool:
    """Flip one bit of the store, of its write-ahead file or of its note, each as likely as it is long."""
    files = [file for file in sorted(folder.iterdir()) if not file.name.endswith("-shm") and file.stat().st_size]
    file = dice.choices(files, [each.stat().st_size for each in files])[0]
    content = bytearray(file.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(content)
    return True


def spoil_a_page(folder: Path, dice: random.Random) -> bool:
    """Clear one page of the store, or exchange two."""
    file = folder / _NAME
    content = bytearray(file.read_bytes())
    one, other = (number * PAGE for number in dice.sample(range(len(content) // PAGE), 2))
    first, second = bytes(content[one : one + PAGE]), bytes(content[other : other + PAGE])
    if dice.random() < 0.5:
        content[one : one + PAGE] = bytes(PAGE)
    else:
        content[one : one + PAGE], content[other : other + PAGE] = second, first
    file.write_bytes(content)
    return first != second and first != bytes(PAGE)


def spoil_the_log_file(folder: Path, dice: random.Random) -> bool:
    """Take the write-ahead file away, cut it, or put that of another store or of an earlier hour in its place."""
    file = folder / f"{_NAME}-wal"
    how = dice.randrange(3)
    if how == 0:
        file.unlink()
    elif how == 1:
        os.truncate(file, dice.randrange(file.stat().st_size - 2 * PAGE))
    else:
        file.write_bytes(_foreign())
    for shared in folder.glob("*-shm"):
        shared.unlink()
    return True


_others: list[bytes] = []


def _foreign() -> bytes:
    """Return the write-ahead file of another store."""
    if not _others:
        with _folder() as folder:
            fill(folder / _NAME, edits=3, files=2000)
            with open_store(folder / _NAME) as store:
                store.append_change(IDS[2], {"value": "other"}, label="Mass", actor="declarant").result()
                _others.append((folder / f"{_NAME}-wal").read_bytes())
    return _others[0]


def run(cases: int, harm: Harm, seed: int = 1) -> Tally:
    """Harm so many copies; every fifth as a crash leaves it where that makes a difference."""
    dice = random.Random(seed)
    tally = Tally("the same files read by SQLite alone")
    with _folder() as folder:
        sound = Sound(folder)
        while tally.cases < cases:
            crashed = harm is spoil_the_log_file or (harm is flip_a_bit and tally.cases % 5 == 4)
            _try(sound, sound.crashed if crashed else sound.closed, harm, dice, tally)
    return tally


def run_cut(cases: int, seed: int = 1) -> Tally:
    """Cut the store at random places: it is told, and the last copy is put back with everything in it."""
    dice = random.Random(seed)
    tally = Tally("the same files read by SQLite alone")
    with _folder() as folder:
        sound = Sound(folder)
        shelf = folder / "backups"
        make(sound.closed / _NAME, shelf, Policy(200, 30, 10, 30, 0, None))
        while tally.cases < cases:
            with _folder() as copy:
                shutil.copytree(sound.closed, copy, dirs_exist_ok=True)
                os.truncate(copy / _NAME, dice.randrange((copy / _NAME).stat().st_size))
                tally.cases += 1
                _control(sound, sound.closed, copy, tally)
                _put_back(sound, copy, shelf, tally)
    return tally


def _put_back(sound: Sound, folder: Path, shelf: Path, tally: Tally) -> None:
    try:
        with open_store(folder / _NAME) as store:
            tally.tell("told: " + store.health.state)
            tally.wrong += ["a cut store passed for whole"] if store.health.ok else []
    except UserError:
        tally.tell("refused to open")
    restore(folder / _NAME, copies_in(shelf)[0].file)
    with open_store(folder / _NAME) as store:
        same = store.health.ok and everything(store).keys() == sound.truth[sound.closed].keys()
        lost = [one for one in IDS if store.history(one) != sound.truth[sound.closed][f"history {one}"]]
    tally.wrong += [] if same and not lost else ["the copy put back is not what was copied"]
    assert head_file(folder / _NAME).exists()
