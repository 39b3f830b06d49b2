# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bench hands back: a figure, what it is held against, what it should be, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.bench.timing import Series

AT_MOST = "at most"
AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Goal:
    """One bound on a figure.

    Attributes:
        words: the bound as people read it.
        found: what is bound.
        sense: `AT_MOST` or `AT_LEAST`.
        bound: the border itself, which still holds.
    """

    words: str
    found: float
    sense: str
    bound: float

    @property
    def holds(self) -> bool:
        """Whether the figure keeps to the bound."""
        return self.found <= self.bound if self.sense == AT_MOST else self.found >= self.bound


@dataclass(slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: `bench.what`.
        unit: of measured, peer and limit.
        measured: our figure.
        peer: the same work as others do it; None where there is none.
        limit: the least that any program of this kind has to do; None where there is none.
        peer_is: what the peer is, in words.
        limit_is: what the limit is, in words.
        proved: what was compared in the same run, so that the figure is one of right results.
        spread: the least, the median and the tail of everything measured, for `--json` and the line below.
    """

    name: str
    unit: str
    measured: float
    peer: float | None = None
    limit: float | None = None
    peer_is: str = ""
    limit_is: str = ""
    proved: str = ""
    goals: list[Goal] = field(default_factory=list)
    spread: dict[str, Any] = field(default_factory=dict)

    @property
    def to_peer(self) -> float | None:
        """How many times the peer's figure ours goes into."""
        return self.peer / self.measured if self.peer is not None and self.measured else None

    @property
    def to_limit(self) -> float | None:
        """How many times the limit our figure is."""
        return self.measured / self.limit if self.limit else None

    @property
    def holds(self) -> bool:
        """Whether every goal holds."""
        return all(goal.holds for goal in self.goals)

    def at_most(self, bound: float, what: float | None = None, words: str = "") -> Figure:
        """Want the figure (or another number of it) to be no more than a bound."""
        found = self.measured if what is None else what
        self.goals.append(Goal(f"{words or 'measured'} ≤ {bound:g} {self.unit}", found, AT_MOST, bound))
        return self

    def within_limit(self, times: float) -> Figure:
        """Want the figure to be no more than so many times the limit."""
        self.goals.append(Goal(f"≤ {times:g} × limit", self.to_limit or 0.0, AT_MOST, times))
        return self

    def beats_peer(self, times: float) -> Figure:
        """Want the peer to take at least so many times ours."""
        self.goals.append(Goal(f"peer ≥ {times:g} ×", self.to_peer or 0.0, AT_LEAST, times))
        return self

    def exactly(self, wanted: float, words: str) -> Figure:
        """Want the figure to be one number and no other."""
        self.goals += [
            Goal(words, self.measured, AT_LEAST, wanted),
            Goal("", self.measured, AT_MOST, wanted),
        ]
        return self

    def right(self, wrong: Sequence[str], proved: str) -> Figure:
        """Say what proves the results right, or what was wrong; wrong results are a goal that does not hold."""
        self.proved = f"NO: {'; '.join(wrong[:3])}" if wrong else proved
        self.goals.append(Goal("", len(wrong), AT_MOST, 0))
        return self

    def more_than(self, bound: float, words: str, found: float) -> Figure:
        """Want another number to be more than a bound: a control that must fail."""
        self.goals.append(Goal(words, found, AT_LEAST, bound + 1))
        return self

    def as_data(self) -> dict[str, Any]:
        """Return the figure as JSON-able data."""
        goals = [
            {"goal": g.words, "found": g.found, "bound": g.bound, "sense": g.sense, "holds": g.holds}
            for g in self.goals
        ]
        return {
            "figure": self.name,
            "unit": self.unit,
            "measured": self.measured,
            "peer": self.peer,
            "limit": self.limit,
            "peer_ratio": self.to_peer,
            "limit_ratio": self.to_limit,
            "peer_is": self.peer_is,
            "limit_is": self.limit_is,
            "goals": goals,
            "holds": self.holds,
            "proved": self.proved,
            "spread": self.spread,
        }


def raced(name: str, found: Mapping[str, Series], **more: Any) -> Figure:
    """Return the figure of a race between `ours`, `peer` and `limit`: the median of each, in milliseconds."""
    ours, peer, limit = (found[who].median for who in ("ours", "peer", "limit"))
    return Figure(name, "ms", ours, peer, limit, spread=found["ours"].told("ours") | more)


COLUMNS = ("figure", "measured", "peer", "limit", "peer ÷ ours", "ours ÷ limit", "goal", "holds", "proved")


def number(value: float | None, unit: str = "") -> str:
    """Return a figure with as many digits as mean something; a dash for none.

    >>> number(0.01234, "ms"), number(54.123, "ms"), number(1234.5)
    ('0.0123 ms', '54.1 ms', '1,234')
    """
    if value is None:
        return "–"
    digits = 0 if abs(value) >= 100 or value == int(value) else (1 if abs(value) >= 10 else 2)
    text = f"{value:,.{digits}f}" if abs(value) >= 1 or not value else f"{value:.3g}"
    return f"{text} {unit}".rstrip()


def cells(data: dict[str, Any]) -> tuple[str, ...]:
    """Return one line of the table, from a figure as data."""
    unit = data["unit"]
    ratios = ["–" if data[key] is None else f"{number(data[key])} ×" for key in ("peer_ratio", "limit_ratio")]
    goals = "; ".join(goal["goal"] for goal in data["goals"] if goal["goal"]) or "–"
    holds = ("yes" if data["holds"] else "NO") if data["goals"] else "–"
    figures = [number(data[key], unit) for key in ("measured", "peer", "limit")]
    return (data["figure"], *figures, *ratios, goals, holds, data["proved"] or "–")


def table(figures: Iterable[dict[str, Any]]) -> str:
    """Return figures, as data, as a table in plain text, with what peers and limits are below it."""
    shown = list(figures)
    rows = [COLUMNS, *(cells(each) for each in shown)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, "", *(_legend(each) for each in shown)])


def _legend(data: dict[str, Any]) -> str:
    told = [f"peer: {data['peer_is']}"] if data["peer_is"] else []
    told += [f"limit: {data['limit_is']}"] if data["limit_is"] else []
    told += [
        f"{key} {number(value) if isinstance(value, int | float) else value}" for key, value in data["spread"].items()
    ]
    return f"{data['figure']}: " + "; ".join(told)
