# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deals the faults of a run: between the wire and the offices, whatever they are, so that no office knows of it.

Only requests with a good token are struck (and those for a token, where a rule says so): a stranger is refused as ever.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from swclient.training import faults
from swclient.training.gate import CLIENT_IN_SCOPE, DIGEST_IN_SCOPE, MAX_BYTES, bearer_of
from swclient.training.mischief_answers import answer_before, answer_list, cut, raw_answer, stream_giant, trickle
from swclient.training.site import Site

FAULT_IN_SCOPE = "swclient.training.fault"
_PLACES = (
    (faults.TOKENS, re.compile(r"/oauth/token")),
    (faults.LISTS, re.compile(r"/.+/notifications")),
    (faults.FETCHES, re.compile(r"/.+/notifications/[^/]+")),
    (faults.ASKS, re.compile(r"/.+/submissions/[^/]+")),
)
_FAILURES = 400


@dataclass(slots=True)
class Held:
    """An answer of an office that has not left yet."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] | None = None
    body: bytes = b""

    async def __call__(self, message: Message) -> None:
        """Take in what an application sends."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def leave(self, send: Send) -> None:
        """Send it as it is."""
        named = [(name, value) for name, value in self.headers or [] if name.lower() != b"content-length"]
        named.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": named})
        await send({"type": "http.response.body", "body": self.body})


class Mischief:
    """The layer that spoils answers, or whole requests."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, well or badly."""
        where = self._where(scope) if scope["type"] == "http" else ""
        fault = self._site.faults.next(where) if where else ""
        if not fault:
            await self._app(scope, receive, send)
            return
        scope[FAULT_IN_SCOPE] = fault
        if faults.FAULTS[fault] == faults.BEFORE:
            await self._spoil_before(fault, scope, receive, send)
            return
        held = Held()
        await self._app(scope, receive, held)
        if held.status >= _FAILURES:
            await held.leave(send)  # refused: the fault would tell nothing
        elif faults.FAULTS[fault] == faults.LIST:
            held.body = answer_list(fault, held.body, scope, self._site)
            await held.leave(send)
        else:
            await self._spoil_after(fault, held, scope, (receive, send))

    def _where(self, scope: Scope) -> str:
        """Return the kind of request, empty for one that is not struck."""
        path = scope["path"]
        where = next((name for name, shape in _PLACES if shape.fullmatch(path)), "")
        if where == faults.TOKENS:
            return where
        client = self._site.tokens.client(bearer_of(Request(scope)))
        scope[CLIENT_IN_SCOPE] = client
        return (faults.POSTS if scope["method"] == "POST" else where) if client else ""

    async def _spoil_before(self, fault: str, scope: Scope, receive: Receive, send: Send) -> None:
        if fault == "expired_token":
            self._site.tokens.forget(bearer_of(Request(scope)))
            await self._app(scope, receive, send)
            return
        scope[DIGEST_IN_SCOPE] = await _drained(receive)
        if fault == "drop_before_commit":
            await cut(self._site, scope, receive)
            return
        await answer_before(fault)(scope, receive, send)

    async def _spoil_after(self, fault: str, held: Held, scope: Scope, wire: tuple[Receive, Send]) -> None:
        receive, send = wire
        if fault in {"status502", "status504"}:
            await answer_before(fault)(scope, receive, send)
        elif fault == "drop_after_commit":
            await cut(self._site, scope, receive)
        elif fault == "giant":
            await stream_giant(self._site, scope, receive)
        else:
            await self._write_raw(fault, held, scope, receive)

    async def _write_raw(self, fault: str, held: Held, scope: Scope, receive: Receive) -> None:
        content = raw_answer(fault, held.status, held.headers or [], held.body)
        await trickle(self._site, scope, content, self._site.slow if fault == "slow" else 0.0)
        await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drained(receive: Receive) -> str:
    """Read a body and forget it; return the digest of what came."""
    digest, size = hashlib.sha256(), 0
    more = True
    while more and size <= MAX_BYTES:
        message: dict[str, Any] = dict(await receive())
        part = message.get("body", b"")
        digest.update(part)
        size += len(part)
        more = bool(message.get("more_body", False))
    return digest.hexdigest()
