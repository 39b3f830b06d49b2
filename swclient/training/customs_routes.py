# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of the training customs office."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from swclient.training import customs
from swclient.training.contract import DocumentReply, PaymentOrder, Withdrawal, schema_of
from swclient.training.customs_posts import CustomsPosts
from swclient.training.describing import POST_ANSWERS, posted
from swclient.training.gate import receive
from swclient.training.notification_routes import add_notification_routes
from swclient.training.posting import Kind, take
from swclient.training.site import Site

_DECLARED = "<ED_Container><DocumentID>1</DocumentID><ContainerDoc><DocBody>{}</DocBody></ContainerDoc></ED_Container>"
_EXAMPLES = {
    "declaration": _DECLARED.format("<ESADout_CU><DocumentID>2</DocumentID></ESADout_CU>"),
    "amendment": _DECLARED.format(
        "<ESADout_CU><DocumentID>2</DocumentID></ESADout_CU><Amendment><DocumentID>3</DocumentID>"
        "<Conversation>4</Conversation><RegistrationNumber>5</RegistrationNumber><Reason>6</Reason>"
        "<Change><Box>31</Box></Change></Amendment>"
    ),
}
"""As short as they may be; the first is taken, and refused later by an ErrorList."""
_CONTAINER = {"type": "string", "description": "an ED_Container with one ESADout_CU"}
_AMENDED = {"type": "string", "description": "an ED_Container with one ESADout_CU and one Amendment"}


def customs_router(site: Site) -> APIRouter:
    """Return the routes under `/customs`."""
    router = APIRouter(prefix="/customs", tags=["customs"])
    posts = CustomsPosts(site)
    kinds = {
        "/declarations": (Kind(customs.BACK_END, "declaration", posts.check_declaration, posts.begin), _CONTAINER),
        "/amendments": (Kind(customs.BACK_END, "amendment", posts.check_amendment, posts.amend), _AMENDED),
        "/payments": (Kind(customs.BACK_END, "payment", posts.check_payment, posts.pay), schema_of(PaymentOrder)),
        "/document-replies": (
            Kind(customs.BACK_END, "documents", posts.check_reply, posts.reply),
            schema_of(DocumentReply),
        ),
        "/withdrawals": (
            Kind(customs.BACK_END, "withdrawal", posts.check_withdrawal, posts.withdraw),
            schema_of(Withdrawal),
        ),
    }
    for path, (kind, schema) in kinds.items():
        _add_post(router, site, path, (kind, schema))
    add_notification_routes(router, site, customs.BACK_END)
    return router


def _add_post(router: APIRouter, site: Site, path: str, taken: tuple[Kind, dict[str, Any]]) -> None:
    kind, schema = taken
    form = "json" if "properties" in schema else "xml"
    content_type = "application/json" if form == "json" else "application/xml; charset=utf-8"
    signed = kind.name != "payment"

    async def post(request: Request) -> Response:
        return await take(site, kind, await receive(request, site, form, signed=signed))

    router.add_api_route(
        path,
        post,
        methods=["POST"],
        status_code=202,
        name=kind.name,
        summary=f"Hand in: {kind.name}",
        responses=POST_ANSWERS,
        response_class=Response,
        openapi_extra=posted(content_type, schema, signed=signed, example=_EXAMPLES.get(kind.name, "")),
    )
