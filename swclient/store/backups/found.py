# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read of one declaration of a damaged store, and what that makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from swclient.base.i18n import N_
from swclient.base.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE = "whole"
HISTORY = "history incomplete"
BEHIND = "behind"
LOST = "lost"
_TEXTS = {
    WHOLE: N_("{title}: whole."),
    HISTORY: N_("{title}: whole, but {n} records of its history cannot be read: {records}."),
    BEHIND: N_(
        "{title}: as it was before record {cut}, which cannot be read or belongs to nobody known; {n} later changes of "
        "it are not in the new store."
    ),
    LOST: N_("{title}: lost; neither a whole copy of it nor its first record can be read. Put it back from a backup."),
}
_SHOWN = 5
_LOST_FILE = N_("The attached file “{name}” of {title} could not be saved; attach it again from the original.")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a declaration.

    Attributes:
        condition: `whole`, `history incomplete`, `behind` or `lost`.
    """

    id: str
    title: str
    state: str
    condition: str
    message: Message


@dataclass(frozen=True, slots=True)
class LostFile:
    """An attached file that could not be saved: its bytes or what is known of it rotted, or its declaration is lost."""

    declaration_id: str
    name: str
    message: Message


@dataclass(slots=True)
class Found:
    """What was read of one declaration.

    Attributes:
        row: its line of the worklist.
        snapshot: its last whole body, as a row.
        records: number and text of each of its sound records, in order.
        wholes: numbers of those that are a whole body.
        lost: numbers of lost records that were, or may have been, its own.
        state: after its last event; empty for none.
    """

    row: dict[str, Any] | None = None
    snapshot: dict[str, Any] | None = None
    records: list[tuple[int, str]] = field(default_factory=list)
    wholes: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    state: str = ""

    @property
    def base(self) -> int:
        """The record up to which a whole body is at hand; -1 where there is none."""
        kept = self.snapshot["change_sequence"] if self.snapshot else -1
        return max([kept, *self.wholes[-1:]])

    @property
    def cut(self) -> int | None:
        """The first lost record that its body would have needed."""
        return next((number for number in self.lost if number > self.base), None)


def row_made_anew(key: str, found: Found) -> dict[str, Any]:
    """Return the line of the worklist for a declaration whose own cannot be read."""
    body = json.loads(found.snapshot["body"] if found.snapshot else dict(found.records)[found.wholes[-1]])
    body = body if found.snapshot else body["body"]
    at = (
        json.loads(found.records[0][1])["at"] if found.records else found.snapshot["saved_at"] if found.snapshot else ""
    )
    profile = {name: str(body.get(name, "")) for name in ("profile", "profile_version")}
    words = {"id": key, "kind": "", "title": key, "search": key, "state": found.state or "draft"}
    return {**words, **profile, "created_at": at, "changed_at": at}


def told(key: str, found: Found) -> Saved:
    """Return what became of a declaration."""
    title = str((found.row or {}).get("title") or key)
    state = str((found.row or {}).get("state") or found.state or "draft")
    words: dict[str, object] = {"title": title}
    condition = WHOLE
    if found.base < 0:
        condition = LOST
    elif found.cut is not None:
        condition = BEHIND
        words |= {"cut": found.cut, "n": sum(number > found.cut for number, _text in found.records)}
    elif found.lost:
        condition = HISTORY
        shown = ", ".join(map(str, found.lost[:_SHOWN])) + (" …" if len(found.lost) > _SHOWN else "")
        words |= {"n": len(found.lost), "records": shown}
    return Saved(key, title, state, condition, Message(_TEXTS[condition], words))


def lost_file(row: dict[str, Any], found: Mapping[str, Found]) -> LostFile:
    """Return an attached file that could not be saved, as its row of the table `attachment` calls it."""
    key, name = str(row.get("declaration_id")), str(row.get("name"))
    owner = found.get(key)
    title = str((owner.row or {}).get("title") or key) if owner is not None else key
    return LostFile(key, name, Message(_LOST_FILE, {"name": name, "title": title}))
