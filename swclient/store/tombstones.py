# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of the log that were emptied for ever, and the record after them that vouches for it (decision 0007).

An emptied record keeps its number, its declaration and its hash, so the chain goes on over it. A later record of the
same declaration, its tombstone, names the emptied numbers and the digest of their hashes. An emptied record without
one, or one of a declaration that is still there, is an altered record.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swclient.store.driver import Connection

LABEL = "purged"
"""What a tombstone is called in the log."""

_EMPTY = "SELECT declaration_id, sequence, hash FROM change_log WHERE record = '' ORDER BY sequence"
_OTHERS = "SELECT record FROM change_log WHERE declaration_id = ? AND record <> '' ORDER BY sequence DESC"


def emptied(connection: Connection, declaration_id: str) -> dict[str, Any]:
    """Empty every record of a declaration within the transaction under way; return the body of its tombstone."""
    query = "SELECT sequence, hash FROM change_log WHERE declaration_id = ? ORDER BY sequence"
    rows = connection.execute(query, (declaration_id,)).fetchall()
    connection.execute("UPDATE change_log SET record = '' WHERE declaration_id = ?", (declaration_id,))
    return _told(rows)


def unaccounted(connection: Connection) -> int | None:
    """Return the number of the first emptied record that no tombstone vouches for, None where there is none."""
    lacking = [numbers[0] for numbers in _lives(connection).values()]
    return min(lacking, default=None)


def accounted(connection: Connection) -> set[int]:
    """Return the numbers of the emptied records that a tombstone vouches for."""
    lacking = {number for numbers in _lives(connection).values() for number in numbers}
    return {row[1] for row in connection.execute(_EMPTY)} - lacking


def _lives(connection: Connection) -> dict[str, list[int]]:
    """Return the numbers of emptied records without a sound tombstone, by declaration."""
    found: dict[str, list[tuple[int, bytes]]] = {}
    for declaration_id, sequence, digest in connection.execute(_EMPTY):
        key = declaration_id.decode() if isinstance(declaration_id, bytes) else declaration_id  # as recovery reads
        found.setdefault(key, []).append((sequence, bytes(digest)))
    return {
        key: [number for number, _hash in rows] for key, rows in found.items() if not _vouched(connection, key, rows)
    }


def _vouched(connection: Connection, declaration_id: str, rows: list[tuple[int, bytes]]) -> bool:
    if connection.execute("SELECT 1 FROM declaration WHERE id = ?", (declaration_id,)).fetchone():
        return False
    told = _told(rows)
    for (text,) in connection.execute(_OTHERS, (declaration_id,)).fetchall():
        record = json.loads(text)
        if record.get("label") == LABEL:
            return bool(record.get("body") == told)
    return False


def _told(rows: list[tuple[int, bytes]]) -> dict[str, Any]:
    digest = hashlib.sha256(b"".join(bytes(each) for _number, each in rows)).hexdigest()
    return {"records": _ranges([number for number, _hash in rows]), "hashes": digest}


def _ranges(numbers: list[int]) -> list[list[int]]:
    """Return rising numbers as ranges, first and last of each: [1, 2, 3, 7] is [[1, 3], [7, 7]]."""
    breaks = [at for at, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    starts = [0, *breaks]
    ends = [*breaks, len(numbers)]
    return [[numbers[start], numbers[end - 1]] for start, end in zip(starts, ends, strict=True) if numbers]
