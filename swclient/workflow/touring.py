# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour over the sample: steps as data, and a walk through them that watches what happens in the declaration.

A step is finished by what happened, whoever or whatever did it, and in any order; the walk then stands at the first
step that is left. It knows no widget: whoever shows it tells it what happened.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from swclient.base import paths
from swclient.base.errors import DataError
from swclient.base.i18n import N_
from swclient.catalogue.loader import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

EVENTS = frozenset(["enter", "type", "clean", "list", "help", "why", "form", "check", "sent", "answer"])
POINTS = frozenset(["box", "search", "help", "why", "form", "check", "submit", "timeline"])
_HERE = " @"
_NO_STEP = N_("A step has say, done (of what can happen), point, and perhaps fields, kind, after: {reason}")


class Step(NamedTuple):
    """One thing to do.

    Attributes:
        id: name for programs.
        say: what to do, with places for the box meant (`box`, `name`) and for the keys of actions, by their ids.
        done: what finishes it: names out of `EVENTS`, with “ @” where it must happen at the box meant.
        point: where to look, out of `POINTS`.
        fields: the box meant is the first of these that the form has.
        kind: `worked_out` or `list` where the box meant must be one.
        after: a step that must be finished before this one can be.
    """

    id: str
    say: str
    done: tuple[str, ...]
    point: str
    fields: tuple[str, ...] = ()
    kind: str = ""
    after: str = ""

    def box(self, profile: Profile) -> Field | None:
        """Return the box meant on a country's form, None where the step means none or the form has none."""
        found = (profile.fields.get(each) for each in self.fields)
        return next((each for each in found if each is not None and self._fits(each)), None)

    def _fits(self, field: Field) -> bool:
        right = {"worked_out": bool(field.derived), "list": bool(field.list_name)}.get(self.kind, True)
        return right and field.shown and bool(field.box)


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """Return the steps in the order in which they are shown.

    Raises:
        DataError: the file does not fit; says which step, and what one has.
    """
    place = paths.shipped("resources") / "tour" / "tour.toml"
    found: list[Step] = []
    for name, row in read_toml(place).items():
        told: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        try:
            step = Step(name, **told)
        except TypeError as error:
            raise DataError(_NO_STEP, file=place, row=name, reason=str(error)) from error
        strange = {each.removesuffix(_HERE) for each in step.done} - EVENTS or {step.point} - POINTS
        if strange or (step.after and step.after not in {each.id for each in found}):
            raise DataError(_NO_STEP, file=place, row=name, reason=", ".join(sorted(strange)) or step.after)
        found.append(step)
    return tuple(found)


class Walk:
    """Somebody's way through the steps over one declaration.

    Attributes:
        declaration: its id.
        passed: ids of the steps that are finished or were skipped.
    """

    def __init__(self, declaration: str, passed: Iterable[str] = ()) -> None:
        self.declaration = declaration
        self.passed = set(passed)

    @property
    def step(self) -> Step | None:
        """The first step that is left, None past the last."""
        return next((each for each in steps() if each.id not in self.passed), None)

    @property
    def place(self) -> int:
        """The number of that step, counted from 1; one more than there are past the last."""
        now = self.step
        return steps().index(now) + 1 if now is not None else len(steps()) + 1

    def happened(self, event: str, field: Field | None, profile: Profile) -> bool:
        """Take note that something happened, at a field or anywhere; return whether a step was finished by it."""
        finished = {each.id for each in steps() if self._finishes(each, event, field, profile)}
        new = finished - self.passed
        self.passed |= new
        return bool(new)

    def _finishes(self, step: Step, event: str, field: Field | None, profile: Profile) -> bool:
        if step.after and step.after not in self.passed:
            return False
        box = step.box(profile)
        here = field is not None and box is not None and field.id == box.id
        return event in step.done or (here and event + _HERE in step.done)

    def skip(self) -> None:
        """Leave the present step out."""
        now = self.step
        if now is not None:
            self.passed.add(now.id)

    def kept(self) -> str:
        """Return the walk as one line of words."""
        return " ".join((self.declaration, *(each.id for each in steps() if each.id in self.passed)))


def walk_of(kept: str) -> Walk | None:
    """Return the walk that a line of words tells of, None for an empty one.

    >>> walk_of("a-1 go type").step.id
    'help'
    """
    words = kept.split()
    return Walk(words[0], words[1:]) if words else None
