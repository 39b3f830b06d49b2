# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the OpenAPI document says of the routes: bodies, headers, answers, who may ask.

The routes read their requests themselves, byte by byte, so what they take is written down here; schemathesis holds
the two against each other (tests/bench/contract.py).
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

Described = dict[int | str, dict[str, Any]]

_TEXT = {"type": "string"}
_TRAINING = {"X-Training": {"required": True, "schema": {"type": "string", "const": "true"}}}
_ERROR_JSON = {
    "type": "object",
    "required": ["code", "message", "errors"],
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z_]+$"},
        "message": {"type": "string", "pattern": "^TRAINING: "},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {"code": _TEXT, "message": _TEXT},
            },
        },
    },
}
_ERROR_CONTENT = {
    "application/json": {"schema": _ERROR_JSON},
    "application/xml": {"schema": {"type": "string", "description": "errorResponse with code, message, errors"}},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Made before the first attempt, the same for each",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{8,64}$"},
}
_SIGNATURE = {
    "name": "X-Signature",
    "in": "header",
    "required": True,
    "description": "base64 of a detached CMS SignedData over the body",
    "schema": {"type": "string", "minLength": 1},
}


def answer(words: str, content: dict[str, Any] | None = None, **headers: dict[str, Any]) -> dict[str, Any]:
    """Return one answer; names of headers with `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"description": words, "headers": {**_TRAINING, **named}, **({"content": content} if content else {})}


def refusal(words: str, **headers: dict[str, Any]) -> dict[str, Any]:
    """Return an answer that refuses."""
    return answer(words, _ERROR_CONTENT, **headers)


_RETRY = {"schema": {"type": "string"}, "description": "seconds, or a date"}
_ON_DEMAND: Described = {
    429: refusal("Only as a fault on demand: too many requests, nothing was registered", Retry_After=_RETRY),
    500: refusal("Only as a fault on demand: nothing was registered"),
    502: answer("Only as a fault on demand: registered, the answer lost in a gateway", {"text/html": {}}),
    503: refusal("Only as a fault on demand: nothing was registered, try again with the same key", Retry_After=_RETRY),
    504: answer("Only as a fault on demand: registered, the answer lost in a gateway", {"text/html": {}}),
}
_CHALLENGE = {"required": True, "schema": {"type": "string", "const": "Bearer"}}
_DOOR: Described = {
    400: refusal("Not by the contract; nothing was registered"),
    401: refusal("No token, or it is over", WWW_Authenticate=_CHALLENGE),
    406: refusal("Accept names no form that is spoken"),
}
NOT_FOUND = refusal("Unknown, or somebody else's")
_CONVERSATION = {"required": True, "schema": {"type": "string", "format": "uuid"}}
POST_ANSWERS: Described = {
    202: answer("Taken; the answers come in this conversation", X_Conversation_ID=_CONVERSATION),
    **_DOOR,
    404: NOT_FOUND,
    409: refusal("The key was used with another body, or this cannot be done now"),
    415: refusal("Content-Type or Content-Encoding"),
    **_ON_DEMAND,
}
LIST_ANSWERS: Described = {**_DOOR, **_ON_DEMAND}
ITEM_ANSWERS: Described = {**_DOOR, 404: NOT_FOUND, **_ON_DEMAND}
INSTRUCTOR_ANSWERS: Described = {
    400: refusal("Not by the contract"),
    401: refusal("Not the token of the instructor", WWW_Authenticate=_CHALLENGE),
    403: refusal("The instructor sits at this machine"),
}
CLIENT: list[dict[str, list[str]]] = [{"client": []}]
INSTRUCTOR: list[dict[str, list[str]]] = [{"instructor": []}]


def posted(content_type: str, schema: dict[str, Any], *, signed: bool, example: str = "") -> dict[str, Any]:
    """Return what OpenAPI says of a POST: body, headers, who may."""
    content = {"schema": schema, **({"example": example} if example else {})}
    return {
        "security": CLIENT,
        "parameters": [_KEY, _SIGNATURE] if signed else [_KEY],
        "requestBody": {"required": True, "content": {content_type: content}},
    }


ASKED: dict[str, Any] = {"security": CLIENT}


def describe(app: FastAPI) -> None:
    """Have an application tell its contract with who may ask, and without what FastAPI would do by itself."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]  # as FastAPI's own handbook has it


def _document(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    found.pop("components", None)
    found["components"] = {
        "securitySchemes": {
            "client": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}},
            },
            "instructor": {"type": "http", "scheme": "bearer", "description": "the file instructor-token of the run"},
        }
    }
    for path in found["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)  # a parameter that does not fit is a 400 here
    return found
