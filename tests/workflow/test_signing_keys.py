# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own keys at work: they declare and pay, and what does not sign leaves the draft as it was."""

import queue

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.document.body import to_body
from swclient.signing.cms import verify_detached
from swclient.workflow.files.filing import verify
from swclient.workflow.signature.keys import DECLARE, PAY, Keys, NewKey
from swclient.workflow.states import State
from tests.signing.made import PHRASE, identity, packed
from tests.signing.test_keys import InMemory, key_store
from tests.signing.test_register import plug_in
from tests.workflow.people import application, lodge, person, put_to_use

__all__ = ["application", "key_store", "person", "plug_in", "put_to_use"]

STRANGER = "250640007772"


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
    application.dealings.carrier().carry(
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


@pytest.mark.usefixtures("plug_in")
def test_a_card_pulled_out_while_signing_leaves_a_draft_that_is_signed_later(tmp_path, application):
    card = packed(tmp_path / "card", identity())
    application.keys.add(NewKey("card", "national", DECLARE, {"card": str(card)}))
    application.keys.use("card")
    declaration_id = application.open_sample()
    card.with_name("card.out").touch()
    with pytest.raises(OutsideError, match="not there"):
        lodge(application, declaration_id)
    assert application.line.state(declaration_id) is State.DRAFT
    assert application.store.outbox.entries(declaration_id) == ()
    card.with_name("card.out").unlink()
    lodge(application, declaration_id)
    assert application.line.state(declaration_id) is State.QUEUED


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
        application.dealings.carrier().carry(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    assert application.line.state(declaration_id) is State.PAYMENT_DUE
    person.answer = PHRASE
    application.dealings.carrier().carry(declaration_id, session.snapshot(), (), lambda _m: None)
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
