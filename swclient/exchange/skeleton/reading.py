# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a skeleton into functions that read: by local names, whatever the order.

A function is given an element and says whether it has taken it. What none takes is listed with its
path and text, so that nothing in a strange message goes in silence.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.exchange.xmlread import MAX_DEPTH, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from swclient.catalogue.profile import Profile

MAX_UNREAD = 10_000

Record = dict[str, Any]
FromText = Callable[[str], str]
Take = Callable[["Element", "State"], bool]
Takers = Mapping[str, tuple[Take, ...]]
Parameters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Takes an element that holds one field and nothing else; nine of ten elements are such.

    Attributes:
        table: section of the field.
        name: where it goes in the row.
        convert: makes our text of theirs; None where they are the same.
    """

    table: str
    name: str
    convert: FromText | None

    def __call__(self, element: Element, state: State) -> bool:
        """Put the text into the row; another text than is there already is not taken."""
        if len(element):
            return False
        text = element.text
        if not text or not (text := text.strip()):
            return True
        if self.convert is not None:
            text = self.convert(text)
        return bool(state.records[self.table].setdefault(self.name, text) == text)


@dataclass(frozen=True, slots=True)
class Found:
    """What a message says.

    Attributes:
        body: sections and rows as our own files keep them, without the head.
        unread: path and text of what has no place in a declaration.
    """

    body: dict[str, Any]
    unread: tuple[str, ...]


class State:
    """What has been read so far, looked at from the row that is being read.

    Attributes:
        body: the declaration.
        tables: the sections there are.
        records: the rows being read, by section; sections that stand once are always there.
        unread: path and text of what nobody took.
        trail: the elements above the one being read.
        waiting: comparisons to be made when all children of the element at hand are read.
        incomplete: by section and key, rows that another element may still complete, and how many are known.
    """

    __slots__ = (
        *("_named", "_parameters", "_seen", "body", "incomplete"),
        *("records", "tables", "trail", "unread", "waiting"),
    )

    def __init__(self, profile: Profile, parameters: Parameters) -> None:
        self.body: Record = {}
        self.tables = profile.tables
        self.records: dict[str, Record] = {
            name: self.body.setdefault(name, {}) for name, spec in profile.tables.items() if not spec.many
        }
        self.unread: list[str] = []
        self.trail: list[Element] = []
        self.waiting: list[Callable[[], None]] = []
        self.incomplete: dict[str, tuple[int, dict[str, deque[Record]]]] = {}
        self._parameters = parameters
        self._named: dict[int, dict[int, str]] = {}
        self._seen: set[tuple[int, str]] = set()

    def text(self, table: str, name: str) -> str:
        """Return what was read into a field of the current row."""
        found = self.records.get(table, {}).get(name, "")
        return found if isinstance(found, str) else ""

    def rows(self, table: str) -> Iterable[Mapping[str, object]]:
        """Return the rows read under the current row, else the free ones."""
        for record in (*self.records.values(), self.body):
            found = record.get(table)
            if isinstance(found, list):
                return found
        return ()

    def position(self, table: str) -> int:
        """Return the place that the row being read will have among its like."""
        parent = self.tables[table].parent
        holder = self.records[parent] if parent else self.body
        return len(holder.get(table, ())) + 1

    def parameter(self, name: str) -> tuple[str, ...]:
        """Return what the caller gave under a name."""
        return self._parameters.get(name, ())

    def once(self, name: str) -> bool:
        """Tell whether this is the first time under the element above that something is read."""
        key = (id(self.trail[-1]), name)
        first = key not in self._seen
        self._seen.add(key)
        return first

    def leave(self, element: Element) -> None:
        """Note an element that has no place, with all that stands in it.

        Raises:
            UserError: it is nested deeper than any message, or there is far too much of it.
        """
        waiting = [(self._path(element), element, 0)]
        while waiting:
            path, found, depth = waiting.pop()
            if depth > MAX_DEPTH:
                raise UserError(N_("{path} is nested too deeply."), path=path)
            if not len(found):
                self._note(f"{path}: {(found.text or '').strip()}")
            below = [(f"{path}/{local(child.tag)}", child, depth + 1) for child in found]
            waiting += reversed(below)

    def leave_text(self, element: Element, text: str) -> None:
        """Note an element whose text says something else than ours."""
        self._note(f"{self._path(element)}: {text}")

    def leave_words(self, words: str) -> None:
        """Note words that stand between elements."""
        self._note(f"{self._path(None)}: {words.strip()}")

    def _note(self, line: str) -> None:
        if len(self.unread) >= MAX_UNREAD:
            raise UserError(
                N_("More than {limit} elements have no place in a declaration: this is another message."),
                limit=MAX_UNREAD,
            )
        self.unread.append(line)

    def _path(self, element: Element | None) -> str:
        line = [*self.trail, *([] if element is None else [element])]
        return "/".join(self._steps(outer)[id(inner)] for outer, inner in pairwise(line))

    def _steps(self, element: Element) -> dict[int, str]:
        """Return name and position of every child, worked out once for an element."""
        found = self._named.get(id(element))
        if found is None:
            names = [local(child.tag) for child in element]
            many = Counter(names)
            place: Counter[str] = Counter()
            found = self._named[id(element)] = {}
            for child, name in zip(element, names, strict=True):
                place[name] += 1
                found[id(child)] = f"{name}[{place[name]}]" if many[name] > 1 else name
        return found


def make_reader(takers: Takers, profile: Profile) -> Callable[[Element, Parameters], Found]:
    """Return the function that reads a whole message, given its root element."""
    descend = make_descent(takers)

    def read(element: Element, parameters: Parameters) -> Found:
        state = State(profile, parameters)
        descend(element, state)
        body = {name: content for name, content in state.body.items() if content}
        return Found(body, tuple(state.unread))

    return read


def _first_of(takers: tuple[Take, ...]) -> Take:
    """Return what asks one after the other, until one takes the element."""
    if len(takers) == 1:
        return takers[0]
    return lambda element, state: any(take(element, state) for take in takers)


def make_descent(takers: Takers) -> Callable[[Element, State], None]:
    """Return the function that reads the children of an element."""
    known: dict[str, Take] = {}  # by full tag, so that no name is taken apart twice

    def descend(element: Element, state: State) -> None:
        outer, state.waiting = state.waiting, []
        state.trail.append(element)
        for child in element:
            take = known.get(child.tag)
            if take is None:
                take = known.setdefault(child.tag, _first_of(takers.get(local(child.tag), ())))
            if not take(child, state):
                state.leave(child)
            if child.tail and not child.tail.isspace():
                state.leave_words(child.tail)
        for check in state.waiting:
            check()
        state.trail.pop()
        state.waiting = outer

    return descend
