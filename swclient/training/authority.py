# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An own certificate authority for the training server, good for its names and nothing else.

The authority's key is thrown away after it has signed one server certificate, and its certificate
is constrained to the names of that server: whoever trusts it trusts no other site.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_DAYS = 397
RENEW_DAYS = 30
_ALWAYS = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Authority:
    """Files of one authority.

    Attributes:
        ca_file: certificate that clients trust, PEM.
        certificate_file: certificate of the server, PEM.
        key_file: its private key, PEM, readable by the owner only.
    """

    ca_file: Path
    certificate_file: Path
    key_file: Path


def authority_in(directory: Path, host: str) -> Authority:
    """Return the authority kept in a directory; or a new one if it is not fit for the host."""
    kept = Authority(directory / "ca.pem", directory / "server.pem", directory / "server.key")
    names = tuple(dict.fromkeys((*_ALWAYS, host)))
    if not _still_good(kept, names):
        directory.mkdir(parents=True, exist_ok=True)
        _make(kept, names)
    return kept


def _still_good(kept: Authority, names: tuple[str, ...]) -> bool:
    if not (kept.ca_file.is_file() and kept.certificate_file.is_file() and kept.key_file.is_file()):
        return False
    try:
        server = x509.load_pem_x509_certificate(kept.certificate_file.read_bytes())
        ca = x509.load_pem_x509_certificate(kept.ca_file.read_bytes())
        key = serialization.load_pem_private_key(kept.key_file.read_bytes(), None)
    except ValueError:
        return False
    ours = key.public_key() == server.public_key() and server.issuer == ca.subject
    lasting = server.not_valid_after_utc - datetime.now(UTC) > timedelta(days=RENEW_DAYS)
    listed = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return ours and lasting and all(_general_name(name) in listed for name in names)


def _make(kept: Authority, names: tuple[str, ...]) -> None:
    ca_key = ec.generate_private_key(ec.SECP256R1())
    server_key = ec.generate_private_key(ec.SECP256R1())
    ca = _ca_certificate(ca_key, names)
    server = _server_certificate(server_key.public_key(), ca, ca_key, names)
    private = server_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(kept.key_file, private, 0o600)
    _write(kept.certificate_file, server.public_bytes(serialization.Encoding.PEM), 0o644)
    _write(kept.ca_file, ca.public_bytes(serialization.Encoding.PEM), 0o644)


def _ca_certificate(key: ec.EllipticCurvePrivateKey, names: tuple[str, ...]) -> x509.Certificate:
    subject = _subject("swclient TRAINING authority")
    allowed = x509.NameConstraints([_subtree(name) for name in names], None)
    return (
        _blank(subject, subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(allowed, critical=True)
        .sign(key, hashes.SHA256())
    )


def _server_certificate(
    public: ec.EllipticCurvePublicKey,
    ca: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
    names: tuple[str, ...],
) -> x509.Certificate:
    issuer_key = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _blank(_subject("swclient TRAINING server"), ca.subject, public)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_key),
            critical=False,
        )
        .sign(ca_key, hashes.SHA256())
    )


def _blank(subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a clock that is a little behind must not refuse us
        .not_valid_after(now + timedelta(days=VALID_DAYS))
    )


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _subtree(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write a file whole or not at all, never readable by more people than meant."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        stream.write(data)
    fresh.replace(path)
