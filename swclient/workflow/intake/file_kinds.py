# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a file that somebody hands in is, told by what is in it and not by what it is called."""

from __future__ import annotations

import zipfile
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.i18n import N_

_HEAD = 4096
_ZIP, _OLD, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_TABLES = {".csv", ".tsv", ".txt"}
_UNREADABLE = N_("{file} cannot be read: {reason}")
_STRANGE = N_(
    "{file} is neither a workbook (.xlsx), nor a CSV file, nor a declaration (.json, .xml). Nothing of it was read."
)
_PAPER = N_("{file} is a paper (PDF), not data. Attach it to a document on the page “Documents”.")
_PACK = N_("{file} is a pack of rules and rates. It is installed with the command “swclient pack install”.")


def kind_of(path: Path) -> str:
    """Return what a file is: `table` (workbook or CSV, read through a mapping) or `declaration` (JSON or XML).

    Raises:
        UserError: it is none of them, or cannot be read; says what it is and what to do.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise UserError(_UNREADABLE, file=path.name, reason=error.strerror or str(error)) from error
    if head.startswith(_ZIP):
        return _archive(path)
    if head.startswith(_OLD):
        return "table"  # the reader says how to save it anew
    if head.startswith(_PDF):
        raise UserError(_PAPER, file=path.name)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in {b"{", b"<"}:
        return "declaration"
    if head.startswith(_BOMS) and b"<" in head[2:4]:
        return "declaration"
    if path.suffix.lower() in _TABLES and start:
        return "table"
    raise UserError(_STRANGE, file=path.name)


def _archive(path: Path) -> str:
    from swclient.exchange.workbook_file import MAX_FILE

    try:
        if path.stat().st_size > MAX_FILE:
            return "table"  # the reader says that it is too large
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "table"  # the reader says what is wrong with it
    if "xl/workbook.xml" in names:
        return "table"
    raise UserError(_PACK if "manifest.sig" in names else _STRANGE, file=path.name)
