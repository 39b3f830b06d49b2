# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An agency's answer in words: for the timeline, and for whoever looks at one answer."""

from __future__ import annotations

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.exchange.permit_replies import GRANT, QUERY, RECEIPT, REFUSAL, PermitAnswer, Point
from swclient.workflow.life.telling import Told, plain

_TITLES = {
    RECEIPT: N_("Application received by {office}"),
    GRANT: N_("Permit {number} granted, in force until {until}"),
    REFUSAL: N_("Permit refused by {office}"),
    QUERY: N_("{office} wants further data"),
}
_WITHDRAWN = N_("Permit {number} withdrawn by {office}")
_LEVELS = {RECEIPT: "info", GRANT: "good", QUERY: "warning"}


def told(answer: PermitAnswer) -> Told:
    """Tell what an agency answers; it moves no declaration."""
    args = {"office": answer.office, "number": answer.number, "until": i18n.show(answer.valid_until)}
    title = Message(_TITLES.get(answer.document, _WITHDRAWN), args)
    lines = [point_words(each) for each in answer.points]
    lines += [f"{_('item')} {each.item}: {each.quantity} {each.unit}" for each in answer.allowed]
    lines += [answer.reason] if answer.reason else []
    level = _LEVELS.get(answer.document, "error")
    return Told(title, "\n".join(lines), level=level, facts={"permit": plain(answer)})


def point_words(point: Point) -> str:
    """Return a reason or a wish in one line: code, item, what is said, expected and actual."""
    place = f"{_('item')} {point.item}: " if point.item is not None else ""
    held = f" ({_('expected')} {point.expected}, {_('is')} {point.actual})" if point.expected or point.actual else ""
    return f"{point.code} · {place}{point.text}{held}"
