# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small declarations that tests build on: made-up parties and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from swclient.engine.session import Session
from swclient.workflow.drafts.drafting import session_of_body

DAY = date(2026, 11, 20)
CODES = ("8481808199", "8482109008", "6911100000", "6404199000")


def today() -> date:
    """The day on which tests happen."""
    return DAY


def two_items() -> dict[str, Any]:
    """An import of two goods with freight and insurance to be shared (case D01 of the duty textbook)."""
    return {
        "format": "swclient-declaration",
        "version": 1,
        "profile": "KZ",
        "header": {
            "direction": "ИМ",
            "procedure": "40",
            "date": "2026-11-20",
            "currency": "USD",
            "exchange_rate": "540",
        },
        "cost": [
            {"kind": "17", "amount": "2700.00", "currency": "USD", "basis": "GROSS"},
            {"kind": "19", "amount": "150.00", "currency": "USD", "basis": "VALUE"},
        ],
        "document": [{"kind": "03011", "number": "KZ-1", "date": "2026-10-01"}],
        "item": [_valves(), _bearings()],
    }


def _valves() -> dict[str, Any]:
    return {
        "code": CODES[0],
        "price": "30000.00",
        "gross_mass": "8000",
        "net_mass": "7900",
        "origin": "CN",
        "package": [{"kind": "CT", "count": "40"}],
        "document": [{"kind": "04021", "number": "7", "date": "2026-11-01"}],
    }


def _bearings() -> dict[str, Any]:
    return {
        "code": CODES[1],
        "price": "20000.00",
        "gross_mass": "4000",
        "net_mass": "3950",
        "origin": "CN",
        "package": [{"kind": "PX", "count": "4"}],
    }


def many_items(count: int) -> dict[str, Any]:
    """As many goods as asked for, each with a package and a document of its own."""
    body = two_items()
    body["item"] = [_item(number) for number in range(count)]
    return body


def _item(number: int) -> dict[str, Any]:
    return {
        "code": CODES[number % len(CODES)],
        "price": f"{100 + number}.50",
        "gross_mass": f"{20 + number % 7}",
        "net_mass": f"{19 + number % 7}",
        "origin": "CN",
        "supplementary_quantity": "12",
        "quantity": "12",
        "quantity_unit": "796",
        "package": [{"kind": "CT", "count": "2"}],
        "document": [{"kind": "02015", "number": f"{number}", "date": "2026-11-19"}],
    }


def opened(body: dict[str, Any]) -> Session:
    """A session of a body on the day of the tests."""
    return session_of_body(body, today=today)
