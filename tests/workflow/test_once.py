# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent once is queued once, whoever asks at the same moment: two threads, or two programs on one store."""

import threading
from dataclasses import replace
from functools import partial

import pytest

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.mail import OutboxEntry
from swclient.workflow.acts.lodging import key_of, queueing_step, signed_message, signing_step
from swclient.workflow.application import Application
from swclient.workflow.life.settling import settle
from swclient.workflow.states import State

TIMES = 20


def signed(application: Application) -> str:
    """A declaration that is signed and not queued yet."""
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    message = signed_message(
        session.snapshot(), session.findings(), application.home, lambda _message: None, application.keys
    )
    settle(application.store, declaration_id, signing_step(declaration_id, message))
    return declaration_id


def at_once(*acts) -> None:
    """Do things in threads that begin together."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        act()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def entries(store, declaration_id):
    return [each for each in store.outbox.entries(declaration_id) if each.entry.verb == "declaration"]


def test_two_who_queue_at_once_queue_one_declaration(offline):
    for _time in range(TIMES):
        declaration_id = signed(offline)
        steps = [queueing_step(offline.store, declaration_id) for _ in range(2)]
        at_once(*(partial(settle, offline.store, declaration_id, step) for step in steps))
        assert len(entries(offline.store, declaration_id)) == 1
        assert offline.store.row(declaration_id).state == State.QUEUED


def test_two_programs_on_one_store_queue_one_declaration(offline):
    declaration_id = signed(offline)
    with open_store(offline.store.path) as other:
        steps = [(store, queueing_step(store, declaration_id)) for store in (offline.store, other)]
        at_once(*(partial(settle, store, declaration_id, step) for store, step in steps))
        assert len(entries(other, declaration_id)) == 1


def test_the_control_without_either_guard_queues_it_twice(offline):
    declaration_id = signed(offline)
    for number in range(2):
        step = queueing_step(offline.store, declaration_id)
        entry = replace(step.outbox[0], idempotency_key=f"another-{number}")
        settle(offline.store, declaration_id, replace(step, outbox=(entry,), only=frozenset()))
    assert len(entries(offline.store, declaration_id)) == 2


def test_who_signs_second_signs_nothing(offline):
    declaration_id = signed(offline)
    kept = offline.store.artefacts.latest(declaration_id, "message.xml")
    session = offline.open(declaration_id).session
    again = signed_message(session.snapshot(), (), offline.home, lambda _message: None, offline.keys)
    assert settle(offline.store, declaration_id, signing_step(declaration_id, again)) is State.SIGNED
    assert offline.store.artefacts.latest(declaration_id, "message.xml") == kept


def test_the_key_follows_from_what_is_sent(offline):
    declaration_id = signed(offline)
    first, second = (queueing_step(offline.store, declaration_id).outbox[0] for _ in range(2))
    assert first.idempotency_key == second.idempotency_key
    assert key_of(declaration_id, "declaration", "a") != key_of(declaration_id, "declaration", "b")


def test_under_one_key_there_is_one_content(offline):
    declaration_id = signed(offline)
    entry = OutboxEntry(declaration_id, "tax", "statement", "key-of-a-statement", b"{}", "application/json")
    assert offline.store.outbox.add(entry) == offline.store.outbox.add(entry)
    with pytest.raises(UserError, match="key-of-a-statement"):
        offline.store.outbox.add(replace(entry, content=b"[]"))
