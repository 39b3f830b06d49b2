# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One training site: what the routes of both offices share while the server runs."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from swclient.training.clockwork import Clockwork
from swclient.training.faults import FaultPlan
from swclient.training.ledger import Ledger
from swclient.training.options import TrainingOptions
from swclient.training.pushing import Pusher

TOKEN_SECONDS = 3600
Line = Callable[[tuple[str, int]], asyncio.Transport | None]


class Tokens:
    """Access tokens of the clients; kept in memory, gone with the server."""

    def __init__(self, options: TrainingOptions) -> None:
        self._clients = {name.encode(): secret.encode() for name, secret in options.everybody().items()}
        self._held: dict[str, tuple[float, str]] = {}

    def issue(self, client_id: str, client_secret: str) -> str:
        """Return a new token, empty where the client is not ours."""
        found = ""
        for name, secret in self._clients.items():
            alike = [hmac.compare_digest(name, client_id.encode()), hmac.compare_digest(secret, client_secret.encode())]
            found = name.decode() if all(alike) else found
        if not found:
            return ""
        moment = time.monotonic()
        self._held = {token: held for token, held in self._held.items() if held[0] > moment}
        token = secrets.token_urlsafe(32)
        self._held[token] = (moment + TOKEN_SECONDS, found)
        return token

    def client(self, token: str) -> str:
        """Return whose token it is, empty where it is not ours or over."""
        until, client = self._held.get(token, (0.0, ""))
        return client if until > time.monotonic() else ""

    def forget(self, token: str) -> None:
        """End a token before its time."""
        self._held.pop(token, None)


def _no_server(peer: tuple[str, int]) -> asyncio.Transport | None:
    raise RuntimeError("no server with a line to", peer)


@dataclass(slots=True)
class Site:
    """Everything the routes need.

    Attributes:
        ledger: the file of both offices.
        tokens: who may speak.
        faults: what goes wrong on purpose.
        customs: moves customs conversations.
        tax: moves tax conversations.
        more: moves conversations of further offices, by the name of their back end.
        instructor: the token of the instructor.
        slow: seconds between two bytes of a slow answer.
        pusher: pushes messages to those who asked for it; None where nothing runs in the background.
        pulled: whether the office that pushes lets its messages be pulled too.
        line: returns the line to a peer (address, port), None where it is gone.
    """

    ledger: Ledger
    tokens: Tokens
    faults: FaultPlan
    customs: Clockwork
    tax: Clockwork
    more: dict[str, Clockwork] = field(default_factory=dict)
    instructor: str = ""
    slow: float = 0.5
    line: Line = field(default=_no_server)
    pusher: Pusher | None = None
    pulled: bool = True

    def clockwork(self, back_end: str) -> Clockwork:
        """Return the clockwork of a back end."""
        if back_end in self.more:
            return self.more[back_end]
        return self.customs if back_end == self.customs.office.back_end else self.tax
