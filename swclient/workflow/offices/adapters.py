# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The offices behind their adapters: one port for all, whatever is spoken behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.mail import QueuedEntry
from swclient.transport.agency import AgencyClient
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.folder import FolderOffice
from swclient.transport.http import Caller
from swclient.transport.tax import TaxClient
from swclient.transport.tokens import ClientCredentials
from swclient.workflow.connections import CUSTOMS, TAX, TRAINING, Connection
from swclient.workflow.ports import BackEnd

if TYPE_CHECKING:
    from swclient.signing.secrets import Asking, Secret

TRAINING_AGENCIES = ("veterinary", "quarantine", "technical")
TRAINING_CLIENT = "training"  # name and secret are published: they open nothing but a training office
TRAINING_WCO = "/wco/customs"
_NO_SECRET = N_("No client secret was given for the connection “{name}”; nothing was sent.")
_SECRET = N_("Client secret of the connection “{name}” ({address}):")

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


class FolderChannel(FolderOffice):
    """An office behind a watched folder as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over a declaration or an order as a file; return its conversation."""
        held = entry.entry
        return self.hand_over(held.idempotency_key, held.content, held.content_type, held.signature)


class AgencyChannel(AgencyClient):
    """An agency as a channel."""

    def send(self, entry: QueuedEntry) -> str:
        """Hand over an application for a permit; return its conversation."""
        held = entry.entry
        return self.submit_application(held.content, held.idempotency_key, held.signature or b"")


def prefix_of(connection: Connection) -> str:
    """Return where the service of a customs office lives at its address."""
    return connection.path or "/customs"


Adapter = Callable[[Connection, Caller], BackEnd]
FILE = "file"
ADAPTERS: dict[str, Adapter] = {
    "eaeu": lambda connection, caller: CustomsChannel(caller, prefix_of(connection)),
    "wco": lambda connection, caller: CustomsChannel(caller, prefix_of(connection)),
    "tax": lambda _connection, caller: TaxChannel(caller),
    "agency": lambda connection, caller: AgencyChannel(caller, connection.channel),
}
"""What can be spoken, by name: makes the back end of a connection."""

CHANNEL_OF = {"eaeu": CUSTOMS, "wco": CUSTOMS, FILE: CUSTOMS, "tax": TAX}
"""For which channel an adapter is."""


def training_connections(address: str, ca_file: Path) -> tuple[Connection, ...]:
    """Return the connections to the training offices behind an address."""
    agencies = ((name, "agency", "") for name in TRAINING_AGENCIES)
    spoken = ((CUSTOMS, "eaeu", ""), (CUSTOMS, "wco", TRAINING_WCO), (TAX, "tax", ""), *agencies)
    return tuple(
        Connection(channel, adapter, address, TRAINING_CLIENT, ca_file, training=True, name=TRAINING, path=path)
        for channel, adapter, path in spoken
    )


def back_end(connection: Connection, ask: Asking | None = None, caller: Caller | None = None) -> BackEnd:
    """Return the office of a connection.

    Args:
        connection: how it is reached.
        ask: asks for its client secret where the key store has none.
        caller: what makes its calls, where that is there already.
    """
    if connection.adapter == FILE:  # nobody is called
        return FolderChannel(Path(connection.address))
    return ADAPTERS[connection.adapter](connection, caller or caller_of(connection, ask))


def caller_of(connection: Connection, ask: Asking | None = None, typed: Secret | None = None) -> Caller:
    """Return what makes the calls of a connection.

    Args:
        connection: how it is reached.
        ask: asks for its client secret where the key store has none.
        typed: its client secret, where it was just typed; it goes before that of the key store.

    Raises:
        UserError: its address is not one of https.
    """
    endpoint = Endpoint(
        connection.address, connection.ca_file, connection.client_id, connection.deadline, connection.byte_cap
    )
    if not connection.client_id:
        return Caller(endpoint)
    return Caller(endpoint, credentials_of(connection, endpoint, ask, typed))


def credentials_of(
    connection: Connection, endpoint: Endpoint, ask: Asking | None, typed: Secret | None = None
) -> ClientCredentials:
    """Return what fetches tokens for a connection; the secret as in `caller_of`."""

    def secret() -> str:
        from swclient.signing.secrets import Secrets

        if connection.training:
            return TRAINING_CLIENT
        prompt = Message(_SECRET, {"name": connection.name, "address": connection.address})
        found = typed or Secrets(ask).get(connection.secret_name, prompt)
        if found is None:
            raise UserError(_NO_SECRET, name=connection.name)
        return found.reveal()

    return ClientCredentials(Caller(endpoint), secret, path=connection.token_path, scopes=connection.scopes)
