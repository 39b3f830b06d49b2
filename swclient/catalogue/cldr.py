# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of countries, currencies and units in the languages of the region, from the CLDR data that Babel brings.

The lists themselves hold codes, and names in English and Russian; the other languages are read here, each when it is
first asked for (some milliseconds).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

LANGUAGES = ("en", "ru", "kk", "ky", "tg", "uz", "az", "mn", "zh")
SEARCHED = (*LANGUAGES, "uz_Cyrl")  # both alphabets are written in Uzbekistan
LISTS = ("countries", "currencies", "units")
UNITS = {  # letters of UN Recommendation 20, by which national lists name their units, and CLDR's names
    "CMK": "area-square-centimeter",
    "CMQ": "volume-cubic-centimeter",
    "CMT": "length-centimeter",
    "CTM": "mass-carat",
    "GRM": "mass-gram",
    "KGM": "mass-kilogram",
    "KWH": "energy-kilowatt-hour",
    "KWT": "power-kilowatt",
    "LTR": "volume-liter",
    "MMT": "length-millimeter",
    "MTK": "area-square-meter",
    "MTQ": "volume-cubic-meter",
    "MTR": "length-meter",
    "TNE": "mass-tonne",
}


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


def key_of(list_name: str, code: str, more: Mapping[str, str]) -> str:
    """Return by what CLDR knows a row of a list: units by their letters in UN Recommendation 20, the rest by code."""
    return more.get("rec20", "") if list_name == "units" else code


def cldr_name(kind: str, code: str, language: str) -> str:
    """Return the name of a country (ISO 3166), a currency (ISO 4217) or a unit (UN Rec 20); empty when it has none."""
    if language not in SEARCHED:
        return ""
    return _unit(code, language) if kind == "units" else _names(kind, language).get(code, "")


@lru_cache(maxsize=512)
def _unit(letters: str, language: str) -> str:
    """Return what one unit is called; Chinese names some only in its short forms."""
    from babel.units import format_unit

    wanted = UNITS.get(letters, "")
    lengths: tuple[Literal["long", "short"], ...] = ("long", "short") if language == "zh" else ("long",)
    for length in lengths if wanted else ():
        found = format_unit(1, wanted, length, locale=language).removeprefix("1").strip()
        if found != wanted:  # Babel hands the unit itself back where a language has no word for it
            return found[:1].upper() + found[1:]
    return ""


def cldr_names(kind: str, code: str) -> tuple[str, ...]:
    """Return what a country, currency or unit is called in all languages of the region, each name once."""
    return tuple(dict.fromkeys(name for language in SEARCHED if (name := cldr_name(kind, code, language))))


@lru_cache(maxsize=32)
def _names(kind: str, language: str) -> Mapping[str, str]:
    from babel import Locale

    locale = Locale.parse(language)
    return locale.territories if kind == "countries" else locale.currencies
