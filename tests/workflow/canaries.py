# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets in whatever a run leaves: files in every shape in which a text is kept, and words of errors."""

from __future__ import annotations

import base64
import faulthandler
import sqlite3
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

_TESTS = Path(__file__).resolve().parents[1]


def shapes(text: str) -> tuple[bytes, ...]:
    """Return a text as files may hold it: plain, as Windows and JSON write it, in an address, in base64."""
    plain = text.encode()
    return (
        plain,
        text.encode("utf-16-le"),
        text.encode("unicode_escape"),
        quote_plus(text).encode(),
        base64.b64encode(plain),
    )


def leaks(folder: Path, text: str) -> list[Path]:
    """Return the files below a folder in which a text stands, also in a database's pages."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(shape in file.read_bytes() for shape in shapes(text))]


def dumped_rows(file: Path) -> str:
    """Return every row of a plain store as text, those of its index of words too."""
    connection = sqlite3.connect(file)
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [name for (name,) in connection.execute(tables)]
    rows = [row for name in names for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - its own names
    connection.close()
    return "\n".join(
        cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for r in rows for cell in r
    )


def heard_in(words: str, secrets: Iterable[str]) -> list[str]:
    """Return the secrets that stand in what was shown, in any shape."""
    return [each for each in secrets if any(shape in words.encode() for shape in shapes(each))]


def _without_ours(found: traceback.TracebackException | None) -> None:
    """Leave out the variables of the tests themselves: they know every secret."""
    while found is not None:
        for frame in found.stack:
            if Path(frame.filename).is_relative_to(_TESTS):
                frame.locals = None
        found = found.__cause__ or found.__context__


class Told:
    """Gathers what errors tell, with the variables of every frame, and what a crash would dump."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.errors = 0

    def error(self, error: BaseException) -> None:
        """Take an error in, the way the most talkative handler would."""
        self.errors += 1
        found = traceback.TracebackException.from_exception(error, capture_locals=True)
        _without_ours(found)
        self.words += [*found.format(), repr(error), str(error)]

    def dump(self) -> None:
        """Take in what a crash would dump."""
        with tempfile.TemporaryFile("w+") as file:
            faulthandler.dump_traceback(file)
            file.seek(0)
            self.words.append(file.read())

    @contextmanager
    def must_fail(self, kind: type[BaseException]) -> Iterator[None]:
        """Do something that must end in an error, and take it in."""
        try:
            yield
        except kind as error:
            self.error(error)
        else:
            raise AssertionError(f"no {kind.__name__}")
