# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time at the office: messages carry the declared day and clock of the country they go to, not of this computer."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from swclient.catalogue.profile import Profile


def office_time(profile: Profile) -> datetime:
    """Return the time now in the profile's zone; in UTC where this computer does not know that zone."""
    try:
        return datetime.now(ZoneInfo(str(profile.facts.get("time_zone", "UTC"))))
    except ZoneInfoNotFoundError:
        return datetime.now(UTC)
