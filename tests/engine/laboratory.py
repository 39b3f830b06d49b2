# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small made-up catalogue, so that a test can write one rule or formula and see what it does."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path as File
from typing import Any

from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import Reference
from swclient.document.body import from_body
from swclient.engine.formulas import Formulary
from swclient.engine.session import Session

TABLES = """
[header]
label = "Declaration"
[item]
label = "Goods item"
many = true
max = 4
[package]
label = "Packages"
many = true
parent = "item"
[document]
label = "Documents"
many = true
parent = "item"
loose = true
"""
FIELDS = """
"header.date" = { kind = "date", label = "Date", box = "1" }
"header.currency" = { kind = "code:currencies", label = "Currency", box = "22" }
"header.container" = { kind = "container", label = "Container", box = "31" }
"header.total" = { kind = "money:2", label = "Total", box = "12", derived = "total", differs = "TOTAL" }
"item.number" = { kind = "count:3", label = "Number", box = "32", derived = "number" }
"item.code" = { kind = "digits:10", label = "Code", box = "33" }
"item.price" = { kind = "money:2", label = "Price", box = "42" }
"item.mass" = { kind = "mass:3", label = "Mass", box = "35" }
"item.name" = { kind = "text:20", label = "Name", box = "31.1" }
"item.worth" = { kind = "money:2", label = "Worth", box = "45", derived = "worth" }
"package.kind" = { kind = "code:packages", label = "Kind of packages", box = "31.2" }
"package.count" = { kind = "count:5", label = "Number of packages", box = "31.3" }
"document.kind" = { kind = "text:5", label = "Kind of document", box = "44" }
"""
CURRENCIES = """# source=made up; taken=2026-11-01; confirmed=true
code,name_en,valid_from,valid_to,minor
EUR,Euro,,,2
USD,US dollar,,,2
OLD,Old money,,2025-12-31,0
"""
DAY = date(2026, 11, 20)


def formulary() -> Formulary:
    """The three formulas of the made-up catalogue."""
    made = Formulary()

    @made.formula({"position": "item._position"}, label="Position")
    def number(position: int) -> int:
        return position

    @made.formula({"price": "item.price", "mass": "item.mass"}, label="Price times mass", law="Made-up law")
    def worth(price: Decimal, mass: Decimal) -> Decimal:
        return price * mass

    @made.formula({"worths": "sum(item.worth)"}, label="Sum of the worths")
    def total(worths: Decimal) -> Decimal:
        return Decimal(worths)

    assert {number.__name__, worth.__name__, total.__name__} == set(made.formulas)
    return made


class Laboratory:
    """A catalogue in a folder; every opened declaration gets a profile of its own."""

    def __init__(self, root: File) -> None:
        self.root = root
        self.facts = ""  # what further stands in the profile of a declaration that is opened next
        self._profiles = 0
        self._write("catalogue/tables.toml", TABLES)
        self._write("catalogue/fields.toml", FIELDS)
        self._write("catalogue/lists/currencies.csv", CURRENCIES)

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def opened(self, rules: str = "", /, boxes: str = "", **body: Any) -> Session:
        """Open a declaration of sections under rules as a rules file writes them."""
        self._profiles += 1
        code = f"P{self._profiles}"
        self._write(f"profiles/{code}/profile.toml", f'country = "{code}"\nversion = "1"\n{self.facts}')
        self._write(f"profiles/{code}/boxes.toml", boxes)
        self._write(f"profiles/{code}/rules/own.toml", rules)
        profile = load_profile(code, self.root)
        whole = {"format": "swclient-declaration", "version": 1, "header": {"date": DAY.isoformat()}} | body
        return Session(from_body(whole, profile), formulary(), Reference(profile), lambda: DAY)

    def fails(self, check: str, when: str = "", each: str = "item", **body: Any) -> bool:
        """Tell whether a rule fails; a declaration of one blank item unless something else is said."""
        session = self.opened(rule("R", check=check, when=when, each=each), **({"item": [{}]} | body))
        return "R" in {finding.code for finding in session.findings()}


def rule(code: str, **keys: Any) -> str:
    """Return a rule as a rules file writes it; `with_` stands for the key `with`."""
    keys = {"each": "item", "level": "error", "say": "Wrong.", "do": "Mend it."} | keys
    keys = {"at": [f"{keys['each']}.{_FIRST.get(keys['each'], 'code')}"]} | keys
    lines = [f"{name.rstrip('_')} = {_toml(value)}" for name, value in keys.items() if value]
    return "\n".join([f"[{code}]", *lines]) + "\n"


_FIRST = {"header": "date", "package": "kind", "document": "kind"}


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(name)} = {_toml(each)}" for name, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
