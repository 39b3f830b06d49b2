# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may go wrong on purpose, how often, and where: the rules of a training run.

A rule is a fault, the kind of request that it strikes, and either a count or a chance. Chances are drawn from one seed,
so that a run comes again. The faults themselves are dealt out by `mischief.py`.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from swclient.base.errors import UserError
from swclient.base.i18n import N_

BEFORE, AFTER, LIST, PUSH = "before", "after", "list", "push"
"""When a fault strikes: before anything is registered; after it; in a list of notifications; or in a push."""

FAULTS: dict[str, str] = {
    "drop_before_commit": BEFORE,
    "drop_after_commit": AFTER,
    "status500": BEFORE,
    "status502": AFTER,
    "status503": BEFORE,
    "status504": AFTER,
    "status429": BEFORE,
    "status429_date": BEFORE,
    "status429_bare": BEFORE,
    "status429_absurd": BEFORE,
    "slow": AFTER,
    "truncated": AFTER,
    "wrong_length": AFTER,
    "bad_chunk": AFTER,
    "bad_gzip": AFTER,
    "giant": AFTER,
    "captive_portal": BEFORE,
    "redirect": BEFORE,
    "expired_token": BEFORE,
    "duplicated": LIST,
    "reordered": LIST,
    "replayed": LIST,
    "foreign": LIST,
    "stranger": LIST,
    "push_dropped": PUSH,
    "push_duplicated": PUSH,
    "push_reordered": PUSH,
    "push_late": PUSH,
    "push_wrong_token": PUSH,
    "push_foreign": PUSH,
}
OUTAGE = "outage"
TRUNCATIONS = ("wrong_length", "bad_chunk", "bad_gzip")
POSTS, ASKS, LISTS, FETCHES, TOKENS, ALL = "posts", "asks", "lists", "fetches", "tokens", "all"
PLACES = (POSTS, ASKS, LISTS, FETCHES, TOKENS, ALL)
PUSHES = "pushes"
MOST_TIMES = 1_000_000
LONGEST_OUTAGE = 3600.0

_ONE_PLACE = {LIST: LISTS, PUSH: PUSHES}
_WRONG = N_(
    "Unknown fault {fault}; write one of {faults}, with @ and one of {places} if need be, = and a number or 15%"
)
_COUNT = re.compile(r"[0-9]{1,7}", re.ASCII)
_CHANCE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%", re.ASCII)
_ALL = 100.0
_SECONDS = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One fault.

    Attributes:
        name: one of `FAULTS`.
        where: the kind of request it strikes, one of `PLACES`.
        left: how many more it strikes; None where chance decides.
        chance: 0 to 1, where there is no count.
    """

    name: str
    where: str
    left: int | None = None
    chance: float = 0.0

    def strikes(self, where: str) -> bool:
        """Tell whether it is meant for a kind of request."""
        return self.where == where or (self.where == ALL and where != PUSHES)


def read_rule(name: str, much: int | str) -> FaultRule:
    """Read `name` or `name@where`, and a count or a chance such as `15%`.

    Raises:
        UserError: there is no such fault or place, or the number is none.
    """
    fault, _, where = name.partition("@")
    word = str(much)
    count, chance = _COUNT.fullmatch(word), _CHANCE.fullmatch(word)
    known = fault in FAULTS and (where in PLACES or not where) and not (FAULTS.get(fault) in _ONE_PLACE and where)
    if not known or not (count or chance) or (chance and float(chance[1]) > _ALL):
        raise wrong(name, much)
    place = where or _ONE_PLACE.get(FAULTS[fault], POSTS)
    if chance:
        return FaultRule(fault, place, None, float(chance[1]) / 100)
    return FaultRule(fault, place, int(word))


def read_outage(much: int | str) -> float:
    """Read the seconds of an outage.

    Raises:
        UserError: it is no number of seconds, or more than an hour.
    """
    if not _SECONDS.fullmatch(str(much)) or float(much) > LONGEST_OUTAGE:
        raise wrong(OUTAGE, much)
    return float(much)


def wrong(name: str, much: object) -> UserError:
    """Return the error for what is no fault."""
    return UserError(_WRONG, fault=f"{name}={much}", faults=", ".join([*FAULTS, OUTAGE]), places=", ".join(PLACES))


class FaultPlan:
    """Which fault strikes the next request: counted ones in the order given, then chance.

    All methods belong to the thread of the event loop.
    """

    def __init__(self, rules: Iterable[FaultRule] = (), seed: int = 0, outage: float = 0.0) -> None:
        self.rules = list(rules)
        self.dealt: Counter[str] = Counter()
        self.dice = Random(seed)  # noqa: S311 - faults must come again
        self._outage_until = 0.0
        self.begin_outage(outage)

    def add(self, rules: Iterable[FaultRule]) -> None:
        """Put rules behind those there are."""
        self.rules += rules

    def clear(self) -> None:
        """All is well from now on."""
        self.rules.clear()
        self._outage_until = 0.0

    def next(self, where: str) -> str:
        """Return the fault for a request of a kind, empty for none, and count it."""
        for place, rule in enumerate(self.rules):
            if rule.left and rule.strikes(where):
                self.rules[place] = replace(rule, left=rule.left - 1)
                return self._dealt(rule.name)
        luck = self.dice.random()
        for rule in self.rules:
            if rule.left is None and rule.strikes(where):
                luck -= rule.chance
                if luck < 0:
                    return self._dealt(rule.name)
        return ""

    def _dealt(self, name: str) -> str:
        found = self.dice.choice(TRUNCATIONS) if name == "truncated" else name
        self.dealt[found] += 1
        return found

    def begin_outage(self, seconds: float) -> None:
        """From now on, and for so long, every connection is closed."""
        if seconds:
            self.dealt[OUTAGE] += 1
            self._outage_until = time.monotonic() + seconds

    def out(self) -> bool:
        """Tell whether there is an outage now."""
        return time.monotonic() < self._outage_until

    def outage_left(self) -> float:
        """Return how many seconds the outage goes on."""
        return max(self._outage_until - time.monotonic(), 0.0)
