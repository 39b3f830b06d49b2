# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which permits a declaration needs from which agency, and how it stands with each: checklist and permits together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from swclient.base import i18n
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.agencies import decider
from swclient.document.path import SINGLE, Path
from swclient.workflow.permits.fold import Permit, Standing, current

if TYPE_CHECKING:
    from swclient.catalogue.agencies import Decider
    from swclient.engine.checklist import Line
    from swclient.engine.session import Session
    from swclient.workflow.permits.fold import Goods

STEPS = (7, 14, 30)  # days before its end at which a permit is warned of
_BEFORE_ARRIVAL = N_("It ends on {until}, before the goods are expected on {arrival}.")
_ENDS = N_("It ends on {until}, in {n} days.")


@dataclass(frozen=True, slots=True)
class Need:
    """One permit that is needed.

    Attributes:
        line: of the checklist, which asks for it.
        decider: who decides about it.
        rows: row numbers of the goods it is for.
        permit: the application that counts, None while there is none.
        standing: how it stands.
        warning: that it ends soon, or before the goods arrive; None for neither.
        step: 7, 14 or 30: at most so many days are left; 0 where it ends before the goods arrive.
    """

    line: Line
    decider: Decider
    rows: tuple[int, ...]
    permit: Permit | None = None
    standing: Standing = Standing.NOT_ASKED
    warning: Message | None = None
    step: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The items it is for, by number; none for the whole declaration."""
        return self.line.items


def needs_of(session: Session, permits: Iterable[Permit], lines: Iterable[Line] | None = None) -> tuple[Need, ...]:
    """Return the permits that a declaration needs, those of the checklist that an agency decides about.

    Args:
        session: the open declaration.
        permits: what was applied for, see `permits_of`.
        lines: its checklist, where that is at hand already.
    """
    day = session.live.today()
    held = [permit.on(day) for permit in current(permits)]
    found = []
    for line in session.checklist() if lines is None else lines:
        need = _need(session, line) if line.code and line.table == "document" else None
        if need is not None:
            found.append(_with_permit(session, need, held, day))
    return tuple(found)


def _need(session: Session, line: Line) -> Need | None:
    items = session.rows("item")
    rows = tuple(items[number - 1] for number in line.items) if line.items else tuple(items)
    codes = tuple(str(session.value(Path("item", row, "code")) or "") for row in rows)
    direction = str(session.value(Path("header", SINGLE, "direction")) or "")
    asked = session.value(Path("header", SINGLE, "date"))
    day = asked if isinstance(asked, date) else session.live.today()
    found = decider(session.profile, line.kinds, codes, (direction, day)) if rows else None
    return Need(line, found, rows) if found is not None else None


def _with_permit(session: Session, need: Need, held: list[Permit], day: date) -> Need:
    fitting = [each for each in held if _fits(session, need, each)]
    if not fitting:
        return need
    permit = next((each for each in reversed(fitting) if each.standing is Standing.GRANTED), fitting[-1])
    standing = permit.standing
    if standing is Standing.GRANTED and in_box_44(session, permit):
        standing = Standing.TAKEN
    warning, step = _warning(session, permit, day) if standing in {Standing.GRANTED, Standing.TAKEN} else (None, None)
    return Need(need.line, need.decider, need.rows, permit, standing, warning, step)


def _fits(session: Session, need: Need, permit: Permit) -> bool:
    """Tell whether a permit is one of the kinds that would do, for all the goods of a need."""
    kinds = {permit.kind, permit.granted} & set(need.line.kinds)
    return bool(kinds) and set(need.rows) <= set(rows_of(session, permit))


def rows_of(session: Session, permit: Permit) -> tuple[int, ...]:
    """Return the rows of the goods of a permit in the declaration as it is now; goods that are gone are left out."""
    items = session.rows("item")
    codes = {row: str(session.value(Path("item", row, "code")) or "") for row in items}
    found = (_row_of(each, items, codes) for each in permit.goods)
    return tuple(row for row in found if row is not None)


def _row_of(goods: Goods, items: list[int], codes: dict[int, str]) -> int | None:
    """Return the row of an item applied for: the same row, else the same number, with the same commodity code."""
    if codes.get(goods.row) == goods.code:
        return goods.row
    at_number = items[goods.number - 1] if goods.number <= len(items) else None
    return at_number if at_number is not None and codes[at_number] == goods.code else None


def in_box_44(session: Session, permit: Permit) -> bool:
    """Tell whether a granted permit stands among the documents, by kind and number."""
    return any(
        str(row.values.get("kind") or "") == permit.granted and str(row.values.get("number") or "") == permit.number
        for row in session.live.rows["document"].values()
    )


def _warning(session: Session, permit: Permit, day: date) -> tuple[Message | None, int | None]:
    until, arrival = permit.valid_until, session.value(Path("header", SINGLE, "arrival_date"))
    if until is None:
        return None, None
    told = {"until": i18n.show(until)}
    if isinstance(arrival, date) and until < arrival:
        return Message(_BEFORE_ARRIVAL, {**told, "arrival": i18n.show(arrival)}), 0
    left = (until - day).days
    step = next((each for each in STEPS if left <= each), None)
    return (Message(_ENDS, {**told, "n": left}), step) if step is not None else (None, None)
