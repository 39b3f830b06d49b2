# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who signs: a private key with its certificate, read from a PKCS#12 file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate

    from swclient.signing.secrets import Secret

DEMO = "DEMO KEY - NOT A LEGAL SIGNATURE"
"""The common name of every demo key, so that nobody takes its signature for one."""

_NUMBER = re.compile(r"(?:[A-Z]{3}-?)?([0-9][0-9A-Z]{6,17})")  # BIN240140000011: what kind of number, then the number
_MOST_BYTES = 1 << 20
_UNREADABLE = N_("The key file {file} cannot be read: {reason}.")
_WRONG = N_("The key file {file} does not open with this pass phrase, or it is not a PKCS#12 file.")
_NO_KEY = N_("There is no private key with a certificate in the file {file}.")
_KIND = N_("The key in the file {file} is neither RSA nor an elliptic curve key, so this program cannot sign with it.")


class WrongPassPhraseError(UserError):
    """A key does not open with what was given; what the key store kept for it is of no use."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A key and its certificate."""

    key: RSAPrivateKey | EllipticCurvePrivateKey = field(repr=False)
    certificate: Certificate
    others: tuple[Certificate, ...] = ()

    @property
    def name(self) -> str:
        """The common name in the certificate."""
        return common_name(self.certificate)

    @property
    def serial(self) -> str:
        """The serial number of the certificate, hexadecimal."""
        return f"{self.certificate.serial_number:x}"

    @property
    def not_after(self) -> datetime:
        """When the certificate ends."""
        return self.certificate.not_valid_after_utc

    @property
    def owners(self) -> frozenset[str]:
        """Taxpayer numbers that the certificate is made out to, of a person or a firm; none where it says none."""
        from cryptography.x509.oid import NameOID

        kinds = (NameOID.SERIAL_NUMBER, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_IDENTIFIER)
        told = [each.value for kind in kinds for each in self.certificate.subject.get_attributes_for_oid(kind)]
        return frozenset(found[1] for text in told if (found := _NUMBER.fullmatch(str(text).strip())))

    @property
    def is_demo(self) -> bool:
        """Whether this is a demo key, whose signature means nothing in law."""
        return self.name == DEMO


def common_name(certificate: Certificate) -> str:
    """Return the common name of a certificate, or its whole subject where it has none."""
    from cryptography.x509.oid import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def load_identity(file: Path, pass_phrase: Secret) -> Identity:
    """Return the key and certificate in a PKCS#12 file.

    Raises:
        UserError: the file cannot be read, does not open with the pass phrase, or has no usable key
            in it.
    """
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        with file.open("rb") as stream:
            content = stream.read(_MOST_BYTES)
    except OSError as error:
        raise UserError(_UNREADABLE, file=file, reason=error.strerror) from error
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, pass_phrase.reveal().encode())
    except ValueError as error:
        raise WrongPassPhraseError(_WRONG, file=file) from error
    if key is None or certificate is None:
        raise UserError(_NO_KEY, file=file)
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise UserError(_KIND, file=file)
    return Identity(key, certificate, tuple(others))
