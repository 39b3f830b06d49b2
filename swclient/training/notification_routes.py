# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes that both offices have: pulling notifications, and asking what became of a POST."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from swclient.training import describing
from swclient.training.gate import check_caller
from swclient.training.posting import CONVERSATION_HEADER
from swclient.training.refusal import RefusalError
from swclient.training.site import Site

MAX_SEQUENCE = 2**62
PUSHING = "wco/customs"
"""The office whose messages may be for pushing only."""

_NOTICE = {
    "type": "object",
    "required": ["id", "sequence", "conversation", "content_type", "url"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "sequence": {"type": "integer", "minimum": 1},
        "conversation": {"type": "string", "format": "uuid"},
        "content_type": {"type": "string"},
        "url": {"type": "string", "pattern": "^/"},
    },
}
_LISTED = describing.answer("Messages that wait", {"application/json": {"schema": {"type": "array", "items": _NOTICE}}})
_MESSAGE = describing.answer(
    "The bytes of the message",
    {"application/xml": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}},
    X_Conversation_ID={"required": True, "schema": {"type": "string", "format": "uuid"}},
)
_HELD = describing.answer(
    "What was taken under the key",
    {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["conversation", "received_at", "sha256", "kind"],
                "properties": {
                    "conversation": {"type": "string", "format": "uuid"},
                    "received_at": {"type": "string", "format": "date-time"},
                    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "kind": {"type": "string"},
                },
            }
        }
    },
)


def add_notification_routes(router: APIRouter, site: Site, back_end: str) -> None:
    """Add `/notifications`, `/notifications/{id}` and `/submissions/{key}` to a router."""

    @router.get(
        "/notifications",
        responses={200: _LISTED, **describing.LIST_ANSWERS},
        openapi_extra=describing.ASKED,
        response_model=None,
        summary="Messages that wait, oldest first",
    )
    def notifications(
        request: Request,
        conversation: Annotated[str, Query(max_length=36)] = "",
        after: Annotated[int, Query(ge=0, le=MAX_SEQUENCE)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[dict[str, Any]]:
        client = check_caller(request, site, "json")
        if back_end == PUSHING and not site.pulled:
            return []
        return [
            {
                "id": one.id,
                "sequence": one.sequence,
                "conversation": one.conversation,
                "content_type": one.content_type,
                "url": f"/{back_end}/notifications/{one.id}",
            }
            for one in site.ledger.notifications(back_end, conversation, (after, limit), client)
        ]

    _add_message_route(router, site, back_end)
    _add_submission_route(router, site, back_end)


def _add_message_route(router: APIRouter, site: Site, back_end: str) -> None:
    @router.get(
        "/notifications/{identifier}",
        responses={200: _MESSAGE, **describing.ITEM_ANSWERS},
        openapi_extra=describing.ASKED,
        summary="The raw bytes of one message",
        response_class=Response,
    )
    def notification(request: Request, identifier: str) -> Response:
        client = check_caller(request, site, "json")
        found = site.ledger.notification(back_end, identifier, client)
        if found is None:
            raise RefusalError(404, "NOT_FOUND", "no such notification")
        headers = {CONVERSATION_HEADER: found.conversation, "Content-Type": found.content_type}
        return Response(found.body, headers=headers)


def _add_submission_route(router: APIRouter, site: Site, back_end: str) -> None:
    @router.get(
        "/submissions/{key}",
        responses={200: _HELD, **describing.ITEM_ANSWERS},
        openapi_extra=describing.ASKED,
        response_model=None,
        summary="What became of a POST whose answer was lost",
    )
    def submission(request: Request, key: str) -> dict[str, str]:
        client = check_caller(request, site, "json")
        found = site.ledger.submission(back_end, key, client)
        if found is None:
            raise RefusalError(404, "NOT_FOUND", "nothing was taken under this key")
        return {
            "conversation": found.conversation,
            "received_at": found.received_at,
            "sha256": found.sha256,
            "kind": found.kind,
        }
