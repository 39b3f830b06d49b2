# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office that is out: its door closes before anybody can say a word, not even of TLS."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from swclient.training.faults import FaultPlan


class OutageError(Exception):
    """Raised to a connection that comes during an outage."""


def line_protocol(plan: FaultPlan) -> type[asyncio.Protocol]:
    """Return the protocol of HTTP lines that are closed during an outage of a plan."""

    class Line(H11Protocol):
        """One line to a client."""

        def __init__(self, *given: Any, **named: Any) -> None:
            # The loop makes the protocol before TLS begins, and closes the line of one that it cannot make.
            if plan.out() and os.name == "posix":
                raise OutageError
            super().__init__(*given, **named)

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # only streams come
            """Take a line, or cut it at once."""
            if plan.out():
                transport.abort()
                return
            super().connection_made(transport)

        def data_received(self, data: bytes) -> None:
            """Read on, or cut a line that was open before the outage."""
            if plan.out():
                self.transport.abort()
                return
            super().data_received(data)

    return Line
