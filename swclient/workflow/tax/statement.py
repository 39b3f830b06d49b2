# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statement of VAT paid at import, for the tax administration: one line an item, drawn from the declaration.

No tax administration of the region publishes a contract for it, so this form is ours (docs/handbook/training.md);
its fields are those of the customs-to-tax hand-over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base.decimals import ZERO, plain
from swclient.catalogue.tax_flows import tax_data

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Record, Snapshot

_SUMS = ("customs_value", "duty", "excise", "vat_base", "vat")
_CENTS = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class PaymentDocument:
    """One kind of charge paid under one payment document; amount as text, date year-month-day."""

    kind: str
    amount: str
    currency: str
    document: str
    date: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one item bears, in national currency.

    Attributes:
        vat: what was paid of it; `vat_offset` what was worked out and is settled in the tax return instead.
    """

    number: int
    code: str
    customs_value: Decimal
    fee: Decimal
    duty: Decimal
    excise: Decimal
    vat_base: Decimal
    vat_rate: Decimal
    vat: Decimal
    vat_offset: Decimal


def tax_statement(
    snapshot: Snapshot,
    profile: Profile,
    number: str,
    registered: str,
    payments: Sequence[PaymentDocument] | None = None,
) -> bytes:
    """Return the statement as JSON, amounts as text.

    Args:
        snapshot: the declaration.
        profile: its profile, which knows the kinds of charges.
        number: registration number of the declaration.
        registered: date of registration, year-month-day.
        payments: the documents by which was paid, for an office that takes the whole hand-over; None for one that
            wants neither them nor VAT by offset nor the country.
    """
    lines = [_line(each, whole=payments is not None) for each in amounts_of(snapshot, profile)]
    totals = {name: plain(sum((Decimal(line[name]) for line in lines), ZERO)) for name in _SUMS}
    data: dict[str, Any] = {
        "declaration_number": number,
        "declaration_date": registered,
        "payer_bin": payer_of(snapshot),
        "items": lines,
        "totals": totals,
    }
    if payments is not None:
        data |= {"country": str(profile.facts["country"]), "payments": [asdict(each) for each in payments]}
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def payer_of(snapshot: Snapshot) -> str:
    """Return the number for taxes of whoever pays: the declarant, else the consignee; empty where neither has one."""
    return str(snapshot.one("declarant").get("tax_id") or snapshot.one("consignee").get("tax_id") or "")


def amounts_of(snapshot: Snapshot, profile: Profile) -> tuple[Amounts, ...]:
    """Return what each item bears, by the classes of payments that the country's tax.toml tells."""
    return tuple(_amounts(item, profile) for item in snapshot.many("item"))


def _amounts(item: Record, profile: Profile) -> Amounts:
    taxes, features = tax_data(profile), set(profile.facts.get("charges", {}).get("vat_features", ()))
    payable = item.charges("charges_payable")
    paid = {
        name: sum((line.amount for line in payable if taxes.is_of(line.kind, name)), ZERO)
        for name in ("fee", "duty", "excise", "vat")
    }
    vat = [line for line in item.charges() if taxes.is_of(line.kind, "vat")]
    first, value = next(iter(vat), None), item.get("customs_value")
    number = item.get("number")
    return Amounts(
        number=number if isinstance(number, int) else 0,
        code=str(item.get("code") or ""),
        customs_value=value if isinstance(value, Decimal) else _CENTS,
        vat_base=first.base if first and first.base is not None else _CENTS,
        vat_rate=first.rate if first else ZERO,
        vat_offset=sum((line.amount for line in vat if line.feature in features), ZERO) or _CENTS,
        **{name: amount or _CENTS for name, amount in paid.items()},
    )


def _line(item: Amounts, *, whole: bool) -> dict[str, Any]:
    names = (*_SUMS, "vat_rate", *(("vat_offset",) if whole else ()))
    figures = {name: plain(getattr(item, name)) for name in names}
    return {"no": item.number, "commodity_code": item.code, **figures}
