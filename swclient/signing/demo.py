# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo key: for training only, and it says so in its certificate.

Its pass phrase is made up here and given to the computer's key store; where there is none (a
server, a bare machine) it lies in a file beside the key, marked DEMO. That is decided for demo keys
only, which protect nothing: a person is not asked for it, so that nobody learns to type a pass
phrase for a key without worth. The pass phrase of a real key never comes this way: it is kept by
the key store or asked for each time.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.files import replace_file
from swclient.base.i18n import N_
from swclient.signing.identity import DEMO, Identity, load_identity
from swclient.signing.secrets import Secret, Secrets

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

KEY_FILE = "demo-key.p12"
PHRASE_FILE = "demo-key.DEMO-pass-phrase.txt"
MADE_UP_BIN = "240140000011"
"""A business number of nobody that passes its check."""

_WARNING = "DEMO ONLY. The key beside this file is for training; its signature is not a legal signature."
_LIFE = timedelta(days=2 * 365)
_EARLIER = timedelta(days=1)
_UNWRITABLE = N_("The demo key cannot be kept in the folder {folder}: {reason}.")


def demo_identity(folder: Path, store: Secrets, *, bin_number: str = MADE_UP_BIN) -> Identity:
    """Return the demo key that lies in a folder; made if there is none, or none that opens and is still valid.

    Args:
        folder: where the key file lies; made if need be.
        store: where the pass phrase is kept, if this computer has such a place.
        bin_number: the business identification number that a new certificate is made out to; twelve
            digits.

    Raises:
        UserError: the folder cannot be written.
    """
    file = folder / KEY_FILE
    found = _existing(file, store)
    if found is not None:
        return found
    try:
        folder.mkdir(parents=True, exist_ok=True)
        identity = _make(bin_number)
        replace_file(file, _packed(identity, _new_phrase(file, store)), private=True)
    except OSError as error:
        raise UserError(_UNWRITABLE, folder=folder, reason=error.strerror) from error
    return identity


def _existing(file: Path, store: Secrets) -> Identity | None:
    phrase = _phrase_beside(file) or store.get(_entry(file))
    if phrase is None or not file.exists():
        return None
    try:
        identity = load_identity(file, phrase)
    except UserError:
        return None  # a demo key that does not open is worth nothing to anybody: another one is made
    return identity if identity.is_demo and datetime.now(UTC) < identity.not_after else None


def _entry(file: Path) -> str:
    return f"demo key {file.resolve()}"


def _phrase_beside(file: Path) -> Secret | None:
    try:
        lines = (file.with_name(PHRASE_FILE)).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return Secret(lines[-1]) if lines else None


def _new_phrase(file: Path, store: Secrets) -> Secret:
    """Make a pass phrase and keep it; if another instance was quicker to write one beside the key, take that."""
    phrase = Secret(secrets.token_urlsafe(24))
    if store.keep(_entry(file), phrase):
        file.with_name(PHRASE_FILE).unlink(missing_ok=True)
        return phrase
    beside = file.with_name(PHRASE_FILE)
    replace_file(beside, f"{_WARNING}\n{phrase.reveal()}\n".encode(), private=True)
    return _phrase_beside(file) or phrase


def _make(bin_number: str) -> Identity:
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    return Identity(key, _certificate(key, bin_number))


def _certificate(key: EllipticCurvePrivateKey, bin_number: str) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import NameOID

    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, DEMO),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "DEMO - TRAINING ONLY"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, f"BIN{bin_number}"),
        ]
    )
    begin = datetime.now(UTC) - _EARLIER  # a training office whose clock is behind takes it too
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + _LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )


def _packed(identity: Identity, phrase: Secret) -> bytes:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    lock = BestAvailableEncryption(phrase.reveal().encode())
    return pkcs12.serialize_key_and_certificates(DEMO.encode(), identity.key, identity.certificate, None, lock)
