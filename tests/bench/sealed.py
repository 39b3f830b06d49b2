# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed packages under random hands: sealed, sent by several machines, lines that fail, strikes in the middle.

Whatever the order, the office has each entry once, and the machine that made it knows. The control sends under keys
of its own, as a program would that copies the queue, and must make duplicates.
"""

from __future__ import annotations

import argparse
import base64
import random
import re
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from swclient.base.errors import OutsideError, UserError
from swclient.signing.demo import demo_identity
from swclient.signing.secrets import Secret, Secrets
from swclient.signing.signer import LocalSigner
from swclient.store import open_store
from swclient.store.mail import ACKNOWLEDGED, OutboxEntry
from swclient.store.values import Move, NewDeclaration
from swclient.training import TrainingOptions, start_process
from swclient.transport.problems import AnswerUnknownError, NotSentError
from swclient.workflow.offices import back_ends, training_connections
from swclient.workflow.receiving import Receiver
from swclient.workflow.sealed.carrying import Carrier, entries_of, load_package
from swclient.workflow.sealed.contents import ANSWERS, QUEUE
from swclient.workflow.sealed.making import Sealing, make_package, open_package
from swclient.workflow.sealed.returning import make_answers
from swclient.workflow.sealed.taking import take_answers
from swclient.workflow.sending import Sender
from tests.bench.figures import Figure
from tests.training import sample

PHRASE = Secret("seven quiet horses at dawn")
CHEAP = 14  # work of making the key: the least that is read; the order of hands is what is tried here
XML = "application/xml; charset=utf-8"
_CASES, _CONTROLS = 300, 30
_STEPS = (4, 14)
_LATER = timedelta(hours=3)
_DOCUMENT_ID = re.compile(rb"<c:DocumentID>([^<]*)</c:DocumentID>")


class Struck(BaseException):
    """The machine died here."""


@dataclass
class Found:
    """What came of all cases."""

    cases: int = 0
    entries: int = 0
    strikes: int = 0
    lost: int = 0
    duplicates: int = 0
    unknown_to_owner: int = 0


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
            self.store.errands.add(fresh)
        else:
            load_package(self.store, contents, self.channels, stick.name)

    def carry(self) -> None:
        carrier = Carrier(self.store, self.channels)
        carrier.send_due(_later())
        carrier.gather(self.store.errands.of_package(""))

    def answer(self, stick: Path) -> None:
        contents = open_package(stick, PHRASE, QUEUE)
        target = stick.parent / f"{uuid.uuid4()}.swanswers"
        make_answers(self.store, contents, self.sealing, target, stick.name)

    def take(self, stick: Path) -> None:
        take_answers(self.store, open_package(stick, PHRASE, ANSWERS), _silent, stick.name)


class Case:
    """One machine that seals, two that carry, and a table of sticks between them."""

    def __init__(self, folder: Path, dice: random.Random, offices: list[Any], *, careless: bool) -> None:
        self.dice, self.careless = dice, careless
        self.sticks = folder / "sticks"
        self.sticks.mkdir(parents=True)
        self.owner, self.first, self.second = (
            Machine(folder / name, office, random.Random(dice.random()))
            for name, office in zip(("owner", "first", "second"), offices, strict=True)
        )
        self.keys: dict[str, str] = {}
        self.by_stick = dice.random() < 0.5
        for _ in range(dice.randint(1, 3)):
            self.queue()

    def queue(self) -> None:
        """Put a declaration into the owner's outbox."""
        declaration, key, body = str(uuid.uuid4()), str(uuid.uuid4()), sample.container()
        self.owner.store.create(NewDeclaration(declaration, "import", "KZ", "2025.1", {}), actor="test")
        container, document = _DOCUMENT_ID.findall(body)
        ids = {"container": container.decode(), "document": document.decode()}
        self.owner.store.move_state(Move(declaration, "draft", "signed", kind="signed", detail=ids))
        entry = OutboxEntry(declaration, "customs", "declaration", key, body, XML, _signature(body))
        self.owner.store.move_state(Move(declaration, "signed", "queued", outbox=(entry,)))
        self.keys[key] = declaration

    def step(self) -> None:
        """Do one thing at random."""
        often = (self.seal, self.load, self.carry, self.take) * 2
        self.dice.choice(
            (*often, self.carry, self.answer, self.own_line, self.own_answers, self.both_at_once, self.more)
        )()

    def seal(self) -> None:
        again = self.dice.random() < 0.3
        owner = self.owner
        owner.work(lambda: make_package(owner.store, owner.sealing, self.sticks, again=again))

    def more(self) -> None:
        if len(self.keys) < 4:
            self.queue()

    def load(self) -> None:
        for stick in self._some("*.swpackage"):
            machine = self.dice.choice((self.first, self.second))
            machine.work(lambda m=machine, s=stick: m.load(s, careless=self.careless))

    def carry(self) -> None:
        machine = self.dice.choice((self.first, self.second))
        machine.work(machine.carry)

    def answer(self) -> None:
        for stick in self._some("*.swpackage"):
            machine = self.dice.choice((self.first, self.second))
            machine.work(lambda m=machine, s=stick: m.answer(s))

    def take(self) -> None:
        for stick in self._some("*.swanswers"):
            self.owner.work(lambda s=stick: self.owner.take(s))

    def own_line(self) -> None:
        self.owner.work(self.owner.send_own)

    def own_answers(self) -> None:
        self.owner.work(lambda: self.owner.listen(list(self.keys.values())))

    def both_at_once(self) -> None:
        """All have a line at the same moment."""
        machines = ((self.owner, self.owner.send_own), (self.first, self.first.carry), (self.second, self.second.carry))
        hands = [threading.Thread(target=m.work, args=(act,)) for m, act in machines]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

    def finish(self) -> None:
        """Come to an end: half of the owners by stick alone, the others with a good line at last."""
        for machine in (self.owner, self.first, self.second):
            machine.line.calm = True
        if self.by_stick:
            self._home_by_stick()
        else:
            self.owner.work(self.owner.send_own, may_die=False)
        for machine in (self.first, self.second):
            machine.work(machine.carry, may_die=False)

    def _home_by_stick(self) -> None:
        owner, first = self.owner, self.first
        owner.work(lambda: make_package(owner.store, owner.sealing, self.sticks, again=True), may_die=False)
        packages = sorted(self.sticks.glob("*.swpackage"))
        for stick in packages:
            first.work(lambda s=stick: first.load(s, careless=self.careless), may_die=False)
        for _ in range(60):
            first.work(first.carry, may_die=False)
            for stick in packages:
                first.work(lambda s=stick: first.answer(s), may_die=False)
            for stick in sorted(self.sticks.glob("*.swanswers")):
                owner.work(lambda s=stick: owner.take(s), may_die=False)
                stick.unlink()
            sealed = [d for k, d in self.keys.items() if owner.store.parcels.by_key(k).package is not None]
            if self.careless or all(owner.store.load(each).row.number for each in sealed):
                return
            time.sleep(0.05)

    def judge(self, office: Any, found: Found) -> None:
        """Ask the office what it has, and the owner what it knows."""
        for key, declaration in self.keys.items():
            held = office.ask(key)
            entry = next(e for e in self.owner.store.outbox.entries(declaration) if e.entry.idempotency_key == key)
            known = entry.state == ACKNOWLEDGED and held is not None and entry.conversation == held.conversation
            found.lost += held is None
            found.unknown_to_owner += not known
            found.unknown_to_owner += not self._registered(key, declaration)
        found.cases += 1
        found.entries += len(self.keys)
        for machine in (self.owner, self.first, self.second):
            found.strikes += machine.strikes
            machine.store.close()

    def _registered(self, key: str, declaration: str) -> bool:
        """Tell whether the owner knows the number; what went by stick at last must have it from the stick."""
        carried = any(machine.store.errands.by_keys([key]) for machine in (self.first, self.second))
        by_stick_alone = self.by_stick and not self.careless and carried
        for _ in range(200):
            if self.owner.store.load(declaration).row.number:
                return True
            if by_stick_alone:
                return False
            self.owner.listen([declaration])
            time.sleep(0.02)
        return False

    def _some(self, pattern: str) -> list[Path]:
        there = sorted(self.sticks.glob(pattern))
        return self.dice.sample(there, min(len(there), 1))


def run(cases: int, *, careless: bool = False, seed: int = 0) -> Found:
    """Try so many cases; return what came of them all."""
    found = Found()
    with tempfile.TemporaryDirectory() as folder, _offices(Path(folder) / "office") as (offices, ledger):
        for number in range(cases):
            dice = random.Random(f"{seed} {number}")
            case = Case(Path(folder) / str(number), dice, offices, careless=careless)
            for _ in range(dice.randint(*_STEPS)):
                case.step()
            case.finish()
            case.judge(offices[0], found)
        found.duplicates = ledger()["submissions"].get("declaration", 0) - (found.entries - found.lost)
    return found


def measure(told: argparse.Namespace) -> list[Figure]:
    """Try the packages, then the control."""
    found, control = run(getattr(told, "packages", _CASES)), run(_CONTROLS, careless=True, seed=1)
    spread = {"cases": found.cases, "entries": found.entries, "strikes": found.strikes}
    wrong = found.lost + found.duplicates + found.unknown_to_owner
    figure = Figure(
        "sealed.wrong",
        "",
        wrong,
        control.duplicates,
        None,
        f"sent under new keys, {control.cases} cases",
        spread=spread,
    )
    figure.right([], f"{found.entries:,} entries asked about at the office").exactly(0, "once each, known at home")
    return [figure.more_than(0, "the control makes duplicates", control.duplicates)]


@contextmanager
def _offices(folder: Path) -> Iterator[tuple[list[Any], Callable[[], dict[str, Any]]]]:
    from tests.training.office_client import OfficeClient

    with start_process(folder, TrainingOptions(pace=0.001)) as running:
        connections = training_connections(running.address, running.ca_file)
        client = OfficeClient(running)
        yield [back_ends(connections)["customs"] for _ in range(3)], lambda: dict(client.get("/ledger").json())
        client.close()


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


def _signature(body: bytes) -> bytes:
    return base64.b64decode(_author().sign(body))


_made: dict[str, Any] = {}


def _author() -> sample.Signer:
    if "author" not in _made:
        _made["author"] = sample.signer()
    author: sample.Signer = _made["author"]
    return author


def _identity() -> Any:
    if "identity" not in _made:
        with tempfile.TemporaryDirectory() as folder:
            _made["identity"] = demo_identity(Path(folder) / "keys", Secrets())
    return _made["identity"]


def _later() -> datetime:
    return datetime.now(UTC) + _LATER


def _silent(_declaration: str, _state: str) -> None:
    """Nobody watches."""
