# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of the training agencies, and the agencies of a run. The contract is our own: no public one exists."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request, Response

from swclient.training.agency import RECEIVED, Agency, back_end_of
from swclient.training.agency_contract import PermitApplication
from swclient.training.clockwork import Clockwork
from swclient.training.contract import read_body, schema_of
from swclient.training.describing import POST_ANSWERS, posted
from swclient.training.gate import Posted, receive
from swclient.training.ledger_rows import Conversation
from swclient.training.notification_routes import add_notification_routes
from swclient.training.options import AGENCIES, BY_RULE, TrainingOptions
from swclient.training.posting import Kind, take
from swclient.training.refusal import RefusalError

if TYPE_CHECKING:
    from swclient.training.ledger import Ledger
    from swclient.training.site import Site


def agencies_of(ledger: Ledger, options: TrainingOptions) -> dict[str, Clockwork]:
    """Return the clockworks of the agencies of a run, by how the ledger calls them."""
    made = {name: Agency(ledger, name, options.agencies.get(name, BY_RULE)) for name in AGENCIES}
    return {back_end_of(name): Clockwork(agency, ledger, options.pace) for name, agency in made.items()}


def add_agencies(app: FastAPI, site: Site) -> None:
    """Add the routes under `/agencies/{name}` for every agency."""
    for name in AGENCIES:
        app.include_router(_router(site, name))


def _router(site: Site, name: str) -> APIRouter:
    back_end = back_end_of(name)
    router = APIRouter(prefix=f"/{back_end}", tags=[back_end])
    application = Kind(back_end, "application", partial(_check, name), partial(_begin, back_end))

    @router.post(
        "/applications",
        status_code=202,
        responses=POST_ANSWERS,
        response_class=Response,
        openapi_extra=_body(name),
        summary="Hand in: application for a permit",
    )
    async def applications(request: Request) -> Response:
        return await take(site, application, await receive(request, site, "json", signed=True))

    add_notification_routes(router, site, back_end)
    return router


def _body(name: str) -> dict[str, Any]:
    """Return how the body is described: this agency takes applications to itself only."""
    schema = schema_of(PermitApplication)
    schema["properties"] = {**schema["properties"], "agency": {"const": name}}
    return posted("application/json", schema, signed=True)


def _check(name: str, body: bytes) -> None:
    application = read_body(PermitApplication, body)
    if application.agency != name:
        errors = [("json_validation_error", f"agency: {application.agency} is not {name}")]
        raise RefusalError(400, "BAD_REQUEST", "this application is for another agency", errors)


def _begin(back_end: str, _posted: Posted) -> Conversation:
    return Conversation(str(uuid.uuid4()), back_end, RECEIVED, {})
