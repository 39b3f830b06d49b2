# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a preference or a relief does to a line of box 47, and the duty that is at risk should customs not grant it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.decimals import ZERO
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.tariff_line import TariffLine
from swclient.engine.formulas import Reason
from swclient.tariff.goods import Goods, Law
from swclient.tariff.import_duty import duty


def claimed(reference: Any, list_name: str, claim: str | None) -> Iterator[Reason]:
    """Tell what a code of a list of preferences leaves."""
    entries = reference.profile.code_list(list_name)
    entry = entries.get(claim) if entries is not None else None
    if entry is not None:
        args = {"code": claim, "name": entry.name(), "percent": entry.more.get("percent", "")}
        words = N_("Preference {code}: {percent} % is left") if args["percent"] else N_("Preference {code}: {name}")
        yield Reason(Message(words, args), claim or "", entries.source, entries.confirmed)


def relieved(reference: Any, list_name: str, claim: str | None, left: Mapping[str | None, Decimal]) -> Iterator[Reason]:
    """Tell of a relief, where it takes something away."""
    if claim in left:
        yield from claimed(reference, list_name, claim)


def at_risk(reference: Any, goods: Goods, found: Law, line: TariffLine) -> Iterator[Reason]:
    """Tell what the duty would be without what is claimed; in full, whatever part of it is due."""
    due = sum((each.amount for each in duty(reference, goods, found, line)), ZERO)
    full = sum((each.amount for each in duty(reference, goods._replace(duty_preference=None), found, line)), ZERO)
    if full > due:
        label = Message("Without the preference the duty is {full}; at risk", {"full": full})
        yield Reason(label, i18n.show(full - due))
