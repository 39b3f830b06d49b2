# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations with mistakes of many kinds, on which engine and Schematron must find the same; and altered rules."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from swclient.catalogue.loader import read_toml
from swclient.engine.rulebook import Rule
from swclient.engine.session import Session
from tests.bench.documents import large_body, opened, paid, sample_body
from tests.bench.editing import act, keystroke, typable
from tests.data.cases import cases, edited, type_in

_FAULTS = Path(__file__).parents[1] / "data" / "faults" / "KZ.toml"
_ITEM = re.compile(r"^item\[(\d+)\]")
_GOODS = 12  # the large declaration repeats the goods of the sample
_TIMES = 3
_KEYSTROKES = 3_000
_ACTS = 40
_SMALL = 100


def faulty() -> Session:
    """Return the largest declaration with hundreds of mistakes: those listed for items, thrice, and random ones."""
    session = paid(opened(large_body()))
    chance = random.Random(4)
    _plant(session)
    session.settle()
    # What stands once has its mistakes in the small ones: a procedure that is none would leave little to be found.
    fields = [each for each in typable(session) if session.profile.tables[each.table].many]
    for _ in range(_KEYSTROKES):
        chosen = keystroke(session, fields, chance)
        if chosen is not None:
            session.type_in(*chosen)
    session.settle()
    for _ in range(_ACTS):
        act(session, fields, chance)
        session.settle()
    return session


def _plant(session: Session) -> None:
    faults: Iterable[dict[str, Any]] = read_toml(_FAULTS)["fault"]
    listed = [fault["set"] for fault in faults if "set" in fault and all(_ITEM.match(key) for key in fault["set"])]
    for number, texts in enumerate(listed * _TIMES):
        for place, text in texts.items():
            further = _ITEM.sub(lambda found: f"item[{int(found[1]) + _GOODS * (number % 80)}]", place)  # noqa: B023 - used at once
            try:
                type_in(session, further, text)
            except AssertionError:  # the fault needs a row that this item does not have
                continue


def small() -> Iterator[tuple[str, Session]]:
    """Yield small declarations: every case that proves a rule, and the sample after random acts."""
    for case in cases():
        yield case.id, edited(case)
    for seed in range(_SMALL):
        chance = random.Random(seed)
        session = opened(sample_body())
        fields = typable(session)
        for _ in range(2 * _GOODS):
            act(session, fields, chance)
            session.settle()
        yield f"random {seed}", session


def altered(rules: Iterable[Rule], which: Rule) -> list[Rule]:
    """Return rules of which one says the contrary."""
    return [replace(rule, check=f"not ({rule.check})") if rule is which else rule for rule in rules]
