# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting a token: OAuth 2.0 client credentials, by form or by HTTP Basic."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from swclient.training import describing
from swclient.training.gate import read_small
from swclient.training.site import TOKEN_SECONDS, Site

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["grant_type"],
                    "properties": {
                        "grant_type": {"type": "string", "const": "client_credentials"},
                        "client_id": {"type": "string"},
                        "client_secret": {"type": "string"},
                    },
                }
            }
        },
    }
}
_TOKEN = {
    "type": "object",
    "required": ["access_token", "token_type", "expires_in"],
    "properties": {
        "access_token": {"type": "string"},
        "token_type": {"type": "string", "const": "Bearer"},
        "expires_in": {"type": "integer"},
    },
}
_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
_SAID = {"application/json": {"schema": _TOKEN}}
_NO = {"application/json": {"schema": _ERROR}}
_ANSWERS: describing.Described = {
    200: describing.answer("A token", _SAID),
    400: describing.answer("Another grant, or a form that is too large", _NO),
    401: describing.answer("Not a client of ours", _NO),
    415: describing.answer("Not a form", _NO),
}


def token_router(site: Site) -> APIRouter:
    """Return the route that hands out tokens."""
    router = APIRouter(tags=["oauth"])

    @router.post(
        "/oauth/token",
        responses=_ANSWERS,
        openapi_extra=_FORM,
        response_model=None,
        summary="OAuth 2.0 client credentials",
    )
    async def token(request: Request) -> JSONResponse:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {"application/x-www-form-urlencoded", ""}:
            return JSONResponse({"error": "invalid_request"}, 415)
        return _answer(request, site, dict(parse_qsl((await read_small(request)).decode("utf-8", "replace"))))

    return router


def _answer(request: Request, site: Site, given: dict[str, str]) -> JSONResponse:
    if given.get("grant_type") != "client_credentials":
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    client, secret = _basic(request) or (given.get("client_id", ""), given.get("client_secret", ""))
    made = site.tokens.issue(client, secret)
    if not made:
        return JSONResponse({"error": "invalid_client"}, 401, {"WWW-Authenticate": "Basic"})
    said: dict[str, Any] = {"access_token": made, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return ("", "")
    return client, secret
