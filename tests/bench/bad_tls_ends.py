# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Far ends that cannot prove who they are, twelve kinds of them; each tells what of a request it got to see."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import subprocess
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "127.0.0.1"
DAY = timedelta(days=1)
_STRONG, _WEAK = 2048, 1024
_ANY_CIPHER = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"
_CERTIFICATE = {
    "wrong host": {"host": "127.0.0.2"},
    "expired": {"begin": -2 * DAY, "end": -DAY},
    "not yet valid": {"begin": DAY, "end": 2 * DAY},
    "self-signed": {"issuer": "self"},
    "unknown authority": {"issuer": "stranger"},
    "weak key": {"bits": _WEAK},
    "weak signature": {"issuer": "self"},  # and then signed anew by the root
    "old protocol": {},
    "wrong usage": {"usage": ExtendedKeyUsageOID.CLIENT_AUTH},
    "no authority's flag": {"issuer": "no authority"},
    "missing intermediate": {"issuer": "intermediate"},
    "anonymous cipher": {},
    "plain HTTP": {},
}
KINDS = tuple(_CERTIFICATE)


def old_protocol(context: ssl.SSLContext) -> None:
    """Take protocols that Python warns of: here they are meant."""
    with warnings.catch_warnings(action="ignore"):
        context.minimum_version = ssl.TLSVersion.TLSv1


@dataclass(frozen=True)
class Held:
    """A key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _made(name: str, issuer: Held | None, **how: Any) -> Held:
    """Make a certificate; without an issuer it vouches for itself."""
    key = how.get("key") or rsa.generate_private_key(65537, how.get("bits", _STRONG))
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer.certificate.subject if issuer else _name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + how.get("begin", -DAY))
        .not_valid_after(now + how.get("end", DAY))
    )
    if "authority" in how:
        builder = builder.add_extension(x509.BasicConstraints(ca=how["authority"], path_length=None), critical=True)
    if "host" in how:
        address = x509.IPAddress(ipaddress.ip_address(how["host"]))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([how.get("usage", ExtendedKeyUsageOID.SERVER_AUTH)]), critical=False
        )
    signer = issuer.key if issuer else key
    return Held(key, builder.sign(signer, SHA256()))


class BadEnds:
    """Makes far ends of each kind in a folder.

    Attributes:
        trusted: the one certificate that a client is to believe.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = rsa.generate_private_key(65537, _STRONG)
        self._weak = rsa.generate_private_key(65537, _WEAK)
        root = _made("TRAINING root", None, authority=True)
        self._issuers = {
            "root": root,
            "self": None,
            "stranger": _made("TRAINING stranger", None, authority=True),
            "no authority": _made("TRAINING no authority", root, authority=False),
            "intermediate": _made("TRAINING intermediate", root, authority=True),
        }
        self.trusted = folder / "root.pem"
        self.trusted.write_bytes(root.certificate.public_bytes(Encoding.PEM))

    def context(self, kind: str) -> ssl.SSLContext | None:
        """Return the TLS side of a far end of a kind; None for plain HTTP, a good one for the kind ``."""
        if kind == "plain HTTP":
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("aNULL:@SECLEVEL=0" if kind == "anonymous cipher" else _ANY_CIPHER)
        if kind == "old protocol":
            old_protocol(context)
            with warnings.catch_warnings(action="ignore"):
                context.maximum_version = ssl.TLSVersion.TLSv1_1
        if kind == "anonymous cipher":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            return context
        how = dict(_CERTIFICATE.get(kind, {}))
        issuer = self._issuers[how.pop("issuer", "root")]
        key = self._weak if how.get("bits") == _WEAK else self._key
        held = _made("far end", issuer, **{"host": HOST, "key": key, **how})
        chain = held.certificate.public_bytes(Encoding.PEM)
        if kind == "no authority's flag" and issuer is not None:
            chain += issuer.certificate.public_bytes(Encoding.PEM)
        chain = self._signed_weakly(held) if kind == "weak signature" else chain
        file = self._folder / f"{kind or 'good'}.pem"
        file.write_bytes(chain + held.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        context.load_cert_chain(file)
        return context

    def _signed_weakly(self, held: Held) -> bytes:
        """Return the certificate signed anew by SHA-1, which only the command of OpenSSL still does."""
        root = self._issuers["root"]
        files = {name: self._folder / f"weak-{name}" for name in ("old", "root", "key", "out")}
        files["old"].write_bytes(held.certificate.public_bytes(Encoding.PEM))
        if root is not None:
            files["root"].write_bytes(root.certificate.public_bytes(Encoding.PEM))
            files["key"].write_bytes(root.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        words = ["openssl", "x509", "-in", files["old"], "-CA", files["root"], "-CAkey", files["key"], "-sha1"]
        subprocess.run(
            [*words, "-days", "1", "-set_serial", "7", "-out", files["out"]], check=True, capture_output=True
        )
        return files["out"].read_bytes()


@dataclass
class FarEnd:
    """Listens on loopback and keeps whatever it can read of what comes.

    Attributes:
        read: bytes that it got to read, after TLS where there is TLS.
        lines: how many lines were opened to it.
    """

    context: ssl.SSLContext | None
    answer: bytes = b"HTTP/1.1 202 Taken\r\nX-Conversation-ID: c\r\nContent-Length: 0\r\n\r\n"
    read: bytes = b""
    lines: int = 0
    serve: Callable[[socket.socket], None] | None = None
    _gone: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> FarEnd:
        self._listening = socket.create_server((HOST, 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._gone.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while not self._gone.is_set():
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            self.lines += 1
            with contextlib.suppress(OSError), line:
                line.settimeout(2)
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        secure = self.context.wrap_socket(line, server_side=True) if self.context else line
        with secure:
            if self.serve is not None:
                self.serve(secure)
                return
            whole = b""
            while b"BODY-ENDS" not in whole and (part := secure.recv(65536)):
                whole += part
                self.read += part
                if not whole.startswith(b"POST"):  # the greeting of TLS: a plain web server answers so
                    secure.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                    return
            secure.sendall(self.answer)
