# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When to try again: later each time, never all at once, and not before the office wants it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

BASE = 2.0
CAP = 900.0
MOST_ASKED = 3600.0
"""An office may ask for an hour; who asks for a year has made a mistake."""

_MOST_DOUBLINGS = 30


def delay(attempt: int, dice: Random, *, base: float = BASE, cap: float = CAP) -> float:
    """Return seconds to wait after the attempt with this number (from 1): doubled each time, the upper half drawn.

    Why drawn: a thousand clients that lost the office at the same moment must not come back at the same moment.
    """
    top = min(cap, base * 2.0 ** min(max(attempt, 1) - 1, _MOST_DOUBLINGS))
    return top / 2 + dice.random() * top / 2


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the seconds that a `Retry-After` header asks for: a number or a date, past or absurd ones capped.

    None where there is no header or it cannot be read.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), MOST_ASKED)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), MOST_ASKED)


def next_delay(attempt: int, dice: Random, asked: float | None) -> float:
    """Return seconds to wait: our own, or what the office asked for with up to a tenth more, whichever is longer."""
    own = delay(attempt, dice)
    return own if asked is None else max(own, asked * (1 + dice.random() / 10))
