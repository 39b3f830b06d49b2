# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a robot looks at when it is done: the store that the program kept, and never the screen."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path as File
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from swclient.base.errors import SwError
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from swclient.store import open_store
from swclient.workflow.drafts.drafting import reopened
from tests.robots.paper import rows_of

_FILE = "declarations.db"
_PAUSE = 0.2  # seconds
_HEAD = {"format", "version", "profile", "profile_version"}


class NotReachedError(AssertionError):
    """A declaration did not come to the state that was waited for."""


def states(home: File) -> list[str]:
    """Return where the declarations of a home stand."""
    with open_store(home / _FILE, read_only=True) as store:
        return [row.state for row in store.worklist()]


def wait_for_store(home: File, seconds: float) -> None:
    """Wait until the program has made its store.

    Raises:
        NotReachedError: it does not in time.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            states(home)
        except (SwError, SQLAlchemyError):
            if time.monotonic() > until:
                raise NotReachedError("the program makes no store") from None
            time.sleep(_PAUSE)
        else:
            return


def wait_for(home: File, wanted: set[str], seconds: float) -> str:
    """Wait until the only declaration of a home stands where it should, and return its state.

    Raises:
        NotReachedError: it does not in time; with where it stands.
    """
    until = time.monotonic() + seconds
    while True:
        there = states(home)
        if len(there) == 1 and there[0] in wanted:
            return there[0]
        if time.monotonic() > until:
            raise NotReachedError(f"not {sorted(wanted)} but {there}")
        time.sleep(_PAUSE)


def session_in(home: File) -> Session:
    """Open the only declaration of a home to look at."""
    with open_store(home / _FILE, read_only=True) as store:
        (row,) = store.worklist()
        return reopened(store, row.id, date.today)[0]


def differences(session: Session, body: dict[str, Any]) -> list[str]:
    """Return each value that is not what the paper says, in words."""
    tables = [table for table in body if table not in _HEAD]
    return [words for table in tables for words in _of_rows(session, table, None, rows_of(body, table))]


def _of_rows(session: Session, table: str, parent: int | None, rows: list[dict[str, Any]]) -> list[str]:
    many = session.profile.tables[table].many
    held = session.declaration.tables[table]
    there = [row.id for row in held.values() if row.parent == parent] if many else [SINGLE]
    if len(there) != len(rows):
        return [f"{table}: {len(there)} rows, not {len(rows)}"]
    return [words for row, wanted in zip(there, rows, strict=True) for words in _of_row(session, table, row, wanted)]


def _of_row(session: Session, table: str, row: int, wanted: dict[str, Any]) -> list[str]:
    told = []
    for name, value in wanted.items():
        if isinstance(value, list):
            told += _of_rows(session, name, row, value)
            continue
        path = Path(table, row, name)
        kind = session.profile.fields[path.field_id].kind
        if session.value(path) != kind.parse(value):
            told.append(f"{path.field_id} of row {row}: {session.look(path).text!r}, not {value!r}")
    return told
