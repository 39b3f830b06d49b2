# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Elements that repeat: which rows they are written for, and in what order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from swclient.exchange.skeleton.scope import Rows, Scope, Values
from swclient.exchange.skeleton.terms import Test, make_test

if TYPE_CHECKING:
    from collections.abc import Mapping

    from swclient.catalogue.profile import Profile

Put = Callable[[Scope, list[str]], bool]
Choose = Callable[[Scope], Rows]


def each_row(marks: Mapping[str, str], put: Put, profile: Profile) -> Put:
    """Return the function that writes an element once for every row."""
    table, _, instead = marks["each"].partition("|")
    if instead:
        choose = _declared_else_worked_out(table, instead)
    elif "loose" in marks:
        choose = _with_loose(table, make_test(marks["loose"], profile), profile)
    else:
        choose = _own(table, profile.tables[table].parent)
    return _bunched(table, marks["by"], choose, put) if "by" in marks else _one_by_one(table, choose, put)


def _own(table: str, parent: str) -> Choose:
    return lambda scope: scope.under(table, scope.ids.get(parent))


def _one_by_one(table: str, choose: Choose, put: Put) -> Put:
    def each(scope: Scope, out: list[str]) -> bool:
        full = False
        current, ids = scope.current, scope.ids
        outer = current[table]
        above = scope.places.get(table)
        for place, (number, values) in enumerate(scope.bunches.get(table) or choose(scope), 1):
            current[table] = values
            scope.places[table] = place
            ids[table] = number
            if put(scope, out):
                full = True
        current[table] = outer
        if above is not None:
            scope.places[table] = above
        ids.pop(table, None)
        return full

    return each


def _bunched(table: str, key: str, choose: Choose, put: Put) -> Put:
    """Write one element for neighbours that have a value in common."""

    def each(scope: Scope, out: list[str]) -> bool:
        full = False
        outer = scope.current[table]
        bunches = groupby(choose(scope), lambda row: row[1].get(key))
        for place, (_, bunch) in enumerate(bunches, 1):
            scope.places[table] = place
            scope.bunches[table] = list(bunch)
            scope.current[table] = scope.bunches[table][0][1]
            full = put(scope, out) or full
        scope.bunches.pop(table, None)
        scope.current[table] = outer
        return full

    return each


def _declared_else_worked_out(table: str, instead: str) -> Choose:
    """`charge|item.charges`: the rows that were entered, else the lines that were worked out."""
    above, _, name = instead.partition(".")
    return lambda scope: scope.children(table) or _lines(scope.current[above].get(name))


def _lines(lines: Iterable[Any] | None) -> Rows:
    """Return worked-out lines (box 47, box B) as rows; what a line leaves blank is not there."""
    return [(0, {key: value for key, value in line._asdict().items() if value or value == 0}) for line in lines or ()]


def _with_loose(table: str, test: Test, profile: Profile) -> Choose:
    """Write rows of the whole declaration with the first row above, before its own.

    Those that the test would make loose on reading go first, so that a message that is read and
    written again keeps its order.
    """
    parent = profile.tables[table].parent

    def choose(scope: Scope) -> Rows:
        own = scope.children(table)
        first = scope.under(parent, None)
        if not first or first[0][0] != scope.ids.get(parent):
            return own
        return sorted(scope.under(table, None) + own, key=lambda row: not holds(scope, row[1]))

    def holds(scope: Scope, values: Values) -> bool:
        outer, scope.current[table] = scope.current[table], values
        found = test(scope)
        scope.current[table] = outer
        return found

    return choose
