# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A log of a million records: how long its check at the start takes, and that one altered record is found in it."""

from __future__ import annotations

import time
from pathlib import Path

from swclient.store import NewDeclaration, chain, database, open_store
from swclient.store.checking import check
from swclient.store.place import FilePlace
from tests.store.proofs.typing import ID

_AT_ONCE = 10_000


def make(path: Path, records: int) -> None:
    """Make a store with so many records of the size of a keystroke, by the store's own writing."""
    with open_store(path) as store:
        store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        store._desk.read(lambda connection: connection.execute("PRAGMA synchronous=OFF").close())
        change = {"changes": [{"do": "set", "at": ["item", 12, "gross_mass"], "before": None, "after": "12.5"}]}
        body = chain.encode(change)
        for start in range(0, records - 1, _AT_ONCE):
            count = min(_AT_ONCE, records - 1 - start)
            drafts = [chain.Draft(ID, store._clock(), "declarant", "Gross mass", body) for _ in range(count)]
            store._desk.write(lambda connection, drafts=drafts: store._desk.log(connection, drafts)).result()


def seconds(path: Path, *, whole: bool) -> tuple[float, int, str]:
    """Return how much processor time a check takes, how many records it found sound, and its state.

    Args:
        path: of the store.
        whole: the seals and the structure too, as at a start; else the chain alone.
    """
    begun = time.process_time()
    if whole:
        found = check(FilePlace(path), lambda: False)
    else:
        connection = database.connect_reading(path)
        try:
            found = chain.verify(connection, lambda: False)
        finally:
            connection.close()
    return time.process_time() - begun, found.records, found.state


def alter(path: Path, sequence: int) -> None:
    """Alter one record."""
    connection = database.connect(path)
    connection.execute("UPDATE change_log SET record = replace(record, '12.5', '12.6') WHERE sequence = ?", (sequence,))
    connection.close()
