# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which office is reached how: one connection a channel, spoken to by an adapter. Secrets are in the keyring only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CUSTOMS, TAX = "customs", "tax"
"""Channels: whom an entry of the outbox is for."""


@dataclass(frozen=True, slots=True)
class Connection:
    """How one office is reached.

    Attributes:
        channel: whom it is for: `customs`, `tax`, an agency by its name.
        adapter: what is spoken there, a name of `swclient.workflow.offices.ADAPTERS`.
        address: `https://host:port` of a service, or the path of a watched folder.
        client_id: who we are to it, for OAuth 2; empty where nobody asks.
        ca_file: certificates to believe instead of the public ones.
        training: whether it is a training office, whose secret is published.
    """

    channel: str
    adapter: str
    address: str
    client_id: str = ""
    ca_file: Path | None = None
    training: bool = False
