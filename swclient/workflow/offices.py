# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The customs and the tax office as channels of the workflow, over one connection to the training back ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.store.mail import QueuedEntry
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Caller
from swclient.transport.tax import TaxClient
from swclient.transport.tokens import ClientCredentials

if TYPE_CHECKING:
    from pathlib import Path

TRAINING_CLIENT = "training"  # name and secret are published: they open nothing but a training office


class CustomsChannel(CustomsClient):
    """The customs office as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over a declaration or a payment order; return its conversation."""
        held = entry.entry
        if held.verb == "payment":
            return self.submit_payment(held.content, held.idempotency_key)
        return self.submit_declaration(held.content, held.idempotency_key, held.signature or b"")


class TaxChannel(TaxClient):
    """The tax office as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over an import statement; return its conversation."""
        held = entry.entry
        return self.submit_statement(held.content, held.idempotency_key, held.signature or b"")


def channels(address: str, ca_file: Path) -> dict[str, CustomsChannel | TaxChannel]:
    """Return the offices behind an address by the name of their channel."""
    endpoint = Endpoint(address, ca_file, TRAINING_CLIENT)
    caller = Caller(endpoint, ClientCredentials(Caller(endpoint), lambda: TRAINING_CLIENT))
    return {"customs": CustomsChannel(caller), "tax": TaxChannel(caller)}
