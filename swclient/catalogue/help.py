# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Help of a box as data: what goes into it, an example, and what often goes wrong.

Rows stand in `catalogue/help/<record>.toml`, a file for each record, and in `help.toml` of a country's folder. A later
row says only what differs: the record's row (`party.name`) before that of one role (`exporter.name`), the catalogue
before the Union, the Union before its member. Nothing is read before the first box is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from swclient.base.errors import DataError
from swclient.base.messages import Message
from swclient.catalogue.field import Field
from swclient.catalogue.loader import read_toml
from swclient.catalogue.profile import Profile

FOLDER, FILE = "help", "help.toml"
KEYS = {"what", "example", "words", "mistake"}


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What a person is told about a box beside what its catalogue row says.

    Attributes:
        what: what goes in; a msgid.
        example: a value as it is typed. A code or a figure stands as it is; words are a msgid.
        in_words: whether the example is words, which are translated.
        mistake: what often goes wrong; a msgid.
    """

    what: str = ""
    example: str = ""
    in_words: bool = False
    mistake: str = ""

    @property
    def shown_example(self) -> str:
        """The example in the language in force."""
        return Message(self.example).text() if self.in_words else self.example


def help_of(profile: Profile, field: Field) -> FieldHelp:
    """Return what a profile tells about one of its fields; what nobody has written is empty.

    Raises:
        DataError: a file of help cannot be read, or a row has a key that nobody knows.
    """
    record = profile.tables[field.table].record
    told = FieldHelp()
    for folder in reversed(profile.folders):
        rows = _rows(folder, record)
        for key in dict.fromkeys((f"{record}.{field.name}", field.id)):
            told = _over(told, rows.get(key, {}))
    return told


def help_rows(folder: Path) -> Iterator[tuple[Path, str, Mapping[str, str]]]:
    """Give every row of help of a folder of catalogue or profile: its file, the id of its field, and the row."""
    own = folder / FILE
    for file in (*sorted((folder / FOLDER).glob("*.toml")), *((own,) if own.is_file() else ())):
        for key, row in _read(file).items():
            yield file, key, row


def _over(told: FieldHelp, row: Mapping[str, str]) -> FieldHelp:
    """Lay a row over what is told already; an example in words puts away one in figures, and the other way round."""
    parts: dict[str, Any] = {key: row[key] for key in ("what", "mistake") if key in row}
    for key in {"example", "words"} & row.keys():
        parts |= {"example": row[key], "in_words": key == "words"}
    return replace(told, **parts)


@lru_cache(maxsize=512)
def _rows(folder: Path, record: str) -> Mapping[str, Mapping[str, str]]:
    return {**_read(folder / FOLDER / f"{record}.toml"), **_read(folder / FILE)}


@lru_cache(maxsize=128)
def _read(file: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a file, read once; none when there is no such file."""
    if not file.is_file():
        return {}
    rows = read_toml(file)
    for key, row in rows.items():
        if not isinstance(row, dict):
            raise DataError("A row must be a table of keys", file=file, row=key)
        if set(row) - KEYS:
            raise DataError("Unknown keys {keys}", file=file, row=key, keys=", ".join(sorted(set(row) - KEYS)))
    return rows
