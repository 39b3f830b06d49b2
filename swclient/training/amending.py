# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An amendment: the corrected declaration is controlled as the first was; if it stands, the course goes on with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from swclient.training import paying
from swclient.training.asking import wanted_of
from swclient.training.control import control
from swclient.training.course import Facts, Step, head_of, signature_notes
from swclient.training.declaration import Sent, facts_of, open_container
from swclient.training.lanes import RED, STRICTNESS, lane_of
from swclient.training.ledger import Ledger
from swclient.training.messages_control import Amended, amendment_decision
from swclient.training.messages_errors import error_list
from swclient.training.options import TrainingOptions
from swclient.training.reading import Node, UnreadableError, read_xml
from swclient.training.stages import (
    AFTER_RELEASE,
    BEFORE_PAYMENT,
    CONTROL_ANNOUNCED,
    PAID,
    PAYMENT_CHECKING,
    PAYMENT_DUE,
    REGISTERED,
)

_REQUIRED = ("DocumentID", "Conversation", "RegistrationNumber", "Reason", "Change")
_TOO_LATE = "TRAINING: control has been announced; nothing is amended before it is over"
_SAME = "TRAINING: the corrected declaration has the DocumentID of the one in force"
_KEPT = ("container_id",)


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment as it came: its own identifier, whose declaration it is about, and the corrected declaration."""

    document_id: str
    conversation: str
    number: str
    sent: Sent


def open_amendment(body: bytes) -> Amendment:
    """Read the container of an amendment.

    Raises:
        UnreadableError: as for declarations, or it has not one amendment with all its parts.
    """
    sent = open_container(body)
    found = read_xml(body).all("ContainerDoc/DocBody/Amendment")
    if len(found) != 1:
        raise UnreadableError(
            "amendment_missing", f"{len(found)} documents Amendment in the container, one is expected"
        )
    for name in _REQUIRED:
        if not (found[0].value(name) or (name == "Change" and found[0].first(name))):
            raise UnreadableError("amendment_missing", f"{found[0].xpath()}/{name} is missing")
    return _amendment(found[0], sent)


def _amendment(node: Node, sent: Sent) -> Amendment:
    return Amendment(node.value("DocumentID"), node.value("Conversation"), node.value("RegistrationNumber"), sent)


def see_to_amendment(stage: str, facts: Facts, ledger: Ledger, options: TrainingOptions) -> Step:
    """Make or refuse the amendment that waits."""
    posted = ledger.submission("customs", facts.pop("amendment"), facts["client"])
    if posted is None:
        return stage, []
    amendment = open_amendment(posted.body)
    head = replace(head_of(facts), reference=amendment.sent.container_id)
    notes = signature_notes(posted) or control(amendment.sent)
    if notes:
        return stage, [error_list(head, amendment.sent.document_id, notes)]
    facts["amendments"] = int(facts.get("amendments", 0)) + 1
    reasons = _reasons_against(stage, facts, amendment)
    decision = amendment_decision(head, Amended(facts["amendments"], amendment.document_id), reasons)
    if reasons:
        return stage, [decision]
    after, written = _go_on(stage, facts, amendment.sent, options)
    return after, [decision, *written]


def _reasons_against(stage: str, facts: Facts, amendment: Amendment) -> list[str]:
    late = facts["lane"] == RED and stage in CONTROL_ANNOUNCED
    same = amendment.sent.document_id == facts["document_id"]
    return [_TOO_LATE] * late + [_SAME] * same


def _go_on(stage: str, facts: Facts, sent: Sent, options: TrainingOptions) -> Step:
    """Take over the corrected facts and go on from where the declaration stands."""
    former = facts["charges"]
    facts.update({name: value for name, value in facts_of(sent).items() if name not in _KEPT})
    if stage in BEFORE_PAYMENT:
        return _lane_again(stage, facts, sent, options), []
    if facts["charges"] == former:
        return stage, []
    if stage in AFTER_RELEASE:
        return stage, paying.ask_for_the_rest(facts)
    if stage == PAYMENT_CHECKING:  # orders under way are looked at next, against the new sums
        return stage, paying.ask_for_the_rest(facts)
    return (PAYMENT_DUE, paying.ask_for_the_rest(facts)) if paying.lacks(facts) else (PAID, [])


def _lane_again(stage: str, facts: Facts, sent: Sent, options: TrainingOptions) -> str:
    """Return the stage to go on from: the lane is told anew where it gets stricter."""
    lane, reasons = lane_of(sent, options.lane)
    if STRICTNESS.index(lane) <= STRICTNESS.index(facts["lane"]):
        return stage
    facts.update(lane=lane, reasons=reasons, wanted=wanted_of(sent, lane, options.documents))
    return REGISTERED
