# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Detached CMS signatures (RFC 5652): made by `cryptography`, checked here.

`cryptography` makes them but does not check them, so the checking side reads the structure itself
and leaves every cryptographic step to the library. What is checked: the digest of the content, the
signature over the signed attributes, the certificate's time and purpose, and its way to a trusted
one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.signing import der
from swclient.signing.certificates import (
    Untrusted,
    check_certificate,
    load_certificate,
    load_trust,
    unreadable,
)
from swclient.signing.identity import common_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.hashes import HashAlgorithm
    from cryptography.x509 import Certificate

    from swclient.signing.identity import Identity

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_DATA = "1.2.840.113549.1.7.1"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_RSA_PSS = "1.2.840.113549.1.1.10"
_FIRST = 0xA0
_MOST_BYTES = 1 << 20

_GOOD = N_("The signature is good, and the certificate leads to a trusted one.")
_GOOD_UNTRUSTED = N_("The signature is good. Whether to trust the certificate was not asked.")
_NOT_CMS = N_("This is not a detached CMS signature that can be read: {reason}.")
_CHANGED = N_("The content is not the one that was signed.")
_FORGED = N_("The signature does not belong to this certificate, or it was altered.")


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What checking a signature found.

    Attributes:
        valid: everything that was asked for holds.
        signer: the name in the certificate; empty where none could be read.
        serial: the certificate's serial number, hexadecimal.
        not_after: when the certificate ends.
        reason: why it is valid or not.
    """

    valid: bool
    signer: str
    serial: str
    not_after: datetime | None
    reason: Message


@dataclass(frozen=True, slots=True)
class _Signer:
    certificate: Certificate
    digest: str
    pss: bool
    attributes: der.Part | None
    signature: bytes


def sign_detached(content: bytes, identity: Identity) -> bytes:
    """Return a CMS signature, DER, over exactly these bytes; they are not inside it, the certificate is."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.hazmat.primitives.serialization.pkcs7 import (
        PKCS7Options,
        PKCS7SignatureBuilder,
    )

    builder = PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(identity.certificate, identity.key, SHA256())
    for other in identity.others:
        builder = builder.add_certificate(other)
    # Binary: without it line ends would be changed before they are signed.
    options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary, PKCS7Options.NoCapabilities]
    return builder.sign(Encoding.DER, options)


def verify_detached(
    content: bytes,
    signature: bytes,
    trust: Sequence[bytes] | None = None,
    at: datetime | None = None,
) -> SignatureReport:
    """Return whether a detached signature is good for these bytes.

    Args:
        content: the bytes that were signed.
        signature: CMS SignedData, DER, one signer.
        trust: certificates (PEM or DER) that the signer's must be, or be issued by; None = do not
            ask.
        at: the moment at which the certificate must be valid; None = now. For an archive, when it
            was sent.
    """
    try:
        signer, others = _read(signature)
    except unreadable() as error:
        return SignatureReport(False, "", "", None, Message(_NOT_CMS, {"reason": str(error)}))  # noqa: FBT003 - named in the class
    certificate = signer.certificate
    problem = _problem(content, signer)
    if problem is None:
        moment = at or datetime.now(UTC)
        try:
            check_certificate(certificate, others, None if trust is None else load_trust(trust), moment)
        except Untrusted as error:
            problem = error.message
    return SignatureReport(
        valid=problem is None,
        signer=common_name(certificate),
        serial=f"{certificate.serial_number:x}",
        not_after=certificate.not_valid_after_utc,
        reason=problem or Message(_GOOD_UNTRUSTED if trust is None else _GOOD),
    )


def _read(signature: bytes) -> tuple[_Signer, list[Certificate]]:
    """Take a signature apart.

    Raises:
        ValueError: it is not one, has several signers, or holds the content itself.
    """
    if len(signature) > _MOST_BYTES:
        raise der.DerError("too long")
    kind, wrapped = der.parse(signature).expect(der.SEQUENCE).parts()
    if kind.oid() != _SIGNED_DATA:
        raise der.DerError("no signed data")
    (signed,) = wrapped.expect(_FIRST).parts()
    _version, _digests, content, *optional, signers = signed.expect(der.SEQUENCE).parts()
    if [part.oid() for part in content.parts()] != [_DATA]:
        raise der.DerError("the content is inside, or is not plain data")
    certificates = _certificates(optional)
    (signer,) = signers.expect(der.SET).parts()
    return _signer(signer.expect(der.SEQUENCE), certificates), certificates


def _certificates(optional: list[der.Part]) -> list[Certificate]:
    inside = [part for part in optional if part.tag == _FIRST]
    return [load_certificate(one.whole) for part in inside for one in part.parts()]


def _signer(info: der.Part, certificates: list[Certificate]) -> _Signer:
    version, identifier, digest, *rest = info.parts()
    attributes = rest.pop(0) if rest[0].tag == _FIRST else None
    algorithm, signature = rest[0], rest[1].expect(der.OCTETS)
    name = _DIGESTS.get(digest.parts()[0].oid())
    if version.integer() not in {1, 3} or name is None:
        raise der.DerError("a version or digest that is not known here")
    pss = algorithm.parts()[0].oid() == _RSA_PSS
    return _Signer(_certificate_of(identifier, certificates), name, pss, attributes, signature.content)


def _certificate_of(identifier: der.Part, certificates: list[Certificate]) -> Certificate:
    """Return the certificate that the signer names, by issuer and number or by key identifier."""
    from cryptography.x509 import ExtensionNotFound, SubjectKeyIdentifier

    for certificate in certificates:
        if identifier.tag == der.SEQUENCE:
            issuer, number = identifier.parts()
            same_issuer = certificate.issuer.public_bytes() == issuer.whole
            if same_issuer and certificate.serial_number == number.integer():
                return certificate
            continue
        try:
            key = certificate.extensions.get_extension_for_class(SubjectKeyIdentifier).value
        except ExtensionNotFound:
            continue
        if key.digest == identifier.content:
            return certificate
    raise der.DerError("the signer's certificate is not inside")


def _problem(content: bytes, signer: _Signer) -> Message | None:
    """Return what is wrong with the signature itself, or None."""
    signed = content
    if signer.attributes is not None:
        if _digest_in(signer.attributes) != hashlib.new(signer.digest, content).digest():
            return Message(_CHANGED)
        # The attributes stand in the message under the tag [0] and are signed as the set that they
        # are.
        signed = bytes([der.SET]) + signer.attributes.whole[1:]
    return None if _belongs(signer, signed) else Message(_CHANGED if signed is content else _FORGED)


def _digest_in(attributes: der.Part) -> bytes | None:
    """Return the digest among the signed attributes; None where content type or digest are not there once each."""
    found: dict[str, list[der.Part]] = {}
    try:
        for attribute in attributes.parts():
            name, values = attribute.parts()
            found.setdefault(name.oid(), []).extend(values.expect(der.SET).parts())
        (kind,), (digest,) = found[_CONTENT_TYPE], found[_MESSAGE_DIGEST]
        return digest.expect(der.OCTETS).content if kind.oid() == _DATA else None
    except (ValueError, KeyError):
        return None


def _belongs(signer: _Signer, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    kinds: dict[str, HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    digest, key = kinds[signer.digest], signer.certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
            key.verify(signer.signature, signed, pss if signer.pss else padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signer.signature, signed, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True
