# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at the far end of a line, step by step: its name, the line, who it proves to be. Nothing of ours is sent."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_
from swclient.base.messages import Message

if TYPE_CHECKING:
    import socket
    import ssl
    from pathlib import Path

HTTPS_PORT = 443
# Why a certificate was not believed, by the number that OpenSSL gives it.
_NOT_YET, _OVER, _OWN, _OWN_IN_CHAIN, _NO_ISSUER, _NO_ISSUER_HERE, _OTHER_NAME, _OTHER_ADDRESS = (
    9, 10, 18, 19, 2, 20, 62, 64,
)  # fmt: skip
_ISSUERS = {_OWN, _OWN_IN_CHAIN, _NO_ISSUER, _NO_ISSUER_HERE, 21}
_CLOCK = N_("Check the clock of this computer: it says {now}. If it is right, the office must renew its certificate.")
_ISSUER = N_(
    "Nobody whom this computer trusts vouches for that certificate. Ask the office for the file of its certificate"
    " authority and choose it here. Never go on without."
)
_NAME = N_("The certificate is for another name. Check the address, letter by letter; then ask the office.")
_ELSE = N_("Ask the office; show them these words. Nothing was sent.")


@dataclass(frozen=True, slots=True)
class Proven:
    """Who the far end proved to be: name in the certificate, who vouches for it, until when, protocol in use."""

    name: str
    issuer: str
    until: str
    protocol: str


class DistrustError(OutsideError):
    """The far end could not prove who it is; `advice` says what to do."""

    def __init__(self, reason: str, advice: Message) -> None:
        super().__init__(N_("The certificate was not believed: {reason}"), retry=False, reason=reason)
        self.advice = advice


def place_of(address: str) -> tuple[str, int]:
    """Return host and port of an address."""
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or HTTPS_PORT


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """Return the numeric addresses of a name.

    Raises:
        OSError: nobody knows the name.
    """
    import socket

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def opened(host: str, port: int, seconds: float) -> socket.socket:
    """Return an open line.

    Raises:
        OSError: nobody answers there.
    """
    import socket

    return socket.create_connection((host, port), timeout=seconds)


def proven(line: socket.socket, host: str, ca_file: Path | None) -> Proven:
    """Return who the far end of a line proves to be; the line is closed.

    Raises:
        DistrustError: it could not; says why and what to do.
        OSError: the line broke.
    """
    import ssl

    context = _context(ca_file)
    try:
        with context.wrap_socket(line, server_hostname=host) as secure:
            shown = secure.getpeercert() or {}
            return Proven(
                _common_name(shown.get("subject", ())) or host,
                _common_name(shown.get("issuer", ())),
                str(shown.get("notAfter", "")),
                str(secure.version()),
            )
    except ssl.SSLCertVerificationError as error:
        raise DistrustError(error.verify_message, _advice(error.verify_code)) from error
    except ssl.SSLError as error:
        raise DistrustError(error.reason or str(error), Message(_ELSE)) from error
    finally:
        with contextlib.suppress(OSError):
            line.close()


def _context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what checks the far end: the same trust as that of every call, and nothing that takes less."""
    import ssl

    from requests.adapters import DEFAULT_CA_BUNDLE_PATH

    context = ssl.create_default_context(cafile=str(ca_file) if ca_file else DEFAULT_CA_BUNDLE_PATH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _advice(code: int) -> Message:
    if code in {_NOT_YET, _OVER}:
        from datetime import datetime

        return Message(_CLOCK, {"now": f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"})
    if code in _ISSUERS:
        return Message(_ISSUER)
    return Message(_NAME if code in {_OTHER_NAME, _OTHER_ADDRESS} else _ELSE)


def _common_name(parts: object) -> str:
    pairs = [pair for part in parts if isinstance(part, tuple) for pair in part] if isinstance(parts, tuple) else []
    for wanted in ("commonName", "organizationName"):
        for name, text in pairs:
            if name == wanted:
                return str(text)
    return ""
