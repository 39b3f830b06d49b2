# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the workflow needs from outside, as shapes: so that it can be put together in one place and tested in parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from swclient.base.messages import Message
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.store.mail import QueuedEntry
    from swclient.transport.office import Fetched, Notice, Submission
    from swclient.workflow.house.people import People
    from swclient.workflow.house.windows import Holding
    from swclient.workflow.jobs import Jobs
    from swclient.workflow.printing import Paper
    from swclient.workflow.signature.keys import Keys
    from swclient.workflow.states import State

T = TypeVar("T")


class BackEnd(Protocol):
    """One office, whatever it speaks: takes things under a key, says what it has under one, hands out answers.

    Every method may raise the errors of `swclient.transport.problems`; which of them tells whether a thing arrived.
    """

    def send(self, entry: QueuedEntry) -> str:
        """Hand an entry over under its key; return the conversation in which answers will come."""

    def ask(self, key: str) -> Submission | None:
        """Return what the office has under a key, None when it says that it has nothing."""

    def notifications(self, conversation: str, after: int = 0, limit: int = 100) -> tuple[Notice, ...]:
        """Return the notices of a conversation with a number above `after`, the oldest first."""

    def fetch(self, notice: Notice) -> Fetched:
        """Return the message of a notice, as it came."""


class Offices(Protocol):
    """Running offices that the client can reach over the wire."""

    @property
    def address(self) -> str:
        """`https://host:port`, no slash at the end."""

    @property
    def ca_file(self) -> Path:
        """Certificate of the authority that vouches for them, PEM."""

    def stop(self) -> int:
        """Stop them; return their exit status."""


StartOffices = Callable[[Path], Offices]
"""Starts offices that keep their files in the given folder, and waits until they answer."""


_starters: list[StartOffices] = []


def use_offices(start: StartOffices) -> None:
    """Say how the training offices are started; the workflow itself knows them only over the wire."""
    _starters[:] = [start]


def starter() -> StartOffices | None:
    """Return how the offices are started, None when nobody said."""
    return _starters[0] if _starters else None


class Acting(Protocol):
    """Where the user's own acts towards an authority are done."""

    def act(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Do an act in the background; what it queued is then sent."""


class Office(Protocol):
    """What desks and verbs ask of the room they stand in."""

    home: Path
    store: Store
    jobs: Jobs
    today: Callable[[], date]
    start_offices: StartOffices | None
    holding: Holding
    paper: Paper
    people: People

    @property
    def actor(self) -> str:
        """Who works now, for the log."""

    @property
    def keys(self) -> Keys:
        """The user's keys."""

    @property
    def acting(self) -> Acting:
        """Where the user's acts are done."""

    def shut(self, declaration_id: str) -> None:
        """Take a declaration off the desk, saved."""

    def number_of(self, declaration_id: str) -> str:
        """Return the registration number of a declaration, empty when it has none."""

    def marks_of(self, declaration_id: str) -> dict[str, str]:
        """Return the marks of a declaration's sheets."""

    def copy_of(self, desk: Any) -> str:
        """Make a new draft of an open declaration."""

    def keep(self, session: Session, parent: str | None = None, relation: str = "") -> str:
        """Keep a session as a new draft, which stands to its parent in a relation; return its id."""

    def moved(self, declaration_id: str, state: str) -> None:
        """Tell desk and screens that a declaration has moved; callable from any thread."""

    def heard(self, kind: str, declaration_id: str = "") -> None:
        """Tell the screens that something happened; callable from any thread."""

    def submit(
        self,
        desk: Any,
        done: Callable[[State], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[Message], None] | None,
    ) -> None:
        """Sign and queue a declaration in the background."""
