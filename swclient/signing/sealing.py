# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes under a pass phrase, for a stick that anybody may find: scrypt, AES-256-GCM, and a digest over the whole.

The digest tells a file that was cut or damaged from one that was opened with the wrong pass phrase; the seal of GCM
tells one that somebody altered and gave a new digest. The key is made anew for every file and kept nowhere.

    magic (9) | length of the head (4, big endian) | head (JSON) | sealed content | SHA-256 of all before (32)
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import struct
import unicodedata
from dataclasses import dataclass
from typing import Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.signing.secrets import Secret

MAGIC = b"SWSEALED\x01"
MOST_BYTES = 256 << 20
COST = 17
"""Work of making the key, as a power of two: 2**17 takes 128 MiB and about half a second."""

SHORTEST = 12
_COSTS = range(14, 19)
_BLOCK, _LANES, _KEY = 8, 1, 32
_SALT, _NONCE, _DIGEST = 16, 12, 32
_MOST_HEAD = 4096
_LENGTH = struct.Struct(">I")

NOT_OURS = N_("{file} is not a sealed package of this program, or only the beginning of one.")
NEWER = N_("{file} was sealed by a newer version of this program. Update this one, then open it.")
DAMAGED = N_("{file} is not as it was made: cut off, damaged or altered. Nothing of it was taken; copy it anew.")
TOO_LARGE = N_("{file} is larger than {limit} MiB; no sealed package is.")
WRONG = N_("{file} does not open: the pass phrase is wrong, or somebody altered the file.")
SHORT = N_(
    "A pass phrase for a package needs {n} characters or more: whoever finds the stick may try as long as wished."
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file, read but not opened.

    Attributes:
        file: what to call it in an error.
        head: what stands in the open: `kind`, `id`, and how the key is made.
        bound: the bytes before the sealed content, which the seal covers too.
        content: the sealed content.
    """

    file: str
    head: dict[str, Any]
    bound: bytes
    content: bytes


def check_phrase(phrase: Secret) -> None:
    """Refuse a pass phrase that is too short.

    Raises:
        UserError: says how long it must be.
    """
    if len(phrase.reveal().strip()) < SHORTEST:
        raise UserError(SHORT, n=SHORTEST)


def seal(content: bytes, phrase: Secret, kind: str, identity: str, cost: int = COST) -> bytes:
    """Return content under a pass phrase.

    Args:
        content: what nobody else is to read.
        phrase: the pass phrase; see `check_phrase`.
        kind: what it is, told in the open.
        identity: which one it is, told in the open.
        cost: see `COST`.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    head = {"kind": kind, "id": identity, "cost": cost, "salt": _text(salt), "nonce": _text(nonce)}
    words = json.dumps(head, sort_keys=True).encode()
    bound = MAGIC + _LENGTH.pack(len(words)) + words
    whole = bound + AESGCM(_key(phrase, salt, cost)).encrypt(nonce, content, bound)
    return whole + hashlib.sha256(whole).digest()


def read_sealed(whole: bytes, file: str) -> Sealed:
    """Read a sealed file as far as that goes without its pass phrase.

    Raises:
        UserError: it is none, is too large, or is not as it was made.
    """
    if len(whole) > MOST_BYTES:
        raise UserError(TOO_LARGE, file=file, limit=MOST_BYTES >> 20)
    if not whole.startswith(MAGIC[:-1]) or len(whole) < len(MAGIC) + _LENGTH.size + _DIGEST:
        raise UserError(NOT_OURS, file=file)
    body, digest = whole[:-_DIGEST], whole[-_DIGEST:]
    if hashlib.sha256(body).digest() != digest:
        raise UserError(DAMAGED, file=file)
    if not whole.startswith(MAGIC):
        raise UserError(NEWER, file=file)
    begin = len(MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack(body[len(MAGIC) : begin])
    if length > min(_MOST_HEAD, len(body) - begin):
        raise UserError(DAMAGED, file=file)
    return Sealed(file, _head(body[begin : begin + length], file), body[: begin + length], body[begin + length :])


def unseal(sealed: Sealed, phrase: Secret) -> bytes:
    """Return what is under the pass phrase.

    Raises:
        UserError: the pass phrase is wrong, or the file was altered and given a new digest.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = sealed.head
    key = _key(phrase, head["salt"], head["cost"])
    try:
        return AESGCM(key).decrypt(head["nonce"], sealed.content, sealed.bound)
    except InvalidTag as error:
        raise UserError(WRONG, file=sealed.file) from error


def _head(words: bytes, file: str) -> dict[str, Any]:
    """Return the head, its numbers within bounds: who altered it must not make us work for hours."""
    try:
        head = json.loads(words)
        found = {name: str(head[name]) for name in ("kind", "id")}
        salt, nonce = (base64.b64decode(head[name], validate=True) for name in ("salt", "nonce"))
        cost = head["cost"]
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as error:
        raise UserError(DAMAGED, file=file) from error
    if type(cost) is not int or cost not in _COSTS or len(salt) != _SALT or len(nonce) != _NONCE:
        raise UserError(DAMAGED, file=file)
    return {**found, "salt": salt, "nonce": nonce, "cost": cost}


def _key(phrase: Secret, salt: bytes, cost: int) -> bytes:
    """Return the key of one file; the same words typed on another keyboard give the same key."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    words = unicodedata.normalize("NFKC", phrase.reveal().strip()).encode()
    return Scrypt(salt=salt, length=_KEY, n=1 << cost, r=_BLOCK, p=_LANES).derive(words)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
