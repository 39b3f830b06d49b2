# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of the training office of the WCO data model, in the outline of the published services."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from swclient.training import wco_office
from swclient.training.contract import ClosedBody, Identifier, Paid, Reference, read_body, schema_of
from swclient.training.describing import POST_ANSWERS, posted
from swclient.training.gate import Posted, receive
from swclient.training.ledger_rows import Conversation
from swclient.training.notification_routes import add_notification_routes
from swclient.training.posting import Kind, owned, take
from swclient.training.reading import UnreadableError
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site
from swclient.training.subscription_routes import add_subscription_routes
from swclient.training.wco_declaration import open_message

DECLARATIONS = "/wco/customs/declarations"
_DECLARATION = {"type": "string", "description": "a MetaData of the WCO data model with one original Declaration"}


class Payment(ClosedBody):
    """One kind of charge that is paid; kinds and currencies are those of the country."""

    kind: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,10}$")]
    amount: Paid
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|[0-9]{3})?$")]


class WcoPaymentOrder(ClosedBody):
    """A payment order; the public services have none, so this one is ours."""

    conversation: Identifier
    reference: Reference
    payments: Annotated[list[Payment], Field(min_length=1, max_length=50)]


def wco_router(site: Site) -> APIRouter:
    """Return the routes under `/wco/customs`."""
    router = APIRouter(prefix=f"/{wco_office.BACK_END}", tags=["wco"])
    declaration = Kind(wco_office.BACK_END, "declaration", _check, _begin)
    payment = Kind(wco_office.BACK_END, "payment", _check_order, lambda given: _add_order(site, given))

    @router.post(
        "/declarations",
        status_code=202,
        summary="Hand in: declaration",
        responses=POST_ANSWERS,
        response_class=Response,
        openapi_extra=posted("application/xml; charset=utf-8", _DECLARATION, signed=True),
    )
    async def declarations(request: Request) -> Response:
        return await take(site, declaration, await receive(request, site, "xml", signed=True))

    @router.post(
        "/payments",
        status_code=202,
        summary="Hand in: payment",
        responses=POST_ANSWERS,
        response_class=Response,
        openapi_extra=posted("application/json", schema_of(WcoPaymentOrder), signed=False),
    )
    async def payments(request: Request) -> Response:
        return await take(site, payment, await receive(request, site, "json", signed=False))

    add_notification_routes(router, site, wco_office.BACK_END)
    add_subscription_routes(router, site, wco_office.BACK_END)
    return router


def _check(body: bytes) -> None:
    try:
        open_message(body)
    except UnreadableError as unreadable:
        errors = [(unreadable.code, unreadable.reason)]
        raise bad_request("the body is not a declaration that we take", errors=errors) from unreadable


def _begin(given: Posted) -> Conversation:
    return Conversation(str(uuid.uuid4()), wco_office.BACK_END, wco_office.ARRIVED, {})


def _check_order(body: bytes) -> None:
    read_body(WcoPaymentOrder, body)


def _add_order(site: Site, given: Posted) -> Conversation:
    order = read_body(WcoPaymentOrder, given.body)
    found = owned(site, wco_office.BACK_END, order.conversation, given.client)
    if found.stage not in wco_office.AWAITING_PAYMENT:
        raise RefusalError(409, "NO_PAYMENT_DUE", "no payment is due in this conversation now")
    found.facts["orders"].append(given.key)
    return Conversation(found.id, found.back_end, wco_office.PAYMENT_CHECKING, found.facts)
