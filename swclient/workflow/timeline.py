# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to a declaration so far, told for people: our own steps and the authorities' answers in one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.workflow.states import STANDINGS, State

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.mail import KeptAnswer
    from swclient.store.values import Event

_KINDS = {
    "state": N_("State"),
    "created": N_("Draft made"),
    "answer": N_("Answer received"),
    "permit": N_("Application for a permit queued"),
    "attempt": N_("Attempt to send"),
    "unknown_answer": N_("An answer that this program does not know; kept as it came"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline; `raw` holds the answer as it came, None for our own steps."""

    at: datetime
    kind: str
    title: str
    detail: str
    raw: bytes | None = None
    level: str = "info"


def timeline(store: Store, declaration_id: str) -> tuple[Happening, ...]:
    """Return everything that happened to a declaration, the oldest first."""
    found = [_of_event(event) for event in store.events(declaration_id)]
    found += [_of_answer(answer) for answer in store.answers.of_declaration(declaration_id)]
    return tuple(sorted(found, key=lambda each: each.at))


def _of_event(event: Event) -> Happening:
    detail = str(event.detail.get("text", ""))
    if event.after:
        title = _(STANDINGS[State(event.after)].name)
        level = (
            "error"
            if event.after in {State.REJECTED, State.REFUSED}
            else "good"
            if event.after == State.RELEASED
            else "info"
        )
        return Happening(event.at, event.kind, title, detail, None, level)
    return Happening(
        event.at,
        event.kind,
        _(_KINDS.get(event.kind, event.kind)),
        detail,
        None,
        str(event.detail.get("level", "info")),
    )


def _of_answer(kept: KeptAnswer) -> Happening:
    parsed = kept.parsed or {}
    title = str(parsed.get("title") or _(_KINDS["unknown_answer"]))
    return Happening(
        kept.received_at,
        "answer",
        title,
        str(parsed.get("text", "")),
        kept.answer.raw,
        str(parsed.get("level", "info")),
    )
