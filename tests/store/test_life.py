# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of state, what is sent, what comes back: together or not at all, everything once."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from swclient.base.errors import UserError
from swclient.store import (
    ACKNOWLEDGED,
    FAILED,
    QUEUED,
    SENT_UNKNOWN,
    Artefact,
    Move,
    NewAnswer,
    OutboxEntry,
    Party,
    StaleStateError,
    StoreError,
    open_store,
)
from tests.store.conftest import ID, KINDS, OTHER, looking, new

__all__ = ["KINDS"]


def entry(key="key-1", declaration_id=ID, channel="customs"):
    content = f"<TRAINING key='{key}'/>".encode()
    return OutboxEntry(declaration_id, channel, "declaration", key, content, "application/xml", b"sig")


def answer(remote_id="remote-1", sequence=1, raw=b"<TRAINING/>"):
    return NewAnswer("customs", "conversation-1", remote_id, "application/xml", raw, sequence, ID)


def form(content=b"%PDF- TRAINING"):
    return Artefact(ID, "form.pdf", "application/pdf", content)


@pytest.fixture
def queued(store, draft):
    """The number of an outbox entry of the one declaration."""
    store.move_state(Move(draft, "draft", "queued", outbox=(entry(),)))
    return store.outbox.entries(draft)[0].id


class TestMoves:
    def test_a_move_keeps_state_event_entry_and_files_together(self, store, draft):
        store.move_state(Move(draft, "draft", "queued", detail={"by": "x"}, outbox=(entry(),), artefacts=(form(),)))
        assert store.load(draft).row.state == "queued"
        (event,) = store.events(draft)
        assert (event.before, event.after, event.detail) == ("draft", "queued", {"by": "x"})
        (waiting,) = store.outbox.entries(draft)
        assert (waiting.entry, waiting.state, waiting.attempts) == (entry(), QUEUED, 0)
        assert waiting.sha256 == hashlib.sha256(entry().content).hexdigest()
        assert store.artefacts.latest(draft, "form.pdf").artefact == form()

    def test_a_move_from_a_state_it_is_not_in_is_refused_and_keeps_nothing(self, store, draft):
        with pytest.raises(StaleStateError, match=r'"signed".*"draft"'):
            store.move_state(Move(draft, "signed", "queued", outbox=(entry(),), artefacts=(form(),)))
        assert store.load(draft).row.state == "draft"
        assert store.events(draft) == store.outbox.entries(draft) == ()
        assert store.artefacts.of_declaration(draft) == ()

    def test_a_move_that_fails_in_the_middle_keeps_nothing(self, store, draft, queued):
        # the second entry has a key that was used already, for other content
        again = Move(draft, "queued", "signed", outbox=(entry("key-2"), replace(entry("key-1"), content=b"<other/>")))
        with pytest.raises(UserError, match="key-1"):
            store.move_state(again)
        assert store.load(draft).row.state == "queued"
        assert [one.entry.idempotency_key for one in store.outbox.entries(draft)] == ["key-1"]

    def test_the_number_given_by_the_office_is_found_in_the_worklist(self, store, draft, queued):
        store.move_state(Move(draft, "queued", "registered", number="55301000/040325/0000001"))
        row = store.load(draft).row
        assert (row.state, row.number) == ("registered", "55301000/040325/0000001")

    def test_a_move_may_settle_the_entry_and_the_answer_that_caused_it(self, store, draft, queued):
        number, _ = store.answers.keep_answer(answer())
        store.outbox.claim(queued)
        store.move_state(Move(draft, "queued", "sent", acknowledged=(queued, "conversation-1"), applied=number))
        assert store.outbox.entries(draft)[0].state == ACKNOWLEDGED
        assert store.answers.unapplied() == ()

    def test_an_unknown_declaration_is_not_moved(self, store):
        with pytest.raises(UserError, match=OTHER):
            store.move_state(Move(OTHER, "draft", "queued"))

    def test_events_that_move_nothing_stand_on_the_timeline_too(self, store, draft):
        store.add_event(draft, "printed", {"form": "DT1"})
        (event,) = store.events(draft)
        assert (event.kind, event.before, event.after) == ("printed", None, None)


class TestOutbox:
    def test_what_is_due_is_what_waits_and_whose_time_has_come(self, store, queued, clock):
        assert [one.id for one in store.outbox.due()] == [queued]
        store.outbox.postpone(queued, "the office cannot be reached", clock.at + timedelta(minutes=5))
        assert store.outbox.due() == ()
        later = store.outbox.due(clock.at + timedelta(minutes=6))
        assert [(one.state, one.last_error) for one in later] == [(QUEUED, "the office cannot be reached")]

    def test_only_one_sender_gets_an_entry(self, store, queued):
        claimed = store.outbox.claim(queued)
        assert (claimed.entry, claimed.state) == (entry(), QUEUED)
        assert store.outbox.claim(queued) is None
        assert store.outbox.due() == ()
        assert store.outbox.entries(ID)[0].attempts == 1

    def test_entries_of_one_declaration_go_one_by_one_of_others_at_once(self, store, queued):
        store.create(new(OTHER), actor="declarant")
        second = store.outbox.add(entry("key-2"))
        others = store.outbox.add(entry("key-3", OTHER))
        tax = store.outbox.add(entry("key-4", channel="tax"))
        assert {one.id for one in store.outbox.due()} == {queued, others, tax}
        store.outbox.claim(queued)
        assert second not in {one.id for one in store.outbox.due()}
        store.outbox.acknowledge(queued, "conversation-1")
        assert second in {one.id for one in store.outbox.due()}

    def test_an_entry_that_was_being_sent_at_a_crash_is_asked_about(self, store, queued, path):
        store.outbox.claim(queued)
        store.close()
        with open_store(path) as again:
            (due,) = again.outbox.due()
            assert (due.id, due.state, due.attempts) == (queued, SENT_UNKNOWN, 1)
            assert due.entry.idempotency_key == "key-1"
            assert again.outbox.claim(queued).state == SENT_UNKNOWN

    def test_an_unknown_outcome_is_asked_about_when_its_time_comes(self, store, queued, clock):
        store.outbox.claim(queued)
        store.outbox.unknown(queued, "no answer in 20 s", clock.at + timedelta(seconds=30))
        (due,) = store.outbox.due(clock.at + timedelta(minutes=1))
        assert (due.state, due.last_error) == (SENT_UNKNOWN, "no answer in 20 s")

    def test_a_settled_entry_stays_settled(self, store, queued, clock):
        store.outbox.claim(queued)
        store.outbox.acknowledge(queued, "conversation-1")
        for late in (
            lambda: store.outbox.unknown(queued, "late", clock.at),
            lambda: store.outbox.fail(queued, "late"),
        ):
            with pytest.raises(UserError, match="waiting"):
                late()
        (settled,) = store.outbox.entries(ID)
        assert (settled.state, settled.conversation) == (ACKNOWLEDGED, "conversation-1")
        assert store.outbox.of_conversation("customs", "conversation-1") == settled
        assert store.outbox.of_conversation("tax", "conversation-1") is None

    def test_a_refused_entry_is_not_sent_again(self, store, queued):
        store.outbox.claim(queued)
        store.outbox.fail(queued, "400 BAD_REQUEST")
        assert store.outbox.due() == ()
        assert store.outbox.entries(ID)[0].state == FAILED

    def test_every_attempt_is_on_record(self, store, queued, clock):
        store.outbox.claim(queued)
        store.outbox.unknown(queued, "cut off", clock.at)
        store.outbox.record_attempt(queued, "asked", "404")
        store.outbox.claim(queued)
        store.outbox.acknowledge(queued, "conversation-1")
        came_to = [(one.outcome, one.detail) for one in store.outbox.attempts(queued)]
        assert came_to == [
            (SENT_UNKNOWN, "cut off"),
            ("asked", "404"),
            (ACKNOWLEDGED, "conversation-1"),
        ]

    def test_the_same_key_is_never_queued_twice(self, store, draft, queued):
        assert store.outbox.add(entry()) == queued
        assert len(store.outbox.entries(draft)) == 1

    def test_other_content_under_the_same_key_is_refused(self, store, draft, queued):
        with pytest.raises(UserError, match="key-1"):
            store.outbox.add(replace(entry(), content=b"<other/>"))
        assert [one.entry for one in store.outbox.entries(draft)] == [entry()]


class TestAnswers:
    def test_an_answer_is_kept_as_it_came_and_once(self, store, draft):
        number, is_new = store.answers.keep_answer(answer())
        assert is_new
        assert store.answers.keep_answer(answer()) == (number, False)
        (kept,) = store.answers.of_declaration(draft)
        assert (kept.answer, kept.parsed, kept.applied) == (answer(), None, False)
        assert kept.sha256 == hashlib.sha256(b"<TRAINING/>").hexdigest()

    def test_the_same_id_with_other_words_is_kept_beside_it_and_once(self, store, draft):
        number, _new = store.answers.keep_answer(answer())
        other, is_new = store.answers.keep_answer(answer(raw=b"<OTHER/>"))
        assert is_new
        assert other != number
        assert store.answers.keep_answer(answer(raw=b"<OTHER/>")) == (other, False)
        assert [each.answer.raw for each in store.answers.of_declaration(draft)] == [b"<TRAINING/>", b"<OTHER/>"]

    def test_the_same_id_from_another_office_is_another_answer(self, store, draft):
        store.answers.keep_answer(answer())
        tax = NewAnswer("tax", "conversation-1", "remote-1", "application/json", b"{}")
        assert store.answers.keep_answer(tax)[1]

    def test_work_goes_on_with_what_had_no_effect_yet(self, store, draft):
        first, _ = store.answers.keep_answer(answer())
        second, _ = store.answers.keep_answer(answer("remote-2", 2))
        store.answers.mark_parsed(first, {"lane": "green"})
        store.answers.mark_applied(first)
        assert [kept.id for kept in store.answers.unapplied()] == [second]
        assert store.answers.of_declaration(draft)[0].parsed == {"lane": "green"}

    def test_the_next_ones_are_asked_for_after_the_highest_number(self, store, draft):
        assert store.answers.last_sequence("customs", "conversation-1") == 0
        for sequence in (3, 9, 5):
            store.answers.keep_answer(answer(f"remote-{sequence}", sequence))
        assert store.answers.last_sequence("customs", "conversation-1") == 9
        assert store.answers.last_sequence("tax", "conversation-1") == 0

    def test_an_answer_to_nobody_is_kept_until_its_owner_is_found(self, store, draft):
        stray = NewAnswer("customs", "elsewhere", "remote-7", "application/xml", b"<TRAINING/>")
        number, _ = store.answers.keep_answer(stray)
        assert store.answers.of_declaration(draft) == ()
        store.answers.belongs_to(number, draft)
        assert [kept.id for kept in store.answers.of_declaration(draft)] == [number]


class TestKeptBeside:
    def test_a_newer_file_leaves_the_older_in_place(self, store, draft):
        store.artefacts.keep(form(b"first"))
        store.artefacts.keep(form(b"second"))
        assert store.artefacts.latest(draft, "form.pdf").artefact.content == b"second"
        contents = [one.artefact.content for one in store.artefacts.of_declaration(draft)]
        assert contents == [b"first", b"second"]
        assert store.artefacts.latest(draft, "other.pdf") is None

    def test_parties_are_found_by_name_or_number_whatever_the_case(self, store):
        store.parties.keep(Party("p1", "TRAINING Фабрика", "CN", "91330100TRAINING00", {"city": "X"}))
        store.parties.keep(Party("p2", "TRAINING Importer", "KZ", "123456789012"))
        assert [one.id for one in store.parties.find("фабрика")] == ["p1"]
        assert [one.id for one in store.parties.find("6789")] == ["p2"]
        store.parties.keep(Party("p1", "TRAINING Завод", "CN", "91330100TRAINING00"))
        assert [one.name for one in store.parties.find()] == ["TRAINING Importer", "TRAINING Завод"]
        store.parties.remove("p1")
        assert store.parties.find("завод") == ()

    def test_mappings_are_kept_by_name(self, store):
        store.mappings.keep("Shoe factory", {"A": "item.description"})
        store.mappings.keep("Shoe factory", {"B": "item.description"})
        assert store.mappings.names() == ("Shoe factory",)
        assert store.mappings.get("Shoe factory") == {"B": "item.description"}
        assert store.mappings.get("Boot factory") is None


def test_an_entry_needs_a_declaration(store, path):
    with pytest.raises(StoreError):
        store.outbox.add(entry(declaration_id=OTHER))
    connection = looking(path)
    assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    connection.close()
