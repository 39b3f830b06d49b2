# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verifying a detached CMS signature (RFC 5652) over the exact bytes received.

The cryptography package makes such signatures but does not verify them, so the few structures
needed are read here. Only demo certificates are taken: a training office has no business with a
real key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from swclient.training.der import (
    CONSTRUCTED_0,
    CONTEXT_0,
    OCTET_STRING,
    SEQUENCE,
    SET,
    Der,
    DerError,
    read_der,
)

SIGNED_DATA = "1.2.840.113549.1.7.2"
DATA = "1.2.840.113549.1.7.1"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
RSA_PSS = "1.2.840.113549.1.1.10"
HASHES: dict[str, hashes.HashAlgorithm] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
MIN_RSA_BITS = 2048
DEMO_WORDS = ("DEMO", "TRAINING")

# What bytes from strangers make the readers raise; a certificate is read bit by bit as it is asked.
_UNREADABLE = (
    DerError,
    IndexError,
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
UNREADABLE = "TRN-SIG-001"
BROKEN = "TRN-SIG-002"
EXPIRED = "TRN-SIG-003"
NOT_DEMO = "TRN-SIG-004"


class SignatureRefusedError(Exception):
    """The signature does not stand.

    Attributes:
        code: one of the `TRN-SIG-...` codes.
        reason: for people.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Signer:
    """The parts of SignerInfo that verification needs."""

    identifier: Der
    hash_oid: str
    signed_attributes: Der | None
    algorithm_oid: str
    value: bytes


def verify(header: str, content: bytes, now: datetime) -> x509.Certificate:
    """Verify the `X-Signature` header over a body; return the certificate of the signer.

    Args:
        header: base64 of the DER of a CMS SignedData without content.
        content: the exact bytes that were signed.
        now: time of receipt, with zone.

    Raises:
        SignatureRefusedError: unreadable, broken, out of its time, or not a demo key.
    """
    try:
        signer, certificates = _open(base64.b64decode(header, validate=True))
        certificate = _certificate_of(signer.identifier, certificates)
        _check_value(signer, certificate, content)
        _check_certificate(certificate, now)
    except _UNREADABLE as error:
        reason = f"not a CMS signature that we read: {error}"
        raise SignatureRefusedError(UNREADABLE, reason) from error
    return certificate


def _check_certificate(certificate: x509.Certificate, now: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= now <= last:
        raise SignatureRefusedError(EXPIRED, f"the certificate is good {first:%Y-%m-%d} - {last:%Y-%m-%d}")
    subject = certificate.subject.rfc4514_string().upper()
    if not any(word in subject for word in DEMO_WORDS):
        raise SignatureRefusedError(NOT_DEMO, "only keys that say DEMO or TRAINING are taken here")


def _open(raw: bytes) -> tuple[_Signer, list[bytes]]:
    content_info = read_der(raw).members(SEQUENCE)
    if content_info[0].oid() != SIGNED_DATA:
        raise DerError("not SignedData")
    parts = content_info[1].members(CONSTRUCTED_0)[0].members(SEQUENCE)
    content, rest = parts[2].members(SEQUENCE), parts[3:]
    if len(content) > 1:
        raise DerError("the content must be detached")
    certificates = [one.raw for part in rest if part.tag == CONSTRUCTED_0 for one in part.members(CONSTRUCTED_0)]
    signers = [one for part in rest if part.tag == SET for one in part.members(SET)]
    if len(signers) != 1:
        raise DerError("exactly one signer is expected")
    return _signer(signers[0].members(SEQUENCE)), certificates


def _signer(parts: list[Der]) -> _Signer:
    identifier, hash_oid, rest = parts[1], parts[2].members(SEQUENCE)[0].oid(), parts[3:]
    signed = rest.pop(0) if rest and rest[0].tag == CONSTRUCTED_0 else None
    algorithm, value = rest[:2]
    if value.tag != OCTET_STRING:
        raise DerError("no signature value")
    return _Signer(identifier, hash_oid, signed, algorithm.members(SEQUENCE)[0].oid(), value.content)


def _certificate_of(identifier: Der, certificates: list[bytes]) -> x509.Certificate:
    for raw in certificates:
        certificate = x509.load_der_x509_certificate(raw)
        if _identifies(identifier, certificate, raw):
            return certificate
    raise DerError("the signer's certificate is not inside")


def _identifies(identifier: Der, certificate: x509.Certificate, raw: bytes) -> bool:
    if identifier.tag == CONTEXT_0:
        try:
            key = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        except x509.ExtensionNotFound:
            return False
        return key.digest == identifier.content
    issuer, serial = identifier.members(SEQUENCE)
    return certificate.serial_number == serial.integer() and issuer.raw in raw


def _check_value(signer: _Signer, certificate: x509.Certificate, content: bytes) -> None:
    algorithm = HASHES.get(signer.hash_oid)
    if algorithm is None:
        raise DerError("hash", signer.hash_oid, "is not taken")
    signed = content
    if signer.signed_attributes is not None:
        _check_attributes(signer.signed_attributes, hashlib.new(algorithm.name, content).digest())
        # What is signed is the SET OF itself, not its [0] wrapper (RFC 5652, 5.4).
        signed = b"\x31" + signer.signed_attributes.raw[1:]
    try:
        _check_key(certificate, signer, signed, algorithm)
    except InvalidSignature as error:
        raise SignatureRefusedError(BROKEN, "the signature does not fit the bytes") from error


def _check_attributes(wrapper: Der, digest: bytes) -> None:
    found = {
        pair[0].oid(): pair[1].members(SET)
        for pair in (one.members(SEQUENCE) for one in wrapper.members(CONSTRUCTED_0))
    }
    kinds, digests = found.get(CONTENT_TYPE, []), found.get(MESSAGE_DIGEST, [])
    if len(kinds) != 1 or len(digests) != 1 or kinds[0].oid() != DATA:
        raise DerError("content type or digest is missing among the signed attributes")
    if not hmac.compare_digest(digests[0].content, digest):
        raise SignatureRefusedError(BROKEN, "the digest in the signature is not that of the bytes received")


def _check_key(certificate: x509.Certificate, signer: _Signer, signed: bytes, algorithm: hashes.HashAlgorithm) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < MIN_RSA_BITS:
            raise DerError("an RSA key has at least", MIN_RSA_BITS, "bits")
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if signer.algorithm_oid == RSA_PSS:
            scheme = padding.PSS(mgf=padding.MGF1(algorithm), salt_length=padding.PSS.AUTO)
        key.verify(signer.value, signed, scheme, algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signer.value, signed, ec.ECDSA(algorithm))
    else:
        raise DerError("only RSA and ECDSA keys are taken")
