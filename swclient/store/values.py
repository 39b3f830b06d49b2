# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the store and comes out of it: plain frozen values.

A document body and a change are dicts of JSON-able values (amounts as text); the store does not
look inside. Times are aware datetimes; they are kept in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swclient.store.mail import OutboxEntry

Json = Mapping[str, Any]


def now() -> datetime:
    """Return the present moment in UTC, the clock of a store that is given no other."""
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """Return a moment as UTC text of fixed width, so that text order is time order."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def to_moment(text: str) -> datetime:
    """Return the moment that `to_text` wrote."""
    return datetime.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Summary:
    """The columns of the worklist that are taken out of a body; written together with it.

    Attributes:
        title: what the user calls it.
        consignee: name of the receiver of the goods.
        total: the amount to pay with its currency, as text.
    """

    title: str = ""
    consignee: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class NewDeclaration:
    """A declaration to be put into the store for the first time."""

    id: str
    kind: str
    profile: str
    profile_version: str
    body: Json
    body_version: int = 1
    state: str = "draft"
    number: str | None = None
    summary: Summary = Summary()
    parent_id: str | None = None
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole body, to be kept so that opening need not replay every change.

    Attributes:
        sequence: the last change that the body has in it; None = every change appended before this
            call.
    """

    declaration_id: str
    body: Json
    summary: Summary = Summary()
    body_version: int = 1
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the worklist.

    Attributes:
        relation: how it stands to its parent: `copy`, `corrects` or `amends`; or `sample`; empty without a parent.
        due_at: when what is expected next is overdue; None = nothing is expected, or nobody says by when.
        removed_at: when it was put into the bin; None = it lies in no bin.
    """

    id: str
    number: str | None
    state: str
    kind: str
    profile: str
    profile_version: str
    title: str
    consignee: str
    total: str
    created_at: datetime
    changed_at: datetime
    parent_id: str | None
    relation: str = ""
    due_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the worklist, newest change first.

    Attributes:
        states: only these; empty = all.
        text: every word of it must be found in what people remember of a declaration (`store.search`).
        limit: at most so many.
        after: the last line of the page before.
        removed: those in the bin instead of all others.
        profile: only of this country's profile; empty = all.
        party: every word of it must be found in the names of declarant, consignee or consignor.
        reference: every word of it must be found in the declaration's own reference.
        since, before: changed at or after the one, and before the other; None = no bound.
        checked: True = only those that were checked without an error and not changed since; False = only the others.
    """

    states: tuple[str, ...] = ()
    text: str = ""
    limit: int = 200
    after: Row | None = None
    removed: bool = False
    profile: str = ""
    party: str = ""
    reference: str = ""
    since: datetime | None = None
    before: datetime | None = None
    checked: bool | None = None

    @property
    def by_words(self) -> bool:
        """Whether the index of words answers it."""
        return bool((self.text + self.party + self.reference + self.profile).strip())


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One acknowledged change of the log.

    Attributes:
        whole: the body is a whole document, not a change of one (the first record, or one after a
            failed write).
    """

    sequence: int
    declaration_id: str
    at: datetime
    actor: str
    label: str
    body: Json
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A declaration as it lies in the store: the last snapshot and the changes that came after it.

    Attributes:
        sequence: the last change that `body` has in it.
        recovered: the snapshot was damaged; body and changes were taken from the log instead.
    """

    row: Row
    body: Json
    body_version: int
    sequence: int
    changes: tuple[LoggedChange, ...]
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file made from a declaration: a form, a message, a signature."""

    declaration_id: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptArtefact:
    """An artefact as it lies in the store, with the digest that was taken when it was put there."""

    id: int
    artefact: Artefact
    sha256: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state and everything that must be kept with it in one transaction, or not at all.

    Attributes:
        before: the state it must be in now; else the move is refused.
        kind: what moved it, for the timeline.
        number: the registration number, where this move is what brought it.
        outbox: what is to be sent because of it.
        artefacts: what was made with it.
        acknowledged: outbox entry that this move settles, and the conversation it was given.
        applied: the answer that this move carries out.
        due_at: when what is expected after this move is overdue; None = not known or nothing.
    """

    declaration_id: str
    before: str
    after: str
    kind: str = "state"
    detail: Json = field(default_factory=dict)
    number: str | None = None
    outbox: tuple[OutboxEntry, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    acknowledged: tuple[int, str] | None = None
    applied: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline; `before` and `after` are None where no state changed."""

    id: int
    declaration_id: str
    at: datetime
    kind: str
    before: str | None
    after: str | None
    detail: Json


@dataclass(frozen=True, slots=True)
class Party:
    """An entry of the address book."""

    id: str
    name: str
    country: str
    tax_number: str
    body: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """A template to be kept.

    Attributes:
        id: made by the caller; the log knows the template by it.
        name: what the user calls it; stands once among the templates that are not removed.
    """

    id: str
    name: str
    profile: str
    profile_version: str
    body: Json
    body_version: int = 1


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as it is listed.

    Attributes:
        removed_at: when the user removed it; None for one in use. Removed ones are kept.
    """

    id: str
    name: str
    profile: str
    profile_version: str
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Template:
    """A template with its body.

    Attributes:
        recovered: the kept body was damaged; it was taken from the log instead.
    """

    row: TemplateRow
    body: Json
    body_version: int
    recovered: bool = False
