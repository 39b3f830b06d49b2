# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands beside a corrected declaration: which registered one it amends, why, and every changed box, old and new.

Ours, as docs/handbook/training.md has it: no public document exists for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.exchange.xmltext import escape, escape_attribute

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "urn:swclient:training:1"


@dataclass(frozen=True, slots=True)
class ChangedBox:
    """One value that differs; `item` is None outside goods, `old` or `new` empty where there was or is none."""

    box: str
    item: int | None
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AmendmentHead:
    """Which declaration is amended, and why."""

    document_id: str
    conversation: str
    number: str
    reason: str


def amendment_document(head: AmendmentHead, changes: Iterable[ChangedBox]) -> bytes:
    """Return the document, without an XML declaration, to stand behind the declaration in its container.

    Raises:
        ForbiddenCharacterError: a text holds a character that XML has no way to write.
    """
    told = (
        ("DocumentID", head.document_id),
        ("Conversation", head.conversation),
        ("RegistrationNumber", head.number),
        ("Reason", head.reason),
    )
    parts = [_element(name, text) for name, text in told]
    parts += [_change(each) for each in changes]
    whole = f'<t:Amendment xmlns:t="{escape_attribute(NAMESPACE)}" Training="true">{"".join(parts)}</t:Amendment>'
    return whole.encode("utf-8")


def _change(change: ChangedBox) -> str:
    item = _element("Item", str(change.item)) if change.item is not None else ""
    told = (("Field", change.field), ("Old", change.old), ("New", change.new))
    inside = _element("Box", change.box) + item + "".join(_element(name, text) for name, text in told)
    return f"<t:Change>{inside}</t:Change>"


def _element(name: str, text: str) -> str:
    return f"<t:{name}>{escape(text)}</t:{name}>"
