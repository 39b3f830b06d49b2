# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call to the listener: looked at piece by piece, refused at the first that does not fit, answered once it is kept.

One call a connection. Answers have no body: a stranger learns nothing, and nothing that came is said back.
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from swclient.base.errors import SwError
from swclient.transport.pushed import PATH, Pushed

_CONVERSATION = re.compile(r"[A-Za-z0-9._:-]{1,100}", re.ASCII)
_IDENTITY = re.compile(r"[A-Za-z0-9._:-]{0,100}", re.ASCII)
_SEQUENCE = re.compile(r"[0-9]{1,18}", re.ASCII)
_LENGTH = re.compile(r"[0-9]{1,12}", re.ASCII)
_TYPES = {"application/xml", "text/xml"}
_CHUNK = 64 << 10
_KEPT, _AGAIN = HTTPStatus.NO_CONTENT, HTTPStatus.SERVICE_UNAVAILABLE


class _NotTakenError(Exception):
    """A call that does not fit; its status stands in `args`."""


class Line(BaseHTTPRequestHandler):
    """Serves the one call of a connection."""

    protocol_version = "HTTP/1.1"
    _expects = False

    def parse_request(self) -> bool:
        """Read the head; every method is looked at by the same rules, so that only the token tells strangers apart."""
        if not super().parse_request():
            return False
        self.close_connection = True
        self._answer(self._taken())
        return False

    def _taken(self) -> int:
        where: Any = self.server
        try:
            self._check(where.token())
            pushed = self._pushed(where.where.byte_cap)
        except _NotTakenError as refused:
            return int(refused.args[0])
        try:
            where.keep(pushed)
        except (SwError, OSError):
            return _AGAIN
        return _KEPT

    def _check(self, token: str) -> None:
        given = _only(self.headers.get_all("Authorization"), HTTPStatus.UNAUTHORIZED).encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, f"Bearer {token}".encode()):
            raise _NotTakenError(HTTPStatus.UNAUTHORIZED)
        if self.path != PATH:
            raise _NotTakenError(HTTPStatus.NOT_FOUND)
        if self.command != "POST":
            raise _NotTakenError(HTTPStatus.METHOD_NOT_ALLOWED)

    def _pushed(self, cap: int) -> Pushed:
        told = self.headers
        kind = _only(told.get_all("Content-Type"), HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        coding = told.get("Content-Encoding", "identity").strip().lower()
        if not _is_xml(kind) or coding != "identity":
            raise _NotTakenError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        conversation = _only(told.get_all("X-Conversation-ID"), HTTPStatus.BAD_REQUEST)
        identity, sequence = told.get("X-Notification-ID", ""), told.get("X-Notification-Sequence", "0")
        fits = (_CONVERSATION, conversation), (_IDENTITY, identity), (_SEQUENCE, sequence)
        if not all(shape.fullmatch(text) for shape, text in fits):
            raise _NotTakenError(HTTPStatus.BAD_REQUEST)
        length = self._length(cap)
        return Pushed(conversation, identity, int(sequence), kind, self._body(length))

    def _length(self, cap: int) -> int:
        if "Transfer-Encoding" in self.headers:
            raise _NotTakenError(HTTPStatus.LENGTH_REQUIRED)  # chunks tell no end: a length is wanted
        length = _only(self.headers.get_all("Content-Length"), HTTPStatus.LENGTH_REQUIRED)
        if not _LENGTH.fullmatch(length):
            raise _NotTakenError(HTTPStatus.BAD_REQUEST)
        if int(length) > cap:
            raise _NotTakenError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not int(length):
            raise _NotTakenError(HTTPStatus.BAD_REQUEST)
        return int(length)

    def _body(self, length: int) -> bytes:
        if self._expects:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        content = bytearray()
        while len(content) < length:
            part = self.rfile.read1(min(_CHUNK, length - len(content)))
            if not part:
                raise _NotTakenError(HTTPStatus.BAD_REQUEST)
            content += part
        return bytes(content)

    def handle_expect_100(self) -> bool:
        """Ask for the body only after the head was found to fit."""
        self._expects = True
        return True

    def _answer(self, status: int) -> None:
        self.request_version = self.protocol_version  # what speaks of no version is answered all the same
        self.send_response_only(status)
        if status == HTTPStatus.UNAUTHORIZED:
            self.send_header("WWW-Authenticate", "Bearer")
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "POST")
        if status == _AGAIN:
            self.send_header("Retry-After", "1")
        if status != _KEPT:
            self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no HTTP without saying any of it back."""
        self.close_connection = True
        self._answer(int(code))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that the base class gave it
        """Write no log."""


def _only(values: list[str] | None, status: int) -> str:
    """Return the one value of a header; several are as bad as none."""
    if values is None or len(values) != 1:
        raise _NotTakenError(status)
    return values[0].strip()


def _is_xml(kind: str) -> bool:
    name, *parameters = (part.strip().lower() for part in kind.split(";"))
    charsets = [part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")]
    return name in _TYPES and all(charset in {"utf-8", "utf8"} for charset in charsets)
