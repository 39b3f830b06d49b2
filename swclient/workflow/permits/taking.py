# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A granted permit goes into box 44 of the draft, at its goods, as one step of undo. What stands there stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from swclient.base.decimals import ZERO, plain
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.path import Path
from swclient.workflow.permits.fold import Standing
from swclient.workflow.permits.needs import rows_of

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.workflow.permits.fold import Permit

_TABLE = "document"
_NOT_GRANTED = N_("There is no granted permit to be taken into box 44.")
_GONE = N_("The goods for which permit {number} was granted are no longer in the declaration.")
_STEP = N_("Take permit {number} into box 44")
_KEPT = N_("{field} was not replaced: there stands {there}, the permit says {says}.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking did: rows of documents that say the permit now, and what was left as it stood."""

    rows: tuple[int, ...]
    kept: tuple[Message, ...]


def take(session: Session, permit: Permit | None) -> Taken:
    """Put a granted permit under each of its goods, as one step.

    A row of that kind without a number is filled in; a row with another number stays, and one is added beside it.

    Raises:
        UserError: it is not granted, its goods are gone, or the declaration is no draft.
    """
    if permit is None or permit.standing is not Standing.GRANTED:
        raise UserError(_NOT_GRANTED)
    items = rows_of(session, permit)
    if not items:
        raise UserError(_GONE, number=permit.number)
    rows: list[int] = []
    kept: list[Message] = []
    texts = _texts(session, permit)
    with session.step(Message(_STEP, {"number": permit.number})):
        for row in _places(session, permit, items):
            kept += _fill(session, row, texts)
            rows.append(row)
    return Taken(tuple(rows), tuple(kept))


def _places(session: Session, permit: Permit, items: tuple[int, ...]) -> list[int]:
    """Return the rows to be filled: one that waits for all goods, else one under each item, added where none waits."""
    loose = _waiting(session, permit, None)
    if loose is not None:
        return [loose]
    found = []
    for item in items:
        waiting = _waiting(session, permit, item)
        found.append(session.add_row(_TABLE, item) if waiting is None else waiting)
    return found


def _waiting(session: Session, permit: Permit, item: int | None) -> int | None:
    """Return a row of that kind that has this number or none yet."""
    rows = [row for row in session.declaration.tables[_TABLE].values() if row.parent == item]
    same = [row for row in rows if str(row.values.get("kind") or "") == permit.granted]
    for wanted in (permit.number, ""):
        fitting = (row.id for row in same if str(row.values.get("number") or "") == wanted)
        if (row := next(fitting, None)) is not None:
            return row
    return None


def _texts(session: Session, permit: Permit) -> dict[str, str]:
    """Return what the permit says, by field; of fields that the country's form has."""
    days = {"date": permit.issued, "valid_until": permit.valid_until}
    texts = {"kind": permit.granted, "number": permit.number}
    texts |= {name: day.isoformat() for name, day in days.items() if day is not None}
    texts |= {"country": str(session.profile.facts.get("country", "")), **_quantity(permit)}
    fields = session.profile.table_fields(_TABLE)
    return {name: text for name, text in texts.items() if text and name in fields and fields[name].shown}


def _quantity(permit: Permit) -> Mapping[str, str]:
    """Return what the permit allows in all: it is used by its goods together, so every row says the whole."""
    units = {each.unit for each in permit.allowed if each.quantity}
    if len(units) != 1:
        return {}
    whole = sum((Decimal(each.quantity) for each in permit.allowed if each.quantity), ZERO)
    return {"quantity": plain(whole), "quantity_unit": units.pop()}


def _fill(session: Session, row: int, texts: Mapping[str, str]) -> list[Message]:
    """Fill in what is blank; return what was not replaced."""
    kept = []
    fields = session.profile.table_fields(_TABLE)
    for name, text in texts.items():
        path = Path(_TABLE, row, name)
        there = session.declaration.value(path)
        if there is None:
            session.type_in(path, text)
        elif there != fields[name].kind.load(text):
            told = {"field": Message(fields[name].label), "there": str(there), "says": text}
            kept.append(Message(_KEPT, told))
    return kept
