# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the end of a certificate is told: a month, two weeks and a week before, each time more urgently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from swclient.base.i18n import N_
from swclient.base.messages import Message

STEPS = (7, 14, 30)
_DAY = timedelta(days=1)
_OVER = N_("The certificate of the key “{name}” ended on {day}; it signs nothing any more. Get a new one.")
_SOON = {
    30: N_("The certificate of the key “{name}” ends on {day}, in {n} days. Order a new one in time."),
    14: N_("The certificate of the key “{name}” ends on {day}, in {n} days. Order a new one now."),
    7: N_(
        "Only {n} days left: the certificate of the key “{name}” ends on {day}. Without a new one nothing is signed."
    ),
}


@dataclass(frozen=True, slots=True)
class Expiry:
    """That a certificate ends soon.

    Attributes:
        step: 30, 14 or 7: at most so many days are left; 0 = it ended.
        days: whole days left.
        message: what to tell.
    """

    step: int
    days: int
    message: Message


def expiry(name: str, not_after: datetime, at: datetime) -> Expiry | None:
    """Return what to tell about the end of a key's certificate, None while it is further off than thirty days.

    Args:
        name: what the user calls the key.
        not_after: when the certificate ends.
        at: now; both with a time zone.
    """
    left = not_after - at
    told = {"name": name, "day": not_after.date()}
    if left < timedelta(0):
        return Expiry(0, 0, Message(_OVER, told))
    step = next((each for each in STEPS if left <= each * _DAY), None)
    return None if step is None else Expiry(step, left.days, Message(_SOON[step], {**told, "n": left.days}))
