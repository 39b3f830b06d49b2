# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the instructor sees and does while a class is under way: counts by client and key, faults set and cleared.

Setting faults and looking at keys takes the instructor's token, and a seat at the machine of the server itself.
"""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints

from swclient.base.errors import UserError
from swclient.training import describing
from swclient.training.contract import ClosedBody, read_body, schema_of
from swclient.training.faults import FaultRule, read_rule
from swclient.training.gate import bearer_of, read_small
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site

MAX_NUMBER = 2**62
Much = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,7}$|^[0-9]{1,2}(\.[0-9]{1,6})?%$|^100%$")]
FaultName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,30}(@[a-z]{1,10})?$")]


class FaultOrder(ClosedBody):
    """Faults to set, beside those there are: `{"faults": {"drop_after_commit": "3", "truncated@asks": "15%"}}`."""

    faults: Annotated[dict[FaultName, Much], Field(max_length=50, default_factory=dict)]
    outage: Annotated[float, Field(ge=0, le=3600)] = 0.0


_STATE = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["rules", "outage", "dealt"],
            "properties": {"rules": {"type": "array"}, "outage": {"type": "number"}, "dealt": {"type": "object"}},
        }
    }
}
_ANSWERS = {200: describing.answer("Faults as they now stand", _STATE), **describing.INSTRUCTOR_ANSWERS}
_SET = {
    "security": describing.INSTRUCTOR,
    "requestBody": {"required": True, "content": {"application/json": {"schema": schema_of(FaultOrder)}}},
}
_ASKED = {"security": describing.INSTRUCTOR}


def instructor_router(site: Site) -> APIRouter:
    """Return the routes of the instructor."""
    router = APIRouter(tags=["instructor"])

    @router.get("/faults", responses=_ANSWERS, openapi_extra=_ASKED, response_model=None, summary="Faults that strike")
    async def faults(request: Request) -> dict[str, Any]:
        check_instructor(request, site)
        return _state(site)

    @router.post("/faults", responses=_ANSWERS, openapi_extra=_SET, response_model=None, summary="Set faults")
    async def set_faults(request: Request) -> dict[str, Any]:
        check_instructor(request, site)
        order = read_body(FaultOrder, await read_small(request))
        site.faults.add(_rules(order))
        site.faults.begin_outage(order.outage)
        return _state(site)

    @router.delete("/faults", responses=_ANSWERS, openapi_extra=_ASKED, response_model=None, summary="All is well")
    async def clear_faults(request: Request) -> dict[str, Any]:
        check_instructor(request, site)
        site.faults.clear()
        return _state(site)

    _add_ledger(router, site)
    return router


def _add_ledger(router: APIRouter, site: Site) -> None:
    counts = {"application/json": {"schema": {"type": "object", "required": ["training", "requests", "clients"]}}}

    @router.get(
        "/ledger",
        responses={200: describing.answer("Counts, in all and by client", counts)},
        response_model=None,
        summary="Counts of what was received and said",
    )
    def ledger() -> dict[str, Any]:
        return site.ledger.summary()

    lines = {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}

    @router.get(
        "/ledger/keys",
        responses={200: describing.answer("Keys as they were first seen", lines), **describing.INSTRUCTOR_ANSWERS},
        openapi_extra=_ASKED,
        response_model=None,
        summary="What is known of each idempotency key",
    )
    def ledger_keys(
        request: Request,
        client: Annotated[str, Query(max_length=100)] = "",
        after: Annotated[int, Query(ge=0, le=MAX_NUMBER)] = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> list[dict[str, Any]]:
        check_instructor(request, site)
        return site.ledger.keys(client, after, limit)


def check_instructor(request: Request, site: Site) -> None:
    """Let only the instructor through: the token of the run, from the machine of the server.

    Raises:
        RefusalError: 401 or 403.
    """
    if not hmac.compare_digest(bearer_of(request).encode(), site.instructor.encode()) or not site.instructor:
        headers = {"WWW-Authenticate": "Bearer"}
        raise RefusalError(401, "UNAUTHORIZED", "not the token of the instructor", headers=headers)
    theirs = request.client.host if request.client else ""
    ours = (request.scope.get("server") or ("",))[0]
    if theirs != ours and not ip_address(theirs).is_loopback:
        raise RefusalError(403, "FORBIDDEN", "the instructor sits at the machine of the server")


def _rules(order: FaultOrder) -> list[FaultRule]:
    try:
        return [read_rule(name, much) for name, much in order.faults.items()]
    except UserError as error:
        raise bad_request("no such fault", errors=[("json_validation_error", str(error))]) from error


def _state(site: Site) -> dict[str, Any]:
    plan = site.faults
    rules = [
        {"name": rule.name, "where": rule.where, "left": rule.left, "chance": rule.chance}
        for rule in plan.rules
        if rule.left or rule.left is None
    ]
    return {"training": True, "rules": rules, "outage": round(plan.outage_left(), 3), "dealt": dict(plan.dealt)}
