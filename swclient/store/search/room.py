# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store's search: keeps the index in step with declarations, and makes it anew when it is missing or damaged.

Nothing that goes wrong with the index reaches who saves or searches: declarations are saved all the same, and until
the index is whole again number, title and consignee are searched line by line.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.log import log
from swclient.store import driver
from swclient.store.search.fulltext import FullText
from swclient.store.search.index import Index, Kept
from swclient.store.search.marked import marked
from swclient.store.search.plain import Plain
from swclient.store.search.remembered import remembered
from swclient.store.search.words import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from swclient.store.desk import Desk
    from swclient.store.driver import Connection
    from swclient.store.values import Json, Wanted

_AT_ONCE = 50
_SMALL = 500  # declarations for which an index is made within the transaction that misses it
# What a damaged or missing index says; anything else is trouble of the disk and everybody's.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH}
_PRIMARY_CODE = 0xFF


class Search:
    """The words of all declarations.

    Args:
        desk: where work on the database is handed in.
        later: does something in the background.
        stopped: whether the store is being closed.
    """

    def __init__(
        self, desk: Desk, later: Callable[[Callable[[], object]], object], stopped: Callable[[], bool]
    ) -> None:
        self._desk = desk
        self._later = later
        self._stopped = stopped
        self._index: Index = Plain() if desk.place.shared else FullText()  # an office's server has no FTS5
        self._anew = False
        self._catching_up = threading.Lock()  # by one thread at a time
        self.waiting = 0  # declarations that are not found yet by all their words

    # -- within a transaction that changes a declaration

    def saved(self, connection: Any, declaration_id: str, body: Json) -> None:
        """Keep the words of a declaration that was just written."""

        def act() -> None:
            self._index.put(connection, _kept(connection, declaration_id, body))

        self._guarded(connection, act)

    def moved(self, connection: Any, declaration_id: str, state: str, number: str | None, changed_at: str) -> None:
        """Take note of another state or number of a declaration."""
        self._guarded(connection, lambda: self._index.moved(connection, declaration_id, state, number, changed_at))

    def dropped(self, connection: Any, declaration_id: str) -> None:
        """Forget a declaration."""
        self._guarded(connection, lambda: self._index.drop(connection, declaration_id))

    def _guarded(self, connection: Any, act: Callable[[], None]) -> None:
        if isinstance(self._index, Plain):
            return
        connection.execute("SAVEPOINT search")
        try:
            if not self._index.there(connection):
                self._make_if_small(connection)
            if self._index.there(connection):
                act()
            # Has SQLite write the index now; at the commit its damage would undo what is being saved.
            connection.execute("SAVEPOINT written")
            connection.execute("RELEASE written")
        except driver.errors() as error:
            if not connection.in_transaction or not _of_the_index(error):
                raise
            connection.execute("ROLLBACK TO search")
            self._trouble(error)
        connection.execute("RELEASE search")

    def _make_if_small(self, connection: Any) -> None:
        counted = connection.execute("SELECT count(*) FROM (SELECT 1 FROM declaration LIMIT ?)", (_SMALL + 1,))
        count = counted.fetchone()[0]
        if count <= _SMALL:
            self._index.make(connection)
        if count > 1:
            self._later(self.catch_up)

    # -- finding

    def find(self, connection: Any, columns: Sequence[str], wanted: Wanted) -> list[tuple[Any, ...]]:
        """Return columns of the declarations that hold every word of a text, the latest changed first."""
        if isinstance(self._index, Plain):
            return self._index.find(connection, columns, wanted)
        try:
            if not self._index.there(connection):
                return Plain().find(connection, columns, wanted)
            found = self._index.find(connection, columns, wanted)
        except driver.errors() as error:
            if not _of_the_index(error):
                raise
            self._trouble(error)
            return Plain().find(connection, columns, wanted)
        return self._with_waiting(connection, columns, wanted, found) if self.waiting else found

    def _with_waiting(
        self, connection: Any, columns: Sequence[str], wanted: Wanted, found: list[tuple[Any, ...]]
    ) -> list[tuple[Any, ...]]:
        """Return what was found together with what a line by line search finds, while words are still missing."""
        both = {row[0]: row for row in (*Plain().find(connection, columns, wanted), *found)}
        changed = list(columns).index("changed_at")
        return sorted(both.values(), key=lambda row: (row[changed], row[0]), reverse=True)[: wanted.limit]

    # -- keeping in step

    def _trouble(self, error: Exception) -> None:
        log.warning("The search index is damaged and will be made anew: %s", error)
        self._anew = True
        self._later(self.catch_up)

    def begin(self) -> None:
        """Look in the background whether words are missing, and fill them in."""
        self._later(self.catch_up)

    def reindex(self, told: Callable[[int, int], object] = lambda _done, _all: None) -> int:
        """Make the index anew; return of how many declarations.

        Args:
            told: how many are done, of how many.
        """
        with self._catching_up:  # what is under way would take the wish for its own
            self._anew = True
            return self._caught_up(told)

    def catch_up(self, told: Callable[[int, int], object] = lambda _done, _all: None) -> int:
        """Fill in what is missing; return of how many declarations. May take minutes: never on a screen's thread."""
        with self._catching_up:
            return self._caught_up(told)

    def _caught_up(self, told: Callable[[int, int], object]) -> int:
        if self._desk.read_only or self._stopped() or isinstance(self._index, Plain):
            return 0
        try:
            reading = self._desk.place.connect(read_only=True)
        except driver.errors():
            return 0
        try:
            return self._fill(reading, told)
        except driver.errors() as error:
            log.warning("The search index could not be brought up to date: %s", error)
            return 0
        except UserError:
            if not self._stopped():  # closed meanwhile
                raise
            return 0
        finally:
            reading.close()

    def _fill(self, reading: Connection, told: Callable[[int, int], object]) -> int:
        if not self._made(reading):
            return 0
        waiting = self._index.behind(reading)
        self.waiting = len(waiting)
        for start in range(0, len(waiting), _AT_ONCE):
            if self._stopped():
                return start
            self._fill_some([each for key in waiting[start : start + _AT_ONCE] for each in _read(reading, key)])
            self.waiting = max(len(waiting) - start - _AT_ONCE, 0)
            told(min(start + _AT_ONCE, len(waiting)), len(waiting))
        self.waiting = 0
        if len(waiting) > _SMALL:
            self._merge()
        return len(waiting)

    def _merge(self) -> None:
        """Merge the pieces that filling left: a word is looked up in each of them. Bit by bit, as somebody may type."""
        more = self._desk.write(lambda held: self._index.merge(held, first=True)).result()
        while more and not self._stopped():
            more = self._desk.write(lambda held: self._index.merge(held, first=False)).result()

    def _made(self, reading: Connection) -> bool:
        """Make the index where it is missing or damaged; return whether there is one."""
        if not self._anew and self._index.there(reading):
            return True
        if not self._anew and not reading.execute("SELECT 1 FROM declaration LIMIT 1").fetchone():
            return False
        self._anew = False  # before it is made: trouble that comes meanwhile is told by another thread
        try:
            self._desk.write(self._index.make).result()
        except UserError as error:
            self._anew = True
            log.warning("There is no search index: %s", error)
            if "fts5" in str(error):
                self._index = Plain()  # this SQLite was built without it
            return False
        return True

    def _fill_some(self, some: Iterable[Kept]) -> None:
        def work(connection: Connection) -> None:
            for each in some:
                self._index.fill(connection, each)

        self._desk.write(work).result()


def _of_the_index(error: Exception) -> bool:
    if isinstance(error, MemoryError):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # SQLCipher tells no code
        return any(words in str(error) for words in ("no such", "malformed", "constraint", "vtable constructor"))
    return code & _PRIMARY_CODE in _DAMAGED


def _read(connection: Any, declaration_id: str) -> list[Kept]:
    """Return what is to be kept of a declaration as it lies in the store; none where it is gone."""
    found = connection.execute(
        "SELECT CAST(body AS BLOB) FROM snapshot WHERE declaration_id = ?", (declaration_id,)
    ).fetchone()
    try:
        body = json.loads(found[0]) if found else {}
    except ValueError:  # damaged; opening it tells so
        body = {}
    try:
        return [_kept(connection, declaration_id, body if isinstance(body, dict) else {})]
    except LookupError:
        return []


def _kept(connection: Any, declaration_id: str, body: Json) -> Kept:
    query = "SELECT number, title, consignee, state, changed_at, profile FROM declaration WHERE id = ?"
    row = connection.execute(query, (declaration_id,)).fetchone()
    if row is None:
        raise LookupError(declaration_id)
    number, title, consignee, state, changed_at, profile = row
    words = kept((number or "", title, consignee, *remembered(body)))
    return Kept(declaration_id, changed_at, state, (*words, *marked(profile, body)))
