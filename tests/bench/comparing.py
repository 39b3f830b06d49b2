# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the engine against the oracle, and against itself worked out afresh: same values, same failing rules."""

from __future__ import annotations

from typing import Any

from swclient.engine.session import Session
from tests.bench.documents import today
from tests.bench.oracle import CRASHED, Failing, Oracle


def oracle_of(session: Session) -> Oracle:
    """Return the oracle's look at what now stands in a session's declaration."""
    return Oracle(session.declaration, session.formulary, session.live.reference, today)


def failing(session: Session) -> frozenset[Failing]:
    """Return every rule that fails, as the engine has it."""
    found: set[Failing] = set()
    for name, table in session.live.plan.tables.items():
        for row in session.live.rows[name].values():
            if row.mask < 0:
                found.add(Failing(CRASHED, -1, name, row.id))
            else:
                found |= {
                    Failing(rule.code, bit, name, row.id) for bit, rule in enumerate(table.rules) if row.mask >> bit & 1
                }
    return frozenset(found)


def values(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return everything that counts, as the engine has it, blanks left out."""
    return {
        name: [
            {key: value for key, value in row.values.items() if value is not None and key[0] != "_"}
            for row in rows.values()
        ]
        for name, rows in session.live.rows.items()
    }


def differences(session: Session) -> list[str]:
    """Return where engine and oracle differ: none when both tell the same."""
    oracle = oracle_of(session)
    told, true = failing(session), oracle.failing()
    found = [f"only the engine: {each}" for each in told - true] + [f"only the oracle: {each}" for each in true - told]
    ours, theirs = values(session), oracle.values()
    for table, rows in ours.items():
        for mine, other in zip(rows, theirs[table], strict=True):
            found += [
                f"{table}.{key}: {mine.get(key)!r} but {other.get(key)!r}"
                for key in mine.keys() | other.keys()
                if mine.get(key) != other.get(key)
            ]
    return found


def state(session: Session) -> list[Any]:
    """Return everything that is known of a session, by section and position."""
    known: list[Any] = [dict(total) if isinstance(total, dict) else total for total in session.live.totals]
    for rows in session.live.rows.values():
        for row in rows.values():
            counts = {key: value for key, value in row.values.items() if value is not None}
            computed = {key: value for key, value in row.computed.items() if value is not None}
            known.append((counts, computed, row.mask))
    return known


def afresh(session: Session) -> Session:
    """Return a new session of the same document."""
    return Session(session.declaration, session.formulary, session.live.reference, today)
