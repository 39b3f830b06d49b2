# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the ledger counts: in all, by client, and key by key, so that anybody can prove "registered exactly once"."""

from __future__ import annotations

import sqlite3
from typing import Any

_BY_CLIENT = {
    "requests": "SELECT client, count(*) FROM request WHERE client<>'' GROUP BY 1",
    "submissions": "SELECT client, count(*) FROM submission GROUP BY 1",
    "conversations": "SELECT client, count(*) FROM conversation GROUP BY 1",
    "registrations": (
        "SELECT c.client, count(*) FROM registration r JOIN conversation c ON c.id=r.conversation GROUP BY 1"
    ),
    "repeated": "SELECT client, count(*) FROM request WHERE outcome='repeated' GROUP BY 1",
    "conflicts": "SELECT client, count(*) FROM request WHERE outcome='conflict' GROUP BY 1",
}
# One declaration registered under two keys is what an honest client never brings about.
_DUPLICATES = """
SELECT coalesce(sum(n - 1), 0) FROM (
    SELECT count(*) AS n FROM submission s JOIN registration r ON r.conversation=s.conversation
    WHERE s.kind='declaration' GROUP BY s.client, s.sha256)
"""
_KEYS = """
SELECT min(no), client, substr(path, 2, instr(substr(path, 2) || '/', '/') - 1) AS back_end, key, count(*),
    count(DISTINCT nullif(sha256, '')), sum(outcome='repeated'), sum(outcome='conflict'), sum(status=0)
FROM request WHERE method='POST' AND key<>'' AND client<>'' AND (?='' OR client=?)
GROUP BY client, back_end, key HAVING min(no)>? ORDER BY 1 LIMIT ?
"""
_TAKEN = """
SELECT s.kind, s.conversation, r.number FROM submission s
LEFT JOIN registration r ON r.conversation=s.conversation AND s.kind='declaration'
WHERE s.client=? AND s.back_end=? AND s.key=?
"""


def summary(db: sqlite3.Connection) -> dict[str, Any]:
    """Return the counts of the whole ledger, of registrations of the same bytes under two keys, and by client."""

    def counted(query: str) -> dict[str, int]:
        return {str(key): int(count) for key, count in db.execute(query)}

    def number(query: str) -> int:
        return int(db.execute(query).fetchone()[0])

    by_client: dict[str, dict[str, int]] = {}
    for name, query in _BY_CLIENT.items():
        for client, count in db.execute(query):
            by_client.setdefault(str(client), dict.fromkeys(_BY_CLIENT, 0))[name] = int(count)
    return {
        "training": True,
        "requests": counted("SELECT status, count(*) FROM request GROUP BY status"),
        "submissions": counted("SELECT kind, count(*) FROM submission GROUP BY kind"),
        "conversations": counted("SELECT back_end || ':' || stage, count(*) FROM conversation GROUP BY 1"),
        "registrations": number("SELECT count(*) FROM registration"),
        "duplicates": number(_DUPLICATES),
        "receipts": number("SELECT count(*) FROM receipt"),
        "notifications": counted("SELECT root, count(*) FROM notification GROUP BY root"),
        "faults": counted("SELECT fault, count(*) FROM request WHERE fault<>'' GROUP BY fault"),
        "pushes": counted("SELECT state, count(*) FROM push GROUP BY state"),
        "push_attempts": counted("SELECT status, count(*) FROM push_attempt GROUP BY status"),
        "push_faults": counted("SELECT fault, count(*) FROM push_attempt WHERE fault<>'' GROUP BY fault"),
        "clients": by_client,
    }


def keys(db: sqlite3.Connection, client: str, after: int, limit: int) -> list[dict[str, Any]]:
    """Return what is known of each key, in the order in which they were first seen."""
    names = ("no", "client", "back_end", "key", "attempts", "bodies", "repeated", "conflicts", "unanswered")
    found = []
    for row in db.execute(_KEYS, (client, client, after, limit)).fetchall():
        line = dict(zip(names, row, strict=True))
        taken = db.execute(_TAKEN, (line["client"], line["back_end"], line["key"])).fetchall()
        numbers = [number for _kind, _conversation, number in taken if number]
        found.append(
            {
                **line,
                "taken": len(taken),
                "kind": taken[0][0] if taken else "",
                "conversation": taken[0][1] if taken else "",
                "registrations": len(numbers),
                "number": numbers[0] if numbers else "",
            }
        )
    return found
