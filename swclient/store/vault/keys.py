# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of encrypted stores, while the program runs; and the words by which a person writes one down.

A key is 256 random bits, used as they are: nothing is derived from a pass phrase, so opening costs no time and a guess
is hopeless. The recovery key is the same key in letters: 13 groups of five, the fifth checking the group, and a last
group that checks the whole. A wrong letter is named by its group.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from swclient.base.errors import UserError, without_frames
from swclient.base.i18n import N_

_BYTES = 32
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are taken for others
_ALIKE = str.maketrans("ILO", "110")
_GROUPS, _DATA = 13, 4
_WORDS = _GROUPS + 1
_LENGTH = N_("A recovery key has {due} groups of five letters and digits; here are {found} characters. Type it again.")
_LETTER = N_("“{letter}” does not occur in a recovery key; look at group {group} again.")
_GROUP = N_("Group {group} of the recovery key is mistyped. Look at it again.")
_WHOLE = N_("The groups of the recovery key do not belong together. Is it all from one sheet, and in order?")


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a store. It shows itself by its number only.

    Attributes:
        id: which key it is; tells nothing of the key itself.
    """

    raw: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Which key it is, 16 hexadecimal digits."""
        return hashlib.sha256(b"swclient store key" + self.raw).hexdigest()[:16]

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes it: bytes, from which nothing has to be derived."""
        return f"x'{self.raw.hex()}'"

    def __str__(self) -> str:
        return f"Key({self.id})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not written down")


Lookup = Callable[[str, Path], "Key | None"]
"""Finds the key of that id for a file, in a key store or by asking; None where it is not to be had."""

_held: dict[str, Key] = {}
_lookup: list[Lookup] = []


def new_key() -> Key:
    """Return a key that nobody had before."""
    return Key(os.urandom(_BYTES))


def hold(key: Key) -> None:
    """Have a key at hand until the program ends."""
    _held[key.id] = key


def held() -> tuple[Key, ...]:
    """Return the keys at hand, the last taken first."""
    return tuple(reversed(_held.values()))


def let_go() -> None:
    """Forget every key at hand, and whom to ask."""
    _held.clear()
    _lookup.clear()


def ask_by(lookup: Lookup) -> None:
    """Say who finds a key that is not at hand; in place of the one before."""
    _lookup[:] = [lookup]


def find(key_id: str, file: Path) -> Key | None:
    """Return the key of that id: at hand, or found now; None where it is not to be had."""
    if key_id not in _held:
        for lookup in _lookup:
            found = lookup(key_id, file)
            if found is not None and found.id == key_id:
                hold(found)
    return _held.get(key_id)


# -- the recovery key


def written(key: Key) -> str:
    """Return a key as a person writes it down: groups of five, parted by spaces."""
    number = int.from_bytes(key.raw, "big") << 4  # 256 bits and four to fill the last letter
    values = [(number >> shift) & 31 for shift in range(5 * (_GROUPS * _DATA - 1), -1, -5)]
    groups = [values[start : start + _DATA] for start in range(0, len(values), _DATA)]
    checked = [[*group, _check(place, group)] for place, group in enumerate(groups)]
    return " ".join("".join(_LETTERS[value] for value in group) for group in [*checked, _last(key.raw)])


def read(text: str) -> Key:
    """Return the key that a person typed; case, spaces and hyphens do not matter, nor I for 1 or O for 0.

    Raises:
        UserError: it is mistyped; the message tells where, and no variable of it what was typed: most of a key.
    """
    try:
        return _read(text)
    except UserError as error:
        raise without_frames(error) from None
    finally:
        del text


def _read(text: str) -> Key:
    letters = "".join(each for each in text.upper() if not each.isspace() and each not in "-–—.").translate(_ALIKE)
    if len(letters) != _WORDS * (_DATA + 1):
        raise UserError(_LENGTH, due=_WORDS, found=len(letters))
    for place, letter in enumerate(letters):
        if letter not in _LETTERS:
            raise UserError(_LETTER, letter=letter, group=place // (_DATA + 1) + 1)
    values = [_LETTERS.index(letter) for letter in letters]
    groups = [values[start : start + _DATA + 1] for start in range(0, len(values), _DATA + 1)]
    number = 0
    for place, group in enumerate(groups[:-1]):
        if _check(place, group[:-1]) != group[-1]:
            raise UserError(_GROUP, group=place + 1)
        for value in group[:-1]:
            number = number << 5 | value
    raw = (number >> 4).to_bytes(_BYTES, "big")
    if number & 15 or _last(raw) != groups[-1]:
        raise UserError(_WHOLE)
    return Key(raw)


def _check(place: int, group: list[int]) -> int:
    """Return the letter that checks a group: tells every single mistake and every two letters swapped."""
    found = place
    for value in group:
        found = _doubled(found) ^ value
    return _doubled(found)


def _doubled(value: int) -> int:
    """Multiply by x in the field of 32 elements."""
    return (value << 1 & 31) ^ (5 if value & 16 else 0)


def _last(raw: bytes) -> list[int]:
    number = int.from_bytes(hashlib.sha256(b"swclient recovery key" + raw).digest()[:4], "big") >> 7
    return [number >> shift & 31 for shift in (20, 15, 10, 5, 0)]
