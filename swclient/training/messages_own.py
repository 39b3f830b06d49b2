# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The three messages of the training customs office that no public document exists for.

Namespace `urn:swclient:training:1`; the schema is `training-1.xsd` beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from swclient.training.messages import Head, Written, element, own, text

ACCEPTED, LACKING = "accepted", "lacking"


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One kind of charge: asked for and paid so far, in one currency (numeric code)."""

    kind: str
    currency: str
    required: Decimal
    paid: Decimal

    @property
    def lacking(self) -> Decimal:
        """Return what is still to be paid."""
        return max(self.required - self.paid, Decimal(0))


def risk_lane(head: Head, lane: str, reasons: list[str]) -> Written:
    """Return the lane with its reasons."""
    return own(
        "RiskLane",
        head,
        text("t:Lane", lane),
        *(text("t:Reason", reason, 250) for reason in reasons),
    )


def payment_request(head: Head, rows: list[PaymentRow]) -> Written:
    """Return what is to be paid by kind, and in total where there is one currency."""
    charges = (
        element(
            "t:Charge",
            text("t:PaymentModeCode", row.kind),
            text("t:Amount", money(row.required)),
            text("t:CurrencyCode", row.currency),
        )
        for row in rows
    )
    alike = len({row.currency for row in rows}) <= 1
    total = text("t:Total", money(sum((row.required for row in rows), Decimal(0)))) if alike else ""
    return own("PaymentRequest", head, *charges, total)


def payment_receipt(head: Head, reference: str, rows: list[PaymentRow]) -> Written:
    """Return what has been paid so far and what lacks."""
    charges = (
        element(
            "t:Charge",
            text("t:PaymentModeCode", row.kind),
            text("t:Required", money(row.required)),
            text("t:Paid", money(row.paid)),
            text("t:Lacking", money(row.lacking)),
            text("t:CurrencyCode", row.currency),
        )
        for row in rows
    )
    outcome = LACKING if any(row.lacking for row in rows) else ACCEPTED
    return own("PaymentReceipt", head, text("t:Reference", reference), text("t:Outcome", outcome), *charges)


def money(amount: Decimal) -> str:
    """Return an amount with two decimals, more where it has more."""
    return f"{amount:f}" if amount != amount.quantize(Decimal("0.01")) else f"{amount:.2f}"
