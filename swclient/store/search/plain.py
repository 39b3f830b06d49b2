# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search of a database that has no index of ours: number, title and consignee, line by line.

Also what answers while an index is being made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swclient.store.checked import CHECKED
from swclient.store.values import to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.store.search.index import Kept
    from swclient.store.values import Wanted


class Plain:
    """No index; see `index.Index`. Everything but finding is nothing to do."""

    def there(self, connection: Any) -> bool:
        """Tell that nothing is missing."""
        del connection
        return True

    def make(self, connection: Any) -> None:
        """Make nothing."""

    def put(self, connection: Any, kept: Kept) -> None:
        """Keep nothing."""

    def fill(self, connection: Any, kept: Kept) -> None:
        """Keep nothing."""

    def moved(self, connection: Any, declaration_id: str, state: str, number: str | None, changed_at: str) -> None:
        """Take no note."""

    def drop(self, connection: Any, declaration_id: str) -> None:
        """Forget nothing."""

    def behind(self, connection: Any) -> Sequence[str]:
        """Return that nothing is behind."""
        del connection
        return ()

    def merge(self, connection: Any, *, first: bool) -> bool:
        """Merge nothing."""
        del connection, first
        return False

    def find(self, connection: Any, columns: Sequence[str], wanted: Wanted) -> list[tuple[Any, ...]]:
        """Return the wanted columns of the declarations that hold every word of the text, latest first."""
        conditions, values = conditions_of(wanted)
        for word in f"{wanted.text} {wanted.party} {wanted.reference}".casefold().split():
            conditions.append("search LIKE ? ESCAPE '!'")
            plain = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
            values.append(f"%{plain}%")
        query = f"""SELECT {", ".join(columns)} FROM declaration WHERE {" AND ".join(conditions)}
            ORDER BY changed_at DESC, id DESC LIMIT ?"""  # noqa: S608 - values are bound
        return list(connection.execute(query, (*values, wanted.limit)).fetchall())


def conditions_of(wanted: Wanted) -> tuple[list[str], list[object]]:
    """Return the conditions on a line of the worklist but for its text, and their values."""
    conditions, values = bounds_of(wanted)
    if wanted.profile:
        conditions.append("profile = ?")
        values.append(wanted.profile)
    if wanted.states:
        conditions.append(f"state IN ({','.join('?' * len(wanted.states))})")
        values += wanted.states
    if wanted.after:
        conditions.append("(changed_at, id) < (?, ?)")
        values += (to_text(wanted.after.changed_at), wanted.after.id)
    return conditions, values


def bounds_of(wanted: Wanted, line: str = "") -> tuple[list[str], list[object]]:
    """Return the conditions that no index of words answers, on a line of the worklist named `line`, and values."""
    conditions, values = [f"{line}removed_at IS {'NOT ' if wanted.removed else ''}NULL"], list[object]()
    for moment, sign in ((wanted.since, ">="), (wanted.before, "<")):
        if moment is not None:
            conditions.append(f"{line}changed_at {sign} ?")
            values.append(to_text(moment))
    if wanted.checked is not None:
        conditions.append(f"{line}id {'IN' if wanted.checked else 'NOT IN'} ({CHECKED})")
    return conditions, values
