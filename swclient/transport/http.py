# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call: sent within a deadline, answered within a cap, and ended by a reply or by knowing what is not known."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from swclient.base.errors import without_frames
from swclient.base.messages import Message
from swclient.transport import problems
from swclient.transport.problems import AnswerUnknownError, NotSentError
from swclient.transport.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests
    from urllib3 import BaseHTTPResponse

    from swclient.transport.endpoint import Endpoint

_CHUNK = 64 << 10
_NO_BODY = {204, 304}
_UNAUTHORIZED = 401
_LONGEST_CONNECT = 10.0
_UNPACKED_BY = {"gzip": 31, "x-gzip": 31, "deflate": 47}
_AGENT = "swclient"


class Tokens(Protocol):
    """Where the proof of who we are comes from."""

    def token(self) -> str:
        """Return a token that is good now."""

    def forget(self) -> None:
        """Drop the token at hand: the office did not take it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. It does not show its body, which may be a token.

    Attributes:
        status: the HTTP status.
        headers: by name in lower case.
        body: unpacked.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """Return a header whatever the case of its name."""
        return self.headers.get(name.lower())


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask of an office. It does not show its body, which may be a secret.

    Attributes:
        path: begins with a slash; query included.
        body: sent as it is; None for a call without one.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = field(default=None, repr=False)


class _Proof:
    """A token that shows itself nowhere."""

    __slots__ = ("bearer",)

    def __init__(self, token: str) -> None:
        self.bearer = f"Bearer {token}"


class _BadAnswerError(Exception):
    """The answer came and cannot be used; `args` are a msgid and its reason."""


class Caller:
    """Makes calls to one endpoint. May be used by several threads at once.

    No redirect is followed, no proxy or certificate taken from the environment, no cookie kept; connections are reused.
    """

    def __init__(self, endpoint: Endpoint, tokens: Tokens | None = None) -> None:
        self.endpoint = endpoint
        self._tokens = tokens
        self._session: requests.Session | None = None

    def call(self, call: Call) -> Reply:
        """Make a call and return the answer, whatever its status.

        Raises:
            NotSentError: nothing of it reached the office.
            AnswerUnknownError: it may have, and no whole answer came back.
            SignInError: no token was to be had.
        """
        if self._tokens is None:
            return self._once(call, None)
        reply = self._once(call, self._token(self._tokens))
        if reply.status == _UNAUTHORIZED:
            # The office looks at the token before anything else, so nothing was taken: once more with a new one.
            self._tokens.forget()
            reply = self._once(call, self._token(self._tokens))
        return reply

    def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            self._session.close()

    def _token(self, tokens: Tokens) -> _Proof:
        try:
            return _Proof(tokens.token())
        except AnswerUnknownError as error:
            # Unknown is what became of the token; the call itself was not made.
            raise NotSentError(error.message) from error

    def _once(self, call: Call, token: _Proof | None) -> Reply:
        import requests
        from urllib3.exceptions import HTTPError

        with Watch(self.endpoint.deadline) as watch:
            try:
                return self._exchange(call, token, watch)
            except UnicodeError as error:  # requests reads a Location that nobody follows
                raise AnswerUnknownError(self._told_as(problems.ODD, "Location")) from without_frames(error)
            except _BadAnswerError as error:
                msgid, reason = error.args
                raise AnswerUnknownError(self._told_as(msgid, reason)) from without_frames(error)
            except (requests.RequestException, HTTPError, OSError) as error:
                raise self._told(error, watch) from without_frames(error)

    def _exchange(self, call: Call, token: _Proof | None, watch: Watch) -> Reply:
        import requests

        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity", **call.headers}
        if token is not None:
            headers["Authorization"] = token.bearer
        url = self.endpoint.url(call.path)
        prepared = requests.Request(call.method, url, headers=headers, data=call.body).prepare()
        connect = min(_LONGEST_CONNECT, self.endpoint.deadline)
        answer = self._opened().send(
            prepared,
            stream=True,
            timeout=(connect, self.endpoint.deadline),
            verify=str(self.endpoint.ca_file) if self.endpoint.ca_file else True,
            allow_redirects=False,
        )
        done = False
        try:
            body = self._body(answer.raw, call.method)
            done = not watch.cut
        finally:
            if not done:
                answer.raw.close()
            answer.close()
        if watch.cut:  # what was read up to the cut may look whole
            raise _BadAnswerError(problems.LATE, "")
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status_code, found, body)

    def _body(self, raw: BaseHTTPResponse, method: str) -> bytes:
        cap = self.endpoint.byte_cap
        declared = raw.headers.get("Content-Length")
        if declared is None and not getattr(raw, "chunked", False):
            if raw.status in _NO_BODY or method == "HEAD":
                return b""
            # An answer that ends where the connection ends may have been cut anywhere.
            raise _BadAnswerError(problems.ODD, "no length")
        content = bytearray()
        for part in raw.stream(_CHUNK, decode_content=False):
            content += part
            if len(content) > cap:
                raise _BadAnswerError(problems.TOO_MUCH, "")
        return _unpacked(bytes(content), raw.headers.get("Content-Encoding", "identity"), cap)

    def _opened(self) -> requests.Session:
        if self._session is None:
            from swclient.transport.wire import open_session

            self._session = open_session()
        return self._session

    def _told(self, error: Exception, watch: Watch) -> NotSentError | AnswerUnknownError:
        """Return what an error of the network means: the watch knows whether anything can have arrived."""
        reason = _innermost(error)
        if watch.sending:
            msgid = problems.LATE if watch.cut else problems.CUT_OFF
            return AnswerUnknownError(self._told_as(msgid, reason))
        if watch.cut:
            return NotSentError(self._told_as(problems.NO_TIME, reason))
        if _is_distrust(error):
            return NotSentError(self._told_as(problems.NOT_BELIEVED, reason), retry=False)
        if self.endpoint.ca_file and not self.endpoint.ca_file.is_file():
            return NotSentError(self._told_as(problems.NO_CERTIFICATES, reason), retry=False)
        return NotSentError(self._told_as(problems.UNREACHABLE, reason))

    def _told_as(self, msgid: str, reason: str) -> Message:
        known = self.endpoint
        words = {"address": known.address, "file": known.ca_file, "reason": reason, "what": reason}
        return Message(msgid, {**words, "seconds": round(known.deadline, 1), "cap": known.byte_cap})


def _unpacked(content: bytes, encoding: str, cap: int) -> bytes:
    """Unpack an answer, but never to more than the cap: a bomb is a few kilobytes before and gigabytes after."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return content
    if name not in _UNPACKED_BY:
        raise _BadAnswerError(problems.ODD, f"Content-Encoding {name[:40]}")
    unpacker = zlib.decompressobj(_UNPACKED_BY[name])
    try:
        found = unpacker.decompress(content, cap + 1)
    except zlib.error as error:
        raise _BadAnswerError(problems.CUT_OFF, str(error)) from error
    if len(found) > cap:
        raise _BadAnswerError(problems.TOO_MUCH, "")
    if not unpacker.eof:
        raise _BadAnswerError(problems.CUT_OFF, "gzip")
    return found


def _is_distrust(error: BaseException | None) -> bool:
    """Whether the two sides could not agree on a secure connection; a mere break of it is none of that."""
    import ssl

    while error is not None:
        if isinstance(error, ssl.SSLError):
            return not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)
        error = _cause(error)
    return False


def _innermost(error: BaseException) -> str:
    """Return the words of the error at the bottom: the ones above repeat it in wrapping."""
    while (below := _cause(error)) is not None:
        error = below
    return getattr(error, "verify_message", None) or getattr(error, "strerror", None) or str(error)


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or error.__context__
