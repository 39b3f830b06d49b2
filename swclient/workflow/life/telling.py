# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer says, in words and as facts: the shape that every teller of answers returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from swclient.base.messages import Message
from swclient.exchange import replies as r
from swclient.workflow.life.fold import Kind


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says.

    Attributes:
        title: in a few words.
        text: the rest, one thing a line.
        kind: what it is for the life of the declaration.
        number: registration number it names, empty when none.
        level: `info`, `good`, `warning` or `error`.
        facts: what later steps need of it, JSON-able.
        identity: the same for the same answer come twice; empty where it names itself not.
        about: identifier of what it answers, empty where it does not say.
        documents: identifiers of the declarations in it that it speaks of.
        issued: when it was made, UTC text; empty where it does not say.
    """

    title: Message
    text: str = ""
    kind: Kind = Kind.OTHER
    number: str = ""
    level: str = "info"
    facts: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""
    about: str = ""
    documents: tuple[str, ...] = ()
    issued: str = ""

    def headed(self, head: r.Head) -> Told:
        """Return it with what the head of its message says."""
        identity = f"{head.root} {head.document_id}" if head.document_id else ""
        return replace(self, identity=identity, about=head.ref_document_id, issued=moment(head.issued_at))

    def as_data(self) -> dict[str, Any]:
        """Return it as the store keeps it."""
        return {
            "title": self.title.text(),
            "text": self.text,
            "level": self.level,
            "number": self.number,
            "kind": str(self.kind),
            **self.facts,
        }


def moment(text: str) -> str:
    """Return a moment as UTC text, so that text order is time order; empty where it cannot be read."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return found.astimezone(UTC).isoformat(timespec="microseconds") if found.tzinfo else ""


def plain(value: Any) -> Any:
    """Return a frozen value as JSON-able data."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(each) for key, each in asdict(value).items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def sums(lines: tuple[r.ChargeLine, ...], part: str) -> list[dict[str, str]]:
    """Return a part of charges (`required` or `lacking`) by kind, those above zero."""
    found = ((line, getattr(line, part)) for line in lines)
    return [
        {"kind": line.kind, "amount": f"{amount:f}", "currency": line.currency} for line, amount in found if amount > 0
    ]
