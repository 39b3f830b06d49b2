# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What preferences leave of a charge: nothing, a part, all of it, or another rate of the tariff line.

Read once a day from the code lists `preferences_*`: column `effect` (`exempt`, `percent`, `agreement`), `percent`,
and `column`, which names the column of the tariff that holds the agreed rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from swclient.base.decimals import HUNDRED, ONE, ZERO

DUTY_ORIGINS = "duty_origins"  # the code list that says what an origin does to the duty, where nothing is claimed
NOTHING_CLAIMED = frozenset({"", "none", "not_levied"})


def parts_left(reference: Any, list_name: str) -> dict[str | None, Decimal]:
    """Return the part of a charge that each preference leaves: 0 exempt, 0.75 three quarters; others leave all."""
    entries = reference.profile.code_list(list_name)
    found = {} if entries is None else {code: _part(entry.more) for code, entry in entries.entries.items()}
    return {code: part for code, part in found.items() if part != ONE}


def _part(more: Mapping[str, str]) -> Decimal:
    effect = more.get("effect")
    if effect == "exempt":
        return ZERO
    return Decimal(more["percent"]) / HUNDRED if effect == "percent" else ONE


def claims(reference: Any, list_name: str) -> dict[str | None, str]:
    """Return the preferences that claim something, each with the tariff column of its rate, empty for the usual one."""
    entries = reference.profile.code_list(list_name)
    if entries is None:
        return {}
    return {
        code: entry.more.get("column", "")
        for code, entry in entries.entries.items()
        if entry.more.get("effect", "") not in NOTHING_CLAIMED
    }
