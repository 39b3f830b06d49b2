# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is looked at when a store is opened: the log, the seals of all other rows, SQLite's own structure.

Runs beside the work, on a connection of its own that only reads. A large store has its structure and its files read
when a copy of it is made (`backups.verifying`), not at every start.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, cast

from swclient.store import chain, seals
from swclient.store.driver import errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from swclient.store.chain import Health
    from swclient.store.place import Place

DEEP = 256 * 1024 * 1024
"""A store up to so many bytes is read through to its last page at every start."""

_MOST = 100
_STEPS = 10_000


def check(place: Place, stopped: Callable[[], bool], deep: int = DEEP) -> Health:
    """Return what is wrong with a store; the first finding that speaks of the log, else of the rest.

    Args:
        place: of the store; a server's pages and rows are its own to check, so there it is the log alone.
        stopped: asked now and then whether to give up.
        deep: read everything where the file is no longer than this, in bytes.
    """
    try:
        connection = place.connect(read_only=True)
    except errors() as error:
        return chain.unreadable(0, error)
    try:
        found = chain.verify(connection, stopped)
        if found.state == chain.UNREADABLE and not place.alive(connection):
            return chain.health(chain.UNCHECKED, found.records)  # the line broke; that says nothing of the store
        if place.shared or not found.ok:
            return found
        return _rest(cast("sqlite3.Connection", connection), found, stopped, deep=place.path.stat().st_size <= deep)
    finally:
        connection.close()


def _rest(connection: sqlite3.Connection, found: Health, stopped: Callable[[], bool], *, deep: bool) -> Health:
    seals.as_they_lie(connection)
    connection.set_progress_handler(lambda: int(stopped()), _STEPS)
    try:
        rotten = [*islice(seals.unsealed(connection, stopped), _MOST)]
        if deep:
            rotten += islice(seals.rotten_content(connection, stopped), _MOST)
            rotten += [] if rotten else _structure(connection)
    except errors(ValueError, TypeError, OverflowError) as error:  # rotten bits make values of any kind
        return chain.health(chain.UNCHECKED, found.records) if stopped() else chain.unreadable(found.records, error)
    if stopped():
        return chain.health(chain.UNCHECKED, found.records)
    return chain.rotten(found.records, tuple(rotten)) if rotten else found


def _structure(connection: sqlite3.Connection) -> list[seals.Unsealed]:
    said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return [] if said == "ok" else [seals.Unsealed(said, "")]
