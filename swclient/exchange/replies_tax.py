# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of a tax office as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TaxReceipt:
    """The tax office took the statement."""

    receipt_number: str
    declaration_number: str
    accepted_at: str
    sha256: str
    totals: tuple[tuple[str, Decimal], ...]
    training: bool


@dataclass(frozen=True, slots=True)
class TaxError:
    """One line of a statement that the tax office refuses; `line` is None for the whole of it."""

    code: str
    line: int | None
    field: str
    expected: str
    actual: str
    text: str


@dataclass(frozen=True, slots=True)
class TaxRefusal:
    """The tax office did not take the statement."""

    errors: tuple[TaxError, ...]
    refused_at: str
    sha256: str
    training: bool
