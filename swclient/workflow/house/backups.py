# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies the store when it is time, off the thread that types, and tells how it stands with the copies."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.events import Signal
from swclient.base.messages import Message
from swclient.workflow.jobs import Jobs, Post, call_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.store import Health, Store
    from swclient.store.backups.making import Standing
    from swclient.store.backups.policy import Policy
    from swclient.store.backups.shelf import Copy

RETRY = timedelta(minutes=5)
"""So long after a copy that failed no other is tried by itself."""


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CopyStanding:
    """How it stands with the copies of the store.

    Attributes:
        made_at: when the last copy was made; None for none.
        behind: how many edits of the store are in no copy.
        trouble: why the last attempt came to nothing; None when it did not.
        by_office: the store is on an office's server, whose administrator sees to copies.
    """

    made_at: datetime | None = None
    behind: int = 0
    trouble: Message | None = None
    by_office: bool = False


def due(standing: Standing, policy: Policy, moment: datetime, *, first: bool) -> bool:
    """Whether it is time for a copy: many edits in none, or an old copy, or anything at all when the program starts."""
    if not standing.behind:
        return False
    note = standing.last.note if standing.last is not None else None
    if first or note is None or standing.behind >= policy.after_edits:
        return True
    age = moment - note.made_at
    return age < timedelta(0) or age >= timedelta(minutes=policy.after_minutes)


class Backups:
    """The copies of one store, made by one thread.

    Attributes:
        folder: where they lie.
        told: how it stands, after every look; called where `post` brings it.
    """

    def __init__(
        self, store: Path, post: Post = call_now, clock: Callable[[], datetime] = now, *, shared: bool = False
    ) -> None:
        from swclient.store.backups.policy import FOLDER

        self.folder = store.parent / FOLDER
        self.told: Signal[CopyStanding] = Signal()
        self._store, self._post, self._clock, self._shared = store, post, clock, shared
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backup")
        self._stop = threading.Event()
        self._under_way: Future[CopyStanding] | None = None
        self._trouble: Message | None = None
        self._not_before: datetime | None = None
        self._owed: Copy | None = None  # to the second folder

    def look(self, *, first: bool = False) -> Future[CopyStanding]:
        """See in the background how it stands, and make a copy if it is time; the look under way where there is one.

        Args:
            first: the program has just been started, so anything in no copy is reason enough for one.
        """
        if self._under_way is None or self._under_way.done():
            self._under_way = self._pool.submit(self._look, first=first)
            self._under_way.add_done_callback(self._report)
        return self._under_way

    def _look(self, *, first: bool) -> CopyStanding:
        from swclient.store.backups.making import standing
        from swclient.store.backups.policy import read_policy
        from swclient.store.backups.problems import StoppedError

        found = CopyStanding(trouble=self._trouble, by_office=self._shared)
        if self._shared:  # a server is copied by who runs it
            self._post(lambda: self.told.emit(found))
            return found
        try:
            state = standing(self._store, self.folder)
            policy = read_policy(self._store.parent)
            wanted = due(state, policy, self._clock(), first=first)
            if self._may_try() and (wanted or self._owed is not None):
                self._copy(policy, anew=wanted)
                self._trouble, self._not_before = None, None
                state = standing(self._store, self.folder)
            found = _told(state, self._trouble)
        except UserError as error:
            self._trouble, self._not_before = error.message, self._clock() + RETRY
            found = self._after_trouble(error.message)
        except StoppedError:
            return found
        if not self._stop.is_set():
            self._post(lambda: self.told.emit(found))
        return found

    def _report(self, look: Future[CopyStanding]) -> None:
        """Bring a mistake of ours to the program's own report, not into silence."""
        error = None if look.cancelled() else look.exception()
        if error is not None and not self._stop.is_set():
            self._post(lambda: _raise(error))

    def _may_try(self) -> bool:
        return self._not_before is None or self._clock() >= self._not_before

    def _copy(self, policy: Policy, *, anew: bool) -> None:
        """Make a copy, or bring the last one to the second folder, which was not there when it was made."""
        from swclient.store.backups.making import make, make_second

        if anew:
            self._owed = make(self._store, self.folder, policy, self._stop.is_set, self._clock)
        if policy.second is not None and self._owed is not None and self._owed.file.exists():
            make_second(self._owed, policy.second, policy, self._stop.is_set)
        self._owed = None

    def _after_trouble(self, trouble: Message) -> CopyStanding:
        from swclient.store.backups.making import standing

        try:
            return _told(standing(self._store, self.folder), trouble)
        except UserError:
            return CopyStanding(trouble=trouble)

    def close(self) -> None:
        """Give up the copy under way, if any; nothing of it stays."""
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


def when_checked(store: Store, jobs: Jobs, tell: Callable[[Message], None]) -> None:
    """Tell what the check of the store at its opening found wrong, once it has ended; nothing where it is whole."""

    def ended(check: Future[Health]) -> None:
        found = check.result()
        if not found.ok and not jobs.stopping.is_set():
            jobs.post(lambda: tell(found.message))

    store.checking.add_done_callback(ended)


def _raise(error: BaseException) -> None:
    raise error


def _told(standing: Standing, trouble: Message | None) -> CopyStanding:
    note = standing.last.note if standing.last is not None else None
    return CopyStanding(note.made_at if note else None, standing.behind, trouble)


@dataclass(frozen=True, slots=True)
class Made:
    """Copies that were just made; `second` is None where no second folder is set."""

    copy: Copy
    second: Copy | None


def make_now(store: Path) -> Made:
    """Make a copy at once, and the second one where a folder for it is set.

    Raises:
        UserError: it could not be made; the first stands where only the second could not.
    """
    from swclient.store.backups.making import make, make_second
    from swclient.store.backups.policy import FOLDER, read_policy

    policy = read_policy(store.parent)
    copy = make(store, store.parent / FOLDER, policy)
    return Made(copy, make_second(copy, policy.second, policy) if policy.second is not None else None)
