# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a template when a draft is made of it: what belonged to one shipment goes, the date is today's.

Which values these are is data: the mark `once` of the catalogue's rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.journal import whole_from_data
from swclient.document.path import SINGLE, Path
from swclient.engine.plan import value_function
from swclient.workflow.drafts import drafting

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.engine.session import Session

STEP = N_("New from template")


@dataclass(frozen=True, slots=True)
class Made:
    """A draft made of a template.

    Attributes:
        left_out: ids of fields that the template fills and the law of the day does not know.
    """

    session: Session
    left_out: tuple[str, ...]


def draft_of(body: Mapping[str, Any], profile: Profile, day: date) -> Made:
    """Return a draft of a day made of a template's body.

    Args:
        body: as the store keeps it, with row numbers.
        profile: the law of the day.
        day: the date of the new draft.
    """
    session = drafting.session_of(whole_from_data(body, profile), lambda: day)
    with session.step(Message(STEP)):
        _clear(session, list(_of_one_shipment(session)))
        for field_id in drafting.DATED:
            table, _dot, name = field_id.partition(".")
            session.type_in(Path(table, SINGLE, name), day.isoformat())
    session.settle()
    return Made(session, _unknown(body, profile))


def _of_one_shipment(session: Session) -> Iterator[Path]:
    """Yield the typed values that belong to one shipment; asked of all before the first one goes."""
    for field in session.profile.fields.values():
        if field.once == "never":
            continue
        asked = _asked(session, field)
        for row in session.live.rows[field.table].values():
            if field.name in row.typed and asked(row, session.live):
                yield Path(field.table, row.id, field.name)


def _asked(session: Session, field: Field) -> Callable[[Any, Any], Any]:
    if field.once == "always":
        return lambda _row, _live: True
    return value_function(session.live.plan, field.table, f"1 if {field.once} else 0")


def _clear(session: Session, paths: list[Path]) -> None:
    """Take the values away, and with them the rows that have nothing left and nothing under them."""
    for path in paths:
        session.clear(path)
    touched = dict.fromkeys((path.table, path.row) for path in paths)
    for table, row in touched:
        spec = session.profile.tables[table]
        bare = not session.declaration.tables[table][row].values
        if spec.many and bare and not session.live.under(session.live.rows[table][row]):
            session.remove_row(table, row)


def _unknown(body: Mapping[str, Any], profile: Profile) -> tuple[str, ...]:
    """Return the ids of filled fields that a profile does not know."""
    filled = (f"{table}.{name}" for table, rows in body["tables"].items() for _n, _p, texts in rows for name in texts)
    return tuple(field_id for field_id in dict.fromkeys(filled) if field_id not in profile.fields)
