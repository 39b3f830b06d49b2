# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a certificate may be believed: in time, made for signing, and issued by one that is trusted.

Not a full path validation of RFC 5280: no revocation lists, no name constraints. Where a real
authority's certificates come into play, its own service has the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cryptography.x509 import Certificate

_LONGEST_WAY = 6
_PEM = b"-----BEGIN"
_NOT_YET = N_("The certificate is not valid before {day}. Check the clock of this computer.")
_OVER = N_("The certificate ended on {day}. A new key is needed to sign.")
_PURPOSE = N_("The certificate was not made for signing.")
_STRANGER = N_('The certificate was issued by "{issuer}", which is not among the trusted ones.')


class Untrusted(UserError):  # noqa: N818 - a finding about a certificate, raised to leave the search
    """A certificate may not be believed, and why."""


def load_trust(trust: Sequence[bytes]) -> list[Certificate]:
    """Return certificates from their PEM or DER bytes.

    Raises:
        ValueError: one of them is neither.
    """
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    found: list[Certificate] = []
    for content in trust:
        if content.lstrip().startswith(_PEM):
            found += load_pem_x509_certificates(content)
        else:
            found.append(load_der_x509_certificate(content))
    return found


def load_certificate(content: bytes) -> Certificate:
    """Return a certificate from its DER bytes, with everything read that is looked at later.

    Raises:
        one of `unreadable()`: there is something in it that cannot be read.
    """
    from cryptography.x509 import load_der_x509_certificate

    certificate = load_der_x509_certificate(content)
    # The library reads these when they are first asked for; a forged certificate is to fail here.
    for part in (certificate.subject, certificate.issuer, certificate.extensions):
        tuple(part)
    certificate.public_key()
    return certificate


def unreadable() -> tuple[type[Exception], ...]:
    """Return what reading a certificate or a signature from outside may raise."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.x509 import DuplicateExtension, InvalidVersion, UnsupportedGeneralNameType

    of_x509 = (DuplicateExtension, InvalidVersion, UnsupportedGeneralNameType, UnsupportedAlgorithm)
    return (ValueError, TypeError, IndexError, KeyError, *of_x509)


def check_certificate(
    certificate: Certificate,
    others: Sequence[Certificate],
    trusted: Sequence[Certificate] | None,
    at: datetime,
) -> None:
    """Go the way from a certificate to a trusted one.

    Args:
        certificate: the signer's.
        others: what came with it and may lie on the way.
        trusted: where the way may end; None = only the signer's certificate itself is looked at.
        at: when all of them must be valid.

    Raises:
        Untrusted: it may not be believed.
    """
    _check_purpose(certificate)
    _check_time(certificate, at)
    if trusted is None:
        return
    here = certificate
    for _step in range(_LONGEST_WAY):
        if here in trusted:
            return
        issuer = next((one for one in (*trusted, *others) if _issued(here, one)), None)
        if issuer is None or issuer == here:
            break
        _check_time(issuer, at)
        here = issuer
    raise Untrusted(_STRANGER, issuer=here.issuer.rfc4514_string())


def _check_time(certificate: Certificate, at: datetime) -> None:
    if at < certificate.not_valid_before_utc:
        raise Untrusted(_NOT_YET, day=certificate.not_valid_before_utc.date())
    if at > certificate.not_valid_after_utc:
        raise Untrusted(_OVER, day=certificate.not_valid_after_utc.date())


def _check_purpose(certificate: Certificate) -> None:
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise Untrusted(_PURPOSE)


def _issued(certificate: Certificate, issuer: Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.x509 import BasicConstraints, ExtensionNotFound

    try:
        if not issuer.extensions.get_extension_for_class(BasicConstraints).value.ca:
            return False
        certificate.verify_directly_issued_by(issuer)
    except (ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return True
