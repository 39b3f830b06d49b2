# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files in and out: any format that we read becomes a session, a session becomes any format that we write."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import default_profile, load_profile
from swclient.document.body import to_body
from swclient.engine.session import Session
from swclient.workflow.clock import office_time
from swclient.workflow.drafts import drafting

MAX_BYTES = 20 * 1024 * 1024
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_NO_SAMPLE = N_("There is no sample declaration for “{code}”.")


def sample_file(code: str = "") -> Path:
    """Return the good sample import of a country, of the default one where none is named.

    Raises:
        UserError: there is none.
    """
    folder = paths.shipped("resources") / "samples"
    wish = code or default_profile()
    found = sorted(each for each in folder.glob(f"{wish.lower()}-import-*.json") if "." not in each.stem)
    if not found:
        raise UserError(_NO_SAMPLE, code=wish)
    return found[0]


def sample_body(code: str = "") -> dict[str, Any]:
    """Return the good sample import of a country."""
    found: dict[str, Any] = json.loads(sample_file(code).read_text(encoding="utf-8"))
    return found


class Opened(NamedTuple):
    """A declaration from a file, and what of the file found no place in it."""

    session: Session
    unread: tuple[str, ...]


def open_file(path: Path, profile: str = "", today: Callable[[], date] = date.today) -> Opened:
    """Open a declaration from a file of any format that we read, workbooks included.

    Raises:
        UserError: it cannot be read; says file, line or cell, and why.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:  # before it is read
            raise UserError(
                "{file} is larger than {n} MB and is not read.",
                file=path.name,
                n=MAX_BYTES // 1024 // 1024,
            )
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            "{file} cannot be read: {reason}", file=str(path), reason=error.strerror or str(error)
        ) from error
    if path.suffix.lower() in WORKBOOKS:
        return _from_workbook(path, profile, today)
    from swclient.exchange.formats import read_any

    reading = read_any(path.name, content, load_profile(profile or default_profile()))
    return Opened(drafting.session_of_body(reading.body, profile, today), reading.unread)


def _from_workbook(path: Path, profile: str, today: Callable[[], date]) -> Opened:
    from swclient.workflow.intake.importing import lay_over, read_workbook

    session = drafting.session_of(drafting.new_declaration(profile or default_profile(), today()), today)
    imported = read_workbook(path)
    lay_over(session, imported)
    return Opened(session, tuple(f"{doubt.sheet} {doubt.cell}: {doubt.text}" for doubt in imported.doubts))


def written(session: Session, format_name: str, document_id: str = "", at: datetime | None = None) -> bytes:
    """Return the declaration as a file of a format.

    Raises:
        UserError: nobody knows the format, or a value cannot be written in it.
    """
    from swclient.exchange.formats import write

    return write(
        format_name, to_body(session.declaration), session.snapshot(), profile=session.profile,
        document_id=document_id or str(uuid.uuid4()), at=at or office_time(session.profile),
    )  # fmt: skip


def left_out(session: Session, format_name: str) -> tuple[str, ...]:
    """Return the fields that the declaration fills and the format has no place for."""
    from swclient.exchange.formats import OWN
    from swclient.exchange.message import not_carried

    return () if format_name == OWN else not_carried(session.snapshot(), session.profile, format_name)
