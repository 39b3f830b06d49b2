# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what an authority or a schema calls a place to our own field, so that an error stands beside its box.

A path says most, the name of an element less, a box number least; what is told together decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from swclient.exchange.message import declaration_skeleton
from swclient.exchange.settings import message_formats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from swclient.catalogue.profile import Profile
    from swclient.exchange.replies import CustomsError

Spot = tuple[str, int | None]

_STEP = re.compile(r"(?:[\w.-]+:)?([\w.-]+)(?:\[(\d+)\])?")
_BOX = re.compile(r"\d+(?:\.\d+)*|[A-Z]\w*", re.ASCII)
_ITEM = "item"


def field_of(error: CustomsError, profile: Profile, message: str = "") -> Spot | None:
    """Return field id and position of the goods item (from 1; None outside items), None if nobody can tell.

    Args:
        error: what the office says.
        profile: of the declaration.
        message: in which message it was sent; told by the path of the error where it is not given.
    """
    message = message or _message_of(error.xpath, profile)
    field, item = field_at(error.xpath, profile, message)
    if field is None:
        candidates = _by_element(error.element, profile, message)
        field = _of_box(error.box, candidates, profile) or next(iter(candidates), None)
    if field is None:
        field = _of_box(error.box, [], profile)
    if field is None:
        return None
    return field, (error.item or item) if _under_items(field, profile) else None


def field_at(path: str, profile: Profile, message: str = "") -> tuple[str | None, int | None]:
    """Return the field at a path of a message, and the position of the goods item in it.

    Prefixes do not count. A path that ends in a group gives the first field in the group.
    """
    skeleton = declaration_skeleton(profile, message or _message_of(path, profile))
    steps = [match.groups() for match in map(_STEP.fullmatch, path.split("/")) if match]
    names = tuple(name for name, _ in steps)
    if skeleton.root.name in names:
        start = names.index(skeleton.root.name)
        names, steps = names[start:], steps[start:]
    if not names:
        return None, None
    whole = [place.field for place in skeleton.places if place.path == names]
    inside = [place.field for place in skeleton.places if place.path[: len(names)] == names]
    items = skeleton.rows_path(_ITEM)
    item = None
    if items and names[: len(items)] == items:
        item = int(steps[len(items) - 1][1] or 1)
    return next(iter([*whole, *inside]), None), item


def _message_of(path: str, profile: Profile) -> str:
    """Return the message of a profile whose root stands in a path; the profile's own, which comes last, where none."""
    known = message_formats(profile)
    steps = set(re.split(r"[/:\[\]]", path))
    return next((name for name, each in known.items() if each.root in steps), next(reversed(known), ""))


def _by_element(name: str, profile: Profile, message: str) -> list[str]:
    """Return the fields that stand in elements of a name, in the order of the message."""
    bare = name.rpartition("/")[2].rpartition(":")[2].partition("[")[0]
    if not bare:
        return []
    places = declaration_skeleton(profile, message).places
    own = [place.field for place in places if place.path[-1] == bare]
    return list(dict.fromkeys(own or [place.field for place in places if bare in place.path]))


def _of_box(text: str, candidates: Iterable[str], profile: Profile) -> str | None:
    """Return the field of a box: among the candidates if there are any, else the first of the box."""
    match = _BOX.search(text)
    if match is None:
        return None
    fields = [field.id for field in profile.by_box(match.group())]
    chosen = list(candidates)
    return next((each for each in chosen if each in fields), None if chosen else next(iter(fields), None))


def _under_items(field_id: str, profile: Profile) -> bool:
    table = profile.field(field_id).table
    return table == _ITEM or profile.tables[table].parent == _ITEM
