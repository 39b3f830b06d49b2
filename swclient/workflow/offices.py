# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The offices behind their adapters: one port for all, whatever is spoken behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from swclient.store.mail import QueuedEntry
from swclient.transport.agency import AgencyClient
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.folder import FolderOffice
from swclient.transport.http import Caller
from swclient.transport.tax import TaxClient
from swclient.transport.tokens import ClientCredentials
from swclient.workflow.connections import CUSTOMS, TAX, Connection
from swclient.workflow.ports import BackEnd

TRAINING_AGENCIES = ("veterinary", "quarantine", "technical")
TRAINING_CLIENT = "training"  # name and secret are published: they open nothing but a training office

_REQUESTS = {"document_reply": "/document-replies", "withdrawal": "/withdrawals"}


class CustomsChannel(CustomsClient):
    """The customs office as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over a declaration or what follows it; return its conversation."""
        held = entry.entry
        if held.verb == "payment":
            return self.submit_payment(held.content, held.idempotency_key)
        if held.verb in _REQUESTS:
            path = _REQUESTS[held.verb]
            return self.submit_request(path, held.content, held.idempotency_key, held.signature or b"")
        if held.verb == "amendment":
            return self.submit_amendment(held.content, held.idempotency_key, held.signature or b"")
        return self.submit_declaration(held.content, held.idempotency_key, held.signature or b"")


class TaxChannel(TaxClient):
    """The tax office as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over an import statement; return its conversation."""
        held = entry.entry
        return self.submit_statement(held.content, held.idempotency_key, held.signature or b"")


class AgencyChannel(AgencyClient):
    """An agency as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over an application for a permit; return its conversation."""
        held = entry.entry
        return self.submit_application(held.content, held.idempotency_key, held.signature or b"")


class FolderChannel(FolderOffice):
    """An office behind a watched folder as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over a declaration or an order as a file; return its conversation."""
        held = entry.entry
        return self.hand_over(held.idempotency_key, held.content, held.content_type, held.signature)


Adapter = Callable[[Connection, Caller], BackEnd]
FILE = "file"
ADAPTERS: dict[str, Adapter] = {
    "eaeu": lambda _connection, caller: CustomsChannel(caller),
    FILE: lambda connection, _caller: FolderChannel(Path(connection.address)),
    "tax": lambda _connection, caller: TaxChannel(caller),
    "agency": lambda connection, caller: AgencyChannel(caller, connection.channel),
}
"""What can be spoken, by name: makes the back end of a connection."""


def training_connections(address: str, ca_file: Path) -> tuple[Connection, ...]:
    """Return the connections to the training offices behind an address."""
    return tuple(
        Connection(channel, adapter, address, TRAINING_CLIENT, ca_file, training=True)
        for channel, adapter in ((CUSTOMS, "eaeu"), (TAX, "tax"), *((name, "agency") for name in TRAINING_AGENCIES))
    )


def back_ends(connections: Iterable[Connection]) -> dict[str, BackEnd]:
    """Return the offices of connections by the name of their channel."""
    return {each.channel: _back_end(each) for each in connections}


def _back_end(connection: Connection) -> BackEnd:
    if connection.adapter == FILE:  # nobody is called
        return FolderChannel(Path(connection.address))
    return ADAPTERS[connection.adapter](connection, _caller(connection))


def _caller(connection: Connection) -> Caller:
    endpoint = Endpoint(connection.address, connection.ca_file, connection.client_id)
    return Caller(endpoint, ClientCredentials(Caller(endpoint), lambda: TRAINING_CLIENT))
