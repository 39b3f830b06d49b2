# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells what the tax office answered to the statement of import VAT."""

from __future__ import annotations

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.exchange import replies_tax as rt
from swclient.workflow.life.telling import Told

_SUMS = {
    "customs_value": N_("Customs value"),
    "duty": N_("Duties"),
    "excise": N_("Excises"),
    "vat_base": N_("Base of VAT"),
    "vat": N_("VAT to pay"),
}


def receipt(reply: rt.TaxReceipt) -> Told:
    """Tell that the statement was taken."""
    lines = [f"{_(_SUMS.get(name, name))}: {i18n.show(amount)}" for name, amount in reply.totals]
    title = Message(N_("Tax receipt {number}"), {"number": reply.receipt_number})
    facts = {"receipt": reply.receipt_number}
    return Told(title, "\n".join(lines), number=reply.declaration_number, level="good", facts=facts)


def refusal(reply: rt.TaxRefusal) -> Told:
    """Tell why the statement was not taken."""
    lines = [f"{each.code} · {_('item')} {each.line or '—'} {each.field}: {each.text}" for each in reply.errors]
    title = Message(N_("The tax office refuses the statement"))
    return Told(title, "\n".join(lines), level="error", facts={"refused": True})
