# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of those who publish packs: Ed25519, each known by a digest of its public half.

Whom to trust is the user's choice: `trust` puts a public key into the folder of trusted ones. A key that this program
makes is for training, says DEMO in its file, and everything signed with it is shown as DEMO.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DEMO_LINE = "DEMO - TRAINING ONLY. Nothing signed with this key has any authority."
_NAME_LINE = "Publisher: "
_PURPOSE = b"swclient reference pack 1\n"
_MAX_KEY = 64 * 1024
_NO_KEY = N_("{file} holds no Ed25519 key in PEM form.")
_NO_PRIVATE = N_("{file} holds no private key; a pack is signed with one.")
_LOCKED = N_("The key in {file} is locked; its pass phrase is needed, or it is a wrong one.")
_THERE = N_("{file} is there already and is not overwritten.")
_UNREADABLE = N_("{file} cannot be read: {reason}")
_UNWRITABLE = N_("{file} cannot be written: {reason}")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A public key with what its file says.

    Attributes:
        id: 32 hexadecimal digits, a digest of the key.
        name: who it belongs to, in words.
        demo: whether it is for training only.
    """

    id: str
    name: str
    demo: bool
    key: Ed25519PublicKey

    def signed(self, content: bytes, signature: bytes) -> bool:
        """Tell whether the signature is this publisher's over this content."""
        from cryptography.exceptions import InvalidSignature

        try:
            self.key.verify(signature, _PURPOSE + content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with what its file says."""

    publisher: Publisher
    key: Ed25519PrivateKey

    def sign(self, content: bytes) -> bytes:
        """Return the signature over a content: 64 bytes."""
        return self.key.sign(_PURPOSE + content)


def trusted_folder() -> Path:
    """Return the folder of the publishers that the user trusts; it need not exist."""
    return paths.user_data() / "keys" / "publishers"


def trusted(folder: Path | None = None) -> dict[str, Publisher]:
    """Return the publishers that the user trusts, by identifier; files that hold no key are passed over."""
    found = {}
    for file in sorted((folder or trusted_folder()).glob("*.pem")):
        try:
            publisher = read_publisher(file)
        except UserError:
            continue
        found[publisher.id] = publisher
    return found


def trust(file: Path, folder: Path | None = None) -> Publisher:
    """Put the public key of a file among the trusted ones; of a private key's file only its public half.

    Raises:
        UserError: the file holds no key, or the folder cannot be written.
    """
    publisher = read_publisher(file)
    target = (folder or trusted_folder()) / f"{publisher.id}.pem"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, _told(publisher) + _public_pem(publisher.key), private=False)
    except OSError as error:
        raise UserError(_UNWRITABLE, file=str(target), reason=error.strerror or str(error)) from error
    return publisher


def make_key(file: Path, name: str) -> Publisher:
    """Make a key for training: the private half in the file, the public half beside it as `NAME.pub.pem`.

    Raises:
        UserError: a file is there already, or cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    beside = file.with_name(f"{file.stem}.pub.pem")
    for each in (file, beside):
        if each.exists():
            raise UserError(_THERE, file=str(each))
    key = Ed25519PrivateKey.generate()
    publisher = Publisher(_id(key.public_key()), " ".join(name.split()), demo=True, key=key.public_key())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        _write(file, _told(publisher) + private, private=True)
        _write(beside, _told(publisher) + _public_pem(publisher.key), private=False)
    except OSError as error:
        raise UserError(_UNWRITABLE, file=str(file), reason=error.strerror or str(error)) from error
    return publisher


def read_signer(file: Path, phrase: str = "") -> Signer:
    """Read a private key.

    Raises:
        UserError: the file cannot be read, holds no private key, or its pass phrase is wrong or missing.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    told, pem = _parts(file)
    if b"PRIVATE KEY-----" not in pem:
        raise UserError(_NO_PRIVATE, file=str(file))
    try:
        key = load_pem_private_key(pem, phrase.encode() if phrase else None)
    except TypeError as error:
        raise UserError(_LOCKED, file=str(file)) from error
    except ValueError as error:
        raise UserError(_LOCKED if b"ENCRYPTED" in pem else _NO_KEY, file=str(file)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UserError(_NO_KEY, file=str(file))
    return Signer(_publisher(key.public_key(), told), key)


def read_publisher(file: Path) -> Publisher:
    """Read a public key, or the public half of a private one.

    Raises:
        UserError: the file cannot be read or holds no such key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    told, pem = _parts(file)
    if b"PRIVATE KEY-----" in pem:
        return read_signer(file).publisher
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UserError(_NO_KEY, file=str(file)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UserError(_NO_KEY, file=str(file))
    return _publisher(key, told)


def _parts(file: Path) -> tuple[str, bytes]:
    """Return what a key file says before the key, and the key."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_MAX_KEY)
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error.strerror or str(error)) from error
    told, mark, pem = content.partition(b"-----BEGIN")
    return told.decode("utf-8", errors="replace"), mark + pem


def _publisher(key: Ed25519PublicKey, told: str) -> Publisher:
    lines = told.splitlines()
    name = next((line.removeprefix(_NAME_LINE).strip() for line in lines if line.startswith(_NAME_LINE)), "")
    return Publisher(_id(key), name, demo=DEMO_LINE in lines, key=key)


def _told(publisher: Publisher) -> bytes:
    lines = [DEMO_LINE] if publisher.demo else []
    return "\n".join([*lines, _NAME_LINE + publisher.name, ""]).encode()


def _id(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]


def _public_pem(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _write(file: Path, content: bytes, *, private: bool) -> None:
    """Write a file whole or not at all; a private key for nobody but its owner."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o644)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
