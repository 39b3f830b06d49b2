# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminders of a tax pack as an iCalendar file (RFC 5545), for whatever calendar the bookkeeper has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from swclient.base.i18n import _

if TYPE_CHECKING:
    from swclient.workflow.tax_pack import Pack, Reminder

_MOST_OCTETS = 73
_WARNED_DAYS = 3


def calendar_file(pack: Pack) -> bytes:
    """Return one event for every reminder that has a day, warned of three days before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//swclient//tax pack//EN"]
    for reminder in pack.reminders:
        if reminder.due is not None:
            lines += _event(pack, reminder)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _event(pack: Pack, reminder: Reminder) -> list[str]:
    due, flow = reminder.due, reminder.flow
    if due is None:
        return []
    name = hashlib.sha256(f"{pack.handed.number} {flow.id}".encode()).hexdigest()[:32]
    sure = "" if flow.confirmed else f" ({_('not confirmed')})"
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@swclient",
        f"DTSTAMP:{reminder.begun:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{flow.title()}: {pack.handed.number}{sure}')}",
        f"DESCRIPTION:{_text(f'{flow.content()} [{flow.source}]')}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-P{_WARNED_DAYS}D",
        f"DESCRIPTION:{_text(flow.title())}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, none of them parting a letter; those after the first begin blank."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _MOST_OCTETS:
            yield piece
            piece = " "
        piece += letter
    yield piece
