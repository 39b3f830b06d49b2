# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of the training tax office. The contract is our own: no public one exists."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request, Response

from swclient.training import tax
from swclient.training.contract import ImportStatement, read_body, schema_of
from swclient.training.describing import POST_ANSWERS, posted
from swclient.training.gate import Posted, receive
from swclient.training.ledger_rows import Conversation
from swclient.training.notification_routes import add_notification_routes
from swclient.training.posting import Kind, take
from swclient.training.site import Site

_BODY = posted("application/json", schema_of(ImportStatement), signed=True)


def tax_router(site: Site) -> APIRouter:
    """Return the routes under `/tax`."""
    router = APIRouter(prefix="/tax", tags=["tax"])
    statement = Kind(tax.BACK_END, "statement", _check, _begin)

    @router.post(
        "/import-statements",
        status_code=202,
        responses=POST_ANSWERS,
        response_class=Response,
        openapi_extra=_BODY,
        summary="Hand in: statement",
    )
    async def import_statements(request: Request) -> Response:
        return await take(site, statement, await receive(request, site, "json", signed=True))

    add_notification_routes(router, site, tax.BACK_END)
    return router


def _check(body: bytes) -> None:
    read_body(ImportStatement, body)


def _begin(posted: Posted) -> Conversation:
    return Conversation(str(uuid.uuid4()), tax.BACK_END, tax.RECEIVED, {})
