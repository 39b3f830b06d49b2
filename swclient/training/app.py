# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web application: routes of the offices, refusals, and around them the faults and the ledger."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from swclient.training import describing
from swclient.training.agency_routes import add_agencies
from swclient.training.customs_routes import customs_router
from swclient.training.instructor_routes import instructor_router
from swclient.training.mischief import Mischief
from swclient.training.recorder import Recorder
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site
from swclient.training.tax_routes import tax_router
from swclient.training.token_route import token_router
from swclient.training.wco_routes import DECLARATIONS, wco_router

SCHEMA = Path(__file__).with_name("training-1.xsd")
XML_PATHS = {"/customs/declarations", "/customs/amendments", DECLARATIONS}
"""Where refusals are XML, as what was sent."""

_DESCRIPTION = (
    "A training customs office, a training tax office, three training agencies. They file nothing with anybody."
)


def make_app(site: Site) -> ASGIApp:
    """Return the application that serves a site."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for office in (site.customs, site.tax, *site.more.values()):
            office.resume()
        if site.pusher is not None:
            site.pusher.resume()
        yield
        if site.pusher is not None:
            await site.pusher.stop()
        for office in (site.customs, site.tax, *site.more.values()):
            await office.stop()

    app = make_offices(site)
    app.router.lifespan_context = lifespan
    return Recorder(Mischief(app, site), site)


def make_offices(site: Site) -> FastAPI:
    """Return the offices alone, without background work: what they are asked and answer."""
    app = FastAPI(
        title="swclient TRAINING back ends", version="1", description=_DESCRIPTION, docs_url=None, redoc_url=None
    )
    app.include_router(token_router(site))
    app.include_router(customs_router(site))
    app.include_router(tax_router(site))
    app.include_router(wco_router(site))
    add_agencies(app, site)
    app.include_router(instructor_router(site))
    _add_schema(app)
    _add_refusals(app)
    describing.describe(app)
    return app


def _add_schema(app: FastAPI) -> None:
    said: describing.Described = {
        200: describing.answer("The schema of our own messages", {"application/xml": {"schema": {"type": "string"}}})
    }

    @app.get("/schemas/training-1.xsd", responses=said, response_class=Response, summary="XML Schema")
    def schema() -> Response:
        return Response(SCHEMA.read_bytes(), media_type="application/xml")


def _add_refusals(app: FastAPI) -> None:
    @app.exception_handler(RefusalError)
    async def refused(request: Request, refusal: RefusalError) -> Response:
        return refusal.answer(as_xml=request.url.path in XML_PATHS)

    @app.exception_handler(RequestValidationError)
    async def misshapen(request: Request, error: RequestValidationError) -> Response:
        found = [("parameter_error", f"{one['loc'][-1]}: {one['msg']}") for one in error.errors()]
        return bad_request("a parameter is not what the contract says", errors=found).answer(as_xml=False)

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> Response:
        code = str(error.detail).upper().replace(" ", "_")
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_methods_at(app, request.url.path))
        return RefusalError(error.status_code, code, str(error.detail), headers=headers).answer(as_xml=False)


def _methods_at(app: FastAPI, path: str) -> list[str]:
    """Return the methods of a path; several routes may have it."""
    for shape, methods in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", shape), path):
            return sorted(method.upper() for method in methods)
    return ["GET"]
