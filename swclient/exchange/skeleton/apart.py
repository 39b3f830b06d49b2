# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading of elements that share a name and are told apart by a constant in them, and of rows packed into one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.exchange.skeleton.packed import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from swclient.exchange.skeleton.nodes import Node
    from swclient.exchange.skeleton.reading import State, Take
    from swclient.exchange.skeleton.terms import Term


def constants(node: Node) -> dict[str, str]:
    """Return the constants that stand right in an element, by local name."""
    held = {"field", "text", "raw", "read", "cut", "lines"}
    return {child.name: child.text for child in node.children if not child.children and not child.marks.keys() & held}


def told_apart(takers: Iterable[tuple[Node, Take]]) -> Take:
    """Return what gives an element to the taker whose constants it bears; one look, however many there are."""
    known: dict[tuple[str, ...], dict[tuple[str, ...], Take]] = {}
    for node, taker in takers:
        bears = constants(node)
        known.setdefault(tuple(bears), {})[tuple(bears.values())] = taker

    def take(element: Element, state: State) -> bool:
        for names, chosen in known.items():
            found = chosen.get(tuple((element.findtext("{*}" + name) or "").strip() for name in names))
            if found is not None:
                return found(element, state)
        return False

    return take


def packed_leaf(table: str, names: Iterable[str]) -> Take:
    """Return what reads a whole row from one text; a text that is no such row is not taken."""
    known = tuple(names)

    def take(element: Element, state: State) -> bool:
        row = None if len(element) else unpack((element.text or "").strip(), known)
        if row is None:
            return False
        state.records[table].update(row)
        return True

    return take


def with_attribute(leaf: Take, name: str, term: Term, field: tuple[str, str] | None, means: str = "") -> Take:
    """Return what reads a leaf and its attribute: into a field of its own, or compared with what we would write.

    Args:
        leaf: reads the text of the element.
        name: name of the attribute.
        term: what we would write there.
        field: section and field that the attribute goes to, if it is just that.
        means: `charge.rate_type=*`, what the very presence of the element says.
    """
    told, _, implied = means.partition("=")
    table, _, holder = told.partition(".")

    def take(element: Element, state: State) -> bool:
        if not leaf(element, state):
            return False
        if means:
            state.records[table].setdefault(holder, implied)
        said = (element.get(name) or "").strip()
        if not said:
            return True
        if field is not None and state.records[field[0]].setdefault(field[1], said) == said:
            return True
        state.waiting.append(_compare(state, element, said, term))
        return True

    return take


def _compare(state: State, element: Element, said: str, term: Term) -> Callable[[], None]:
    def compare() -> None:
        if term(state) not in {"", said}:
            state.leave_text(element, said)

    return compare
