# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where an office's store is: `postgresql://user@host:port/database`, never with a password in it."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from swclient.base.errors import UserError
from swclient.base.i18n import N_

SCHEMES = ("postgresql", "postgres")
_PORT = 5432
_SECONDS = 10
_KNOWN = ("sslmode", "sslrootcert", "host", "options")
_NO_ADDRESS = N_("“{address}” is no address of an office store. Write postgresql://USER@HOST:PORT/DATABASE.")
_PASSWORD = N_(
    "The address of the office store has a password in it. Leave it out: it is asked for once and kept by the key "
    "store of this computer."
)
_UNKNOWN = N_("The address of the office store says “{name}”, which means nothing here; known are {known}.")
_WEAK = N_(
    "The office store at {host} would be spoken to without proof that it is the right server. Leave sslmode out, or "
    "say sslmode=verify-full; sslrootcert=FILE names the office's own authority."
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office's store.

    Attributes:
        address: as the user wrote it.
        folder: where the note of the end of the log lies.
        password: returns the password; None where the server wants none.
    """

    address: str
    folder: Path
    password: Callable[[], str | None] = field(default=lambda: None, repr=False)

    @property
    def name(self) -> str:
        """Which store it is, for people and for the key store: `user@host:port/database`."""
        parts = urlsplit(self.address)
        return f"{parts.username or ''}@{parts.hostname or ''}:{parts.port or _PORT}{parts.path}"

    @property
    def path(self) -> Path:
        """Where a file of that store would lie; its notes lie beside."""
        return self.folder / f"office-{hashlib.sha256(self.name.encode()).hexdigest()[:12]}"


def is_address(text: str) -> bool:
    """Whether a text means an office's store, not a file."""
    return text.partition("://")[0] in SCHEMES


def told_to_driver(address: str) -> dict[str, str]:
    """Return what an address says, for the library that speaks to the server.

    Raises:
        UserError: it is none, has a password in it, or asks for less than proof of who the server is.
    """
    parts = urlsplit(address)
    try:
        port = parts.port or _PORT
    except ValueError as error:
        raise UserError(_NO_ADDRESS, address=address) from error
    if not is_address(address) or not parts.path.strip("/"):
        raise UserError(_NO_ADDRESS, address=address)
    asked = dict(parse_qsl(parts.query))
    if parts.password is not None or "password" in asked:
        raise UserError(_PASSWORD)
    strange = next((name for name in asked if name not in _KNOWN), None)
    if strange is not None:
        raise UserError(_UNKNOWN, name=strange, known=", ".join(_KNOWN))
    host = asked.pop("host", parts.hostname or "")
    told = {"host": host, "port": str(port), "dbname": unquote(parts.path.strip("/"))}
    told |= {"user": unquote(parts.username)} if parts.username else {}
    return told | asked | _guarded(host, asked)


def _guarded(host: str, asked: dict[str, str]) -> dict[str, str]:
    """Return how the line is secured: on this very machine as asked, else with proof of who the server is."""
    if _here(host):
        return {}
    if asked.get("sslmode", "verify-full") != "verify-full":
        raise UserError(_WEAK, host=host)
    return {"sslmode": "verify-full", "sslrootcert": asked.get("sslrootcert", "system")}


def _here(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def patience() -> dict[str, str]:
    """Return how long a line may be silent before it counts as lost."""
    return {
        "connect_timeout": str(_SECONDS),
        "keepalives_idle": str(_SECONDS),
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "tcp_user_timeout": str(_SECONDS * 1000),
    }
