# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""XML by a skeleton: a file that looks like the message says how it is written and how it is read back.

A table of paths would hide order and nesting, and customs messages are sequences. So the mapping is a
sample-shaped XML file whose elements carry marks; one walk turns it into functions that write, another into
functions that read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from swclient.base.errors import DataError
from swclient.exchange.skeleton.nodes import Node, read_skeleton
from swclient.exchange.skeleton.reading import Found, make_reader
from swclient.exchange.skeleton.rest import fill_rest
from swclient.exchange.skeleton.scope import Scope
from swclient.exchange.skeleton.several import parts_of
from swclient.exchange.skeleton.takers import make_takers
from swclient.exchange.skeleton.terms import FIRST, TermError
from swclient.exchange.skeleton.writing import make_writer
from swclient.exchange.xmltext import DECLARED

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Snapshot

__all__ = ["Found", "Place", "Skeleton", "load_skeleton"]

Parameters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: local names from the root, and the field."""

    path: tuple[str, ...]
    field: str


class Skeleton:
    """A message of a profile, ready to be written and read."""

    def __init__(self, path: Path, profile: Profile, left: Collection[str] = ()) -> None:
        self.profile = profile
        self.root: Node = read_skeleton(path)
        fill_rest(self.root, profile, left, path)
        try:
            self._write = make_writer(self.root, profile)
            self._read = make_reader(make_takers(self.root, profile), profile)
        except (KeyError, TermError) as error:
            raise DataError("Nobody understands “{what}”", file=path, what=str(error.args[0])) from error

    def write(self, snapshot: Snapshot | None, parameters: Parameters) -> bytes:
        """Return the message of a declaration.

        Args:
            snapshot: the declaration; None for a message that is made of parameters only.
            parameters: what the skeleton calls `$name`.

        Raises:
            UserError: a text holds a character that XML cannot hold; names field and item.
        """
        out = [DECLARED]
        self._write(Scope(snapshot, self.profile, parameters), out)
        return "".join(out).encode("utf-8")

    def read(self, root: Element, parameters: Parameters) -> Found:
        """Return what a message says, and what in it has no place in a declaration."""
        return self._read(root, parameters)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where every field stands, in the order of the message."""
        found: list[Place] = []
        _gather(self.root, (), found)
        return tuple(found)

    def rows_path(self, table: str) -> tuple[str, ...]:
        """Return where the rows of a section stand, local names from the root; empty if nowhere."""
        return _find_rows(self.root, (), table)


def _gather(node: Node, above: tuple[str, ...], found: list[Place]) -> None:
    path = (*above, node.name)
    if "pack" in node.marks:
        table = node.marks["field"].partition(".")[0]
        found.extend(Place(path, f"{table}.{name}") for name in node.marks["pack"].split())
    elif "field" in node.marks:
        found.append(Place(path, node.marks["field"]))
    first = FIRST.fullmatch(node.marks.get("text", ""))
    found += [Place(path, ".".join(first.groups()))] if first else []
    found.extend(Place(path, f"{table}.{name}") for table, name, _width in parts_of(node.marks))
    beside = node.marks.get("with", "").partition("=")[2]
    if beside and "|" not in beside:
        found.append(Place(path, beside))
    for child in node.children:
        _gather(child, path, found)


def _find_rows(node: Node, above: tuple[str, ...], table: str) -> tuple[str, ...]:
    path = (*above, node.name)
    if node.marks.get("each", "").partition("|")[0] == table:
        return path
    found = (_find_rows(child, path, table) for child in node.children)
    return next(filter(None, found), ())


_made: dict[tuple[Any, ...], Skeleton] = {}


def load_skeleton(path: Path, profile: Profile, left: Collection[str] = ()) -> Skeleton:
    """Return a skeleton of a profile, made once and kept; fields that are `left` out get no statement of their own."""
    key = (path, profile.folders, profile.version)
    if key not in _made:
        _made[key] = Skeleton(path, profile, left)
    return _made[key]
