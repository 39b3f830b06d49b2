# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saves what can be read of a damaged store into a new one, and tells declaration by declaration what that is.

The damaged store is only read. The log of the new store is chained anew over the records that are sound, so its check
says that the new store is whole, not that the old one was: that is what the report is for.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store import chain, database, seals, tombstones
from swclient.store.backups.found import Found, LostFile, Saved, lost_file, row_made_anew, told
from swclient.store.backups.problems import BackupError, code_of, telling
from swclient.store.backups.restoring import ask_first
from swclient.store.backups.rotten import columns_of, fits, opened, rows_of, seals_of, sound_records
from swclient.store.driver import connect, errors, key_of
from swclient.store.head import Head, head_file, read_head
from swclient.store.vault import notes
from swclient.store.vault.notes import noted

_THERE = N_("There is a file {file} already. Choose another name; nothing is written over.")
_NOTHING = N_("Nothing can be read of {file}: {reason}. Put a backup back instead.")
_NO_TABLES = N_("it has no declarations of this program")
_NO_START = N_("its beginning cannot be read")
_CHILDREN = ("outbox", "answer", "event", "artefact", "attempt")
_ALONE = ("template", "register", "party", "mapping", "blob", "errand")


@dataclass(frozen=True, slots=True)
class Salvage:
    """What could be saved.

    Attributes:
        file: the new store.
        declarations: each that anything is known of.
        records: how many records of the log are in the new store.
        lost_records: numbers of the records of the old log that could not be read or were altered.
        lost_rows: how many rows of other tables are known to be lost, by table; tables without any are left out.
        lost_files: the attached files that could not be saved, as far as their names can be read.
    """

    file: Path
    declarations: tuple[Saved, ...]
    records: int
    lost_records: tuple[int, ...]
    lost_rows: dict[str, int]
    lost_files: tuple[LostFile, ...] = ()


def salvage(source: Path, target: Path) -> Salvage:
    """Save what can be read of the store `source` into a new store `target`.

    Raises:
        UserError: `target` is there already, nothing can be read, it is of a newer program, or the disk refused.
    """
    if target.exists():
        raise BackupError(_THERE, file=target)
    if not source.is_file():
        raise database.absent(source)
    with telling(target), tempfile.TemporaryDirectory(prefix="reading-", dir=target.parent) as name:
        old = _opened(source, Path(name))
        try:
            made = Path(name) / "new.db"
            report = _Work(old, made, source).carry_out(target)
        finally:
            old.close()
        made.rename(target)
        head_file(made).rename(head_file(target))
        notes.write_note(target, *noted(made))
    return report


def _opened(source: Path, folder: Path) -> sqlite3.Connection:
    try:
        old = opened(source, folder)
    except errors() as error:
        said = Message(_NO_START) if code_of(error) == sqlite3.SQLITE_NOTADB else error
        raise BackupError(_NOTHING, file=source, reason=said) from error
    reason = "" if columns_of(old, "declaration") and columns_of(old, "change_log") else _NO_TABLES
    version, application = (old.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id"))
    try:
        if reason:
            raise BackupError(_NOTHING, file=source, reason=Message(reason))
        if application == database.APPLICATION:
            database.refuse(source, version, application)
    except UserError:
        old.close()
        raise
    return old


class _Work:
    def __init__(self, old: sqlite3.Connection, made: Path, source: Path) -> None:
        self.old, self.made = old, made
        self.seals = seals_of(old)
        head = read_head(source)
        self.noted = head.sequence if head else 0
        self.found: dict[str, Found] = defaultdict(Found)
        self.others: dict[str, list[tuple[int, str]]] = defaultdict(list)  # records of templates
        self.lost_records: list[int] = []
        self.lost_rows: dict[str, int] = defaultdict(int)
        self.lost_files: list[LostFile] = []

    def carry_out(self, target: Path) -> Salvage:
        """Read, write, and return the report."""
        self.read()
        database.prepare(self.made, key_of(self.old))
        new = connect(self.made)
        try:
            new.execute("PRAGMA synchronous=OFF")
            new.execute("BEGIN")
            end = self.write(new)
            seals.seal_all(new)
            end = replace(end, writes=seals.count(new))
            new.execute("COMMIT")
            new.execute("PRAGMA synchronous=FULL")
            new.execute("PRAGMA journal_mode=DELETE")
        finally:
            new.close()
        head = Head(self.made)
        head.write(end)
        head.close()
        saved = sorted((told(key, each) for key, each in self.found.items()), key=lambda each: each.title)
        gone = {table: count for table, count in self.lost_rows.items() if count}
        return Salvage(target, tuple(saved), end.sequence, tuple(self.lost_records), gone, tuple(self.lost_files))

    # -- reading

    def read(self) -> None:
        """Read declarations, snapshots and the log."""
        for row in self.rows("declaration"):
            self.found[row["id"]].row = row
        for row in self.rows("snapshot"):
            self.found[row["declaration_id"]].snapshot = row
        for row in self.rows("event"):
            self.found[row["declaration_id"]].state = row["state_after"] or self.found[row["declaration_id"]].state
        templates = {row["id"] for row in self.rows("template")}
        for number, key, text in sound_records(self.old, self.noted, self.lost_records.append):
            self._take(number, key, text, templates)
        for each in self.found.values():
            if each.row is None and not each.records:
                each.snapshot = None  # only its id speaks for it, and that may be what rotted
        self._lay_losses()

    def _lay_losses(self) -> None:
        """Give every lost record to the declaration that it was of, or where that is not known to each."""
        owners = self._owners()
        for number in self.lost_records:
            known = owners.get(number)
            for key in [known] if known in self.found else [*self.found] if known is None else []:
                self.found[key].lost.append(number)

    def _take(self, number: int, key: str, text: str, templates: set[str]) -> None:
        try:
            record = json.loads(text)
            whole = record.get("whole", False)
        except (ValueError, AttributeError):
            self.lost_records.append(number)
            return
        if record.get("label") == tombstones.LABEL and key not in self.found:
            return  # the new log has other numbers, and nothing of what was deleted
        if key in self.found or (whole and key not in templates and '"label":"created"' in text):
            self.found[key].records.append((number, text))
            if whole:
                self.found[key].wholes.append(number)
        else:
            self.others[key].append((number, text))

    def _owners(self) -> dict[int, str]:
        """Return whose the lost records were, as far as the index can tell that lies apart from the log."""
        if not self.lost_records:
            return {}
        query = "SELECT declaration_id, sequence FROM change_log INDEXED BY change_log_by_declaration"
        lost, owners = set(self.lost_records), dict[int, str]()
        try:
            for key, number in self.old.execute(query):
                if number in lost:
                    owners[number] = key.decode()
        except errors(ValueError, AttributeError):
            return owners
        return owners

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table that can be read and fit their digest; count the others."""
        columns = columns_of(self.old, table)
        good = []
        self.lost_rows[table] = 0
        for _number, values in rows_of(self.old, table, columns) if columns else ():
            row = dict(zip(columns, values, strict=True)) if values is not None else None
            if row is not None and fits(table, row, self.seals):
                good.append(row)
            else:
                self._lose(table, row)
        sealed = sum(
            of == table for of, _key in self.seals
        )  # a rotten table may give fewer rows, or seem not to be there
        self.lost_rows[table] = max(self.lost_rows[table], sealed - len(good))
        return good

    # -- writing

    def write(self, new: sqlite3.Connection) -> chain.Link:
        """Write everything into a new store; return the end of its log."""
        records = [(number, key, text) for key, all_of in self.others.items() for number, text in all_of]
        for key, each in self.found.items():
            if each.base >= 0:
                cut = each.cut
                kept = [record for record in each.records if cut is None or record[0] < cut]
                records += [(number, key, text) for number, text in kept]
        end = _chained(new, sorted(records))
        numbers = sorted(number for number, _key, _text in records)
        for key, each in self.found.items():
            if each.base >= 0:
                _keep(new, key, each, numbers)
        new.execute("UPDATE declaration SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM declaration)")
        for table in (*_CHILDREN, *_ALONE, "attachment"):
            self._copy(new, table)
        ask_first(new)
        return end

    def _copy(self, new: sqlite3.Connection, table: str) -> None:
        parents = {"attempt": ("outbox_id", "outbox")}.get(table, ("declaration_id", "declaration"))
        known = {row[0] for row in new.execute(f"SELECT id FROM {parents[1]}")} | {None}  # noqa: S608 - our own names
        bytes_kept = {row[0] for row in new.execute("SELECT sha256 FROM blob")}
        for row in self.rows(table):
            whole = table != "attachment" or row["sha256"] in bytes_kept
            if not whole or row.get(parents[0]) not in known or not _put(new, table, row):
                self._lose(table, row)

    def _lose(self, table: str, row: dict[str, Any] | None) -> None:
        """Count a row that is lost; of an attached file keep the name, as far as it can be read."""
        self.lost_rows[table] += 1
        if table == "attachment" and row is not None:
            self.lost_files.append(lost_file(row, self.found))


def _chained(new: sqlite3.Connection, records: list[tuple[int, str, str]]) -> chain.Link:
    end = chain.EMPTY
    for place, (_number, key, text) in enumerate(records, start=1):
        end = chain.Link(place, chain.linked(end.hash, key, text))
        new.execute("INSERT INTO change_log VALUES (?, ?, ?, ?)", (place, key, text, end.hash))
    return end


def _keep(new: sqlite3.Connection, key: str, found: Found, numbers: list[int]) -> None:
    """Put a declaration into the new store, its snapshot told the new number of its last change."""
    row = found.row or row_made_anew(key, found)
    _put(new, "declaration", row | {"state": found.state or row["state"]})
    if found.snapshot is not None:
        sequence = bisect_left(numbers, found.snapshot["change_sequence"] + 1)
        _put(new, "snapshot", found.snapshot | {"change_sequence": sequence})


def _put(new: sqlite3.Connection, table: str, row: dict[str, Any]) -> bool:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    try:
        new.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))  # noqa: S608 - our own names
    except errors(kind="IntegrityError"):
        return False
    return True
