# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands a released declaration over to the tax office: the statement of import VAT, and its receipt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.document.snapshot import Snapshot
from swclient.store.mail import OutboxEntry
from swclient.workflow.acts.lodging import key_of
from swclient.workflow.acts.paying import JSON
from swclient.workflow.signature import signing
from swclient.workflow.signature.keys import DECLARE, Keys
from swclient.workflow.tax.pack import paid_by
from swclient.workflow.tax.statement import tax_statement

if TYPE_CHECKING:
    from swclient.store import Store


def statement(store: Store, declaration_id: str, snapshot: Snapshot, keys: Keys) -> OutboxEntry:
    """Return the statement of import VAT, signed with the key for declaring, ready for the outbox.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Keys.signer`.
    """
    number = store.row(declaration_id).number or ""
    answers = store.answers.of_declaration(declaration_id)
    days = [str(kept.parsed["registered"]) for kept in answers if kept.parsed and kept.parsed.get("registered")]
    profile = load_profile(snapshot.profile, version=snapshot.profile_version)
    content = tax_statement(snapshot, profile, number, days[0] if days else "", paid_by(store, declaration_id))
    signer = keys.signer(DECLARE)
    signing.refuse_ended_key(signer, datetime.now(UTC))
    signature = signer.sign(content)
    key = key_of(declaration_id, "statement", number)
    return OutboxEntry(declaration_id, "tax", "statement", key, content, JSON, signature)


def tax_wanted(snapshot: Snapshot) -> bool:
    """Tell whether the country wants an import statement for its tax office: where the law sets a day for it."""
    profile = load_profile(snapshot.profile, version=snapshot.profile_version)
    return "import_application" in profile.facts.get("deadlines", {})


def statement_sent(store: Store, declaration_id: str) -> bool:
    """Tell whether the statement lies in the outbox already."""
    return any(entry.entry.channel == "tax" for entry in store.outbox.entries(declaration_id))


def tax_receipt(store: Store, declaration_id: str) -> str:
    """Return the number of the tax receipt, empty while there is none.

    Raises:
        UserError: the tax office refuses the statement.
    """
    for kept in store.answers.of_declaration(declaration_id):
        if kept.parsed and kept.parsed.get("refused"):
            raise UserError(N_("The tax office refuses the statement: {text}"), text=str(kept.parsed.get("text", "")))
        if kept.parsed and kept.parsed.get("receipt"):
            return str(kept.parsed["receipt"])
    return ""
