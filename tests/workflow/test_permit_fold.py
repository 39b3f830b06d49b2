# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permits are a fold over answers: any order of arrival ends alike, and an answer to somebody else moves nothing."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime

import pytest

from swclient.exchange.permit_replies import PermitAnswer
from swclient.exchange.reply_reading import read_reply
from swclient.store.mail import (
    ACKNOWLEDGED,
    FAILED,
    QUEUED,
    SENT_UNKNOWN,
    KeptAnswer,
    NewAnswer,
    OutboxEntry,
    QueuedEntry,
)
from swclient.workflow.life.answers import understood
from swclient.workflow.permits.fold import Permit, Standing, current, fold

AT = datetime(2026, 11, 20, tzinfo=UTC)
HEAD = {"training": True, "office": "TRAINING", "application": "a-1", "consignment": "c-1"}
GRANT = {
    "document": "permit-grant",
    "number": "N-1",
    "kind": "01202",
    "issued": "2026-11-20",
    "valid_from": "2026-11-20",
    "valid_until": "2026-12-20",
    "items": [{"no": 1, "quantity": "5", "unit": "166"}],
}
POINT = {"code": "X-1", "item": 1, "field": "origin", "expected": "", "actual": "", "message": "why"}
SAID = (
    {"document": "permit-receipt", "sha256": "00"},
    {"document": "permit-query", "wanted": [POINT]},
    GRANT,
    {"document": "permit-withdrawal", "number": "N-1", "reason": "because"},
)
ENDS = (Standing.RECEIVED, Standing.MORE, Standing.GRANTED, Standing.WITHDRAWN)


def entry(state: str = ACKNOWLEDGED, application: str = "a-1", supersedes: str = "") -> QueuedEntry:
    """Return an application as it lies in the outbox."""
    goods = {"no": 1, "ref": "7", "commodity_code": "0202309004"}
    said = {"application": application, "supersedes": supersedes, "agency": "veterinary", "kind": "01202"}
    content = json.dumps({**said, "items": [goods]}).encode()
    new = OutboxEntry("d-1", "veterinary", "application", f"key-{application}", content, "application/json")
    return QueuedEntry(1, new, "", state, 1, AT, AT, f"conversation-{application}", None)


def kept(sequence: int, said: dict[str, object], conversation: str = "conversation-a-1") -> KeptAnswer:
    """Return an answer as it lies in the store, read by our own reader."""
    raw = json.dumps({**HEAD, **said}).encode()
    new = NewAnswer("veterinary", conversation, f"r-{sequence}", "application/json", raw, sequence, "d-1")
    return KeptAnswer(sequence, new, AT, "", understood(raw, "answer").as_data(), applied=True)


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_any_order_and_every_answer_twice_end_alike(length: int) -> None:
    answers = [kept(sequence, said) for sequence, said in enumerate(SAID[:length], 1)]
    ends = set()
    for order in itertools.permutations(answers * 2 if length < 4 else answers):
        (permit,) = fold([entry()], order)
        ends.add((permit.standing, permit.number, permit.reason))
    assert {standing for standing, _number, _reason in ends} == {ENDS[length - 1]}
    assert len(ends) == 1


def test_the_order_of_arrival_alone_would_end_otherwise() -> None:
    """The control: numbered by arrival instead of by the office, the same answers leave another permit."""
    late = [kept(place, said) for place, said in enumerate((SAID[2], SAID[0]), 1)]
    (permit,) = fold([entry()], late)
    assert permit.standing is Standing.RECEIVED


@pytest.mark.parametrize(
    "answer",
    [
        kept(1, {**GRANT, "application": "a-2"}),
        kept(1, GRANT, "conversation-of-another"),
        kept(1, {"document": "permit-of-the-future"}),
        kept(1, {**GRANT, "valid_until": "soon"}),
    ],
)
def test_strangers_and_what_cannot_be_read_move_nothing(answer: KeptAnswer) -> None:
    (permit,) = fold([entry()], [answer])
    assert permit.standing is Standing.ASKED
    assert answer.parsed is not None
    assert answer.parsed["title"]  # and it is told all the same


@pytest.mark.parametrize(
    ("state", "standing"),
    [(QUEUED, Standing.WAITING), (SENT_UNKNOWN, Standing.UNKNOWN), (FAILED, Standing.NOT_TAKEN)],
)
def test_the_outbox_tells_how_it_stands_before_any_answer(state: str, standing: Standing) -> None:
    assert fold([entry(state)], [])[0].standing is standing


def test_an_application_in_the_place_of_another_leaves_that_one_to_history() -> None:
    held: tuple[Permit, ...] = fold([entry(), entry(QUEUED, "a-2", "a-1")], [])
    assert len(held) == 2
    assert [permit.application for permit in current(held)] == ["a-2"]


def test_every_kind_of_answer_reads() -> None:
    for said in SAID:
        answer = read_reply(json.dumps({**HEAD, **said}).encode())
        assert isinstance(answer, PermitAnswer)
        assert (answer.training, answer.consignment) == (True, "c-1")
