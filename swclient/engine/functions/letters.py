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

# Forms of plates by country, as they are commonly known; no source is confirmed, so they only warn.
_PLATES: dict[str, tuple[str, ...]] = {
    "KZ": ("[0-9]{3}[A-Z]{2,3}[0-9]{2}", "[A-Z][0-9]{3}[A-Z]{2,3}"),
    "KG": ("[0-9]{2}KG[0-9]{3}[A-Z]{3}", "[A-Z]{1,2}[0-9]{4}[A-Z]{1,2}"),
    "UZ": ("[0-9]{2}[A-Z][0-9]{3}[A-Z]{2}", "[0-9]{5}[A-Z]{3}"),
    "TJ": ("[0-9]{4}[A-Z]{2}[0-9]{2}",),
    "AZ": ("[0-9]{2}[A-Z]{2}[0-9]{3}",),
    "MN": ("[0-9]{4}[А-ЯӨҮ]{3}",),
    "CN": ("[一-龥][A-Z][A-Z0-9]{5,6}挂?",),
}
_FORMS = {country: re.compile("|".join(forms)) for country, forms in _PLATES.items()}


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
def plate_form(number: str, country: str) -> bool:
    """Tell whether a number plate looks like one of its country; plates of countries not known here all do.

    >>> plate_form("123 ABC 02", "KZ"), plate_form("12ABC02", "KZ"), plate_form("12ABC02", "DE")
    (True, False, True)
    """
    form = _FORMS.get(country)
    return form is None or form.fullmatch(_plate(number)) is not None


@function("plate_mended")
def plate_mended(number: str, country: str) -> str | None:
    """Return a plate typed with Cyrillic look-alikes in Latin letters, None where that does not make one of it.

    >>> plate_mended("123авс02", "KZ"), plate_mended("12ABC02", "KZ")
    ('123ABC02', None)
    """
    plain = latin(number)
    return plain.upper() if plain is not None and plate_form(plain, country) else None
