# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reference pack would do to a draft or a template: new findings, changed charges, fields that are no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body, to_body
from swclient.document.path import SINGLE
from swclient.engine.finding import Level
from swclient.workflow.addresses import name_of
from swclient.workflow.drafts import drafting
from swclient.workflow.drafts.template_draft import draft_of

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.engine.session import Session
    from swclient.store.values import Stored, Template

_FINDING = N_("{code} at {where}: {message}")
_GONE = N_("It can no longer be read: {reason}")
_LEFT_OUT = N_("The field {field} is not known any more; its value would be left out.")
_CHARGE = N_("Charge {kind}: {before} becomes {after} {currency}")
_NONE = "—"
_TOTAL = N_("To pay in all: {before} becomes {after} {currency}")


@dataclass(frozen=True, slots=True)
class Breakage:
    """A draft or a template that a pack would judge anew.

    Attributes:
        declaration: its id.
        title: what it is called in the worklist; the name of a template.
        lines: what would be different, and why; none when nothing is.
    """

    declaration: str
    title: str
    lines: tuple[Message, ...]


def breakage(
    stored: Stored, under: Callable[[str, date], Profile], today: Callable[[], date] = date.today
) -> Breakage | None:
    """Return what would become of a draft; None when the pack would not judge it.

    Args:
        stored: the draft.
        under: the profile of a code on a day with the pack in force.
        today: the date of a draft without one.
    """
    steps = [change.body for change in stored.changes if not change.whole]
    now = drafting.restored(stored.body, steps, today)
    day = now.live.singles["header"].values.get("date")
    profile = under(stored.row.profile, day if isinstance(day, date) else today())
    if profile is now.profile:
        return None
    try:
        then = drafting.session_of(from_body(to_body(now.declaration), profile), today)
    except UserError as error:
        return Breakage(stored.row.id, stored.row.title, (Message(_GONE, {"reason": error.message}),))
    return Breakage(stored.row.id, stored.row.title, (*changed_charges(now, then), *new_findings(now, then)))


def template_breakage(template: Template, under: Callable[[str, date], Profile], day: date) -> Breakage | None:
    """Return what would become of the drafts made of a template on a day; None when the pack would not judge them.

    Args:
        template: the template.
        under: the profile of a code on a day with the pack in force.
        day: a template has no date of its own, so it is judged as a draft made on this day.
    """
    row = template.row
    before, after = load_profile(row.profile, day=day), under(row.profile, day)
    if after is before:
        return None
    now, then = (draft_of(template.body, profile, day) for profile in (before, after))
    lost = [Message(_LEFT_OUT, {"field": field}) for field in then.left_out if field not in now.left_out]
    changed = (*changed_charges(now.session, then.session), *new_findings(now.session, then.session))
    return Breakage(row.id, row.name, (*lost, *changed))


def new_findings(now: Session, then: Session) -> tuple[Message, ...]:
    """Return the errors and warnings that the second session has and the first has not, the errors first."""
    known = {_told(now, finding) for finding in now.findings()}
    serious = [finding for finding in then.findings() if finding.level is not Level.ADVICE]
    found = [finding for finding in serious if _told(then, finding) not in known]
    return tuple(
        Message(_FINDING, {"code": each.code, "where": name_of(then, each.paths[0]), "message": each.message})
        for each in found
    )


def _told(session: Session, finding: Any) -> tuple[str, ...]:
    return (finding.code, finding.level.value, *(name_of(session, path) for path in finding.paths))


def changed_charges(now: Session, then: Session) -> tuple[Message, ...]:
    """Return the kinds of charge whose amount differs, and the total to pay if it does."""
    before, after = _charges(now), _charges(then)
    money = {"currency": str(then.live.singles["header"].values.get("value_currency") or "")}
    lines = [
        Message(_CHARGE, {"kind": kind, "before": before.get(kind, _NONE), "after": after.get(kind, _NONE), **money})
        for kind in sorted(before.keys() | after.keys())
        if before.get(kind) != after.get(kind)
    ]
    old, new = _total(now), _total(then)
    if old != new:
        lines.append(Message(_TOTAL, {"before": old or _NONE, "after": new or _NONE, **money}))
    return tuple(lines)


def _charges(session: Session) -> dict[str, Any]:
    return {line.kind: line.amount for line in session.snapshot().one("header").charge_totals()}


def _total(session: Session) -> Any:
    return session.live.rows["header"][SINGLE].values.get("charges_total")
