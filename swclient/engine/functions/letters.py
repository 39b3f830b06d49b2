# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alphabets: letters that look alike, and number plates by country."""

from __future__ import annotations

import re

from swclient.engine.functions import function

_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘәІіҢңҒғҮүҰұҚқӨөҺһ]")
_TO_LATIN = str.maketrans("АВЕКМНОРСТУХІавекмнорстухі", "ABEKMHOPCTYXIabekmhopctyxi")
_BETWEEN = str.maketrans("", "", " .-")


@function("one_alphabet")
def one_alphabet(text: str) -> bool:
    """Tell whether no word of a text mixes Latin and Cyrillic letters.

    >>> one_alphabet("123ABC02"), one_alphabet("123АВС02"), one_alphabet("123ABС02"), one_alphabet("КАМАЗ / MAN")
    (True, True, False, True)
    """
    if text.isascii():
        return True
    return not any(_LATIN.search(word) and _CYRILLIC.search(word) for word in _WORD.findall(text))


@function("latin")
def latin(text: str) -> str | None:
    """Return a text with Cyrillic letters put as the Latin ones they look like, None when others are left.

    >>> latin("123ABС02"), latin("123ЖЯ02")
    ('123ABC02', None)
    """
    plain = text.translate(_TO_LATIN)
    return None if _CYRILLIC.search(plain) else plain


def _plate(number: str) -> str:
    """Return the first of the numbers that a box holds, without blanks."""
    return number.partition("/")[0].translate(_BETWEEN).upper()


@function("plate_form")
def plate_form(number: str, form: str) -> bool:
    """Tell whether a number plate has a form, which a list of plates gives for its country.

    Of several numbers in one box the first is looked at; blanks, points and dashes do not count.

    >>> plate_form("123 abc 02", "[0-9]{3}[A-Z]{3}[0-9]{2}"), plate_form("12ABC02/45QQ02", "[0-9]{3}[A-Z]{3}[0-9]{2}")
    (True, False)
    """
    plain = number.partition("/")[0].translate(_BETWEEN).upper()
    return re.fullmatch(form, plain) is not None


@function("plate_mended")
def plate_mended(number: str, form: str) -> str | None:
    """Return a plate typed with Cyrillic look-alikes in Latin letters, None where that does not give it the form.

    >>> plate_mended("123авс02", "[0-9]{3}[A-Z]{3}[0-9]{2}"), plate_mended("12АВС02", "[0-9]{3}[A-Z]{3}[0-9]{2}")
    ('123ABC02', None)
    """
    plain = latin(number)
    return plain.upper() if plain is not None and plate_form(plain, form) else None
