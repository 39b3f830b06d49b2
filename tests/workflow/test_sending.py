# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emptying the outbox: one that fails holds up no other, who is not let in stops, what is not known is asked about."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.mail import OutboxEntry, QueuedEntry
from swclient.store.store import Store
from swclient.store.values import NewDeclaration
from swclient.transport.office import Submission
from swclient.transport.problems import AnswerUnknownError, BusyError, NotSentError, RefusedError, SignInError
from swclient.workflow.life.settling import Step, settle
from swclient.workflow.line.line import Line
from swclient.workflow.line.sending import Sender
from swclient.workflow.states import State

SOON = timedelta(hours=2)


class Gate:
    """An office that answers each entry as it was told to; by default it takes everything once."""

    def __init__(self) -> None:
        self.does: dict[str, Callable[[], str]] = {}
        self.has: dict[str, str] = {}
        self.calls: list[str] = []

    def send(self, entry: QueuedEntry) -> str:
        whose = entry.entry.declaration_id
        self.calls.append(f"send {whose}")
        answer = self.does.pop(whose, lambda: f"conversation {whose}")()
        assert entry.entry.idempotency_key not in self.has, "sent twice"
        self.has[entry.entry.idempotency_key] = answer
        return answer

    def ask(self, key: str) -> Submission | None:
        self.calls.append("ask")
        return Submission(self.has[key], "", "", "declaration") if key in self.has else None

    def notifications(self, *_asked: object) -> tuple[()]:
        return ()

    def fetch(self, notice: object) -> None:
        raise AssertionError(notice)


def raising(error: Exception) -> Callable[[], str]:
    def act() -> str:
        raise error

    return act


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def sender(store: Store, gate: Gate) -> Sender:
    return Sender(store, {"customs": gate}, lambda _id, _state: None)  # type: ignore[dict-item]  # a fake of the port


def queued(store: Store, channel: str = "customs") -> str:
    made = NewDeclaration(str(uuid.uuid4()), "40", "KZ", "2026.11", {})
    store.create(made, actor="test")
    settle(store, made.id, Step("signed", {"container": "c", "document": "d"}, container="c"))
    entry = OutboxEntry(made.id, channel, "declaration", str(uuid.uuid4()), b"<x/>", "application/xml", b"s")
    settle(store, made.id, Step("queued", outbox=(entry,)))
    return made.id


def state(store: Store, declaration_id: str) -> str:
    return store.row(declaration_id).state


FAILURES = [
    (NotSentError("no line"), State.QUEUED),
    (BusyError("busy", retry_after=600.0), State.QUEUED),
    (AnswerUnknownError("cut"), State.SENT),
    (RefusedError(400, "BAD", "no"), State.REJECTED),
    (UserError("no pass phrase"), State.QUEUED),
]


@pytest.mark.parametrize(("error", "stands"), FAILURES, ids=[type(each).__name__ for each, _state in FAILURES])
def test_one_that_fails_holds_up_no_other(
    store: Store, gate: Gate, sender: Sender, error: Exception, stands: State
) -> None:
    first, second = queued(store), queued(store)
    gate.does[first] = raising(error)
    sender.send_due()
    assert state(store, first) == stands
    assert state(store, second) == State.RECEIVED
    assert stands is State.REJECTED or sender.last_error is None or sender.last_error is error


def test_who_is_not_let_in_stops_with_the_queue_intact_and_goes_on_after_signing_in(
    store: Store, gate: Gate, sender: Sender
) -> None:
    all_of_them = [queued(store) for _ in range(5)]
    gate.does[all_of_them[2]] = raising(SignInError("401"))
    sender.send_due()
    assert [state(store, each) for each in all_of_them] == [State.RECEIVED] * 2 + [State.QUEUED] * 3
    assert len(gate.calls) == 3
    store.outbox.hurry()
    sender.send_due()
    assert {state(store, each) for each in all_of_them} == {State.RECEIVED}
    assert len(gate.has) == 5


def test_an_office_that_nobody_configured_holds_up_no_other(store: Store, gate: Gate, sender: Sender) -> None:
    elsewhere, here = queued(store, "agency"), queued(store)
    sender.send_due()
    assert state(store, here) == State.RECEIVED
    assert store.outbox.entries(elsewhere)[0].state == "queued"


def test_what_is_not_known_is_shown_as_that_and_asked_about_before_it_is_sent_again(
    store: Store, gate: Gate, sender: Sender
) -> None:
    arrived, lost = queued(store), queued(store)
    key = store.outbox.entries(arrived)[0].entry.idempotency_key
    for each in (arrived, lost):
        gate.does[each] = raising(AnswerUnknownError("cut"))
    gate.has[key] = "conversation 1"
    gate.does[arrived] = raising(AnswerUnknownError("cut"))
    sender.send_due()
    assert {state(store, arrived), state(store, lost)} == {State.SENT}
    assert store.row(arrived).due_at is not None
    gate.calls.clear()
    sender.send_due(datetime.now(UTC) + SOON)
    assert gate.calls.count(f"send {arrived}") == 0
    assert gate.calls.count(f"send {lost}") == 1
    assert {state(store, arrived), state(store, lost)} == {State.RECEIVED}


def test_a_busy_office_is_left_alone_as_long_as_it_asks(store: Store, gate: Gate, sender: Sender) -> None:
    declaration_id = queued(store)
    gate.does[declaration_id] = raising(BusyError("busy", retry_after=600.0))
    sender.send_due()
    wait = store.outbox.entries(declaration_id)[0].next_attempt_at - datetime.now(UTC)
    assert timedelta(seconds=590) < wait < timedelta(seconds=661)
    assert sender.send_due() == 0


def test_a_program_that_died_while_sending_says_so_and_asks(tmp_path: Path, store: Store) -> None:
    declaration_id = queued(store)
    store.outbox.claim(store.outbox.entries(declaration_id)[0].id)
    store.close()
    with open_store(tmp_path / "store.sqlite") as again:
        line = Line(again, tmp_path, None, lambda _id, _state: None, lambda: False)
        settle(again, declaration_id)
        assert line.state(declaration_id) is State.SENT
