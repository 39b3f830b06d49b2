# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private keys that lie on a token, dressed as keys of `cryptography`: they sign, and refuse everything else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, Self

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, Hash

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_KIND = N_("The key on the token “{token}” is neither RSA nor an elliptic curve key; this program cannot sign with it.")

Make = Callable[[str, bytes], bytes]
"""Makes a raw signature: name of the mechanism, what to sign; the token's own bytes come back."""

OpenSession = Callable[[], AbstractContextManager[Any]]
"""Logs in to the token for as long as a block lasts."""


class _OnToken:
    """What every key on a token has: it can be used there, and neither read nor copied."""

    _make: Make

    def private_numbers(self) -> NoReturn:
        """Refuse: the key does not leave the token."""
        raise TypeError("a key on a token does not leave it")

    def private_bytes(self, *_args: object, **_named: object) -> NoReturn:
        """Refuse: the key does not leave the token."""
        self.private_numbers()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> Self:
        return self


class TokenRsaKey(_OnToken, rsa.RSAPrivateKey):
    """An RSA key on a token; signs with PKCS#1 v1.5 and SHA-256."""

    def __init__(self, public: rsa.RSAPublicKey, make: Make) -> None:
        self._public = public
        self._make = make

    @property
    def key_size(self) -> int:
        """Bits of the modulus."""
        return self._public.key_size

    def public_key(self) -> rsa.RSAPublicKey:
        """The public half, from the certificate."""
        return self._public

    def decrypt(self, *_args: object, **_named: object) -> NoReturn:
        """Refuse: this key signs."""
        self.private_numbers()

    def sign(self, data: Any, padding: Any, algorithm: Any) -> bytes:
        """Sign some bytes on the token.

        Raises:
            TypeError: other than PKCS#1 v1.5 with SHA-256 was asked for.
        """
        if not isinstance(padding, PKCS1v15) or not isinstance(algorithm, SHA256):
            raise TypeError("a token signs with PKCS#1 v1.5 and SHA-256 here")
        return self._make("SHA256_RSA_PKCS", bytes(data))


class TokenEcKey(_OnToken, ec.EllipticCurvePrivateKey):
    """An elliptic curve key on a token; signs with ECDSA."""

    def __init__(self, public: ec.EllipticCurvePublicKey, make: Make) -> None:
        self._public = public
        self._make = make

    @property
    def key_size(self) -> int:
        """Bits of the curve."""
        return self._public.key_size

    @property
    def curve(self) -> ec.EllipticCurve:
        """The curve."""
        return self._public.curve

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half, from the certificate."""
        return self._public

    def exchange(self, *_args: object, **_named: object) -> NoReturn:
        """Refuse: this key signs."""
        self.private_numbers()

    def sign(self, data: Any, signature_algorithm: Any) -> bytes:
        """Sign some bytes on the token; a token takes the digest and gives two numbers, which become DER here.

        Raises:
            TypeError: a digest was handed over in place of the bytes.
        """
        if isinstance(signature_algorithm.algorithm, Prehashed):
            raise TypeError("a token is given the bytes themselves here")
        digest = Hash(signature_algorithm.algorithm)
        digest.update(bytes(data))
        raw = self._make("ECDSA", digest.finalize())
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))


def token_key(
    open_session: OpenSession, token: str, key_id: bytes, certificate: Certificate
) -> TokenRsaKey | TokenEcKey:
    """Return the key that belongs to a certificate on a token.

    Args:
        open_session: called for every signature.
        token: label of the token, for what is told.
        key_id: identifier that key and certificate share on the token.
        certificate: says of what kind the key is.

    Raises:
        UserError: it is of a kind that this program cannot sign with.
    """

    def make(mechanism: str, content: bytes) -> bytes:
        names = import_module("pkcs11")
        with open_session() as session:
            key = session.get_key(object_class=names.ObjectClass.PRIVATE_KEY, id=key_id)
            return bytes(key.sign(content, mechanism=names.Mechanism[mechanism]))

    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        return TokenRsaKey(public, make)
    if isinstance(public, ec.EllipticCurvePublicKey):
        return TokenEcKey(public, make)
    raise UserError(_KIND, token=token)
