# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the formulas of this package register, and how they are all loaded."""

from __future__ import annotations

from importlib import import_module

from swclient.engine.formulas import Formulary

FORMULARY = Formulary()
_ROOMS = (
    "totals",
    "currency",
    "valuation",
    "charges",
    "fees",
    "numeric_codes",
    "stated_costs",
    "form_figures",
    "papers",
)


def formulary() -> Formulary:
    """Return all formulas of the program."""
    for room in _ROOMS:
        import_module(f"swclient.tariff.{room}")
    return FORMULARY
