# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed packages under random hands: sealed, sent by several machines, lines that fail, strikes in the middle.

Whatever the order, the office has each entry once, and the machine that made it knows. The control sends under keys
of its own, as a program would that copies the queue, and must make duplicates.
"""

from __future__ import annotations

import base64
import random
import re
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from swclient.store.mail import ACKNOWLEDGED, OutboxEntry
from swclient.store.values import Move, NewDeclaration
from swclient.training import TrainingOptions, start_process
from swclient.workflow.offices.adapters import back_end, training_connections
from swclient.workflow.sealed.making import make_package
from tests.bench.sealed_machines import Machine
from tests.training import sample

XML = "application/xml; charset=utf-8"
_STEPS = (4, 14)
_DOCUMENT_ID = re.compile(rb"<c:DocumentID>([^<]*)</c:DocumentID>")


@dataclass
class Found:
    """What came of all cases."""

    cases: int = 0
    entries: int = 0
    strikes: int = 0
    lost: int = 0
    duplicates: int = 0
    unknown_to_owner: int = 0


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
        carried = any(machine.store.parcels.errands.by_keys([key]) for machine in (self.first, self.second))
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


@contextmanager
def _offices(folder: Path) -> Iterator[tuple[list[Any], Callable[[], dict[str, Any]]]]:
    from tests.training.office_client import OfficeClient

    with start_process(folder, TrainingOptions(pace=0.001)) as running:
        connections = training_connections(running.address, running.ca_file)
        client = OfficeClient(running)
        yield [back_end(connections[0]) for _ in range(3)], lambda: dict(client.get("/ledger").json())
        client.close()


def _signature(body: bytes) -> bytes:
    return base64.b64decode(_author().sign(body))


@cache
def _author() -> sample.Signer:
    return sample.signer()
