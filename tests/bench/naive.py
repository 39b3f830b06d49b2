# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers applied without thinking: each as it arrives, by a table of moves; what does not fit is dropped."""

from __future__ import annotations

from collections.abc import Iterable

from swclient.workflow.life.answers import understood
from swclient.workflow.life.fold import ENDINGS, RELEASES, SUSPENSION, Kind
from swclient.workflow.states import State
from tests.conversations import CONTAINER, Said, Script, xml

_PLAIN = {
    Kind.REGISTERED: State.REGISTERED,
    Kind.LANE: State.UNDER_CONTROL,
    Kind.DOCUMENTS_ASKED: State.DOCUMENTS,
    Kind.EXAMINATION: State.EXAMINATION,
    Kind.EXAMINED: State.UNDER_CONTROL,
    Kind.AMENDMENT: State.AMENDED,
}
_FIRST = {State.QUEUED, State.RECEIVED}


def naive_end(arrived: Iterable[Said], script: Script) -> State:
    """Return where the answers lead when each is applied as it arrives."""
    state = State.RECEIVED
    for said in arrived:
        told = understood(xml(said, "", 1 + script.steps.index(said)), "naive")
        state = _next(state, told.kind, dict(told.facts), said.about)
    return state


def _next(state: State, kind: Kind, facts: dict[str, object], about: str) -> State:
    if kind is Kind.ERRORS:
        return State.REJECTED if about == CONTAINER else state
    if state in _FIRST and kind is not Kind.REGISTERED:
        return state  # it is not registered yet, so this cannot be
    if kind is Kind.MARK:
        code = str(facts["decision"])
        return {**RELEASES, **ENDINGS, SUSPENSION: State.SUSPENDED}[code]
    if kind in {Kind.DEMAND, Kind.RECEIPT}:
        return State.PAYMENT_DUE if facts["due"] else State.PAID
    if kind is Kind.DOCUMENTS_JUDGED:
        return State.ANSWERED if facts["enough"] else State.DOCUMENTS
    return _PLAIN.get(kind, state)
