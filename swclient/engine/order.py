# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which formula comes before which: each after those it reads."""

from __future__ import annotations

import ast

from swclient.base.errors import DataError
from swclient.catalogue.field import Field
from swclient.engine.expression import parse
from swclient.engine.formulas import Formula

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


def reads(formula: Formula) -> set[str]:
    """Return the fields that a formula's expressions name."""
    return {
        f"{node.value.id}.{node.attr}"
        for source in formula.reads.values()
        for node in ast.walk(parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
