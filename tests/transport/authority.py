# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority for tests on loopback: good certificates and every kind of bad one."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


class Authority:
    """Issues certificates into a folder.

    Attributes:
        file: its own certificate, what a client is to believe.
    """

    def __init__(self, folder: Path, name: str = "TRAINING authority of a test") -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = self._builder(self._name, self._key, DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        usage = dict.fromkeys(
            (
                "digital_signature",
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        usage = x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage)
        builder = builder.add_extension(usage, critical=True)
        self._own = builder.sign(self._key, SHA256())
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self._own.public_bytes(Encoding.PEM))

    def server(
        self,
        host: str = "127.0.0.1",
        begin: timedelta = -DAY,
        end: timedelta = DAY,
        *,
        self_signed: bool = False,
    ) -> ssl.SSLContext:
        """Return the TLS side of a server with a certificate for a host."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        try:
            known_as: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            known_as = x509.DNSName(host)
        issuer = name if self_signed else self._name
        builder = self._builder(issuer, key, end, begin).subject_name(name)
        builder = builder.add_extension(x509.SubjectAlternativeName([known_as]), critical=False)
        certificate = builder.sign(key if self_signed else self._key, SHA256())
        file = self._folder / f"{certificate.serial_number:x}.pem"
        self._last = file
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def pair(self, host: str = "127.0.0.1") -> Path:
        """Return a file with a good certificate for a host and its key."""
        self.server(host)
        return self._last

    def _builder(
        self,
        issuer: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        end: timedelta,
        begin: timedelta = -DAY,
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + min(begin, end))
            .not_valid_after(now + end)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
        )
        return builder.subject_name(issuer) if issuer == self._name and key is self._key else builder
