# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of the training customs office."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Request, Response

from swclient.training import customs
from swclient.training.contract import PaymentOrder, read_body, schema_of
from swclient.training.declaration import open_container
from swclient.training.gate import Posted, receive
from swclient.training.ledger_rows import Conversation
from swclient.training.notification_routes import add_notification_routes
from swclient.training.posting import POST_ANSWERS, Kind, take
from swclient.training.reading import UnreadableError
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site

_XML_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/xml": {"schema": {"type": "string"}}},
    }
}
_ORDER_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": schema_of(PaymentOrder)}},
    }
}


def customs_router(site: Site) -> APIRouter:
    """Return the routes under `/customs`."""
    router = APIRouter(prefix="/customs", tags=["customs"])
    declaration = Kind(customs.BACK_END, "declaration", _check_declaration, _begin)
    payment = Kind(customs.BACK_END, "payment", _check_order, lambda posted: _add_order(site, posted))

    @router.post("/declarations", status_code=202, responses=POST_ANSWERS, openapi_extra=_XML_BODY)
    async def declarations(request: Request) -> Response:
        return await take(site, declaration, await receive(request, site, "xml", signed=True))

    @router.post("/payments", status_code=202, responses=POST_ANSWERS, openapi_extra=_ORDER_BODY)
    async def payments(request: Request) -> Response:
        return await take(site, payment, await receive(request, site, "json", signed=False))

    add_notification_routes(router, site, customs.BACK_END)
    return router


def _check_declaration(body: bytes) -> None:
    try:
        open_container(body)
    except UnreadableError as unreadable:
        errors = [(unreadable.code, unreadable.reason)]
        raise bad_request("the body is not a container that we take", errors=errors) from unreadable


def _begin(posted: Posted) -> Conversation:
    return Conversation(str(uuid.uuid4()), customs.BACK_END, customs.RECEIVED, {})


def _check_order(body: bytes) -> None:
    read_body(PaymentOrder, body)


def _add_order(site: Site, posted: Posted) -> Conversation:
    order = read_body(PaymentOrder, posted.body)
    found = site.ledger.conversation(order.conversation)
    if found is None or found.back_end != customs.BACK_END:
        raise RefusalError(404, "NOT_FOUND", "no such conversation")
    if found.stage not in customs.AWAITING_PAYMENT:
        raise RefusalError(409, "NO_PAYMENT_DUE", "no payment is due in this conversation now")
    found.facts["orders"].append(posted.key)
    return Conversation(found.id, found.back_end, customs.PAYMENT_CHECKING, found.facts)
