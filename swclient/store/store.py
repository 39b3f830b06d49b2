# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store as the rest of the program sees it: drafts and states directly, the rest by room.

The rooms (`outbox`, `answers`, ...) load SQLAlchemy when they are first entered.
"""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.store import database
from swclient.store.chain import Health
from swclient.store.checked import Checked
from swclient.store.checking import beside_the_note, check, contradicted
from swclient.store.desk import Desk
from swclient.store.drafts import Drafts
from swclient.store.glance import Glance
from swclient.store.head import Head, read_head
from swclient.store.place import FilePlace, Place
from swclient.store.registers import Registers
from swclient.store.search.room import Search
from swclient.store.templates import Templates
from swclient.store.values import (
    Event,
    Json,
    LoggedChange,
    Move,
    NewDeclaration,
    Row,
    Snapshot,
    Stored,
    Wanted,
    now,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.answers import Answers
    from swclient.store.artefacts import Artefacts
    from swclient.store.attachments import Attachments
    from swclient.store.bin import Bin
    from swclient.store.office.address import Office
    from swclient.store.outbox import Outbox
    from swclient.store.parcels import Parcels
    from swclient.store.reference import Mappings, Parties
    from swclient.store.timeline import Timeline


def open_store(where: Path | Office, *, read_only: bool = False, clock: Callable[[], datetime] = now) -> Store:
    """Open the store in a file or on an office's server: made if it is not there, brought forward if it is older.

    The log is checked meanwhile; `Store.health` tells what was found, and a damaged store opens all
    the same.

    Raises:
        UserError: the file is somebody else's, is of a newer program, or cannot be opened. It is left untouched.
    """
    place = _file(where, read_only=read_only) if isinstance(where, Path) else _server(where, read_only=read_only)
    return Store(place, read_only=read_only, clock=clock)


def _file(path: Path, *, read_only: bool) -> Place:
    if read_only:
        database.check_header(path)
        if not path.exists():
            raise database.absent(path)
    elif database.prepare(path):
        from swclient.store.migrations import upgrade

        upgrade(path, database.VERSION)
    return FilePlace(path)


def _server(office: Office, *, read_only: bool) -> Place:
    from swclient.store.office.server import OfficePlace

    place = OfficePlace(office)
    place.prepare(read_only=read_only)
    return place


class Store:
    """An open store, for any thread; only `append_change` and `save_snapshot` do not wait.

    Attributes:
        path: its file; of an office's store, where its notes lie on this computer.
        shared: whether other people write to it from other computers.
        read_only: whether it refuses to be changed.
        templates, registers: of what new drafts are made, and filled.
        search: the words by which declarations are found.
        checked: which drafts were checked without an error.
    """

    def __init__(self, place: Place, *, read_only: bool, clock: Callable[[], datetime]) -> None:
        self.path = path = place.path
        self.shared = place.shared
        self._place = place
        self.read_only = read_only
        self._clock = clock
        self._noted = read_head(path)
        self._head = Head(path)
        self._desk = Desk(place, self._head, read_only=read_only)
        self._stop = threading.Event()
        self.glance = Glance(self._desk)
        self.search = Search(self._desk, self._later, self._stop.is_set)
        self._drafts = Drafts(self._desk, clock, self.search)
        self.templates, self.registers = Templates(self._desk, clock), Registers(self._desk, clock)
        self.checked = Checked(self._desk)
        self._checker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-check")
        self._begin()

    def _begin(self) -> None:
        try:
            self._contradicted = self._desk.read(lambda held: contradicted(self._noted, self._place, held))
            if self._contradicted is not None and not self.read_only:
                self._head.keep_aside(self._contradicted)
            if not self.read_only:
                self._desk.write(self._place.resume).result()
        except BaseException:
            self._desk.close()
            raise
        self._health = self._checker.submit(self._check)
        self.search.begin()
        self._later(self.checked.make_indexes)

    def _later(self, job: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # being closed
            self._checker.submit(job)

    def create(self, new: NewDeclaration, *, actor: str) -> int:
        """Keep a new declaration; return the number of its first record in the log.

        Raises:
            UserError: there is one with that id already.
        """
        return self._drafts.create(new, actor)

    def append_change(self, declaration_id: str, change: Json, *, label: str, actor: str) -> Future[int]:
        """Hand in a change and return at once; the change may be altered afterwards.

        The future holds the change's number in the log once it is on the disk, or the reason why it
        was not saved. After a failure, later changes of the same declaration are refused until
        `save_snapshot` succeeds.
        """
        return self._drafts.append(declaration_id, change, label, actor)

    def save_snapshot(self, snapshot: Snapshot, *, actor: str) -> Future[int]:
        """Hand in a whole body (not to be altered afterwards) and return at once.

        The future holds the number of the last change in it. After a failed change the body also enters the log.
        """
        return self._drafts.save(snapshot, actor)

    def load(self, declaration_id: str) -> Stored:
        """Return a declaration: the last snapshot and the changes after it.

        Raises:
            UserError: there is none with that id, or neither snapshot nor log can be read.
        """
        return self._drafts.load(declaration_id)

    def row(self, declaration_id: str) -> Row:
        """Return the line of a declaration without its body; refused like `load` where there is none."""
        return self._drafts.row(declaration_id)

    def history(self, declaration_id: str) -> tuple[LoggedChange, ...]:
        """Return every record of a declaration, from its first whole body on."""
        return self._drafts.history(declaration_id)

    def worklist(self, wanted: Wanted = Wanted()) -> tuple[Row, ...]:  # noqa: B008 - frozen
        """Return lines of the worklist, the latest changed first."""
        return self._drafts.worklist(wanted)

    def counts(self) -> dict[str, int]:
        """Return how many declarations stand in each state; those in the bin under the empty name."""
        return self._drafts.counts()

    def move_state(self, move: Move) -> int:
        """Change a state and all that belongs to it, in one transaction; return the event's number.

        Raises:
            StaleStateError: the declaration is not in the state `move.before`.
        """
        return self._timeline.move_state(move)

    def add_event(self, declaration_id: str, kind: str, detail: Json) -> int:
        """Note something on the timeline that moved no state."""
        return self._timeline.add_event(declaration_id, kind, detail)

    def events(self, declaration_id: str) -> tuple[Event, ...]:
        """Return a declaration's timeline, the oldest first."""
        return self._timeline.events(declaration_id)

    def children(self, parent_id: str, relation: str) -> tuple[str, ...]:
        """Return the declarations that stand to one in a relation (`amends`, `corrects`), the oldest first."""
        return self._timeline.children(parent_id, relation)

    @cached_property
    def _timeline(self) -> Timeline:
        from swclient.store.timeline import Timeline

        return Timeline(self._desk, self._clock, self.search)

    @cached_property
    def outbox(self) -> Outbox:
        """What is to be sent."""
        from swclient.store.outbox import Outbox

        return Outbox(self._desk, self._clock)

    @cached_property
    def answers(self) -> Answers:
        """What was received."""
        from swclient.store.answers import Answers

        return Answers(self._desk, self._clock)

    @cached_property
    def parcels(self) -> Parcels:
        """What travels in sealed packages: our own, and somebody else's."""
        from swclient.store.parcels import Parcels

        return Parcels(self._desk, self._clock, read_only=self.read_only)

    @cached_property
    def artefacts(self) -> Artefacts:
        """Files made from declarations."""
        from swclient.store.artefacts import Artefacts

        return Artefacts(self._desk, self._clock)

    @cached_property
    def attachments(self) -> Attachments:
        """Files attached by the user."""
        from swclient.store.attachments import Attachments

        return Attachments(self._desk, self._clock)

    @cached_property
    def bin(self) -> Bin:
        """What was put aside to be deleted."""
        from swclient.store.bin import Bin

        return Bin(self._desk, self._clock, self.search)

    @cached_property
    def parties(self) -> Parties:
        """The address book."""
        from swclient.store.reference import Parties

        return Parties(self._desk, self._clock)

    @cached_property
    def mappings(self) -> Mappings:
        """How suppliers' workbooks are read."""
        from swclient.store.reference import Mappings

        return Mappings(self._desk, self._clock)

    @property
    def health(self) -> Health:
        """What the check of the log at opening found; waits for it (1-2 s for a million)."""
        return self._health.result()

    @property
    def checking(self) -> Future[Health]:
        """The check under way, for who does not want to wait."""
        return self._health

    def flush(self) -> None:
        """Return when everything handed in so far is on the disk or has failed."""
        self._desk.read(lambda _connection: None)

    def close(self) -> None:
        """Finish what was handed in and close the file; a second call does nothing."""
        self._stop.set()
        self._checker.shutdown()  # first: who closes last brings the write-ahead file into the store, if he may write
        self._desk.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def _check(self) -> Health:
        return beside_the_note(check(self._place, self._stop.is_set), self._noted, self._contradicted)
