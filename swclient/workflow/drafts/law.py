# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which version of the law judges an open declaration, and what happens when its date is typed anew.

Where the other version has the same fields (rates, tariff, lists, rules differ), the session is judged by it at once
and undo stays. Where it has other fields, the declaration must be opened anew; until then it is not submitted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from swclient.base.errors import SwError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.document.change import SetValue
from swclient.workflow.drafts import drafting

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.document.history import Step
    from swclient.engine.session import Session

DATE = "header.date"
_JUDGED = N_("By its date the declaration is now judged by {code} {version}.")
_ANEW = N_(
    "By its date the declaration is to be judged by {code} {version}, which has other boxes. "
    "It is opened anew when you leave the box of the date; undo then begins anew."
)
_KEPT = N_("By its date the declaration would be judged by another version, but that one cannot be used: {reason}")
BARRED = N_("The declaration must be opened anew first: the law of its date has other boxes.")


@dataclass(frozen=True, slots=True)
class LawChange:
    """What a new date brought.

    Attributes:
        words: for the user.
        anew: whether the declaration must be opened anew, because the other law has other fields.
        trouble: whether the other law could not be used; the former one goes on judging.
    """

    words: Message
    anew: bool = False
    trouble: bool = False


def dates_anew(step: Step) -> bool:
    """Tell whether a step of the user gave the declaration another date."""
    return any(isinstance(change, SetValue) and change.path.field_id == DATE for change in step.changes)


def follow_date(session: Session, today: Callable[[], date]) -> LawChange | None:
    """Judge a session by the law of its date if that can be done in place; None when nothing changed."""
    day = session.live.singles["header"].values.get("date")
    try:
        law = load_profile(session.profile.code, day=day if isinstance(day, date) else today())
        if law is session.profile:
            return None
        told = {"code": law.code, "version": law.version}
        if not same_fields(session.profile, law):
            return LawChange(Message(_ANEW, told), anew=True)
        session.judge_by(law, drafting.reference_of(law))
    except SwError as error:
        return LawChange(Message(_KEPT, {"reason": str(error)}), trouble=True)
    return LawChange(Message(_JUDGED, told))


def same_fields(one: Profile, other: Profile) -> bool:
    """Tell whether two versions of the law have the same fields in the same boxes."""
    return list(map(_shape, one.fields.values())) == list(map(_shape, other.fields.values()))


def _shape(field: Field) -> tuple[object, ...]:
    return (field.id, field.kind.name, field.kind.argument, field.box, field.group, field.list, field.shown)
