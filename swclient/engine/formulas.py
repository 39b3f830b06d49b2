# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Formulas that work values out: pure functions registered by name, each naming what it reads and its law.

A catalogue row says `derived = "customs_value"`; the formula says which expressions become its arguments, so what
it depends on cannot be forgotten. A formula whose wanted arguments are blank is not asked: its value is blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from swclient.base.messages import Message

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Reason:
    """A data row or an intermediate figure behind a value, for the explanation.

    Attributes:
        label: what it is: “Import duty of the tariff line 8481 80 819 9”.
        value: its figure as text.
        source: where the figure comes from.
        confirmed: False when that source is not confirmed.
        law: legal ground.
        parts: what it was worked out from in turn.
    """

    label: Message
    value: str = ""
    source: str = ""
    confirmed: bool = True
    law: str = ""
    parts: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and what it reads.

    Attributes:
        name: the name that catalogue rows use.
        function: called with the arguments in the order of `reads`; the reference data first if `reference`.
        reads: argument name to expression.
        optional: arguments that may be blank (None).
        label: what the formula does, in words.
        law: legal ground.
        because: gives the reasons behind a value; called with the same arguments.
    """

    name: str
    function: Callable[..., Any]
    reads: Mapping[str, str]
    optional: frozenset[str]
    label: str
    law: str
    reference: bool = False
    because: Callable[..., tuple[Reason, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A formula over a whole section at once: shares costs over all items.

    Attributes:
        columns: fields of the section, given as lists in row order.
        over: section whose rows are shared out, given as a list of value mappings; empty where the header says it all.
        singles: header fields, given as values.
        because: reasons for one row; called with the same arguments and the row's position.
    """

    name: str
    function: Callable[..., list[Any]]
    columns: tuple[str, ...]
    over: str
    singles: tuple[str, ...]
    label: str
    law: str
    because: Callable[..., tuple[Reason, ...]]


@dataclass(slots=True)
class Formulary:
    """All formulas by name."""

    formulas: dict[str, Formula] = field(default_factory=dict)
    spreads: dict[str, Spread] = field(default_factory=dict)

    def formula(
        self,
        reads: Mapping[str, str],
        *,
        label: str,
        optional: tuple[str, ...] = (),
        law: str = "",
        reference: bool = False,
        because: Callable[..., tuple[Reason, ...]] | None = None,
    ) -> Callable[[F], F]:
        """Register a function; a catalogue row finds it by its name."""

        def keep(made: F) -> F:
            self.formulas[made.__name__] = Formula(
                made.__name__, made, dict(reads), frozenset(optional), label, law, reference, because
            )
            return made

        return keep

    def spread(self, spread: Spread) -> None:
        """Register a formula over a whole section."""
        self.spreads[spread.name] = spread
