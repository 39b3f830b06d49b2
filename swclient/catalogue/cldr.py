# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of countries and currencies in the languages of the region, from the CLDR data that Babel brings.

The lists themselves hold codes, and names in English and Russian; the other languages are read here, each when it is
first asked for (some milliseconds).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

LANGUAGES = ("en", "ru", "kk", "ky", "tg", "uz", "az", "mn", "zh")
SEARCHED = (*LANGUAGES, "uz_Cyrl")  # both alphabets are written in Uzbekistan
LISTS = ("countries", "currencies")


class CldrNames(Mapping[str, str]):
    """Names of one code by language: the list's own first, CLDR's where it has none.

    Going through it yields the list's own names only, so that nothing is loaded by accident.
    """

    __slots__ = ("_code", "_kind", "_own")

    def __init__(self, kind: str, code: str, own: Mapping[str, str]) -> None:
        self._kind = kind
        self._code = code
        self._own = own

    def __getitem__(self, language: str) -> str:
        found = self._own.get(language) or cldr_name(self._kind, self._code, language)
        if not found:
            raise KeyError(language)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def cldr_name(kind: str, code: str, language: str) -> str:
    """Return the name of a country (ISO 3166) or currency (ISO 4217) in a language; empty when it has none."""
    return _names(kind, language).get(code, "") if language in SEARCHED else ""


def cldr_names(kind: str, code: str) -> tuple[str, ...]:
    """Return what a country or currency is called in all languages of the region, each name once."""
    return tuple(dict.fromkeys(name for language in SEARCHED if (name := cldr_name(kind, code, language))))


@lru_cache(maxsize=32)
def _names(kind: str, language: str) -> Mapping[str, str]:
    from babel import Locale

    locale = Locale.parse(language)
    return locale.territories if kind == "countries" else locale.currencies
