# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON body of an application for a permit, as the training agencies take it. The contract is our own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from swclient.training.contract import ClosedBody, whole_number


def _text(most: int, least: int = 0) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most)


def _day_or_blank(text: str) -> str:
    if text:
        date.fromisoformat(text)
    return text


Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Maybe = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,12}(\.[0-9]{1,6})?)?$")]
Code = Annotated[str, _text(10)]
DayOrBlank = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
    AfterValidator(_day_or_blank),
    WithJsonSchema({"anyOf": [{"const": ""}, {"type": "string", "format": "date"}]}),
]


class Party(ClosedBody):
    """One side of the consignment."""

    name: Annotated[str, _text(150)] = ""
    tax_id: Annotated[str, _text(30)] = ""
    country: Annotated[str, _text(2)] = ""
    address: Annotated[str, _text(300)] = ""
    phone: Annotated[str, _text(50)] = ""
    email: Annotated[str, _text(100)] = ""


class Vehicle(ClosedBody):
    """What carries the goods over the border."""

    identity: Annotated[str, _text(40, 1)]
    trailer: Annotated[str, _text(40)] = ""
    country: Annotated[str, _text(2)] = ""


class Route(ClosedBody):
    """Where the goods come from, where they cross, when."""

    dispatch_country: Annotated[str, _text(2)] = ""
    destination_country: Annotated[str, _text(2)] = ""
    border_office: Annotated[str, _text(20)] = ""
    border_mode: Annotated[str, _text(4)] = ""
    arrival: DayOrBlank = ""
    vehicles: Annotated[list[Vehicle], Field(max_length=50, default_factory=list)]
    containers: Annotated[list[Annotated[str, _text(20, 1)]], Field(max_length=999, default_factory=list)]


class Goods(ClosedBody):
    """One item of the declaration for which a permit is wanted."""

    no: Annotated[int, Field(ge=1, le=999), BeforeValidator(whole_number)]
    ref: Annotated[str, _text(20)] = ""
    commodity_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{4,10}$")]
    description: Annotated[str, _text(1000, 1)]
    maker: Annotated[str, _text(150)] = ""
    model: Annotated[str, _text(50)] = ""
    origin: Annotated[str, _text(2)] = ""
    net_mass: Maybe = ""
    gross_mass: Maybe = ""
    mass_unit: Annotated[str, _text(3)] = ""
    quantity: Maybe = ""
    unit: Annotated[str, _text(3)] = ""
    packages: Annotated[int, Field(ge=0, le=99_999_999), BeforeValidator(whole_number)] = 0


class Paper(ClosedBody):
    """A document that the declaration names."""

    kind: Code
    number: Annotated[str, _text(50, 1)]
    dated: DayOrBlank = ""


class PermitApplication(ClosedBody):
    """The whole application."""

    document: Literal["permit-application"]
    application: Identity
    supersedes: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")] = ""
    consignment: Annotated[str, _text(36, 1)]
    agency: Annotated[str, _text(30, 1)]
    kind: Annotated[str, _text(10, 1)]
    country: Annotated[str, _text(2, 2)]
    direction: Annotated[str, _text(4)] = ""
    procedure: Annotated[str, _text(4)] = ""
    applicant: Party
    consignor: Party = Party()
    consignee: Party = Party()
    route: Route
    items: Annotated[list[Goods], Field(min_length=1, max_length=999)]
    documents: Annotated[list[Paper], Field(max_length=500, default_factory=list)]
