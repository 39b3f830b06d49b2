# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a country's bank publishes its exchange rates and how its answer is laid out: `[rates_source]` as data.

A path leads from a row to a value by local names: `Nominal`, `@Code` (an attribute), `/date` (from the root).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from swclient.base.errors import DataError
from swclient.base.i18n import N_

Day = date  # a source has a field of that name
TABLE = "rates_source"
FORMATS = ("xml", "json", "csv")
_METHODS = ("GET", "POST")
_DAY = re.compile(r"\{day:((?:%[dmY]|[-./])+)\}")
_TEXTS = ("name", "url", "method", "format", "rows", "currency", "units", "rate", "date", "date_format", "decimal")
_LISTS = ("skip", "expect")
_KEYS = {*_TEXTS, *_LISTS, "ca_file", "source", "confirmed"}
_NEEDED = ("name", "url", "format", "rate", "date")
_UNKNOWN = N_("Unknown keys {keys}")
_LACKS = N_("“{key}” is missing")
_WRONG = N_("“{key}” cannot read “{value}”")


@dataclass(frozen=True, slots=True)
class RatesSource:
    """A public list of exchange rates.

    Attributes:
        name: who publishes it, in words.
        url: https address; `{day:%d.%m.%Y}` in it is the day that is asked for.
        format: `xml`, `json` or `csv`.
        rows: path from the root to the rows; empty when the document itself is the list of them.
        currency: path to the code; empty where a row has a value for each currency, named by its code.
        units: path to the number of units; empty where it is always one.
        date_format: as `strptime` reads it.
        decimal: the decimal sign, `.` or `,`; the other one may group digits.
        skip: codes in it that are no currencies (gold, say).
        expect: currencies without which an answer is not believed.
        confirmed: whether somebody has seen that this is so.
        ca_file: certificates to believe instead of the public ones (tests, an office's own proxy).
    """

    name: str
    url: str
    format: str
    rate: str
    date: str
    method: str = "GET"
    rows: str = ""
    currency: str = ""
    units: str = ""
    date_format: str = "%Y-%m-%d"
    decimal: str = "."
    skip: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()
    confirmed: bool = False
    ca_file: Path | None = None

    @property
    def by_day(self) -> bool:
        """Whether rates of a day can be asked for; otherwise it has the latest only."""
        return bool(_DAY.search(self.url))

    def address(self, day: Day) -> tuple[str, str]:
        """Return the host's address and the path with query of the rates of a day."""
        parts = urlsplit(_DAY.sub(lambda match: day.strftime(match.group(1)), self.url))
        return f"{parts.scheme}://{parts.netloc}", (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def read_source(told: Mapping[str, Any], file: Path | str) -> RatesSource:
    """Read the description of a source.

    Args:
        told: the table `[rates_source]`.
        file: where it stands, for an error.

    Raises:
        DataError: a key is missing, unknown, or says what cannot be.
    """
    if set(told) - _KEYS:
        raise DataError(_UNKNOWN, file=file, row=TABLE, keys=", ".join(sorted(set(told) - _KEYS)))
    for key in _NEEDED:
        if not told.get(key) and not (key == "rate" and "currency" not in told):
            raise DataError(_LACKS, file=file, row=TABLE, key=key)
    _must_fit(told, file)
    texts = {key: str(told[key]) for key in _TEXTS if key in told}
    lists = {key: tuple(map(str, told[key])) for key in _LISTS if key in told}
    ca_file = Path(str(told["ca_file"])) if told.get("ca_file") else None
    more = {"rate": "", **texts, **lists}
    return RatesSource(**more, confirmed=told.get("confirmed") is True, ca_file=ca_file)  # type: ignore[arg-type]  # by key


def _must_fit(told: Mapping[str, Any], file: Path | str) -> None:
    url = str(told["url"])
    host = urlsplit(url).netloc
    fits = {
        "url": url.startswith("https://") and bool(host) and not set("{@") & set(host) and "{" not in _DAY.sub("", url),
        "format": told["format"] in FORMATS,
        "method": told.get("method", "GET") in _METHODS,
        "decimal": told.get("decimal", ".") in {".", ","},
        "skip": isinstance(told.get("skip", []), list),
        "expect": isinstance(told.get("expect", []), list),
    }
    for key, good in fits.items():
        if not good:
            raise DataError(_WRONG, file=file, row=TABLE, key=key, value=str(told[key]))
