# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web application: routes of both offices, tokens, ledger counts, TRAINING on every answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from swclient.training.agency_routes import add_agencies
from swclient.training.customs_routes import customs_router
from swclient.training.gate import DIGEST_IN_SCOPE
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import TOKEN_SECONDS, Site
from swclient.training.tax_routes import tax_router

MAX_TOKEN_BODY = 4096
SCHEMA = Path(__file__).with_name("training-1.xsd")


def make_app(site: Site) -> ASGIApp:
    """Return the application that serves a site."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for office in (site.customs, site.tax, *site.agencies.values()):
            office.resume()
        yield
        for office in (site.customs, site.tax, *site.agencies.values()):
            await office.stop()

    app = FastAPI(
        title="swclient TRAINING back ends",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(customs_router(site))
    app.include_router(tax_router(site))
    add_agencies(app, site)
    _add_common_routes(app, site)
    _add_refusals(app)
    return Recorder(app, site)


def _add_common_routes(app: FastAPI, site: Site) -> None:
    @app.post("/oauth/token", summary="OAuth 2.0 client credentials")
    async def token(request: Request) -> Response:
        return await _token(request, site)

    @app.get("/ledger", summary="Counts of what was received and said")
    def ledger() -> dict[str, Any]:
        return site.ledger.summary()

    @app.get("/schemas/training-1.xsd", response_class=Response)
    def schema() -> Response:
        return Response(SCHEMA.read_bytes(), media_type="application/xml")


async def _token(request: Request, site: Site) -> Response:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_TOKEN_BODY:
            return JSONResponse({"error": "invalid_request"}, 400)
    given = dict(parse_qsl(body.decode("utf-8", "replace")))
    if given.get("grant_type") != "client_credentials":
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    client, secret = _basic(request) or (given.get("client_id", ""), given.get("client_secret", ""))
    made = site.tokens.issue(client, secret)
    if not made:
        return JSONResponse({"error": "invalid_client"}, 401, {"WWW-Authenticate": "Basic"})
    said = {"access_token": made, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ("", "")
    return client, secret


def _add_refusals(app: FastAPI) -> None:
    @app.exception_handler(RefusalError)
    async def refused(request: Request, refusal: RefusalError) -> Response:
        return refusal.answer(as_xml=request.url.path == "/customs/declarations")

    @app.exception_handler(RequestValidationError)
    async def misshapen(request: Request, error: RequestValidationError) -> Response:
        found = [("parameter_error", f"{one['loc'][-1]}: {one['msg']}") for one in error.errors()]
        return bad_request("a parameter is not what the contract says", errors=found).answer(as_xml=False)

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> Response:
        code = str(error.detail).upper().replace(" ", "_")
        headers = dict(error.headers or {})
        return RefusalError(error.status_code, code, str(error.detail), headers=headers).answer(as_xml=False)


class Recorder:
    """Writes every request into the ledger before its answer leaves; marks the answer TRAINING."""

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
        key = headers.get(b"idempotency-key", "")[:64]
        outcome = _outcome(status)
        row = (scope["method"], scope["path"], key, scope.get(DIGEST_IN_SCOPE, ""), status, outcome)
        await run_in_threadpool(self._site.ledger.record_request, row)


def _outcome(status: int) -> str:
    if not status:
        return "no answer"
    if status < HTTPStatus.BAD_REQUEST:
        return "taken"
    return "refused" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "unavailable"
