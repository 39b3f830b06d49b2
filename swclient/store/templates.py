# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates, from which new drafts are made. Every act enters the log; nothing is ever deleted.

Plain SQL, because the rail counts them at the start.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import chain
from swclient.store.values import NewTemplate, Template, TemplateRow, to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk
    from swclient.store.driver import Connection

_NAMES = tuple(field.name for field in fields(TemplateRow))
_COLUMNS = ", ".join(_NAMES)
_UNKNOWN = N_("There is no template {template} in the store.")
_TAKEN = N_("There is a template “{name}” already. Choose another name, or rename that one first.")
_LOST = N_("The template “{name}” cannot be read from the store, and the log holds no copy. Restore it from a backup.")
_SAVED, _RENAMED, _REMOVED, _RESTORED = (f"template {act}" for act in ("saved", "renamed", "removed", "restored"))


class Templates:
    """Keeps, lists, renames, removes and brings back templates."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep(self, new: NewTemplate, *, actor: str) -> TemplateRow | None:
        """Keep a template; return the one of the same name that it replaces, which counts as removed from now on."""
        at = self._clock()
        body = chain.encode(new.body)
        told = {"name": new.name, "profile": new.profile, "profile_version": new.profile_version}

        def work(connection: Connection) -> TemplateRow | None:
            former = _named(connection, new.name)
            if former is not None:
                self._remove(connection, former.id, at, actor)
            whole = f'{{"template":{chain.encode(told)},"body_version":{new.body_version},"body":{body}}}'
            self._desk.log(connection, [chain.Draft(new.id, at, actor, _SAVED, whole, whole=True)])
            digest = hashlib.sha256(body.encode()).digest()
            connection.execute(
                f"INSERT INTO template ({_COLUMNS}, body_version, sha256, body) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608 - no value
                (new.id, *told.values(), to_text(at), to_text(at), None, new.body_version, digest, body),
            )
            return former

        return self._desk.write(work).result()

    def rename(self, template_id: str, name: str, *, actor: str) -> None:
        """Give a template another name.

        Raises:
            UserError: there is no such template, or another one has the name.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            _row_of(connection, template_id)
            _refuse_if_taken(connection, name, template_id)
            self._log(connection, template_id, at, actor, _RENAMED, {"name": name})
            connection.execute(
                "UPDATE template SET name = ?, changed_at = ? WHERE id = ?", (name, to_text(at), template_id)
            )

        self._desk.write(work).result()

    def remove(self, template_id: str, *, actor: str) -> None:
        """Take a template out of use; it is kept and can be brought back.

        Raises:
            UserError: there is no such template.
        """
        at = self._clock()
        self._desk.write(lambda connection: self._remove(connection, template_id, at, actor)).result()

    def restore(self, template_id: str, *, actor: str) -> None:
        """Bring a removed template back into use.

        Raises:
            UserError: there is no such template, or another one has its name by now.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            row = _row_of(connection, template_id)
            if row.removed_at is not None:
                _refuse_if_taken(connection, row.name, template_id)
                self._log(connection, template_id, at, actor, _RESTORED, {})
                connection.execute("UPDATE template SET removed_at = NULL WHERE id = ?", (template_id,))

        self._desk.write(work).result()

    def load(self, template_id: str) -> Template:
        """Return a template with its body, a removed one too.

        Raises:
            UserError: there is none with that id, or neither the kept body nor the log can be read.
        """
        return self._desk.read(lambda connection: _load(connection, template_id))

    def listed(self, *, removed: bool = False) -> tuple[TemplateRow, ...]:
        """Return the templates in use by name, or the removed ones, the last removed first."""
        found = self._desk.read(_all)
        if removed:
            gone = [(row.removed_at, row) for row in found if row.removed_at is not None]
            return tuple(row for _at, row in sorted(gone, key=lambda each: each[0], reverse=True))
        return tuple(sorted((row for row in found if row.removed_at is None), key=lambda row: row.name.casefold()))

    def _remove(self, connection: Connection, template_id: str, at: datetime, actor: str) -> None:
        if _row_of(connection, template_id).removed_at is None:
            self._log(connection, template_id, at, actor, _REMOVED, {})
            connection.execute("UPDATE template SET removed_at = ? WHERE id = ?", (to_text(at), template_id))

    def _log(
        self, connection: Connection, template_id: str, at: datetime, actor: str, act: str, body: dict[str, str]
    ) -> None:
        self._desk.log(connection, [chain.Draft(template_id, at, actor, act, chain.encode(body))])


def _all(connection: Connection) -> tuple[TemplateRow, ...]:
    # A store of version 1 that is opened for reading is not brought forward; it has no templates.
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'template'").fetchone():
        return ()
    return tuple(_row(found) for found in connection.execute(f"SELECT {_COLUMNS} FROM template"))  # noqa: S608 - no value


def _row(values: tuple[Any, ...]) -> TemplateRow:
    named: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
    for name in ("created_at", "changed_at", "removed_at"):
        named[name] = to_moment(named[name]) if named[name] else None
    return TemplateRow(**named)


def _named(connection: Connection, name: str) -> TemplateRow | None:
    wish = name.casefold()  # here, as SQLite folds Latin letters only
    rows = (row for row in _all(connection) if row.removed_at is None)
    return next((row for row in rows if row.name.casefold() == wish), None)


def _row_of(connection: Connection, template_id: str) -> TemplateRow:
    found = next((row for row in _all(connection) if row.id == template_id), None)
    if found is None:
        raise UserError(_UNKNOWN, template=template_id)
    return found


def _refuse_if_taken(connection: Connection, name: str, by_other_than: str) -> None:
    held = _named(connection, name)
    if held is not None and held.id != by_other_than:
        raise UserError(_TAKEN, name=held.name)


def _load(connection: Connection, template_id: str) -> Template:
    row = _row_of(connection, template_id)
    body, version, digest = connection.execute(
        "SELECT CAST(body AS BLOB), body_version, sha256 FROM template WHERE id = ?", (template_id,)
    ).fetchone()
    if hashlib.sha256(body).digest() == digest:
        return Template(row, json.loads(body), version)
    found = connection.execute(
        "SELECT sequence, record FROM change_log WHERE declaration_id = ? ORDER BY sequence", (template_id,)
    )
    wholes = [each for each in (chain.read(number, template_id, text) for number, text in found) if each.whole]
    if not wholes:
        raise UserError(_LOST, name=row.name)
    kept = wholes[-1].body
    return Template(row, kept["body"], kept["body_version"], recovered=True)
