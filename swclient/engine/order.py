# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which formula comes before which: each after those it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from swclient.base.errors import DataError
from swclient.catalogue.field import Field
from swclient.engine.expression import parse
from swclient.engine.formulas import Formula, Spread

Pair = tuple[Field, Formula]


def in_order(table: str, formulas: list[Pair]) -> list[Pair]:
    """Order formulas so that each comes after those it reads within the same row (or the same single sections).

    Raises:
        DataError: they go round in a circle.
    """
    waiting = list(formulas)
    done: list[Pair] = []
    while waiting:
        open_names = {field.id for field, _formula in waiting}
        ready = [pair for pair in waiting if not (reads(pair[1]) & (open_names - {pair[0].id}))]
        if not ready:
            names = ", ".join(sorted(open_names))
            raise DataError(
                "These formulas go round in a circle: {names}",
                file="fields.toml",
                row=table,
                names=names,
            )
        done += ready
        waiting = [pair for pair in waiting if pair not in ready]
    return done


def refuse_circles(formulas: Iterable[Pair], spreads: Iterable[tuple[Field, Spread]]) -> None:
    """Refuse formulas of several sections that go round in a circle, through sums and back.

    A row may read what the header makes of all rows (a fee by total value); it must not be among what that is made of.

    Raises:
        DataError: they do; says which.
    """
    given = list(formulas)
    before = {field.id: reads(formula) - {field.id} for field, formula in given}
    for field, spread in spreads:
        shared = {each.id for each, _formula in given if each.table == spread.over}
        before[field.id] = {*spread.columns, *spread.singles, *shared}
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        names = ", ".join(sorted(set(error.args[1])))
        raise DataError(
            "These formulas go round in a circle: {names}", file="fields.toml", row=error.args[1][0], names=names
        ) from error


def reads(formula: Formula) -> set[str]:
    """Return the fields that a formula's expressions name."""
    return {
        f"{node.value.id}.{node.attr}"
        for source in formula.reads.values()
        for node in ast.walk(parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
