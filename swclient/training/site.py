# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One training site: what the routes of both offices share while the server runs."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from swclient.training.clockwork import Clockwork
from swclient.training.ledger import Ledger
from swclient.training.options import TrainingOptions

TOKEN_SECONDS = 3600


class Tokens:
    """Access tokens of the one client; kept in memory, gone with the server."""

    def __init__(self, options: TrainingOptions) -> None:
        self._client = (options.client_id, options.client_secret)
        self._until: dict[str, float] = {}

    def issue(self, client_id: str, client_secret: str) -> str:
        """Return a new token, empty where the client is not ours."""
        known = zip((client_id, client_secret), self._client, strict=True)
        alike = [hmac.compare_digest(given.encode(), ours.encode()) for given, ours in known]
        if not all(alike):
            return ""
        moment = time.monotonic()
        self._until = {token: end for token, end in self._until.items() if end > moment}
        token = secrets.token_urlsafe(32)
        self._until[token] = moment + TOKEN_SECONDS
        return token

    def holds(self, token: str) -> bool:
        """Tell whether a token is ours and not over."""
        return self._until.get(token, 0.0) > time.monotonic()


class FaultPlan:
    """Which fault strikes the next POST: each as often as asked, in the order given."""

    def __init__(self, options: TrainingOptions) -> None:
        self._left = dict(options.faults)

    def next(self) -> str:
        """Return the fault for this POST, empty for none, and count it."""
        for name, count in self._left.items():
            if count > 0:
                self._left[name] = count - 1
                return name
        return ""


def _no_server(peer: tuple[str, int]) -> None:
    raise RuntimeError("no server to hang up on", peer)


@dataclass(slots=True)
class Site:
    """Everything the routes need.

    Attributes:
        ledger: the file of both offices.
        tokens: who may speak.
        faults: what goes wrong on purpose.
        customs: moves customs conversations.
        tax: moves tax conversations.
        agencies: move the conversations of the agencies, by how the ledger calls them.
        hang_up: closes the connection of a peer (address, port) without an answer.
    """

    ledger: Ledger
    tokens: Tokens
    faults: FaultPlan
    customs: Clockwork
    tax: Clockwork
    agencies: Mapping[str, Clockwork] = field(default_factory=dict)
    hang_up: Callable[[tuple[str, int]], None] = field(default=_no_server)

    def clockwork(self, back_end: str) -> Clockwork:
        """Return the clockwork of a back end."""
        own = {each.office.back_end: each for each in (self.customs, self.tax)}
        return own[back_end] if back_end in own else self.agencies[back_end]
