# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminders of a tax pack as an iCalendar file (RFC 5545), for whatever calendar the bookkeeper has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_OCTETS = 73
_WARNED_DAYS = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is due on a day; `name` is the same whenever it is written again."""

    name: str
    begun: date
    due: date
    title: str
    text: str


def calendar_file(events: Iterable[Event]) -> bytes:
    """Return the events, each for a whole day and warned of three days before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//swclient//tax pack//EN"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _event(event: Event) -> list[str]:
    name = hashlib.sha256(event.name.encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@swclient",
        f"DTSTAMP:{event.begun:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{event.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.text)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-P{_WARNED_DAYS}D",
        f"DESCRIPTION:{_text(event.title)}",
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
