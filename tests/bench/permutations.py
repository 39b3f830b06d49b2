# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whichever way the answers come - any order, twice, late, among strangers, with crashes - the end is the same.

`run(cases)` shuffles scripted conversations and brings them to the real receiver over the real store; what we did is
shuffled along, so that answers come before the acts too. The control applies each answer as it arrives by a table of
allowed moves, as one would naively; it must end elsewhere.
"""

from __future__ import annotations

import random
import sys
import tempfile
import uuid
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from swclient.store import open_store
from swclient.store.mail import OutboxEntry
from swclient.store.store import Store
from swclient.store.values import NewDeclaration
from swclient.transport.office import Fetched, Notice
from swclient.workflow.life.fold import Life
from swclient.workflow.life.own_side import AMENDS
from swclient.workflow.life.settling import Step, life, settle
from swclient.workflow.line.receiving import STRANGER, Receiver
from tests.bench.naive import naive_end
from tests.conversations import CONVERSATION, SCRIPTS, Did, Said, Script, xml

_REMOTE = count(1)


@dataclass
class Found:
    """What became of the cases.

    Attributes:
        wrong: what ended elsewhere, in words; none when all is well.
        control: how many cases the control was asked about.
        control_wrong: how many of them ended elsewhere when answers were applied as they came.
    """

    cases: int = 0
    letters: int = 0
    duplicates: int = 0
    strangers: int = 0
    crashes: int = 0
    control: int = 0
    control_wrong: int = 0
    wrong: list[str] = field(default_factory=list)


class Crash(Exception):  # noqa: N818 - it stands for the program's end, not for an error
    """The program dies here."""


class Post:
    """An office's inbox: hands out what was put in, in the order in which it was put in."""

    def __init__(self) -> None:
        self.letters: list[tuple[Notice, bytes]] = []

    def put(self, conversation: str, sequence: int, raw: bytes, name: str = "") -> str:
        """Put a letter in; return its identity."""
        identity = name or f"remote-{next(_REMOTE)}"
        self.letters.append((Notice(identity, sequence, conversation, "application/xml", identity), raw))
        return identity

    def notifications(self, conversation: str, after: int = 0, limit: int = 100) -> tuple[Notice, ...]:
        """List everything, other people's letters too."""
        return tuple(notice for notice, _raw in self.letters if notice.sequence > after)[:limit]

    def fetch(self, notice: Notice) -> Fetched:
        """Return a letter as it was put in."""
        raw = next(raw for held, raw in self.letters if held is notice)
        return Fetched(raw, notice.content_type, notice.conversation)

    def send(self, entry: object) -> str:
        """Nothing is sent here."""
        raise AssertionError(entry)

    def ask(self, key: str) -> None:
        """Nothing is asked here."""
        raise AssertionError(key)


class Case:
    """One conversation in a store, brought in one order."""

    def __init__(self, store: Store, script: Script, dice: random.Random) -> None:
        self.store, self.script, self.dice = store, script, dice
        self.tag = f"-{uuid.uuid4().hex[:12]}"
        self.id = self._declaration(None, "0")
        self.children: dict[str, str] = {}
        for step in script.steps:  # drafts of amendments are made in order; they are sent in any
            if isinstance(step, Did) and step.container:
                self.children[step.container] = self._declaration(self.id, step.container[-1])
        self.post = Post()
        self.crashing = False
        self.receiver = self._receiver()

    def _receiver(self) -> Receiver:
        return Receiver(self.store, {"customs": self.post}, self._moved)  # type: ignore[dict-item]  # a fake of the port

    def _moved(self, _declaration: str, _state: str) -> None:
        if self.crashing:
            self.crashing = False
            raise Crash

    def _declaration(self, parent: str | None, part: str) -> str:
        made = NewDeclaration(
            str(uuid.uuid4()), "40", "KZ", "2026.11", {}, parent_id=parent, relation=AMENDS if parent else ""
        )
        self.store.create(made, actor="bench")
        signed = {"container": f"container-{part}{self.tag}", "document": f"document-{part}{self.tag}"}
        settle(self.store, made.id, Step("signed", signed, container=signed["container"]))
        if parent is None:
            self._queue(made.id, Did("declaration", b"<x/>"))
        return made.id

    def _queue(self, whose: str, did: Did) -> int:
        key = did.key + self.tag if did.key else str(uuid.uuid4())
        content = did.content.replace(b"{tag}", self.tag.encode())
        entry = OutboxEntry(whose, "customs", did.verb, key, content, "application/json")
        settle(self.store, whose, Step("queued", outbox=(entry,)))
        return self.store.outbox.entries(whose)[-1].id

    def did(self, did: Did) -> None:
        """Do what we do: queued and taken at once."""
        whose = self.children.get(did.container, self.id)
        entry = self._queue(whose, did)
        settle(self.store, whose, Step("sent", acknowledged=(entry, CONVERSATION + self.tag)))
        settle(self.store, self.id)

    def acknowledge(self) -> None:
        """Learn that customs has the declaration, and under which conversation."""
        entry = self.store.outbox.entries(self.id)[0].id
        settle(self.store, self.id, Step("sent", acknowledged=(entry, CONVERSATION + self.tag)))

    def take_in(self, *, apply: bool = True) -> None:
        """Fetch what is in the post and apply it; the program may die in between."""
        try:
            self.receiver.pull("customs", CONVERSATION + self.tag)
            if apply:
                self.receiver.apply("customs", CONVERSATION + self.tag)
        except Crash:
            pass
        if not apply or self.crashing:
            self.crashing = False
            self.receiver = self._receiver()

    def end(self) -> tuple[str, tuple[str, ...], Life]:
        """Return where it ended: the state, those of its amendments, and what is known."""
        states = tuple(self.store.row(child).state for child in self.children.values())
        return self.store.row(self.id).state, states, life(self.store, self.id)


def _bring(case: Case, found: Found, *, shuffled: bool) -> list[Said]:
    """Bring a conversation in some order; return the order in which answers arrived first."""
    dice, tag, arrived = case.dice, case.tag, list[Said]()
    steps: list[tuple[int, Said | Did | None]] = [(0, None), *enumerate(case.script.steps, 1)]
    if shuffled:
        dice.shuffle(steps)
    for minute, step in steps:
        if step is None:
            case.acknowledge()
        elif isinstance(step, Did):
            case.did(step)
        else:
            arrived.append(step)
            _deliver(case, found, (step, minute), mischief=shuffled)
            arrived += [step] if shuffled and dice.random() < 0.3 else []
        if shuffled and dice.random() < 0.5:
            continue  # several letters lie in the post before anybody looks
        case.crashing = shuffled and dice.random() < 0.15
        found.crashes += case.crashing
        case.take_in(apply=not (shuffled and dice.random() < 0.15))
    if shuffled:
        dice.shuffle(case.post.letters)
    case.take_in()
    case.receiver.apply("customs", CONVERSATION + tag)
    return arrived


def _deliver(case: Case, found: Found, letter: tuple[Said, int], *, mischief: bool) -> None:
    (said, minute), dice, tag = letter, case.dice, case.tag
    conversation, raw = CONVERSATION + tag, xml(said, tag, minute)
    name = case.post.put(conversation, minute, raw)
    found.letters += 1
    if not mischief:
        return
    if dice.random() < 0.3:  # the same once more, under another name and a later number
        case.post.put(conversation, minute + 50, raw)
        found.duplicates += 1
    if dice.random() < 0.2:
        found.strangers += 1
        strangers = (
            (conversation, xml(said, tag, 30 + minute, about="container-9"), ""),  # answers what was never sent
            (conversation, xml(said, tag, 30 + minute, about="container-9"), name),  # and under a name that is taken
            (conversation, xml(_OTHER_NUMBER, tag, 30 + minute, serial="9999999"), ""),
            (f"elsewhere{tag}", xml(said, tag, 30 + minute, about="container-9"), ""),
            (conversation, b"<html>not at all</html>", ""),
            (conversation, b"\xff\xfe no letter", ""),
        )
        where, what, taken = dice.choice(strangers)
        case.post.put(where, minute + 20, what, taken and f"{taken}-again")


_OTHER_NUMBER = Said("RiskLane", "<Lane>red</Lane>")


def run(cases: int, seed: int = 1, folder: Path | None = None) -> Found:
    """Bring so many conversations in random order; say what ended elsewhere than in its own order."""
    found, dice = Found(), random.Random(seed)
    home = tempfile.TemporaryDirectory(prefix="swclient-letters-", dir=folder or _memory())
    with home as place, open_store(Path(place) / "letters.sqlite") as store:
        plain = [_in_order(store, script, found) for script in SCRIPTS]
        # The control is asked only about what it gets right while nothing is out of order.
        fair = [naive_end(_answers(script), script) == script.ends for script in SCRIPTS]
        for number in range(cases):
            place_of = number % len(SCRIPTS)
            script = SCRIPTS[place_of]
            case = Case(store, script, random.Random(dice.random()))
            arrived = _bring(case, found, shuffled=True)
            found.cases += 1
            _compare(case, plain[place_of], found, number)
            if fair[place_of]:
                found.control += 1
                found.control_wrong += naive_end(arrived, script) != script.ends
    return found


def _answers(script: Script) -> list[Said]:
    return [step for step in script.steps if isinstance(step, Said)]


def _memory() -> Path | None:
    """Return a folder in memory: orders are on trial here, not disks."""
    found = Path("/dev/shm")  # noqa: S108 - nothing secret is put there
    return found if found.is_dir() else None


def _in_order(store: Store, script: Script, found: Found) -> tuple[str, tuple[str, ...], Life]:
    case = Case(store, script, random.Random(0))
    _bring(case, Found(), shuffled=False)
    end = case.end()
    if (end[0], end[1]) != (script.ends, script.amendments):
        found.wrong.append(f"{script.name}: in its own order it ends at {end[0]} {end[1]}")
    return _untagged(end, case.tag)


def _untagged(end: tuple[str, tuple[str, ...], Life], tag: str) -> tuple[str, tuple[str, ...], Life]:
    """Return an end without what is different in every case: the tag in identifiers."""
    from dataclasses import replace

    requests = tuple(each.replace(tag, "") for each in end[2].open_requests)
    return end[0], end[1], replace(end[2], open_requests=requests)


def _compare(case: Case, expected: tuple[str, tuple[str, ...], Life], found: Found, number: int) -> None:
    end = _untagged(case.end(), case.tag)
    if end != expected:
        found.wrong.append(f"case {number}, {case.script.name}: {end} and not {expected}")
    kept = case.store.answers.of_conversation("customs", CONVERSATION + case.tag)
    applied = [each for each in kept if each.applied and STRANGER in (each.parsed or {})]
    if applied:
        found.wrong.append(f"case {number}, {case.script.name}: {len(applied)} strangers were applied")


def main(words: list[str]) -> int:
    """Run as many cases as asked for (10,000) and print what was found."""
    found = run(int(words[0]) if words else 10_000)
    for each in found.wrong[:20]:
        print(each)
    print(
        f"{found.cases} permutations of {len(SCRIPTS)} conversations, {found.letters} letters, "
        f"{found.duplicates} twice, "
        f"{found.strangers} strangers, {found.crashes} crashes: {len(found.wrong)} ended elsewhere; "
        f"control (applied as they came): {found.control_wrong} of {found.control}"
    )
    return int(bool(found.wrong) or not found.control_wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
