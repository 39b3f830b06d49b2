# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every request into the ledger before its answer leaves, and marks the answer TRAINING."""

from __future__ import annotations

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from swclient.training.gate import CLIENT_IN_SCOPE, DIGEST_IN_SCOPE
from swclient.training.ledger_rows import Seen
from swclient.training.mischief import FAULT_IN_SCOPE
from swclient.training.posting import OUTCOME_IN_SCOPE
from swclient.training.site import Site


class Recorder:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answered = False

        async def mark(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                message["headers"] = [*message.get("headers", []), (b"x-training", b"true")]
                await self._record(scope, message["status"])
            await send(message)

        try:
            await self._app(scope, receive, mark)
        finally:
            if not answered:
                await self._record(scope, 0)

    async def _record(self, scope: Scope, status: int) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        seen = Seen(
            scope["method"],
            scope["path"],
            headers.get(b"idempotency-key", "")[:64],
            scope.get(DIGEST_IN_SCOPE, ""),
            status,
            scope.get(OUTCOME_IN_SCOPE) or _outcome(status),
            scope.get(CLIENT_IN_SCOPE, ""),
            scope.get(FAULT_IN_SCOPE, ""),
        )
        await run_in_threadpool(self._site.ledger.record_request, seen)


def _outcome(status: int) -> str:
    if not status:
        return "no answer"
    if status < HTTPStatus.BAD_REQUEST:
        return "taken"
    return "refused" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "unavailable"
