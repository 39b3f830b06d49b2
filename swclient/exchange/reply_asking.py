# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the answers about what was asked: documents, amendments, withdrawals. Ours; no public document exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.exchange import replies as r
from swclient.exchange.reply_parts import made, texts
from swclient.exchange.xmlread import everywhere, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def document_request(root: Element, head: r.Head) -> r.DocumentRequest:
    """Read what the office wants to see, and by when."""
    wanted = tuple(
        r.WantedDocument(
            value(each, "Code"),
            value(each, "Description"),
            made(each, "Item", lambda text: int(text) if text else None),
        )
        for each in root.findall(everywhere("Document"))
    )
    return r.DocumentRequest(head, value(root, "RequestID"), value(root, "Due"), wanted, texts(root, "Reason"))


def document_receipt(root: Element, head: r.Head) -> r.DocumentReplyReceipt:
    """Read whether what was sent is enough."""
    return r.DocumentReplyReceipt(
        head,
        value(root, "RequestID"),
        value(root, "Outcome"),
        value(root, "Reference"),
        texts(root, "Lacking/Code"),
        texts(root, "Reason"),
    )


def examination_notice(root: Element, head: r.Head) -> r.ExaminationNotice:
    """Read where and when goods are examined."""
    return r.ExaminationNotice(
        head, value(root, "Place"), value(root, "Begins"), value(root, "Scope"), value(root, "Presence") == "required"
    )


def amendment(root: Element, head: r.Head) -> r.AmendmentDecision:
    """Read the decision on an amendment."""
    return r.AmendmentDecision(
        head, value(root, "AmendmentNumber"), value(root, "Outcome"), value(root, "Reference"), texts(root, "Reason")
    )


def withdrawal(root: Element, head: r.Head) -> r.WithdrawalDecision:
    """Read the decision on a withdrawal."""
    return r.WithdrawalDecision(head, value(root, "Outcome"), texts(root, "Reason"))


def _item(text: str) -> int | None:
    return int(text) if text else None
