# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own keys at work: they declare and pay, and what does not sign leaves the draft as it was."""

import io
import logging
import queue
import sqlite3
import traceback
from datetime import UTC, datetime, timedelta

import pytest

from swclient.base.errors import SwError, UserError
from swclient.base.messages import Message
from swclient.document.body import to_body
from swclient.signing.cms import sign_detached, verify_detached
from swclient.signing.secrets import Secret
from swclient.training import TrainingOptions, start_process
from swclient.workflow.application import Application
from swclient.workflow.archiving import Piece, write_archive
from swclient.workflow.filing import verify
from swclient.workflow.keys import DECLARE, PAY, Keys, NewKey
from swclient.workflow.states import State
from tests.declarations import today
from tests.signing.made import PHRASE, identity, packed
from tests.signing.test_keys import InMemory, key_store

__all__ = ["key_store"]

STRANGER = "250640007772"


class Person:
    """Somebody who is asked for pass phrases."""

    def __init__(self, answer=PHRASE):
        self.answer = answer
        self.asked = []

    @property
    def answer(self):
        return self._answer

    @answer.setter
    def answer(self, text):
        self._answer = None if text is None else Secret(text)

    def __call__(self, prompt: Message):
        self.asked.append(prompt.text())
        return self._answer


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def application(tmp_path, person):
    """The program with somebody at it, and quick training offices behind it."""
    made = Application(
        tmp_path / "home",
        today=today,
        start_offices=lambda folder: start_process(folder, TrainingOptions(pace=0.01)),
        ask=person,
    )
    yield made
    made.close()


@pytest.fixture
def put_to_use(tmp_path, application):
    """Make a key, add it and put it to use for a purpose; return it as it was made."""

    def put(purpose=DECLARE, keep=False, **made):
        one = identity(**made)
        file = packed(tmp_path / f"{purpose}.p12", one)
        application.keys.add(NewKey(purpose, "pkcs12", purpose, {"file": str(file)}, keep))
        application.keys.use(purpose)
        return one

    return put


def lodge(application, declaration_id):
    told = []
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda m: told.append(m.text()))
    return told


def test_without_keys_the_demo_key_signs_and_nobody_is_asked(application, person):
    assert application.keys.listed() == ()
    assert application.keys.signer(DECLARE).is_demo
    assert application.keys.signer(PAY).is_demo
    assert person.asked == []


def test_one_key_declares_and_another_pays_to_the_archive(application, person, put_to_use):
    declaring, paying = put_to_use(DECLARE), put_to_use(PAY, kind="rsa", owner="")
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    told = []
    application.line.carry_through(
        declaration_id, session.snapshot(), session.findings(), lambda m: told.append(str(m))
    )
    assert application.line.state(declaration_id) is State.ARCHIVED
    entries = {each.entry.verb: each.entry for each in application.store.outbox.entries(declaration_id)}
    signed_by = {verb: verify_detached(one.content, one.signature) for verb, one in entries.items()}
    assert all(report.valid for report in signed_by.values())
    serials = {verb: report.serial for verb, report in signed_by.items()}
    assert serials == {"declaration": declaring.serial, "payment": paying.serial, "statement": declaring.serial}
    assert any("entirely made up" in line for line in told)
    folder = application.home / "archive" / application.number_of(declaration_id).replace("/", "_")
    assert verify(folder).good
    (order,) = folder.glob("sent/*-payment.p7s")
    assert verify_detached(order.with_suffix(".json").read_bytes(), order.read_bytes()).serial == paying.serial
    assert len(person.asked) == 2 + 3  # adding each, then every signature: there is no key store here


def test_a_kept_pass_phrase_is_not_asked_for_again(application, person, put_to_use, key_store):
    key_store(InMemory())
    put_to_use(keep=True)
    declaration_id = application.open_sample()
    lodge(application, declaration_id)
    assert application.line.state(declaration_id) is State.QUEUED
    assert len(person.asked) == 1


def test_a_kept_pass_phrase_that_is_wrong_is_forgotten(tmp_path, application, person, put_to_use, key_store):
    kept = key_store(InMemory()).kept
    made = put_to_use(keep=True)
    assert len(kept) == 1
    packed(tmp_path / f"{DECLARE}.p12", made, phrase="another one")
    with pytest.raises(UserError, match="does not open"):
        application.keys.signer(DECLARE)
    assert not kept
    person.answer = "another one"
    assert application.keys.signer(DECLARE).serial == made.serial


def test_removing_a_key_takes_its_pass_phrase_along_and_leaves_the_file(tmp_path, application, put_to_use, key_store):
    kept = key_store(InMemory()).kept
    put_to_use(keep=True)
    application.keys.remove(DECLARE)
    assert not kept
    assert (tmp_path / f"{DECLARE}.p12").exists()
    assert application.keys.signer(DECLARE).is_demo


def _cancelled(_tmp_path, person, _put):
    person.answer = None


def _wrong(_tmp_path, person, _put):
    person.answer = f"wrong {PHRASE}"


def _gone(tmp_path, _person, _put):
    (tmp_path / f"{DECLARE}.p12").unlink()


def _another(tmp_path, _person, _put):
    packed(tmp_path / f"{DECLARE}.p12", identity())


def _rotten(tmp_path, _person, _put):
    (tmp_path / "home" / "keys" / "register.json").write_text("{")


def _half_key(tmp_path, _person, _put):
    file = tmp_path / f"{DECLARE}.p12"
    file.write_bytes(file.read_bytes()[:-40])


FAILURES = {
    _cancelled: "everything is as it was",
    _wrong: "does not open",
    _gone: "cannot be read",
    _another: "another certificate",
    _rotten: "register of keys",
    _half_key: "does not open",
}


@pytest.mark.parametrize(("fail", "told"), FAILURES.items(), ids=[each.__name__ for each in FAILURES])
def test_a_signature_that_fails_leaves_the_draft_as_it_was(tmp_path, application, person, put_to_use, fail, told):
    put_to_use()
    declaration_id = application.open_sample()
    desk = application.open(declaration_id)
    before, events = to_body(desk.session.declaration), len(application.store.events(declaration_id))
    fail(tmp_path, person, put_to_use)
    with pytest.raises(UserError, match=told):
        lodge(application, declaration_id)
    assert application.line.state(declaration_id) is State.DRAFT
    assert to_body(desk.session.declaration) == before
    assert not desk.session.read_only
    assert len(application.store.events(declaration_id)) == events
    assert application.store.outbox.entries(declaration_id) == ()
    assert application.store.artefacts.latest(declaration_id, "message.xml") is None


def test_after_a_cancelled_question_the_draft_can_be_typed_in_and_submitted(application, person, put_to_use):
    put_to_use()
    desk = application.open(application.open_sample())
    person.answer = None
    failed = queue.Queue()
    desk.submit(lambda _state: None, failed.put)
    assert "everything is as it was" in str(failed.get(timeout=30))
    assert not desk.session.read_only
    person.answer = PHRASE
    lodge(application, desk.id)
    assert application.line.state(desk.id) is State.QUEUED


@pytest.mark.parametrize(
    ("made", "told"), [({"owner": f"BIN{STRANGER}"}, STRANGER), ({"days": -1}, "certificate ended")]
)
def test_a_real_key_of_somebody_else_or_an_ended_one_bars_the_way(application, put_to_use, made, told):
    put_to_use(**made)
    declaration_id = application.open_sample()
    with pytest.raises(UserError, match=f"C020.*{told}"):
        lodge(application, declaration_id)
    assert application.line.state(declaration_id) is State.DRAFT


def test_a_payment_that_is_not_signed_waits_and_is_paid_later(application, person, put_to_use):
    put_to_use(PAY)
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    person.answer = None
    with pytest.raises(UserError, match="No pass phrase"):
        application.line.carry_through(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    assert application.line.state(declaration_id) is State.PAYMENT_DUE
    person.answer = PHRASE
    application.line.carry_through(declaration_id, session.snapshot(), (), lambda _m: None)
    assert application.line.state(declaration_id) is State.ARCHIVED


def test_a_certificate_that_ends_soon_is_told_when_it_signs_and_by_name(application, put_to_use):
    put_to_use(days=10)
    assert [each.step for each in application.keys.notices()] == [14]
    declaration_id = application.open_sample()
    assert any("ends on" in line for line in lodge(application, declaration_id))


def test_nothing_is_added_when_the_key_does_not_open(tmp_path, person):
    keys = Keys(tmp_path / "home", person)
    file = packed(tmp_path / "key.p12", identity())
    new = NewKey("firm", "pkcs12", DECLARE, {"file": str(file)})
    for answer in (None, "wrong"):
        person.answer = answer
        with pytest.raises(UserError):
            keys.add(new)
    with pytest.raises(UserError, match="nobody here to ask"):
        Keys(tmp_path / "home").add(new)
    assert keys.listed() == ()


def test_one_certificate_for_both_purposes_is_advised_against(tmp_path, person):
    keys = Keys(tmp_path / "home", person)
    place = {"file": str(packed(tmp_path / "key.p12", identity()))}
    assert keys.add(NewKey("firm", "pkcs12", DECLARE, place))[1] == ()
    (advice,) = keys.add(NewKey("firm too", "pkcs12", PAY, place))[1]
    assert "firm" in advice.text()


def _leaks(folder, text):
    """Return the files below a folder in which a text stands, also in a database's pages and as JSON writes it."""
    shapes = [text.encode(), text.encode("utf-16-le"), text.encode("unicode_escape")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(shape in file.read_bytes() for shape in shapes)]


def test_a_pass_phrase_is_nowhere(tmp_path, application, person, put_to_use, caplog):
    """Not in the data folder, the store, the archive, the log, nor in any traceback with all its variables."""
    caplog.set_level(logging.DEBUG)
    put_to_use(DECLARE)
    put_to_use(PAY)
    declaration_id = application.open_sample()
    desk, shown = application.open(declaration_id), io.StringIO()
    for before in ("wrong ", None, ""):
        person.answer = None if before is None else before + PHRASE
        try:
            lodge(application, declaration_id)
        except SwError as error:
            told = traceback.TracebackException.from_exception(error, capture_locals=True)
            shown.write("".join(told.format()))
    snapshot = desk.session.snapshot()
    application.line.carry_through(declaration_id, snapshot, (), lambda message: shown.write(message.text()))
    shown.write(repr([application.keys.listed(), application.keys.signer(DECLARE), desk.timeline()]))
    assert application.line.state(declaration_id) is State.ARCHIVED
    for format_name in ("swclient", "eaeu-dt"):
        (tmp_path / format_name).write_bytes(desk.export(format_name))
    dumped = "\n".join(sqlite3.connect(application.home / "declarations.db").iterdump())
    assert "Archived" in shown.getvalue()
    assert PHRASE not in shown.getvalue() + caplog.text + dumped
    assert not _leaks(tmp_path, PHRASE)
    (tmp_path / "control").write_text(f"so it would be found: {PHRASE}", encoding="utf-8")
    assert _leaks(tmp_path, PHRASE) == [tmp_path / "control"]


@pytest.mark.parametrize(
    ("signed_at", "good"), [(timedelta(days=-10), True), (timedelta(days=1), False), (None, False)]
)
def test_an_archive_outlives_the_certificate_that_signed(tmp_path, signed_at, good):
    now, ended, seal = datetime.now(UTC), identity(days=-1), identity()
    pieces = [Piece("message.xml", b"<a/>"), Piece("message.p7s", sign_detached(b"<a/>", ended))]
    facts = {"archived_at": now.isoformat()} | ({"signed_at": (now + signed_at).isoformat()} if signed_at else {})
    folder = write_archive(tmp_path / "archive", pieces, facts, lambda content: sign_detached(content, seal))
    told = [problem.text() for problem in verify(folder).problems]
    assert verify(folder).good is good, told
    assert good or "certificate ended" in told[0]


def test_the_archive_says_when_the_message_was_signed(application):
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    application.line.carry_through(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    folder = application.home / "archive" / application.number_of(declaration_id).replace("/", "_")
    (signed,) = (event.at for event in application.store.events(declaration_id) if event.kind == "signed")
    assert verify(folder).facts["signed_at"] == signed.isoformat()
