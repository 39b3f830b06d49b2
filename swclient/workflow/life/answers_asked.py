# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells what customs asks for further, and what it decided on what was asked of it."""

from __future__ import annotations

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.exchange import replies as r
from swclient.workflow.life.fold import Kind
from swclient.workflow.life.telling import Told, plain

ACCEPTED = "accepted"


def documents(reply: r.DocumentRequest) -> Told:
    """Tell which documents are wanted."""
    lines = [
        f"{each.code} {each.description}" + (f" ({_('item')} {each.item})" if each.item else "")
        for each in reply.documents
    ]
    title = Message(N_("Documents requested: {n}"), {"n": len(reply.documents)})
    facts = {"request": reply.request, "due_at": reply.due, "wanted": plain(reply.documents)}
    return Told(title, "\n".join((*lines, *reply.reasons)), Kind.DOCUMENTS_ASKED, level="warning", facts=facts)


def documents_judged(reply: r.DocumentReplyReceipt) -> Told:
    """Tell whether the documents that were sent are enough."""
    enough = reply.outcome == ACCEPTED
    title = Message(N_("The documents are enough") if enough else N_("The documents are not enough"))
    lacking = [f"{_('lacking')} {code}" for code in reply.lacking]
    facts = {"request": reply.request, "enough": enough, "reference": reply.reference}
    return Told(
        title,
        "\n".join((*lacking, *reply.reasons)),
        Kind.DOCUMENTS_JUDGED,
        level="good" if enough else "error",
        facts=facts,
    )


def examination(reply: r.ExaminationNotice) -> Told:
    """Tell where and when goods are examined."""
    title = Message(N_("Examination appointed: {place}"), {"place": reply.place})
    presence = N_("Somebody of yours must be there.") if reply.required else N_("Nobody of yours need be there.")
    text = "\n".join(filter(None, (reply.begins, reply.scope, _(presence))))
    return Told(title, text, Kind.NOTICE, level="warning", facts={"begins": reply.begins})


def amendment(reply: r.AmendmentDecision) -> Told:
    """Tell whether an amendment was made."""
    accepted = reply.outcome == ACCEPTED
    words = N_("Amendment {number} accepted") if accepted else N_("Amendment refused")
    facts = {"accepted": accepted, "number": reply.number, "reference": reply.reference}
    level = "good" if accepted else "error"
    return Told(Message(words, {"number": reply.number}), "\n".join(reply.reasons), Kind.AMENDMENT, "", level, facts)


def withdrawal(reply: r.WithdrawalDecision) -> Told:
    """Tell that a withdrawal was refused; one that is granted comes as a mark."""
    refused = reply.outcome != ACCEPTED
    title = Message(N_("Withdrawal refused") if refused else N_("Withdrawal accepted"))
    kind = Kind.WITHDRAWAL_REFUSED if refused else Kind.OTHER
    return Told(title, "\n".join(reply.reasons), kind, level="error" if refused else "info")
