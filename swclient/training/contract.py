# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON bodies of the two contracts that are our own: the payment order and the import statement.

Amounts are text with a plain decimal in it. A JSON number is refused: between two programs it would
be a float.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from swclient.training.refusal import bad_request

Body = TypeVar("Body", bound=BaseModel)


def whole_number(given: object) -> object:
    """Return 7 for 7.0, which JSON Schema takes for an integer too."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


def _a_date(text: str) -> str:
    date.fromisoformat(text)
    return text


Amount = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,17})(\.[0-9]{1,2})?$")]
Paid = Annotated[str, StringConstraints(pattern=r"^([1-9][0-9]{0,17}(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))$")]
Rate = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,6})?$")]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_a_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]


Identifier = Annotated[str, StringConstraints(min_length=1, max_length=36)]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9Ѐ-ӿ ./:№#_-]{1,50}$")]
Kind = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]


class ClosedBody(BaseModel):
    """A JSON body without members of its own making, and without a number for a text."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Payment(ClosedBody):
    """One kind of charge that is paid."""

    kind: Kind
    amount: Paid
    currency: Currency


class PaymentOrder(ClosedBody):
    """A payment order to the customs office."""

    conversation: Identifier
    reference: Reference
    payments: Annotated[list[Payment], Field(min_length=1, max_length=50)]


class SentDocument(ClosedBody):
    """One document of a reply, with its content."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]
    number: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    date: Day | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=250)]
    media_type: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,100}$")]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    content: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$")]


class DocumentReply(ClosedBody):
    """A reply to a request for further documents."""

    conversation: Identifier
    request: Identifier
    text: Annotated[str, StringConstraints(max_length=4000)] = ""
    documents: Annotated[list[SentDocument], Field(min_length=1, max_length=100)]


class Withdrawal(ClosedBody):
    """A declaration that its declarant wants back."""

    conversation: Identifier
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class StatementTotals(ClosedBody):
    """Sums over the lines of a statement."""

    customs_value: Amount
    duty: Amount
    excise: Amount
    vat_base: Amount
    vat: Amount


class StatementLine(StatementTotals):
    """One item of the declaration, as the tax office sees it."""

    no: Annotated[int, Field(ge=1, le=999), BeforeValidator(whole_number)]
    commodity_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{8,13}$")]
    vat_rate: Rate
    vat_offset: Amount | None = None


class PaymentDocument(Payment):
    """What was paid of one kind by one payment document."""

    document: Reference
    date: Day


class ImportStatement(ClosedBody):
    """The import statement to the tax office."""

    declaration_number: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z/-]{6,40}$")]
    declaration_date: Day
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    payer_bin: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{7,20}$")]
    items: Annotated[list[StatementLine], Field(min_length=1, max_length=999)]
    payments: Annotated[list[PaymentDocument], Field(max_length=500)] | None = None
    totals: StatementTotals


def schema_of(kind: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a body with nothing left to look up elsewhere."""
    made = kind.model_json_schema()
    parts = made.pop("$defs", {})

    return _whole(made, parts)


def _whole(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _whole(parts[schema["$ref"].rpartition("/")[2]], parts)
    inner = {key: _whole(one, parts) for key, one in schema.items() if isinstance(one, dict)}
    choices = {key: [_whole(one, parts) for one in schema[key]] for key in ("anyOf",) if key in schema}
    return {**schema, **inner, **choices}


def read_body(kind: type[Body], body: bytes) -> Body:
    """Read and check a JSON body.

    Raises:
        RefusalError: 400 with a place and a reason for each error.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        found = [("json_validation_error", f"{_place(one['loc'])}: {one['msg']}") for one in error.errors()[:100]]
        raise bad_request("the body is not what the contract says", errors=found) from error


def _place(steps: tuple[int | str, ...]) -> str:
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return words.lstrip(".") or "body"
