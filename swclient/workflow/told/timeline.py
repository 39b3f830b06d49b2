# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to a declaration so far, told for people: our own steps and the authorities' answers in one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.workflow.acts.amending import changes, told
from swclient.workflow.life.answers import understood
from swclient.workflow.life.letters import STRANGER
from swclient.workflow.life.own_side import AMENDS, signed_of
from swclient.workflow.life.settling import letters_of
from swclient.workflow.signature.signing_off import RECORD
from swclient.workflow.states import STANDINGS, State, grave

if TYPE_CHECKING:
    from swclient.document.snapshot import Snapshot
    from swclient.store import Store
    from swclient.store.mail import KeptAnswer
    from swclient.store.values import Event
    from swclient.workflow.told.past import Turn

_NOT_BEGUN = N_("It stands in a conversation that was not begun here.")
_UNKNOWN = N_("An answer that this program does not know; kept as it came")
_KINDS = {
    "state": N_("State"),
    "created": N_("Draft made"),
    "answer": N_("Answer received"),
    "permit": N_("Application for a permit queued"),
    "attempt": N_("Attempt to send"),
    "refused": N_("Refused at the door: nothing was registered"),
    STRANGER: N_("A letter came that belongs to something else; it stands among the letters of strangers"),
    "sealed": N_("Sealed into a package"),
    "bin": N_("Put into the bin"),
    "back": N_("Taken back from the bin"),
    "attached": N_("File attached"),
    "attached_removed": N_("Attached file removed"),
    "attached_restored": N_("Attached file brought back"),
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
    """Return everything that happened to a declaration and its amendments, the oldest first."""
    answers = _answers(store, declaration_id)
    shown = {answer.id for answer in answers}  # what an answer moved is told with the answer
    own = (event for event in store.events(declaration_id) if event.detail.get("answer") not in shown)
    found = [_of_event(event) for event in own]
    found += [_of_answer(answer) for answer in answers]
    found += _of_amendments(store, declaration_id)
    found += of_people(store, declaration_id)
    return tuple(sorted(found, key=lambda each: each.at))


def differing(store: Store, declaration_id: str, snapshot: Snapshot) -> Happening:
    """Return what an amending draft, as it stands on a desk, changes in the declaration in force, box by box."""
    found = changes(store, declaration_id, snapshot)
    title = Message(N_("{n} values differ from the declaration in force"), {"n": len(found)}).text()
    return Happening(store.row(declaration_id).changed_at, "amendment", title, "\n".join(told(each) for each in found))


def strangers(store: Store) -> tuple[Happening, ...]:
    """Return the letters that belong to no declaration, the oldest first, each with the reason where one is known."""
    return tuple(_of_answer(kept) for kept in store.answers.strangers())


def _answers(store: Store, declaration_id: str) -> tuple[KeptAnswer, ...]:
    """Return the answers about a declaration; of an amendment, those that answer its container."""
    if store.row(declaration_id).relation != AMENDS:
        return store.answers.of_declaration(declaration_id)
    container = signed_of(store, declaration_id).container
    return tuple(
        read.kept for read in letters_of(store, declaration_id) if container and read.letter.about == container
    )


def of_people(store: Store, declaration_id: str) -> Iterator[Happening]:
    """Sign-offs and acknowledged warnings stand in the log of changes, and are told from there."""
    for record in store.history(declaration_id):
        if RECORD in record.body and not record.whole:
            yield Happening(record.at, RECORD, _("Signed off"), record.actor, None, "good")
        for change in () if record.whole else record.body.get("changes") or ():
            noted = change.get("after") if change.get("do") == "acknowledge" else None
            if noted and "who" in noted:
                title = Message(N_("Warning {code} acknowledged"), {"code": noted["code"]}).text()
                yield Happening(record.at, "acknowledged", title, f"{noted['who']}: {noted['why']}")


def of_turns(turns: Iterable[Turn]) -> tuple[Happening, ...]:
    """Return who changed what, one entry a step, the changes of a step in its detail."""
    return tuple(Happening(turn.at, turn.kind, turn.title(), "\n".join((turn.who, *_edits_of(turn)))) for turn in turns)


def _edits_of(turn: Turn) -> tuple[str, ...]:
    return tuple(edit.text() for edit in turn.edits) if len(turn.edits) > 1 else ()


def _of_amendments(store: Store, declaration_id: str) -> Iterator[Happening]:
    for child in store.children(declaration_id, AMENDS):
        for event in store.events(child):
            if event.kind == "signed":
                yield Happening(event.at, "amendment", _("Amendment signed"), _changes(event), None, "info")


def _changes(event: Event) -> str:
    return "\n".join((str(event.detail.get("text", "")), *event.detail.get("changes", ())))


def _of_event(event: Event) -> Happening:
    detail = _changes(event) if "changes" in event.detail else str(event.detail.get("text", ""))
    if event.after:
        title = _(STANDINGS[State(event.after)].name)
        return Happening(event.at, event.kind, title, detail, None, grave(event.after))
    return Happening(
        event.at,
        event.kind,
        _(_KINDS.get(event.kind, event.kind)),
        detail,
        None,
        str(event.detail.get("level", "info")),
    )


def _of_answer(kept: KeptAnswer) -> Happening:
    told = understood(kept.answer.raw, kept.answer.channel)  # anew: what is kept is in the language of its day
    parsed = {**(kept.parsed or {}), **told.as_data()}
    why = str(parsed.get(STRANGER, "")) if kept.answer.declaration_id is None else ""
    if kept.answer.declaration_id is None and not why:
        why = _(_NOT_BEGUN)
    return Happening(
        kept.received_at,
        "answer",
        str(parsed.get("title") or _(_UNKNOWN)),
        "\n".join(filter(None, (why, str(parsed.get("text", ""))))),
        kept.answer.raw,
        "warning" if why else str(parsed.get("level", "info")),
    )
