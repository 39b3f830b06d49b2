# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bin: what may go into it and why not, what comes back, what is deleted for ever and when.

A draft that nobody outside has seen may go. What was signed, sent or answered is kept as long as the law of its
country has it kept (the dated rate `clock_retention`, in years), counted from its release or its last move.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from swclient.base.errors import SwError, UserError
from swclient.base.i18n import N_
from swclient.base.log import log
from swclient.base.messages import Message
from swclient.base.paths import shipped
from swclient.catalogue.loader import load_profile
from swclient.workflow.life.clocks import limit_of
from swclient.workflow.states import STANDINGS, State, editable, final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from swclient.store import Store
    from swclient.store.values import Row

FILE = "bin.toml"
_UNDER_WAY = N_(
    "The declaration “{title}” stands at “{state}”. It cannot go into the bin while its course goes on; when that has "
    "ended, it is kept for as long as the law has it kept."
)
_KEPT = N_(
    "The declaration “{title}” was signed, sent or answered. It is kept for {years} years from its last step, until "
    "{day} (source: {source}), and can go into the bin after that."
)
_UNKNOWN_TIME = N_(
    "The declaration “{title}” was signed, sent or answered, and how long {country} has it kept is not known to this "
    "program. It stays."
)
_UNREADABLE = N_("The settings of the bin cannot be read: {file}: {reason}. Mend the file or move it away.")
_BAD = N_("The settings of the bin {file} may hold “keep_days” only, a whole number from 0 up.")
_UNTITLED = N_("Untitled declaration")


def keep_days(home: Path) -> int:
    """Return how many days drafts lie in the bin before they are deleted for ever; 0 for no end.

    Raises:
        UserError: the user's file cannot be read, or says something that means nothing.
    """
    own = home / FILE
    file = own if own.exists() else shipped("resources") / FILE
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(_UNREADABLE, file=file, reason=error) from error
    days = values.get("keep_days")
    if set(values) != {"keep_days"} or not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise UserError(_BAD, file=file)
    return days


def kept_until(last: datetime, years: int) -> date:
    """Return the first day on which what last moved at a moment need not be kept any more."""
    day = last.date()
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, month=3, day=1)


class Holder(Protocol):
    """What the bin needs of an application."""

    home: Path
    store: Store
    today: Callable[[], date]

    @property
    def actor(self) -> str:
        """Who works now, for the log."""

    def shut(self, declaration_id: str) -> None:
        """Take a declaration off the desk, saved."""

    def heard(self, kind: str, declaration_id: str = "") -> None:
        """Tell the screens that something happened."""


class Bin:
    """The bin of an application."""

    def __init__(self, application: Holder) -> None:
        self._application = application
        self._store = application.store
        self._days: int | None = None
        self._read = -1  # the moment of the settings file that was read

    def why_not(self, declaration_id: str) -> Message | None:
        """Return why a declaration may not be deleted yet and until when, None where it may.

        Raises:
            UserError: there is no such declaration.
        """
        row, traces = self._store.row(declaration_id), self._store.bin.traces(declaration_id)
        if not traces.found:
            return None
        told: dict[str, object] = {"title": row.title or Message(_UNTITLED)}
        state = State(row.state)
        if not (final(state) or editable(state)):
            return Message(_UNDER_WAY, {**told, "state": Message(STANDINGS[state].name)})
        limit = limit_of(load_profile(row.profile), "retention", traces.last.date())
        if limit is None:
            return Message(_UNKNOWN_TIME, {**told, "country": row.profile})
        until = kept_until(traces.last, int(limit.row.value))
        if self._application.today() >= until:
            return None
        more = {"years": int(limit.row.value), "day": until.isoformat(), "source": limit.row.source}
        return Message(_KEPT, {**told, **more})

    def refuse(self, declaration_id: str) -> None:
        """Say why a declaration may not be deleted yet and until when.

        Raises:
            UserError: it is to be kept, or there is none.
        """
        why = self.why_not(declaration_id)
        if why is not None:
            raise UserError(why)

    def put(self, declaration_id: str) -> Row:
        """Put a declaration into the bin and return its line; one that is open on the desk is shut first, saved.

        Raises:
            UserError: there is none, or it is to be kept; says until when.
        """
        released = self._released(declaration_id)
        self._application.shut(declaration_id)
        self._store.bin.put(declaration_id, actor=self._application.actor, released=released)
        self._application.heard("worklist", declaration_id)
        return self._store.row(declaration_id)

    def back(self, declaration_id: str) -> None:
        """Take a declaration out of the bin.

        Raises:
            UserError: there is no such declaration.
        """
        self._store.bin.back(declaration_id, actor=self._application.actor)
        self._application.heard("worklist", declaration_id)

    def purge(self, declaration_id: str) -> None:
        """Delete a declaration in the bin for ever.

        Raises:
            UserError: there is none, it is not in the bin, or it is to be kept.
        """
        released = self._released(declaration_id)
        self._application.shut(declaration_id)
        self._store.bin.purge(declaration_id, actor=self._application.actor, released=released)
        self._application.heard("worklist", declaration_id)

    def sweep(self) -> int:
        """Delete for ever what has lain in the bin for its time; return how many that were.

        What cannot go stays and is noted in the log of the program.
        """
        if self._store.read_only:
            return 0
        gone = 0
        for declaration_id in self._due():
            try:
                self.purge(declaration_id)
                gone += 1
            except SwError as error:
                log.warning("The declaration %s stays in the bin: %s", declaration_id, error)
        return gone

    def leaves(self, row: Row) -> date | None:
        """Return on which day a line of the bin is deleted by itself, None for never."""
        days = self._time()
        return None if not days or row.removed_at is None else (row.removed_at + timedelta(days=days)).date()

    def _time(self) -> int:
        """Return how many days things lie here; no end where that cannot be read."""
        own = self._application.home / FILE
        written = own.stat().st_mtime_ns if own.exists() else 0
        if self._days is None or self._read != written:
            self._read = written
            try:
                self._days = keep_days(self._application.home)
            except UserError as error:
                log.warning("Nothing is deleted from the bin: %s", error)
                self._days = 0
        return self._days

    def _due(self) -> tuple[str, ...]:
        days = self._time()
        begun = datetime.combine(self._application.today(), datetime.min.time(), UTC)
        return self._store.bin.older_than(begun - timedelta(days=days)) if days else ()

    def _released(self, declaration_id: str) -> bool:
        """Return whether a declaration left traces whose time of keeping is over; refuse where it is not."""
        found = self._store.bin.traces(declaration_id).found  # before: what is signed meanwhile, the store refuses
        self.refuse(declaration_id)
        return found
