# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The port behind which everybody stands who can sign: demo key, key file, token, or a plug-in with national crypto."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from swclient.signing.identity import Identity


class Holder(Protocol):
    """Whose certificate it is, and how long it is good."""

    @property
    def name(self) -> str:
        """The common name in the certificate."""

    @property
    def serial(self) -> str:
        """The serial number of the certificate, hexadecimal, lower case."""

    @property
    def not_after(self) -> datetime:
        """When the certificate ends, with a time zone."""

    @property
    def owners(self) -> frozenset[str]:
        """Taxpayer numbers that the certificate is made out to; none where it says none."""

    @property
    def is_demo(self) -> bool:
        """Whether its signature means nothing in law."""


class Signer(Holder, Protocol):
    """Somebody who can sign."""

    @property
    def certificate(self) -> bytes:
        """The certificate, DER."""

    def sign(self, content: bytes) -> bytes:
        """Return a detached CMS signature, DER, over exactly these bytes, with the certificate inside.

        Raises:
            UserError: the user can put it right: a wrong pass phrase, a cancelled question.
            OutsideError: a token or a service did not do it.
        """


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """Signs with a key that `cryptography` can use, wherever that key lies."""

    identity: Identity

    @property
    def name(self) -> str:
        """The common name in the certificate."""
        return self.identity.name

    @property
    def serial(self) -> str:
        """The serial number of the certificate, hexadecimal."""
        return self.identity.serial

    @property
    def not_after(self) -> datetime:
        """When the certificate ends."""
        return self.identity.not_after

    @property
    def owners(self) -> frozenset[str]:
        """Taxpayer numbers that the certificate is made out to."""
        return self.identity.owners

    @property
    def is_demo(self) -> bool:
        """Whether this is a demo key."""
        return self.identity.is_demo

    @property
    def certificate(self) -> bytes:
        """The certificate, DER."""
        from cryptography.hazmat.primitives.serialization import Encoding

        return self.identity.certificate.public_bytes(Encoding.DER)

    def sign(self, content: bytes) -> bytes:
        """Return a detached CMS signature, DER, over exactly these bytes."""
        from swclient.signing.cms import sign_detached

        return sign_detached(content, self.identity)
