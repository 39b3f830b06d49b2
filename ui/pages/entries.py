# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a declaration and a template read as two lines of the worklist."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from swclient.base import i18n
from swclient.base.decimals import read_decimal
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from ..words import ago, clock

if TYPE_CHECKING:
    from swclient.workflow.views import Row, TemplateRow


class Entry(NamedTuple):
    """Two lines: what it is called and its amount or country; facts and when.

    Attributes:
        faded: no longer in use; drawn in muted ink.
        late: what it waits for is overdue; drawn in the ink of errors, behind a sign.
        note: why something could not be done to it; drawn before the facts, behind a sign.
    """

    title: str
    amount: str
    facts: str
    when: str
    faded: bool = False
    late: bool = False
    note: str = ""


def title_of(row: Row) -> str:
    """Return what a declaration is called in lists."""
    return row.title or _("Untitled declaration")


def of_declaration(row: Row, state: str) -> Entry:
    """Return the lines of a declaration that stands at `state`, a word."""
    amount = read_decimal(row.total) if row.total else None
    late = late_words(row)
    kind = {"amends": _("Amendment"), "sample": _("Sample")}.get(row.relation, "")
    facts = " · ".join(part for part in (late, kind, state, row.number or "", row.consignee) if part)
    shown = i18n.show(amount) if amount is not None else ""
    return Entry(title_of(row), shown, facts, _when(row.changed_at), late=bool(late))


def of_binned(row: Row, state: str, leaves: date | None) -> Entry:
    """Return the lines of a declaration in the bin, which is deleted on a day by itself; None for never."""
    entry = of_declaration(row, state)
    when = _when(row.removed_at) if row.removed_at is not None else entry.when
    return entry._replace(facts=f"{_binned(leaves)} · {entry.facts}", when=when, faded=True, late=False)


def _binned(leaves: date | None) -> str:
    if leaves is None:
        return _("In the bin until it is deleted")
    return Message(N_("Deleted for ever on {day}"), {"day": i18n.show(leaves)}).text()


def spoken_binned(row: Row, state: str, leaves: date | None) -> str:
    """Return what a screen reader says of a declaration in the bin."""
    return f"{_binned(leaves)}, {spoken_declaration(row, state)}"


def late_words(row: Row) -> str:
    """Return since when what a declaration waits for is overdue, empty where it is not."""
    if row.due_at is None or row.due_at >= datetime.now(UTC):
        return ""
    told = {"time": clock(row.due_at), "ago": ago(row.due_at)}
    return Message(N_("overdue since {time}, {ago}"), told).text()


def of_template(row: TemplateRow) -> Entry:
    """Return the lines of a template."""
    if row.removed_at is not None:
        return Entry(row.name, row.profile, _("Removed; can be brought back"), _when(row.removed_at), faded=True)
    facts = Message(N_("Template · saved under {version}"), {"version": f"{row.profile} {row.profile_version}"}).text()
    return Entry(row.name, row.profile, facts, _when(row.changed_at))


def spoken_declaration(row: Row, state: str) -> str:
    """Return what a screen reader says of a declaration."""
    parts = (title_of(row), late_words(row), state, row.number or "", row.consignee, clock(row.changed_at))
    return ", ".join(part for part in parts if part)


def spoken_template(row: TemplateRow) -> str:
    """Return what a screen reader says of a template."""
    entry = of_template(row)
    return ", ".join((entry.title, entry.amount, entry.facts, entry.when))


def _when(moment: datetime) -> str:
    return f"{clock(moment)}, {ago(moment)}"
