# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where an office is reached and how long we listen to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = N_("The address {address} is not an https address; nothing is sent to an office in the clear.")
_HTTPS = "https://"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One office's address and the limits of a call.

    Attributes:
        address: `https://host:port`, with the path that all calls begin with, if any.
        ca_file: certificates to believe instead of the public ones; for a training office its own.
        client_id: who we are to it.
        deadline: seconds for a whole call, from looking up the name to the last byte of the answer.
        byte_cap: bytes of an answer that are read at most, also after unpacking.
    """

    address: str
    ca_file: Path | None = None
    client_id: str = ""
    deadline: float = 20.0
    byte_cap: int = 8 << 20

    def __post_init__(self) -> None:
        if not self.address.startswith(_HTTPS):
            raise UserError(_ADDRESS, address=self.address)

    def url(self, path: str) -> str:
        """Return the whole address of a path that begins with one slash.

        Raises:
            ValueError: it does not; an answer may not send us to another host.
        """
        if not path.startswith("/") or path.startswith("//") or "\\" in path:
            message = f"not a path: {path[:80]!r}"
            raise ValueError(message)
        return self.address.rstrip("/") + path
