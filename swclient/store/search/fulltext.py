# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The index of SQLite: FTS5, without a copy of its content, its rows in the order in which declarations were changed.

The latest are found first by walking the rows backwards, so nothing is ranked or sorted. FTS5 finds the beginning of a
word at once only up to the lengths that it was told of; a beginning that a hundred thousand declarations share would
cost milliseconds. So long words are cut into pieces of `_PIECE` characters that stand in a row, and only the last
piece is a beginning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from swclient.catalogue.folding import fold
from swclient.store.search.marked import COUNTRY, asked_marked
from swclient.store.search.plain import bounds_of
from swclient.store.search.words import asked, kept, tails
from swclient.store.values import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from swclient.store.driver import Connection
    from swclient.store.search.index import Kept
    from swclient.store.search.words import Asked
    from swclient.store.values import Row, Wanted

_FORM = 2  # of what is kept; who changes that counts on, and every store is indexed anew
_TABLE = f"search_index_{_FORM}"
_WORDS = f"search_words_{_FORM}"
_OURS = re.compile(r"search_(index|words)_\d+")
_PIECE = 6
_PAGES = 16  # merged at once: some milliseconds, for which a keystroke's change may have to wait
# Private characters mark what is no word of a text: the rest of a long word, the end of one read backwards, a state.
_REST, _END, _STATE = "\ue001", "\ue002", "\ue003"
_MAKE = (
    f"CREATE TABLE {_WORDS} (n INTEGER PRIMARY KEY, declaration_id TEXT NOT NULL UNIQUE, changed_at TEXT NOT NULL,"
    " state TEXT NOT NULL, words TEXT)",
    f"CREATE VIRTUAL TABLE {_TABLE} USING fts5(words, content='', columnsize=0, prefix='1 2 3 4 5',"
    " tokenize='unicode61 remove_diacritics 0')",
    f"INSERT INTO {_WORDS} SELECT row_number() OVER (ORDER BY changed_at, id), id, '', '', NULL FROM declaration",  # noqa: S608 - our own name
)
# What FTS5 keeps its index in; made empty where it is missing, so that a damaged index can be dropped at all.
_SHADOWS = {
    "data": "id INTEGER PRIMARY KEY, block BLOB",
    "idx": "segid, term, pgno, PRIMARY KEY(segid, term)",
    "config": "k PRIMARY KEY, v",
}
_EMPTY = (
    "DELETE FROM {}_config",
    "INSERT INTO {}_config VALUES ('version', 4)",
    "DELETE FROM {}_idx",
    "DELETE FROM {}_data",
    "INSERT INTO {}_data VALUES (1, x''), (10, x'00000000000000')",
)


class FullText:
    """The index of SQLite; see `index.Index`."""

    def there(self, connection: Connection) -> bool:
        """Tell whether its tables are there."""
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN (?, ?)"
        return bool(connection.execute(query, (_TABLE, _WORDS)).fetchone()[0] == 2)  # noqa: PLR2004 - both

    def make(self, connection: Connection) -> None:
        """Make it anew and empty, with a place for every declaration in the order of their change."""
        _drop(connection)
        for statement in _MAKE:
            connection.execute(statement)

    def put(self, connection: Connection, kept: Kept) -> None:
        """Keep the words of a declaration as the latest changed one."""
        self.drop(connection, kept.declaration_id)
        last = connection.execute(f"SELECT max(n) FROM {_WORDS}").fetchone()[0]  # noqa: S608 - our own name
        _write(connection, (last or 0) + 1, kept)

    def fill(self, connection: Connection, kept: Kept) -> None:
        """Keep the words of a declaration in the place that was left for it."""
        now = connection.execute("SELECT changed_at FROM declaration WHERE id = ?", (kept.declaration_id,)).fetchone()
        if now is None or now[0] != kept.changed_at:
            return  # changed meanwhile, and put by whoever changed it
        row = _row(connection, kept.declaration_id)
        if row is not None and row[2] is not None and self._is_kept(connection, row[0], kept):
            return  # filled meanwhile by another program
        if row is None or row[2] is not None:
            self.put(connection, kept)
        else:
            connection.execute(f"DELETE FROM {_WORDS} WHERE n = ?", (row[0],))  # noqa: S608 - our own name
            _write(connection, row[0], kept)

    @staticmethod
    def _is_kept(connection: Connection, place: int, kept: Kept) -> bool:
        query = f"SELECT changed_at FROM {_WORDS} WHERE n = ?"  # noqa: S608 - our own name
        return bool(connection.execute(query, (place,)).fetchone()[0] == kept.changed_at)

    def moved(
        self, connection: Connection, declaration_id: str, state: str, number: str | None, changed_at: str
    ) -> None:
        """Take note of another state or number; a declaration that is not kept yet is behind and filled later."""
        from swclient.store.search.index import Kept

        row = _row(connection, declaration_id)
        if row is None or row[2] is None:
            return
        words = tuple(row[2].split())
        more = tuple(word for word in kept([number]) if word not in words) if number else ()
        self.put(
            connection, Kept(declaration_id, changed_at, state, (kept([number]) if more and number else ()) + words)
        )

    def drop(self, connection: Connection, declaration_id: str) -> None:
        """Forget a declaration."""
        row = _row(connection, declaration_id)
        if row is None:
            return
        if row[2] is not None:
            gone = f"INSERT INTO {_TABLE} ({_TABLE}, rowid, words) VALUES ('delete', ?, ?)"  # noqa: S608 - our own name
            connection.execute(gone, (row[0], _terms(row[2].split(), row[1])))
        connection.execute(f"DELETE FROM {_WORDS} WHERE n = ?", (row[0],))  # noqa: S608 - our own name

    def behind(self, connection: Connection) -> Sequence[str]:
        """Return the declarations whose words are not kept as they are now: places left by `make` latest first."""
        query = f"""SELECT d.id FROM declaration AS d LEFT JOIN {_WORDS} AS w ON w.declaration_id = d.id
            WHERE w.changed_at IS NOT d.changed_at
            ORDER BY w.n IS NULL OR w.words IS NOT NULL, CASE WHEN w.words IS NULL THEN -w.n END, d.changed_at"""  # noqa: S608 - our own name
        return [row[0] for row in connection.execute(query)]

    def merge(self, connection: Connection, *, first: bool) -> bool:
        """Merge a little of what filling left in many pieces; return whether there is more to merge."""
        before = connection.total_changes
        pages = -_PAGES if first else _PAGES  # the sign has it begin with all pieces, whatever their size
        connection.execute(f"INSERT INTO {_TABLE} ({_TABLE}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608 - our own name
        return connection.total_changes - before > 1  # so SQLite says that something was merged

    def find(self, connection: Connection, columns: Sequence[str], wanted: Wanted) -> list[tuple[Any, ...]]:
        """Return the wanted columns of the declarations in which everything asked for is found, latest first."""
        statement = statement_of(connection, columns, wanted)
        return connection.execute(*statement).fetchall() if statement is not None else []


def statement_of(
    connection: Connection, columns: Sequence[str], wanted: Wanted
) -> tuple[str, tuple[object, ...]] | None:
    """Return the statement that finds what is wanted and its values, None where what is asked for holds no word."""
    pieces = asked(wanted.text)
    if (wanted.text.strip() and not pieces) or not wanted.by_words:
        return None
    conditions, values = [f"{_TABLE} MATCH ?"], list[object]([_question(pieces, wanted)])
    if wanted.after is not None:
        conditions.append("f.rowid < ?")
        values.append(_place_of(connection, wanted.after))
    for moment, sign, way in ((wanted.since, ">=", "ASC"), (wanted.before, "<", "DESC")):
        if moment is not None:  # rows stand in the order of change: what is outside the days is not walked through
            query = f"""SELECT w.n FROM declaration AS d JOIN {_WORDS} AS w ON w.declaration_id = d.id
                WHERE d.changed_at {sign} ? ORDER BY d.changed_at {way}, d.id {way} LIMIT 1"""  # noqa: S608 - our own words
            edge = connection.execute(query, (to_text(moment),)).fetchone()
            conditions.append(f"f.rowid {'>=' if way == 'ASC' else '<='} ?")
            values.append(edge[0] if edge is not None else -1)
    bounds, bound = bounds_of(wanted, "d.")
    conditions += bounds
    values += bound
    query = f"""SELECT {", ".join(f"d.{name}" for name in columns)} FROM {_TABLE} AS f
        CROSS JOIN {_WORDS} AS w ON w.n = f.rowid CROSS JOIN declaration AS d ON d.id = w.declaration_id
        WHERE {" AND ".join(conditions)} ORDER BY f.rowid DESC LIMIT ?"""  # noqa: S608 - values are bound
    return query, (*values, wanted.limit)


def _place_of(connection: Connection, line: Row) -> int:
    row = _row(connection, line.id)
    if row is not None:
        return int(row[0])
    query = f"SELECT max(n) FROM {_WORDS} WHERE changed_at < ?"  # noqa: S608 - our own name
    return int(connection.execute(query, (to_text(line.changed_at),)).fetchone()[0] or 0) + 1


def _row(connection: Connection, declaration_id: str) -> tuple[int, str, str | None] | None:
    query = f"SELECT n, state, words FROM {_WORDS} WHERE declaration_id = ?"  # noqa: S608 - our own name
    found: tuple[int, str, str | None] | None = connection.execute(query, (declaration_id,)).fetchone()
    return found


def _write(connection: Connection, place: int, kept: Kept) -> None:
    values = (place, kept.declaration_id, kept.changed_at, kept.state, " ".join(kept.words))
    connection.execute(f"INSERT INTO {_WORDS} VALUES (?, ?, ?, ?, ?)", values)  # noqa: S608 - our own name
    terms = _terms(kept.words, kept.state)
    connection.execute(f"INSERT INTO {_TABLE} (rowid, words) VALUES (?, ?)", (place, terms))  # noqa: S608 - our own name


def _drop(connection: Connection) -> None:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        if _OURS.fullmatch(name):
            if name.startswith("search_index"):
                _mend(connection, name)
            connection.execute(f"DROP TABLE {name}")


def _mend(connection: Connection, name: str) -> None:
    """Give a damaged index back the tables that it is dropped with."""
    for suffix, columns in _SHADOWS.items():
        connection.execute(f"CREATE TABLE IF NOT EXISTS {name}_{suffix} ({columns})")
    for statement in _EMPTY:
        connection.execute(statement.format(name))


# -- what FTS5 is given


def _cut(word: str) -> list[str]:
    """Return a word in pieces, of which every one but the first is marked as the rest of a word."""
    rest = range(_PIECE, len(word), _PIECE - 1)
    return [word[:_PIECE], *(_REST + word[at : at + _PIECE - 1] for at in rest)]


def _backwards(word: str) -> str:
    return _END + word[::-1]


def _state(state: str) -> str:
    return _STATE + re.sub(r"[\W_]", "", state)


def _terms(words: Iterable[str], state: str) -> str:
    plain = list(words)
    whole = [*plain, *map(_backwards, tails(plain))]
    return " ".join([*(piece for word in whole for piece in _cut(word)), _state(state)])


def _row_of(pieces: list[str], *, beginning: bool) -> str:
    """Return a phrase of FTS5; a last piece of full length is no beginning, as what follows it is marked."""
    quoted = " + ".join(f'"{piece}"' for piece in pieces)
    return f"{quoted} *" if beginning and len(pieces[-1]) < _PIECE else quoted


def _ways(piece: Asked) -> str:
    found = [_row_of([part for word in piece.row for part in _cut(word)], beginning=not piece.whole)]
    if piece.joined:
        found.append(_row_of(_cut(piece.joined), beginning=True))
    if piece.tail:
        found.append(_row_of(_cut(_backwards(piece.tail)), beginning=True))
    return f"({' OR '.join(found)})"


def _question(pieces: Sequence[Asked], wanted: Wanted) -> str:
    found = [_ways(piece) for piece in (*pieces, *asked_marked(wanted))]
    if wanted.profile:
        found.append(_row_of(_cut(COUNTRY + fold(wanted.profile)), beginning=False))
    if wanted.states:
        found.append(f"({' OR '.join(f'{chr(34)}{_state(state)}{chr(34)}' for state in wanted.states)})")
    return " AND ".join(found)
