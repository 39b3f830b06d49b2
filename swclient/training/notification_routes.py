# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes that both offices have: pulling notifications, and asking what became of a POST."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from swclient.training.gate import check_caller
from swclient.training.posting import CONVERSATION_HEADER
from swclient.training.refusal import RefusalError
from swclient.training.site import Site

MAX_SEQUENCE = 2**62
_ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"description": "A parameter is not by the contract"},
    401: {"description": "No token"},
    404: {"description": "Unknown"},
    406: {"description": "Accept"},
}


def add_notification_routes(router: APIRouter, site: Site, back_end: str) -> None:
    """Add `/notifications`, `/notifications/{id}` and `/submissions/{key}` to a router."""

    @router.get("/notifications", responses=_ANSWERS, summary="Messages that wait, oldest first")
    def notifications(
        request: Request,
        conversation: Annotated[str, Query(max_length=36)] = "",
        after: Annotated[int, Query(ge=0, le=MAX_SEQUENCE)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[dict[str, Any]]:
        check_caller(request, site, "json")
        return [
            {
                "id": one.id,
                "sequence": one.sequence,
                "conversation": one.conversation,
                "content_type": one.content_type,
                "url": f"/{back_end}/notifications/{one.id}",
            }
            for one in site.ledger.notifications(back_end, conversation, after, limit)
        ]

    @router.get(
        "/notifications/{identifier}",
        responses=_ANSWERS,
        summary="The raw bytes of one message",
        response_class=Response,
    )
    def notification(request: Request, identifier: str) -> Response:
        check_caller(request, site, "json")
        found = site.ledger.notification(back_end, identifier)
        if found is None:
            raise RefusalError(404, "NOT_FOUND", "no such notification")
        headers = {CONVERSATION_HEADER: found.conversation, "Content-Type": found.content_type}
        return Response(found.body, headers=headers)

    _add_submission_route(router, site, back_end)


def _add_submission_route(router: APIRouter, site: Site, back_end: str) -> None:
    @router.get(
        "/submissions/{key}",
        responses=_ANSWERS,
        summary="What became of a POST whose answer was lost",
    )
    def submission(request: Request, key: str) -> dict[str, str]:
        check_caller(request, site, "json")
        found = site.ledger.submission(back_end, key)
        if found is None:
            raise RefusalError(404, "NOT_FOUND", "nothing was taken under this key")
        return {
            "conversation": found.conversation,
            "received_at": found.received_at,
            "sha256": found.sha256,
            "kind": found.kind,
        }
