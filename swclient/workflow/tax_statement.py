# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statement of VAT paid at import, for the tax administration: one line an item, drawn from the declaration.

No tax administration of the region publishes a contract for it, so this form is ours (docs/handbook/training.md);
its fields are those of the customs-to-tax hand-over.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from swclient.base.decimals import ZERO, plain
from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Record, Snapshot

_SUMS = ("customs_value", "duty", "excise", "vat_base", "vat")


def tax_statement(snapshot: Snapshot, profile: Profile, number: str, registered: str) -> bytes:
    """Return the statement as JSON, amounts as text.

    Args:
        snapshot: the declaration.
        profile: its profile, which knows the kinds of charges.
        number: registration number of the declaration.
        registered: date of registration, year-month-day.
    """
    kinds = profile.facts.get("charges", {})
    lines = [_line(item, kinds) for item in snapshot.many("item")]
    totals = {name: plain(sum((Decimal(line[name]) for line in lines), ZERO)) for name in _SUMS}
    payer = snapshot.one("declarant").get("tax_id") or snapshot.one("consignee").get("tax_id")
    data = {
        "declaration_number": number,
        "declaration_date": registered,
        "payer_bin": payer,
        "items": lines,
        "totals": totals,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def _line(item: Record, kinds: dict[str, Any]) -> dict[str, Any]:
    charges = item.charges()
    amounts = {
        name: sum((line.amount for line in charges if line.kind == kinds.get(name)), ZERO)
        for name in ("duty", "excise", "vat")
    }
    vat = next((line for line in charges if line.kind == kinds.get("vat")), None)
    value = item.get("customs_value")
    return {
        "no": item.get("number"),
        "commodity_code": item.get("code"),
        "customs_value": plain(value) if isinstance(value, Decimal) else "0.00",
        "duty": plain(amounts["duty"] or Decimal("0.00")),
        "excise": plain(amounts["excise"] or Decimal("0.00")),
        "vat_base": plain(vat.base) if vat and vat.base is not None else "0.00",
        "vat_rate": plain(vat.rate) if vat else "0",
        "vat": plain(amounts["vat"] or Decimal("0.00")),
    }
