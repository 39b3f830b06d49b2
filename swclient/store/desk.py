# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one thread that owns the only connection: everything is done in the order of asking.

Appended changes that wait for the disk together are written in one transaction (group commit): a
slow disk costs the typist nothing but a later acknowledgement. A change is acknowledged after its
commit has reached the disk.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import chain
from swclient.store.driver import errors
from swclient.store.problems import UnsavedGapError

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from swclient.store.driver import Connection
    from swclient.store.head import Head
    from swclient.store.place import Place

T = TypeVar("T")

_READ_ONLY = N_("The store {file} is open for reading only, so nothing can be changed in it.")
_CLOSED = N_("The store {file} is closed.")
_UNKNOWN = N_("There is no declaration {declaration} in the store.")
_GAP = N_(
    "An earlier change of this declaration could not be saved, so this one was not saved either. "
    "Free some space or check the disk; then save the declaration."
)


@dataclass(slots=True)
class _Pending:
    draft: chain.Draft
    future: Future[int] = field(default_factory=Future)

    def __post_init__(self) -> None:
        # From here on it cannot be called off: it may be on the disk already.
        self.future.set_running_or_notify_cancel()


def _pass_on(batch: list[_Pending], job: Future[None]) -> None:
    """Let nobody wait for ever: what broke the writing of a batch reaches everyone in it."""
    error = job.exception()
    for pending in batch:
        if error is not None and not pending.future.done():
            pending.future.set_exception(error)


class Desk:
    """Where work for the database is handed in. Every method may be called from any thread.

    Attributes:
        place: what keeps the store.
        path: its file; see `Place.path`.
        read_only: whether writing is refused.
    """

    def __init__(self, place: Place, head: Head, *, read_only: bool) -> None:
        self.place = place
        self.path = place.path
        self.read_only = read_only
        self._head = head
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._lock = threading.Lock()
        self._batch: list[_Pending] | None = None
        self._closed = False
        self._known: set[str] = set()
        self._gaps: set[str] = set()
        self._engine: sa.Engine | None = None
        self._connection: Connection | None = None
        self._writes = 0

    # -- handing in

    def append(self, draft: chain.Draft) -> Future[int]:
        """Hand in a change; the future holds its number in the log once it is on the disk."""
        pending = _Pending(draft)
        with self._lock:
            self._refuse_if_shut(writing=True)
            if self._batch is None:
                self._batch = batch = [pending]
                self._thread.submit(self._write_batch, batch).add_done_callback(partial(_pass_on, batch))
            else:
                self._batch.append(pending)
        return pending.future

    def write(self, work: Callable[[Connection], T], *, heals: str | None = None) -> Future[T]:
        """Hand in work that writes, in its own transaction, after every change appended so far.

        Once it is done, the declaration that it `heals` takes changes again after one of them had
        failed.
        """
        return self._submit(lambda: self._in_transaction(work, heals), writing=True)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what the work reads, after everything handed in so far."""
        return self._submit(lambda: self._plainly(work), writing=False).result()

    def write_core(self, work: Callable[[sa.Connection], T]) -> T:
        """Do work that writes by SQLAlchemy Core, in its own transaction; return its result."""
        return self._submit(lambda: self._by_core(work, writing=True), writing=True).result()

    def read_core(self, work: Callable[[sa.Connection], T]) -> T:
        """Return what the work reads by SQLAlchemy Core, after everything handed in so far."""
        return self._submit(lambda: self._by_core(work, writing=False), writing=False).result()

    def close(self) -> None:
        """Finish everything handed in, then close the file; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._batch = None
        self._thread.submit(self._let_go).result()
        self._thread.shutdown()
        self._head.close()

    def _submit(self, job: Callable[[], T], *, writing: bool) -> Future[T]:
        with self._lock:
            self._refuse_if_shut(writing=writing)
            # Changes appended from now on come after this job, so they may not join the waiting
            # batch.
            self._batch = None
            return self._thread.submit(job)

    def _refuse_if_shut(self, *, writing: bool) -> None:
        if self._closed:
            raise UserError(_CLOSED, file=self.path.name)
        if writing and self.read_only:
            raise UserError(_READ_ONLY, file=self.path.name)

    # -- on the thread

    def _write_batch(self, batch: list[_Pending]) -> None:
        with self._lock:
            if self._batch is batch:
                self._batch = None
        try:
            connection = self._held()
            connection.execute("BEGIN IMMEDIATE")
            accepted = [pending for pending in batch if self._acceptable(connection, pending)]
            numbers, end = self.log(connection, [pending.draft for pending in accepted])
            connection.execute("COMMIT")
            self.place.look(connection)
        except errors() as error:
            self._failed(batch, error)
            return
        if accepted:
            self._head.write(replace(end, writes=self._writes))
        for pending, number in zip(accepted, numbers, strict=True):
            pending.future.set_result(number)

    def _acceptable(self, connection: Connection, pending: _Pending) -> bool:
        declaration_id = pending.draft.declaration_id
        if declaration_id in self._gaps:
            pending.future.set_exception(UnsavedGapError(_GAP))
            return False
        if declaration_id not in self._known:
            if not connection.execute("SELECT 1 FROM declaration WHERE id = ?", (declaration_id,)).fetchone():
                pending.future.set_exception(UserError(_UNKNOWN, declaration=declaration_id))
                return False
            self._known.add(declaration_id)
        return True

    def log(self, connection: Connection, drafts: list[chain.Draft]) -> tuple[list[int], chain.Link]:
        """Add changes to the log within the transaction under way; return numbers and new end."""
        # Read each time: another instance of the program may have written since.
        end = chain.end_of(connection)
        rows = []
        for draft in drafts:
            text = draft.record()
            digest = chain.linked(end.hash, draft.declaration_id, text)
            rows.append((end.sequence + 1, draft.declaration_id, text, digest))
            end = chain.Link(end.sequence + 1, digest)
        connection.executemany("INSERT INTO change_log VALUES (?, ?, ?, ?)", rows)
        return [row[0] for row in rows], end

    def _failed(self, batch: list[_Pending], error: Exception) -> None:
        """Tell who waits. Nothing may follow what was not saved: the log must have no hole."""
        self._start_over(error)
        problem = self.place.told(error)
        for pending in batch:
            if not pending.future.done():
                self._gaps.add(pending.draft.declaration_id)
                pending.future.set_exception(problem)

    def _in_transaction(self, work: Callable[[Connection], T], heals: str | None) -> T:
        try:
            connection = self._held()
            before = connection.total_changes
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                end = self._sealed(connection)
                connection.execute("COMMIT")
                self.place.look(connection)
            finally:
                connection.rollback()
        except errors() as error:
            self._start_over(error)
            raise self.place.told(error) from error
        if connection.total_changes != before:
            self._note(end)
        self._gaps.discard(heals or "")
        return result

    def _sealed(self, connection: Connection) -> chain.Link:
        """Seal what the transaction under way has written; return what the note is to say once it is on the disk."""
        return replace(chain.end_of(connection), writes=self.place.sealed(connection))

    def _settled(self, end: chain.Link) -> None:
        try:
            self.place.look(self._held())
        except errors() as error:
            self._start_over(error)
            raise self.place.told(error) from error
        self._note(end)

    def _note(self, end: chain.Link) -> None:
        self._writes = end.writes
        self._head.write(end)

    def _plainly(self, work: Callable[[Connection], T]) -> T:
        try:
            return work(self._held())
        except errors() as error:
            raise self.place.told(error) from error

    def _by_core(self, work: Callable[[sa.Connection], T], *, writing: bool) -> T:
        from swclient.store.core import original

        try:
            held = self._held()
            if self._engine is None:
                self._engine = self.place.engine(held)
            with (
                self._engine.connect().execution_options(swclient_writing=writing) as core,
                core.begin(),
            ):
                result = work(core)
                end = self._sealed(held) if writing else None
        except errors() as error:
            raise self.place.told(error) from error
        except original() as error:
            if isinstance(error.orig, errors()):
                if writing:
                    self._start_over(error.orig)
                raise self.place.told(error.orig) from error
            raise
        if end is not None:
            self._settled(end)
        return result

    def has_gap(self, declaration_id: str) -> bool:
        """Whether a change of this declaration failed to be saved; for work on the thread only."""
        return declaration_id in self._gaps

    def forget(self, declaration_id: str) -> None:
        """Take no more changes of a declaration that is being deleted; for work on the thread only."""
        self._known.discard(declaration_id)

    def _held(self) -> Connection:
        if self._connection is not None and not self.place.alive(self._connection):
            self._start_over()
        if self._connection is None:
            self._connection = self.place.connect(read_only=self.read_only)
            self._writes = self.place.writes(self._connection)
        return self._connection

    def _start_over(self, error: object = None) -> None:
        """Read the file afresh after a failed write: what is in memory then proves nothing."""
        self._let_go()
        self._known.clear()
        self.place.start_over(error)

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._connection is not None:
            try:
                self._connection.close()
            finally:
                self._connection = None
