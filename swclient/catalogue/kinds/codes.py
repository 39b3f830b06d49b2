# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes and identifiers: kept as texts, leading zeros and all."""

from __future__ import annotations

import re

from swclient.base.i18n import N_
from swclient.catalogue.kinds.base import Kind, KindError

_BLANKS = re.compile(r"[\s.\-/]+")
# Letters that look alike: a driver's Cyrillic keyboard must not make another container of it.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


class Code(Kind):
    """An entry of a code list: `code:countries`. An unknown code is kept and reported by a rule."""

    width = 6

    def __init__(self, name: str, argument: str = "") -> None:
        super().__init__(name, argument)
        self.list_name = argument

    def parse(self, text: str) -> str | None:
        """Read a code: upper case, without the name that a list may have shown after it."""
        plain = text.strip()
        return plain.split(" ", 1)[0].upper() or None if plain else None


class Digits(Kind):
    """A code of digits only, up to a length: `digits:10`.

    >>> Digits("digits", "10").parse("8481 80 819 9")
    '8481808199'
    """

    width = 12

    def __init__(self, name: str, argument: str = "") -> None:
        super().__init__(name, argument)
        self.length = int(argument or 20)

    def parse(self, text: str) -> str | None:
        """Read digits; blanks, points and dashes between them do not count."""
        plain = _BLANKS.sub("", text)
        if not plain:
            return None
        if not plain.isascii() or not plain.isdigit():
            raise KindError(N_("“{text}” must be digits only."), text=text.strip())
        if len(plain) > self.length:
            raise KindError(N_("“{text}” has more than {n} digits."), text=text.strip(), n=self.length)
        return plain


class TaxId(Kind):
    """A taxpayer number of any country: upper case, no blanks."""

    width = 18

    def parse(self, text: str) -> str | None:
        """Read a number; blanks, points and dashes in it do not count."""
        return _BLANKS.sub("", text).upper() or None


class Container(Kind):
    """A container number: Latin capitals and digits, no blanks.

    >>> Container("container").parse("mskU 123456-5")
    'MSKU1234565'
    """

    width = 13

    def parse(self, text: str) -> str | None:
        """Read a number; Cyrillic look-alikes become the Latin letters they stand for."""
        return _BLANKS.sub("", text).upper().translate(_LOOK_ALIKE) or None
