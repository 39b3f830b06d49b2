# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check and a calculation found, as lines for a terminal and as data for other programs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.workflow.addresses import name_of

if TYPE_CHECKING:
    from swclient.document.acknowledged import Acknowledged
    from swclient.document.charge import Charge
    from swclient.engine.finding import Finding
    from swclient.engine.session import Session


def finding_data(session: Session, finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON-able data."""
    fields = [session.profile.fields.get(path.field_id) for path in finding.paths]
    noted = finding.acknowledged
    return {
        "code": finding.code,
        "level": finding.level.value,
        "paths": [name_of(session, path) for path in finding.paths],
        "boxes": [field.box for field in fields if field is not None and field.box],
        "message": finding.message.text(),
        "advice": finding.advice.text(),
        "law": finding.law,
        "confirmed": finding.confirmed,
        "fix": [[name_of(session, path), text] for path, text in finding.fix.changes] if finding.fix else None,
        "acknowledged": {"who": noted.who, "at": noted.at, "why": noted.why} if noted is not None else None,
    }


def finding_lines(session: Session, finding: Finding) -> list[str]:
    """Return a finding as lines: where and what; then what to do, and the law."""
    words = {"error": N_("error"), "warning": N_("warning"), "advice": N_("advice")}[finding.level.value]
    law = finding.law or _("source not known")
    mark = "" if finding.confirmed else f" ({_('not confirmed')})"
    lines = [
        f"{_(words)} {finding.code}  {name_of(session, finding.paths[0])}: {finding.message.text()}",
        f"    {finding.advice.text()}  [{law}{mark}]",
    ]
    if finding.acknowledged is not None:
        lines.append(f"    {acknowledged_words(finding.acknowledged)}")
    if finding.fix:
        lines.append(f"    {_('Offered')}: {finding.fix.label.text()}")
    return lines


def acknowledged_words(noted: Acknowledged) -> str:
    """Return who let a warning stand, when, and why."""
    at = datetime.fromisoformat(noted.at).astimezone()
    return Message(
        N_("Acknowledged by {who}, {when}: {why}"),
        {"who": noted.who, "when": f"{at:%d.%m.%Y %H:%M}", "why": noted.why},
    ).text()


def duties_data(session: Session) -> dict[str, Any]:
    """Return values and charges of every item and in total as JSON-able data, amounts as text."""
    snapshot = session.snapshot()
    header = snapshot.one("header")
    items = [
        {
            "number": item.get("number"),
            "code": item.get("code"),
            "customs_value": _text(item.get("customs_value")),
            "statistical_value": _text(item.get("statistical_value")),
            "charges": [_charge(line) for line in item.charges()],
            "total": _text(item.get("charges_total")),
        }
        for item in snapshot.many("item")
    ]
    kinds = [
        {
            "kind": line.kind,
            "amount": _text(line.amount),
            "currency": line.currency,
            "confirmed": line.confirmed,
        }
        for line in header.charge_totals()
    ]
    return {
        "currency": header.get("value_currency"),
        "customs_value_total": _text(header.get("customs_value_total")),
        "items": items,
        "kinds": kinds,
        "total": _text(header.get("charges_total")),
    }


def _charge(line: Charge) -> dict[str, Any]:
    data = {
        name: getattr(line, name) for name in ("kind", "base_unit", "rate_type", "rate_unit", "feature", "confirmed")
    }
    amounts = {name: _text(getattr(line, name)) for name in ("base", "rate", "amount")}
    return {**data, **amounts, "source": line.measure}


def _text(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def duties_lines(session: Session) -> list[str]:
    """Return values and charges as lines: one an item and kind, then the totals."""
    snapshot = session.snapshot()
    lines = []
    for item in snapshot.many("item"):
        value = i18n.show(item.get("customs_value"))
        lines.append(
            _("Item {n}  {code}  customs value {value}").format(
                n=item.get("number"), code=item.get("code") or "—", value=value
            )
        )
        lines += [_line(line) for line in item.charges()]
    header = snapshot.one("header")
    for total in header.charge_totals():
        lines.append(
            f"{_('In all')} {total.kind}  {i18n.show(total.amount):>18} {total.currency}{_star(total.confirmed)}"
        )
    lines.append(f"{_('To pay')}  {i18n.show(header.get('charges_total')):>18} {header.get('value_currency') or ''}")
    if any(not total.confirmed for total in header.charge_totals()):
        lines.append(_("* a rate or fee behind this figure is not confirmed by its source"))
    return lines


def _line(line: Charge) -> str:
    base = f"{i18n.show(line.base)} {line.base_unit}" if line.base is not None else ""
    rate = i18n.show(line.rate) + {"%": " %", "S": ""}.get(line.rate_type, f" {line.rate_unit}")
    return f"    {line.kind}  {base:>24}  {rate:>16}  {i18n.show(line.amount):>18}{_star(line.confirmed)}"


def _star(confirmed: bool) -> str:  # noqa: FBT001 - a fact of the line, not a switch
    return "" if confirmed else " *"
