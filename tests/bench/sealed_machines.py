# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines for the bench of sealed packages: struck at any write or call, on a line in the hands of dice."""

from __future__ import annotations

import random
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from swclient.base.errors import OutsideError, UserError
from swclient.signing.demo import demo_identity
from swclient.signing.secrets import Secret, Secrets
from swclient.signing.signer import LocalSigner
from swclient.store import open_store
from swclient.store.mail import OutboxEntry
from swclient.transport.problems import AnswerUnknownError, NotSentError
from swclient.workflow.line.receiving import Receiver
from swclient.workflow.line.sending import Sender
from swclient.workflow.sealed.carrying import Carrier, entries_of, load_package
from swclient.workflow.sealed.contents import ANSWERS, QUEUE
from swclient.workflow.sealed.making import Sealing, open_package
from swclient.workflow.sealed.returning import make_answers
from swclient.workflow.sealed.taking import take_answers

PHRASE = Secret("seven quiet horses at dawn")
CHEAP = 14  # work of making the key: the least that is read; the order of hands is what is tried here
_LATER = timedelta(hours=3)


class Struck(BaseException):
    """The machine died here."""


class Shaky:
    """A line in the hands of dice: it drops before or after the office took it, and machines die on it."""

    def __init__(self, real: Any, dice: random.Random) -> None:
        self._real, self._dice = real, dice
        self.calm = False

    def send(self, entry: Any) -> str:
        fate = 1.0 if self.calm else self._dice.random()
        if fate < 0.10:
            raise NotSentError("dropped before")
        if fate < 0.15:
            raise Struck
        conversation = self._real.send(entry)
        if fate < 0.25:
            raise AnswerUnknownError("dropped after")
        if fate < 0.32:
            raise Struck
        return str(conversation)

    def ask(self, key: str) -> Any:
        self._maybe()
        return self._real.ask(key)

    def notifications(self, conversation: str, after: int = 0, limit: int = 100) -> Any:
        self._maybe()
        return self._real.notifications(conversation, after, limit)

    def fetch(self, notice: Any) -> Any:
        self._maybe()
        return self._real.fetch(notice)

    def _maybe(self) -> None:
        fate = 1.0 if self.calm else self._dice.random()
        if fate < 0.08:
            raise NotSentError("no line")
        if fate < 0.12:
            raise Struck


class Machine:
    """A computer with the client: it can be struck, and starts again with what is on its disk."""

    def __init__(self, home: Path, office: Any, dice: random.Random) -> None:
        self.home = home
        home.mkdir()
        self.line = Shaky(office, dice)
        self._dice = dice
        self.strikes = 0
        self.signer = LocalSigner(_identity())
        self.store = open_store(home / "declarations.db")

    @property
    def channels(self) -> dict[str, Any]:
        return {"customs": self.line}

    @property
    def sealing(self) -> Sealing:
        return Sealing(self.signer, PHRASE, "somebody", CHEAP)

    def work(self, act: Callable[[], object], *, may_die: bool = True) -> None:
        """Do something that may be refused, fail, or end in a strike at any write or call."""
        if may_die and self._dice.random() < 0.3:
            _arm(self.store, self._dice.randrange(1, 9), after=self._dice.random() < 0.5)
        try:
            with suppress(UserError, OutsideError):
                act()
        except Struck:
            self.strikes += 1
            self.store.close()
            self.store = open_store(self.home / "declarations.db")
        else:
            _disarm(self.store)

    def send_own(self) -> None:
        Sender(self.store, self.channels, _silent).send_due(_later())

    def listen(self, declarations: list[str]) -> None:
        receiver = Receiver(self.store, self.channels, _silent)
        for declaration in declarations:
            for entry in self.store.outbox.entries(declaration):
                if entry.conversation:
                    receiver.pull("customs", entry.conversation)
        receiver.apply_all()

    def load(self, stick: Path, *, careless: bool = False) -> None:
        contents = open_package(stick, PHRASE, QUEUE)
        if careless:
            fresh = [replace(e, entry=_rekeyed(e.entry)) for e in entries_of(contents, stick.name)]
            self.store.parcels.errands.add(fresh)
        else:
            load_package(self.store, contents, self.channels, stick.name)

    def carry(self) -> None:
        carrier = Carrier(self.store, self.channels)
        carrier.send_due(_later())
        carrier.gather(self.store.parcels.errands.of_package(""))

    def answer(self, stick: Path) -> None:
        contents = open_package(stick, PHRASE, QUEUE)
        target = stick.parent / f"{uuid.uuid4()}.swanswers"
        make_answers(self.store, contents, self.sealing, target, stick.name)

    def take(self, stick: Path) -> None:
        take_answers(self.store, open_package(stick, PHRASE, ANSWERS), _silent, stick.name)


def _arm(store: Any, writes: int, *, after: bool) -> None:
    """Have the machine die at its Nth write, before or after it."""
    desk, left = store._desk, [writes]
    real = type(desk).write_core.__get__(desk)

    def write_core(work: Callable[[Any], Any]) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            raise Struck
        done = real(work)
        if left[0] == 0:
            raise Struck
        return done

    desk.write_core = write_core


def _disarm(store: Any) -> None:
    with suppress(AttributeError):
        del store._desk.write_core


def _rekeyed(entry: OutboxEntry) -> OutboxEntry:
    return replace(entry, idempotency_key=str(uuid.uuid4()))


@cache
def _identity() -> Any:
    with tempfile.TemporaryDirectory() as folder:
        return demo_identity(Path(folder) / "keys", Secrets())


def _later() -> datetime:
    return datetime.now(UTC) + _LATER


def _silent(_declaration: str, _state: str) -> None:
    """Nobody watches."""
