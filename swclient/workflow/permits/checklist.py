# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checklist in words, for a window and a terminal, and as data for other programs."""

from __future__ import annotations

from typing import Any

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.engine.checklist import Line
from swclient.engine.paper_state import Amount, Status
from swclient.engine.session import Session
from swclient.workflow.addresses import name_of

__all__ = [
    "Amount",
    "Line",
    "Status",
    "amount_words",
    "as_data",
    "lines_of",
    "place_words",
    "status_words",
    "why_words",
]

_WORDS = {
    Status.MISSING: N_("missing"),
    Status.EXPIRED: N_("ended on {until}"),
    Status.OVERDUE: N_("was promised by {promised}"),
    Status.SHORT: N_("too little left"),
    Status.ENDING: N_("ends on {until}"),
    Status.PROMISED: N_("promised by {promised}"),
    Status.PRESENT: N_("present"),
}
_UNTIL = N_("present, in force until {until}")
BARS = {Status.MISSING, Status.EXPIRED, Status.OVERDUE, Status.SHORT}  # what somebody has to see to


def status_words(line: Line) -> str:
    """Return how it stands with a line, with the day that matters."""
    days = {"until": i18n.show(line.valid_until), "promised": i18n.show(line.promised)}
    in_force = line.status is Status.PRESENT and line.valid_until is not None
    return Message(_UNTIL if in_force else _WORDS[line.status], days).text()


def place_words(line: Line) -> str:
    """Return for which goods a line is: all, or the items by number."""
    if not line.items:
        return _("the whole declaration")
    numbers = ", ".join(_runs(line.items))
    return Message(N_("item {n}") if len(line.items) == 1 else N_("items {n}"), {"n": numbers}).text()


def _runs(numbers: tuple[int, ...]) -> list[str]:
    """Return numbers with those that follow each other drawn together: 1–3, 7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in runs]


def amount_words(line: Line, session: Session) -> str:
    """Return what a permit allows, what is used here and what is left; empty where nothing is said of it."""
    amount = line.amount
    if amount is None:
        return ""
    unit = _sign_of_unit(amount, session)
    parts = (
        (N_("allows {n} {unit}"), amount.allowed),
        (N_("{n} {unit} left before"), amount.before),
        (N_("{n} {unit} used here"), amount.used),
        (N_("{n} {unit} left after"), amount.left),
    )
    told = [Message(words, {"n": i18n.show(n), "unit": unit}).text() for words, n in parts if n is not None]
    return ", ".join(told)


def left_words(line: Line, session: Session) -> str:
    """Return in short what a permit has left after this declaration; empty where nobody can say."""
    left = line.amount.left if line.amount else None
    if line.amount is None or left is None:
        return ""
    words = N_("{n} {unit} left after") if left >= 0 else N_("{n} {unit} too much")
    return Message(words, {"n": i18n.show(abs(left)), "unit": _sign_of_unit(line.amount, session)}).text()


def _sign_of_unit(amount: Amount, session: Session) -> str:
    units = session.profile.code_list("units")
    entry = units.get(amount.unit) if units else None
    signs = entry.more if entry else {}
    return signs.get(f"sign_{i18n.language()}") or signs.get("sign_en") or amount.unit


def why_words(line: Line) -> str:
    """Return why a line is asked for: values, rule, law or list, and whether that is confirmed."""
    if not line.code:
        return _("nothing asks for it")
    ground = "; ".join(each for each in (line.law, line.source) if each) or _("source not known")
    mark = "" if line.confirmed else f" ({_('not confirmed')})"
    return " · ".join(each for each in ("; ".join(line.why), f"{line.code}{mark}: {ground}") if each)


def lines_of(session: Session) -> list[str]:
    """Return the checklist as lines: what and how it stands; then number, quantity and why."""
    lines = []
    for line in session.checklist():
        lines.append(f"{_sign(line)} {status_words(line)}: {line.what} [{place_words(line)}]")
        rest = (line.stated, amount_words(line, session), _kinds(line), why_words(line))
        lines += [f"    {words}" for words in rest if words]
    return lines


def _sign(line: Line) -> str:
    if line.status is Status.PRESENT:
        return "+"
    return "!" if line.status in BARS else "~"


def _kinds(line: Line) -> str:
    if line.status is not Status.MISSING or not line.kinds:
        return ""
    return Message(N_("Kinds that would do: {kinds}"), {"kinds": ", ".join(line.kinds)}).text()


def as_data(session: Session) -> list[dict[str, Any]]:
    """Return the checklist as JSON-able data, days as year-month-day, amounts as text."""
    return [_line_data(session, line) for line in session.checklist()]


def _line_data(session: Session, line: Line) -> dict[str, Any]:
    amount = line.amount
    return {
        "status": line.status.value,
        "level": line.level,
        "what": line.what,
        "items": list(line.items),
        "kinds": list(line.kinds),
        "section": line.table,
        "stated": line.stated,
        "paths": [name_of(session, path) for path in line.given],
        "valid_until": line.valid_until.isoformat() if line.valid_until else None,
        "promised": line.promised.isoformat() if line.promised else None,
        "quantity": _amount_data(amount) if amount else None,
        "rule": line.code,
        "why": list(line.why),
        "law": line.law,
        "source": line.source,
        "confirmed": line.confirmed,
    }


def _amount_data(amount: Amount) -> dict[str, str | None]:
    figures = {"allowed": amount.allowed, "before": amount.before, "used": amount.used, "left": amount.left}
    return {"unit": amount.unit, **{name: None if n is None else f"{n:f}" for name, n in figures.items()}}
