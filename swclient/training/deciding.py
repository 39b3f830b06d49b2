# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The decision: release, or what the run prescribes in its place, one mark after the other."""

from __future__ import annotations

from swclient.training.course import Facts, Step, head_of
from swclient.training.messages import Written, customs_mark
from swclient.training.stages import NOT_RELEASED, RELEASED, SUSPENDED, WITHDRAWN

RELEASE, WITHDRAWN_CODE, NOT_LODGED, REFUSAL, SUSPENSION, OTHER = "10", "81", "82", "90", "91", "92"
_INSTEAD_OF_PAYMENT = frozenset({NOT_LODGED, REFUSAL})
_STAGES = {NOT_LODGED: NOT_RELEASED, REFUSAL: NOT_RELEASED, SUSPENSION: SUSPENDED, OTHER: NOT_RELEASED}
_PRESCRIBED = "TRAINING: prescribed by the set-up of this training run"
_REASONS = {
    "11": "TRAINING: released against security, which is kept until the duties are settled",
    "20": "TRAINING: released conditionally, the goods stay under customs control",
    NOT_LODGED: "TRAINING: deemed not lodged",
    REFUSAL: "TRAINING: the release is refused",
    SUSPENSION: "TRAINING: the time for the release is suspended; another decision follows",
    OTHER: "TRAINING: another decision",
}


def instead_of_payment(facts: Facts, decisions: tuple[str, ...]) -> Step | None:
    """Return the decision that comes before any payment, None where payment is next."""
    if decisions and decisions[0] in _INSTEAD_OF_PAYMENT:
        return decide(facts, decisions)
    return None


def decide(facts: Facts, decisions: tuple[str, ...]) -> Step:
    """Give the next of the decisions of the run; a release where none is left."""
    given = int(facts.get("decided", 0))
    code = decisions[given] if given < len(decisions) else RELEASE
    facts["decided"] = given + 1
    more = given + 1 < len(decisions)
    stage = SUSPENDED if more and code != RELEASE else _STAGES.get(code, RELEASED)
    reasons = [_REASONS[code], _PRESCRIBED] if code in _REASONS else []
    return stage, [_mark(facts, code, reasons)]


def refuse(facts: Facts, reason: str) -> Step:
    """Refuse the release for a reason of the course itself."""
    return NOT_RELEASED, [_mark(facts, REFUSAL, [reason])]


def withdraw(facts: Facts, reason: str) -> Step:
    """Let the declarant have the declaration back."""
    return WITHDRAWN, [_mark(facts, WITHDRAWN_CODE, [reason])]


def _mark(facts: Facts, code: str, reasons: list[str]) -> Written:
    return customs_mark(head_of(facts), facts["document_id"], (code, reasons), facts["items"])
