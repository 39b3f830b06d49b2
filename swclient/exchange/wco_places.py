# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an error of a WCO answer points at: a chain of class numbers with places, turned into a path and a box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from swclient.base import paths
from swclient.catalogue.loader import read_toml

FILE = "catalogue/message/wco_places.toml"
_ITEM = "68A"


@dataclass(frozen=True, slots=True)
class Pointer:
    """One level of the chain: number of a class, place among its like, number of an element in it; blanks as told."""

    section: str
    sequence: int | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a chain of pointers leads.

    Attributes:
        path: local names from the declaration down, with places: `Declaration/GoodsShipment/...Item[2]/Commodity`.
        element: name of the last of them.
        box: of the form, empty when there is none.
        item: number of the goods item, None outside items.
        unknown: the numbers that nobody knows, as told.
    """

    path: str
    element: str
    box: str
    item: int | None
    unknown: tuple[str, ...] = ()


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Any] = read_toml(paths.shipped("resources") / FILE)
    return found


def find_spot(pointers: Sequence[Pointer]) -> Spot:
    """Return where pointers lead; a number that nobody knows ends the path and is told."""
    classes, tags, boxes = (_table()[name] for name in ("classes", "tags", "boxes"))
    steps: list[str] = []
    names: list[str] = []
    unknown: list[str] = []
    item: int | None = None
    for pointer in pointers:
        name = classes.get(pointer.section)
        if name is None:
            unknown.append(pointer.section)
            break
        names.append(name)
        steps.append(f"{name}[{pointer.sequence}]" if pointer.sequence else name)
        item = pointer.sequence if pointer.section == _ITEM else item
        if pointer.tag:
            inner = tags.get(f"{name}/{pointer.tag}")
            (names if inner else unknown).append(inner or f"{pointer.section}/{pointer.tag}")
            steps += [inner] if inner else []
    box = boxes.get("/".join(names[-2:])) or next((boxes[each] for each in reversed(names) if each in boxes), "")
    return Spot("/".join(steps), names[-1] if names else "", box, item, tuple(unknown))
