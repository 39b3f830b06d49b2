# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up keys with certificates of every kind that the tests sign with."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from swclient.signing.identity import Identity

BIN = "240140000011"
PHRASE = "canary-сезам-芝麻"
KINDS = ("rsa", "ec256", "ec521")


def private_key(kind):
    """A new private key: `rsa`, `ec256` or `ec521`."""
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1() if kind == "ec256" else ec.SECP521R1())


def identity(kind="ec256", *, owner=f"BIN{BIN}", name="TRAINING - entirely made up", days=365):
    """A key with a certificate that it signed itself; `days` until it ends, from now."""
    key, now = private_key(kind), datetime.now(UTC)
    told = [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.SERIAL_NUMBER, owner)]
    subject = x509.Name(told)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=400))
    return Identity(key, builder.not_valid_after(now + timedelta(days=days)).sign(key, SHA256()))


def packed(file, one, phrase=PHRASE):
    """Write a key file; return it."""
    lock = BestAvailableEncryption(phrase.encode())
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"made up", one.key, one.certificate, None, lock))
    return file
