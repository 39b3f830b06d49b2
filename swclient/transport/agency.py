# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An agency that gives permits: applications in, decisions out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.transport.customs import signed
from swclient.transport.office import Office

if TYPE_CHECKING:
    from swclient.transport.http import Caller

APPLICATION_TYPE = "application/json"


class AgencyClient(Office):
    """Speaks to one agency of an endpoint.

    Args:
        caller: makes the calls.
        name: its name, the last part of its path.
    """

    def __init__(self, caller: Caller, name: str) -> None:
        super().__init__(caller, f"/agencies/{name}")

    def submit_application(self, content: bytes, key: str, signature: bytes) -> str:
        """Hand in the bytes of an application with its detached signature; return the conversation."""
        return self.post("/applications", content, key, signed(APPLICATION_TYPE, signature))
