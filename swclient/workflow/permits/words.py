# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permits of a declaration in words, for a window and a terminal, and as data for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import SINGLE, Path
from swclient.workflow.life.answers_permit import point_words
from swclient.workflow.permits.checklist import place_words
from swclient.workflow.permits.fold import AGAIN, OPEN, Standing
from swclient.workflow.permits.needs import Need, rows_of

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.exchange.permit_replies import Point

__all__ = ["AGAIN", "OPEN", "Need", "Standing", "as_data", "lines_of", "place_of", "standing_words", "why_words"]

_WORDS = {
    Standing.NOT_ASKED: N_("not applied for"),
    Standing.WAITING: N_("waiting to be sent"),
    Standing.UNKNOWN: N_("sent, answer unknown"),
    Standing.NOT_TAKEN: N_("not taken by the agency"),
    Standing.ASKED: N_("applied for"),
    Standing.RECEIVED: N_("received, being decided"),
    Standing.MORE: N_("further data wanted"),
    Standing.REFUSED: N_("refused"),
    Standing.GRANTED: N_("granted until {until}"),
    Standing.EXPIRED: N_("ended on {until}"),
    Standing.WITHDRAWN: N_("withdrawn"),
    Standing.TAKEN: N_("in box 44, until {until}"),
}
_ENDING = {Standing.GRANTED: N_("granted, ends on {until}"), Standing.TAKEN: N_("in box 44, ends on {until}")}
_TIMES = N_("{agency}; decides within {n} working days, holds {days} days ({sure}: {source})")
# Where a point of an agency lies in a declaration: its field -> ours.
_FIELDS = {
    "commodity_code": "item.code",
    "maker": "item.maker",
    "model": "item.model",
    "origin": "item.origin",
    "net_mass": "item.net_mass",
    "gross_mass": "item.gross_mass",
    "packages": "item.packing",
    "route.border_office": "header.border_office",
    "route.arrival": "header.arrival_date",
    "applicant.tax_id": "declarant.tax_id",
}


def standing_words(need: Need) -> str:
    """Return how it stands with a permit, with the day that matters."""
    until = need.permit.valid_until if need.permit else None
    words = _ENDING.get(need.standing, "") if need.warning else ""
    return Message(words or _WORDS[need.standing], {"until": i18n.show(until)}).text()


def why_words(need: Need) -> str:
    """Return what there is to know of a permit: its end, reasons, wishes, who decides and how sure that is."""
    permit = need.permit
    told = [need.warning.text()] if need.warning else []
    if permit is not None:
        told += [point_words(each) for each in permit.points]
        told += [text for text in (permit.reason, permit.problem) if text]
    row = need.decider.row
    sure = _("confirmed") if row.confirmed else _("not confirmed")
    args = {"agency": need.decider.agency.name(), "n": row.decides_in, "days": row.holds}
    return " · ".join([*told, Message(_TIMES, {**args, "sure": sure, "source": row.source}).text()])


def place_of(session: Session, need: Need) -> Path | None:
    """Return the value that the first reason or wish of an agency is about, None where there is none."""
    for point in need.permit.points if need.permit else ():
        path = _path(session, need, point)
        if path is not None:
            return path
    return None


def _path(session: Session, need: Need, point: Point) -> Path | None:
    if point.field == "route.vehicles":
        rows = session.rows("border_means")
        return Path("border_means", rows[0], "identity") if rows else Path("header", SINGLE, "border_mode")
    field_id = _FIELDS.get(point.field, "")
    table, _dot, name = field_id.partition(".")
    if not field_id or not session.profile.fields[field_id].shown:
        return None
    if table != "item":
        return Path(table, SINGLE, name)
    permit = need.permit
    numbers = [each.number for each in permit.goods] if permit else []
    rows = list(rows_of(session, permit)) if permit else []
    if len(rows) != len(numbers) or point.item not in numbers:
        return None
    return Path("item", rows[numbers.index(point.item)], name)


def lines_of(needs: tuple[Need, ...]) -> list[str]:
    """Return the permits as lines: how it stands and what it is; then number and everything to know."""
    lines = []
    for need in needs:
        lines.append(f"{_sign(need)} {standing_words(need)}: {need.line.what} [{place_words(need.line)}]")
        number = need.permit.number if need.permit else ""
        lines += [f"    {words}" for words in (number, why_words(need)) if words]
    return lines


def _sign(need: Need) -> str:
    if need.standing in {Standing.REFUSED, Standing.WITHDRAWN, Standing.EXPIRED, Standing.NOT_TAKEN}:
        return "!"
    return "+" if need.standing is Standing.TAKEN and need.warning is None else "~"


def as_data(needs: tuple[Need, ...]) -> list[dict[str, Any]]:
    """Return the permits as JSON-able data, days as year-month-day."""
    return [_need_data(need) for need in needs]


def _need_data(need: Need) -> dict[str, Any]:
    permit, row = need.permit, need.decider.row
    until = permit.valid_until if permit else None
    return {
        "what": need.line.what,
        "rule": need.line.code,
        "items": list(need.numbers),
        "agency": need.decider.agency.channel,
        "kind": need.decider.kind,
        "standing": need.standing.value,
        "number": permit.number if permit else "",
        "valid_until": until.isoformat() if until else None,
        "ends_within": need.step,
        "points": [point_words(each) for each in permit.points] if permit else [],
        "decides_in": row.decides_in,
        "holds": row.holds,
        "source": row.source,
        "confirmed": row.confirmed,
    }
