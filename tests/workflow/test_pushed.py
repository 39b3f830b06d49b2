# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are pushed: a declaration's whole way by them alone, with pulling beside, and with everything wrong."""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import time
from dataclasses import replace

import pytest
import requests

from swclient.training import RunningTraining
from swclient.workflow.application import Application
from swclient.workflow.connections import Connection
from swclient.workflow.offices.linking import Linking
from swclient.workflow.offices.listening import post_at
from swclient.workflow.states import State
from tests.workflow.pushed import Office, application, ledger, office, used
from tests.workflow.test_seven_countries import sample
from tests.workflow.test_way import carried

__all__ = ["application", "office"]


def lists_asked(running: RunningTraining) -> int:
    """How often our client asked for a list; the requests of the ledger, by its own file."""
    file = running.ca_file.parents[1] / "ledger.sqlite"
    copy = sqlite3.connect(":memory:")
    running.stop()  # it holds its file for itself
    with contextlib.closing(sqlite3.connect(file)) as held:
        held.backup(copy)
    found = copy.execute("SELECT count(*) FROM request WHERE path='/wco/customs/notifications'").fetchone()[0]
    copy.close()
    return int(found)


def answers(application: Application, declaration_id: str) -> list[str]:
    """Identities of the answers of customs that count for a declaration."""
    found = application.store.answers.of_declaration(declaration_id)
    return [each.answer.remote_id for each in found if each.answer.channel == "customs"]


def test_a_declaration_goes_its_whole_way_by_pushes_alone(application: Application, office: Office) -> None:
    running, own = office(notify="push")
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    told = ledger(running)
    sent = sum(told["notifications"].values())
    assert told["pushes"] == {"delivered": sent}
    assert told["push_attempts"] == {"204": sent}
    assert len(set(answers(application, declaration_id))) == sent
    assert application.store.answers.strangers() == ()


def test_without_listening_an_office_that_only_pushes_is_not_heard(application: Application, office: Office) -> None:
    """The control of the test before: the lists of that office are really empty."""
    running, own = office(notify="push")
    used(application, replace(own, listen=""))
    declaration_id = application.take(sample("tj-import-40"))
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    application.line.open()
    until = time.monotonic() + 30
    while not sum(ledger(running)["notifications"].values()) >= 3:
        application.line.pump(declaration_id)
        assert time.monotonic() < until
    application.line.pump(declaration_id)
    assert answers(application, declaration_id) == []
    assert application.line.state(declaration_id) is State.RECEIVED


def test_pushed_and_pulled_together_count_once(application: Application, office: Office) -> None:
    running, own = office()
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    for channel, conversation in {
        (e.entry.channel, e.conversation) for e in application.store.outbox.entries(declaration_id)
    }:
        if channel == "customs":
            application.line._receiver.pull(channel, conversation)  # all of it again, by hand
    found = answers(application, declaration_id)
    assert len(found) == len(set(found)) == sum(ledger(running)["notifications"].values())
    titles = [each.title for each in application.open(declaration_id).timeline() if each.kind == "answer"]
    assert sum("Registered under" in title for title in titles) == 1
    assert application.store.answers.strangers() == ()


@pytest.mark.parametrize(
    "faults",
    [
        {"push_duplicated": "100%"},
        {"push_reordered": "50%", "push_late": "20%"},
        {"push_wrong_token": "60%"},
    ],
    ids=str,
)
def test_pushes_alone_with_faults_end_in_the_same_state(
    application: Application, office: Office, faults: dict[str, str]
) -> None:
    running, own = office(notify="push", faults=faults, seed=3)
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    told = ledger(running)
    assert set(told["push_faults"]) <= set(faults)
    assert told["push_faults"], "no fault was dealt"
    assert len(set(answers(application, declaration_id))) == sum(told["notifications"].values())


def test_what_was_dropped_on_the_way_is_pulled(application: Application, office: Office) -> None:
    running, own = office(faults={"push_dropped": "100%"})
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    told = ledger(running)
    assert set(told["push_attempts"]) == {"0"}
    assert told["push_faults"]["push_dropped"] == sum(told["notifications"].values())


def test_a_pushed_stranger_goes_to_the_strangers_and_moves_nothing(application: Application, office: Office) -> None:
    running, own = office(notify="push", faults={"push_foreign": 2})
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    strangers = application.store.answers.strangers()
    assert len(strangers) == 2
    assert not {each.answer.remote_id for each in strangers} & set(answers(application, declaration_id))
    assert ledger(running)["push_faults"] == {"push_foreign": 4}  # each twice: the foreign one and the right one


def push(own: Connection, conversation: str, identity: str, content: bytes = b"<MetaData/>") -> int:
    """Push something by hand, as the office of a connection that listens would; return the status."""
    post = post_at(own.listen)
    assert post is not None
    headers = {"Authorization": f"Bearer {post.token}", "Content-Type": "application/xml"}
    headers |= {"X-Conversation-ID": conversation} | ({"X-Notification-ID": identity} if identity else {})
    return requests.post(post.listener.address, content, headers=headers, timeout=20).status_code


def test_an_office_cannot_speak_for_another(application: Application, office: Office) -> None:
    """What the office of one connection pushes about a declaration that goes by another is a stranger's."""
    _running, own = office()
    used(application, replace(own, listen=""))
    _second, other = office("Other")
    used(application, replace(other, country="UZ"))
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    conversation = application.store.outbox.entries(declaration_id)[0].conversation
    before = answers(application, declaration_id)
    released = application.store.answers.of_declaration(declaration_id)[-1].answer.raw
    assert push(other, conversation, "forged-1", released + b" ") == 204
    application.line.turn()
    assert answers(application, declaration_id) == before
    assert [each.answer.remote_id for each in application.store.answers.strangers()] == ["forged-1"]


def test_a_message_without_an_identity_counts_once_whichever_way_it_comes(
    application: Application, office: Office
) -> None:
    _running, own = office()
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    conversation = application.store.outbox.entries(declaration_id)[0].conversation
    known = answers(application, declaration_id)
    first = next(
        each for each in application.store.answers.of_declaration(declaration_id) if each.answer.channel == "customs"
    )
    assert push(own, conversation, "", first.answer.raw) == 204
    assert answers(application, declaration_id) == known
    assert push(own, conversation, "", b"<new/>") == 204
    assert push(own, conversation, "", b"<new/>") == 204
    assert push(own, conversation, "its-name", b"<new/>") == 204
    assert len(answers(application, declaration_id)) == len(known) + 1
    assert "its-name" in answers(application, declaration_id)


def test_who_is_pushed_to_pulls_rarely(application: Application, office: Office) -> None:
    running, own = office()
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    application.line.open()
    turns = 0
    while application.line.state(declaration_id) is not State.PAYMENT_DUE:
        application.line.pump(declaration_id)
        turns += 1
        assert turns < 10_000
    for _ in range(50):
        application.line.pump(declaration_id)
    application.line.close()
    assert lists_asked(running) < 25


def test_an_office_that_does_not_push_is_told_and_pulled(application: Application, office: Office) -> None:
    _running, own = office(client_id="us")
    used(application, replace(own, path="/customs", country="KZ", adapter="wco"))
    application.line.open()
    assert "not pushed" in application.connection.text()
    assert "not confirmed" in application.connection.text()
    assert "cannot push" in application.acting.not_pushed.text()
    assert not application.line.pushes.rests("Own", "customs", "c")


def test_a_taken_port_keeps_nobody_from_working(application: Application, office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        _running, own = office()
        used(application, replace(own, listen=f"127.0.0.1:{taken.getsockname()[1]}"))
        declaration_id = application.take(sample("tj-import-40"))
        carried(application, declaration_id)
        assert application.line.state(declaration_id) is State.ARCHIVED
        assert "another port" in application.acting.not_pushed.text()


def test_out_of_use_the_office_is_told_so_at_the_next_turn(application: Application, office: Office) -> None:
    running, own = office()
    used(application, own)
    application.line.turn()
    assert post_at(own.listen) is not None
    Linking(application.home).leave("Own")
    application.line.turn()
    assert post_at(own.listen) is None
    assert ledger(running)["pushes"] == {}


def test_no_secret_of_it_is_kept_anywhere(application: Application, office: Office) -> None:
    _running, own = office(notify="push")
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    token = post_at(own.listen).token
    assert token not in repr(post_at(own.listen))
    for file in application.home.rglob("*"):
        assert not file.is_file() or token.encode() not in file.read_bytes(), file


def test_the_courier_follows_what_is_pushed(application: Application, office: Office) -> None:
    """The way of the window: nobody waits, the courier works, and what is pushed wakes it."""
    _running, own = office(notify="push")
    used(application, own)
    declaration_id = application.take(sample("tj-import-40"))
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    assert application.resume() == 1
    until = time.monotonic() + 60
    while application.line.state(declaration_id) is not State.PAYMENT_DUE:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert application.acting.trouble is None
    assert application.acting.not_pushed is None
    assert len(answers(application, declaration_id)) == 3
