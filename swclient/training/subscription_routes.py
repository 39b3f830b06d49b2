# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes by which a client says where its messages are to be pushed to, and asks for a test.

Ours: the public services take callback and token by hand, on a page for developers. A training office pushes only to
the machine that asks, so that nobody can have it call others.
"""

from __future__ import annotations

import ssl
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from pydantic import StringConstraints

from swclient.training import describing
from swclient.training.contract import ClosedBody, read_body, schema_of
from swclient.training.gate import check_caller, receive_small
from swclient.training.ledger import now
from swclient.training.ledger_rows import Subscription
from swclient.training.pushing import Pusher
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site

_PORT = "([1-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_HOST = r"(https://(localhost|([0-9]{1,3}\.){3}[0-9]{1,3})|http://127\.0\.0\.1)"
_LOCALHOST = "localhost"


class SubscriptionOrder(ClosedBody):
    """Where to push, what to show there, and what to believe there (PEM; left out: the public authorities)."""

    callback: Annotated[str, StringConstraints(pattern=rf"^{_HOST}:{_PORT}/[A-Za-z0-9._~/-]{{0,200}}$")]
    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~+/=-]{16,200}$")]
    certificates: Annotated[str, StringConstraints(max_length=12_000)] = ""


class TestOrder(ClosedBody):
    """A test to be pushed under a conversation of the client's own making."""

    conversation: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,36}$")]


_HELD = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["callback", "subscribed_at"],
            "properties": {"callback": {"type": "string"}, "subscribed_at": {"type": "string", "format": "date-time"}},
        }
    }
}
_TAKEN = {
    200: describing.answer("Messages are pushed there from now on", _HELD),
    **describing.LIST_ANSWERS,
    415: describing.refusal("Content-Type or Content-Encoding"),
}
_ENDED = {204: describing.answer("Nothing is pushed any more"), **describing.LIST_ANSWERS}
_TESTED = {
    202: describing.answer("A test is on its way"),
    **describing.ITEM_ANSWERS,
    415: describing.refusal("Content-Type or Content-Encoding"),
}


def add_subscription_routes(router: APIRouter, site: Site, back_end: str) -> None:
    """Add `/subscription` and `/subscription/tests` to a router."""

    @router.put(
        "/subscription",
        responses=_TAKEN,
        openapi_extra=_asking(SubscriptionOrder),
        response_model=None,
        summary="Have messages pushed",
    )
    async def subscribe(request: Request) -> dict[str, str]:
        client, body = await receive_small(request, site)
        order = read_body(SubscriptionOrder, body)
        _check(order, request)
        told = Subscription(back_end, client, order.callback, order.token, order.certificates, now())
        _pusher(site).ledger.subscribe(told)
        return {"callback": told.callback, "subscribed_at": told.at}

    @router.delete(
        "/subscription",
        status_code=204,
        responses=_ENDED,
        openapi_extra=describing.ASKED,
        response_class=Response,
        summary="Have nothing pushed any more",
    )
    async def unsubscribe(request: Request) -> Response:
        _pusher(site).ledger.unsubscribe(back_end, check_caller(request, site, "json"))
        return Response(status_code=204)

    _add_tests(router, site, back_end)


def _add_tests(router: APIRouter, site: Site, back_end: str) -> None:
    @router.post(
        "/subscription/tests",
        status_code=202,
        responses=_TESTED,
        openapi_extra=_asking(TestOrder),
        response_class=Response,
        summary="Have a test pushed",
    )
    async def test(request: Request) -> Response:
        client, body = await receive_small(request, site)
        order = read_body(TestOrder, body)
        found = _pusher(site).ledger.subscription(back_end, client)
        if found is None:
            raise RefusalError(404, "NOT_FOUND", "nothing is subscribed")
        _pusher(site).test(found, order.conversation)
        return Response(status_code=202)


def _asking(body: type[ClosedBody]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema_of(body)}}
    return {"security": describing.CLIENT, "requestBody": {"required": True, "content": content}}


def _pusher(site: Site) -> Pusher:
    if site.pusher is None:
        raise RefusalError(503, "SERVICE_UNAVAILABLE", "nothing is pushed here")
    return site.pusher


def _check(order: SubscriptionOrder, request: Request) -> None:
    """Refuse a callback on another machine than the one that asks, and certificates that are none."""
    theirs, host = request.client.host if request.client else "", urlsplit(order.callback).hostname or ""
    if not (host == theirs or (_is_loopback(host) and _is_loopback(theirs))):
        errors = [("callback_elsewhere", "the callback must be a numeric address of the machine that asks")]
        raise bad_request("the callback is on another machine", errors=errors)
    try:
        ssl.create_default_context(cadata=order.certificates or None)
    except (ssl.SSLError, ValueError) as error:
        errors = [("certificates_unreadable", "certificates must be PEM")]
        raise bad_request("the certificates cannot be read", errors=errors) from error


def _is_loopback(host: str) -> bool:
    try:
        return host == _LOCALHOST or ip_address(host).is_loopback
    except ValueError:
        return False
