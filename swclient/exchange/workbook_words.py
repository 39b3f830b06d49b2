# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of suppliers: units, packages, countries, currencies, months, captions, in several languages.

All of them are rows of `resources/catalogue/words`; none stands in the program.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from swclient.base import paths
from swclient.base.errors import DataError

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_HAS_CJK = re.compile(f"[{_CJK}]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its code, and how many kilograms one is (None where it is no mass)."""

    code: str
    kg: Decimal | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words by what they name; every key has gone through `plain_words`.

    Attributes:
        signs: currency signs as they are written, `$` to `USD`.
        phrases: sets of words without a value: totals, nothing, made_in, incoterms, ...
    """

    units: Mapping[str, Unit]
    packages: Mapping[str, str]
    countries: Mapping[str, str]
    currencies: Mapping[str, str]
    months: Mapping[str, str]
    signs: Mapping[str, str]
    phrases: Mapping[str, frozenset[str]]


@lru_cache(maxsize=2048)  # captions are looked at many times while the best heading is sought
def plain_words(text: str) -> str:
    """Return the words of a text in lower case with one space between them, signs left out.

    Chinese words stand apart from others, because suppliers write them together.

    >>> plain_words("Gross  Weight,毛重(KG)")
    'gross weight 毛重 kg'
    >>> plain_words("Volume, m³ / P.R. China №")
    'volume m3 p r china no'
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def holds(words: str, phrase: str) -> bool:
    """Tell whether a phrase stands in plain words, whole words only; Chinese may stand within a word.

    >>> holds("unit price", "unit"), holds("units", "unit"), holds("货物中文品名", "中文品名")
    (True, False, True)
    """
    return needle(phrase) in f" {words} "


def needle(phrase: str) -> str:
    """Return what to look for in ` plain words ` to find a phrase as `holds` does, fast for many texts."""
    return phrase if _HAS_CJK.search(phrase) else f" {phrase} "


def weight(phrase: str) -> int:
    """Return how telling a phrase is: its length, a Chinese character counting as three letters."""
    return len(phrase) + 2 * len(_HAS_CJK.findall(phrase))


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read the words that came with the program.

    Raises:
        DataError: a file of them is broken.
    """
    home = words_folder()
    units = {word: Unit(row["code"], _kg(row, home)) for word, row in _rows(home / "units.csv").items()}
    phrases = {
        name: frozenset(found if name in {"nothing", "incoterms"} else map(plain_words, found))
        for name, found in read_words_toml(home / "phrases.toml").items()
    }
    return Words(
        units=units,
        packages=_codes(home / "packages.csv"),
        countries=_codes(home / "countries.csv"),
        currencies=_codes(home / "currencies.csv"),
        months=_codes(home / "months.csv"),
        signs={word: row["code"] for word, row in _rows(home / "signs.csv", plain=False).items()},
        phrases=phrases,
    )


def words_folder() -> Path:
    """Return the folder of word lists that came with the program."""
    return paths.shipped("resources") / "catalogue" / "words"


def read_words_toml(path: Path) -> dict[str, Any]:
    """Read a file of word lists, without what it says of its source.

    Raises:
        DataError: it cannot be read, or says no source.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError("This file cannot be read: {reason}", file=path, reason=str(error)) from error
    if not all(key in found for key in ("source", "taken", "confirmed")):
        raise DataError("A list of words must say source, taken and confirmed", file=path)
    return {key: value for key, value in found.items() if key not in {"source", "taken", "confirmed"}}


def _codes(path: Path) -> dict[str, str]:
    return {word: row["code"] for word, row in _rows(path).items()}


def _rows(path: Path, *, plain: bool = True) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        if not stream.readline().startswith("#"):
            raise DataError("The first line must say source, taken and confirmed", file=path, row=1)
        for number, row in enumerate(csv.DictReader(stream), 3):
            word = plain_words(row["word"]) if plain else row["word"]
            if not word or word in found:
                raise DataError(
                    "The word {word} is empty or stands twice",
                    file=path,
                    row=number,
                    word=row["word"],
                )
            found[word] = row
    return found


def _kg(row: dict[str, str], home: Path) -> Decimal | None:
    try:
        return Decimal(row["kg"]) if row["kg"] else None
    except ArithmeticError:
        raise DataError("kg must be a figure", file=home / "units.csv", row=row["word"]) from None
