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
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from swclient.training.refusal import bad_request

Body = TypeVar("Body", bound=BaseModel)


def _above_zero(text: str) -> str:
    if not text.strip("0."):
        raise ValueError("must be above zero")
    return text


def _a_date(text: str) -> str:
    date.fromisoformat(text)
    return text


Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}(\.[0-9]{1,2})?$")]
Paid = Annotated[Amount, AfterValidator(_above_zero)]
Rate = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}(\.[0-9]{1,6})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_a_date)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Payment(_Body):
    """One kind of charge that is paid."""

    kind: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    amount: Paid
    currency: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]


class PaymentOrder(_Body):
    """A payment order to the customs office."""

    conversation: Annotated[str, StringConstraints(min_length=1, max_length=36)]
    reference: Annotated[str, StringConstraints(pattern=r"^[\w ./:№#-]{1,50}$")]
    payments: Annotated[list[Payment], Field(min_length=1, max_length=50)]


class StatementTotals(_Body):
    """Sums over the lines of a statement."""

    customs_value: Amount
    duty: Amount
    excise: Amount
    vat_base: Amount
    vat: Amount


class StatementLine(StatementTotals):
    """One item of the declaration, as the tax office sees it."""

    no: Annotated[int, Field(ge=1, le=999)]
    commodity_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")]
    vat_rate: Rate


class ImportStatement(_Body):
    """The import statement to the tax office."""

    declaration_number: Annotated[str, StringConstraints(pattern=r"^([0-9]{2}|[0-9]{5}|[0-9]{8})/[0-9]{6}/[0-9]{7}$")]
    declaration_date: Day
    payer_bin: Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
    items: Annotated[list[StatementLine], Field(min_length=1, max_length=999)]
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
    return {**schema, **inner}


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
