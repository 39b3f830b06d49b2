# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each kind of element of a skeleton does when it is read: constants, fields, echoes, rows."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from swclient.exchange.skeleton.apart import constants, packed_leaf, told_apart, with_attribute
from swclient.exchange.skeleton.conversions import by_column, make_conversion
from swclient.exchange.skeleton.pieces import join_pieces, longest_piece
from swclient.exchange.skeleton.reading import Leaf, make_descent
from swclient.exchange.skeleton.several import special_taker
from swclient.exchange.skeleton.terms import make_term, make_test, read_attribute, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from swclient.catalogue.profile import Profile
    from swclient.exchange.skeleton.nodes import Node
    from swclient.exchange.skeleton.reading import Record, State, Take, Takers
    from swclient.exchange.skeleton.terms import Test

_PART = "@"  # parts of a value wait in the row under `number@office` until the row is whole


def make_takers(node: Node, profile: Profile) -> Takers:
    """Return what reads the children of an element, by local name."""
    found: dict[str, tuple[Take, ...]] = {}
    # An element that completes a row must have its say before one that begins a row takes it.
    apart: dict[str, list[tuple[Node, Take]]] = {}
    for child in sorted(node.children, key=lambda child: "join" not in child.marks):
        if "apart" in child.marks:
            apart.setdefault(child.name, []).append((child, _taker(child, profile)))
        else:
            found[child.name] = (*found.get(child.name, ()), _taker(child, profile))
    return found | {name: (*found.get(name, ()), told_apart(takers)) for name, takers in apart.items()}


def _taker(node: Node, profile: Profile) -> Take:
    marks = node.marks
    special = special_taker(marks)
    if special is not None:
        return special
    if "each" in marks:
        return _rows(node, profile)
    if "field" in marks:
        return _leaf(marks, profile)
    if "text" in marks:
        return _echo(marks, profile)
    if _is_constant(node):
        constant = node.text
        return lambda element, _state: not len(element) and _words(element) in {constant, ""}
    name = f"{node.name} {constants(node)}" if "apart" in marks else node.name
    return _only_once(name, _group(make_takers(node, profile)))


def _only_once(name: str, take: Take) -> Take:
    """Read the first of alike elements; a second address must not fill the blanks of the first."""
    return lambda element, state: state.once(name) and take(element, state)


def _is_constant(node: Node) -> bool:
    return not node.children and not node.marks.keys() & {"field", "text", "raw"}


def _words(element: Element) -> str:
    return (element.text or "").strip()


def _group(takers: Takers) -> Take:
    descend = make_descent(takers)

    def take(element: Element, state: State) -> bool:
        if element.text and not element.text.isspace():
            return False
        descend(element, state)
        return True

    return take


def _leaf(marks: dict[str, str], profile: Profile) -> Take:
    field = profile.field(marks["field"])
    table = field.table
    if "pack" in marks:
        return packed_leaf(table, marks["pack"].split())
    name = f"{field.name}{_PART}{marks['part']}" if "part" in marks else field.name
    if "split" in marks:
        return _joined(table, name, longest_piece(marks["split"]))
    convert = make_conversion(field, marks, profile).from_text
    leaf = Leaf(table, name, None if convert is str else convert)
    prefix = marks.get("prefix", "")
    if "with" in marks:
        return with_attribute(leaf, *read_attribute(marks["with"], profile), marks.get("means", ""))
    if not prefix:
        return leaf
    return lambda element, state: _words(element).startswith(prefix) and leaf(element, state)


def _joined(table: str, name: str, longest: int) -> Take:
    """Take all pieces of a text at the first of them."""

    def take(element: Element, state: State) -> bool:
        if len(element):
            return False
        if state.once(element.tag):
            text = join_pieces(_texts(element, state), longest).strip()
            if text and state.records[table].setdefault(name, text) != text:
                return False
        return True

    return take


def _texts(element: Element, state: State) -> list[str]:
    """Return the texts of all elements like this one under the same element."""
    alike = (child for child in state.trail[-1] if child.tag == element.tag)
    return [child.text or "" for child in alike if not len(child)]


def _echo(marks: dict[str, str], profile: Profile) -> Take:
    """Take a worked-out text that says what we would write; what says something else is left.

    Names of codes are taken whatever they say: they differ from office to office, the code does not. So are places in
    a list: the list itself says them.
    """
    if marks["text"].startswith(("name(", "column(", "position(")):
        return lambda element, _state: not len(element)
    compare = _comparison(marks, profile)
    longest = longest_piece(marks.get("split", ""))

    def take(element: Element, state: State) -> bool:
        if len(element):
            return False
        if state.once(element.tag):
            texts = _texts(element, state) if longest else [element.text or ""]
            said = join_pieces(texts, longest).strip()
            state.waiting.append(lambda: compare(state, element, said))
            return True
        return bool(longest)

    return take


def _comparison(marks: dict[str, str], profile: Profile) -> Callable[[State, Element, str], None]:
    """Return what compares a text with ours when all around it is read.

    Pieces of a text are left together, as the text of the first of them.
    """
    term = make_term(marks["text"], profile)
    convert = by_column(marks["code"], profile).to_text if "code" in marks else str
    instead = _instead(marks["read"], profile) if "." in marks.get("read", "") else None
    given = marks["text"].startswith("$")

    def compare(state: State, element: Element, said: str) -> None:
        own = convert(term(state))
        if not own and instead:
            instead(state, said)
        elif not said or _same(said, own) or (given and not own):
            return  # what only the writer knows, an identifier or a moment, is nobody's loss
        else:
            state.leave_text(element, said)

    return compare


def _same(one: str, other: str) -> bool:
    """Compare texts; whole numbers by value, where nothing is nought."""
    numbers = one.isdecimal() and (other or "0").isdecimal()
    return one == other or (numbers and one.lstrip("0") == other.lstrip("0"))


def _instead(field_id: str, profile: Profile) -> Callable[[State, str], None]:
    """Make a row of a number that no row explains: so many packages, of whatever kind."""
    table, _, name = field_id.partition(".")
    parent = profile.tables[table].parent

    def add(state: State, said: str) -> None:
        holder = state.records[parent] if parent else state.body
        if said.strip("0"):
            holder.setdefault(table, []).append({name: said})

    return add


def _rows(node: Node, profile: Profile) -> Take:
    marks = node.marks
    table = marks["each"].partition("|")[0]
    parent = profile.tables[table].parent
    take = _leaf(marks, profile) if "field" in marks else _group(make_takers(node, profile))
    if "by" in marks:
        return _bunch(table, parent, take)
    if "join" in marks:
        return _completed(table, marks["join"].partition(".")[2], take)
    loose = make_test(marks["loose"], profile) if "loose" in marks else None
    return _guarded(constants(node), _row(table, parent, loose, take))


def _guarded(guards: dict[str, str], take: Take) -> Take:
    """Leave a row whose constants say that it is about something else."""
    if not guards:
        return take

    def guarded(element: Element, state: State) -> bool:
        for name, constant in guards.items():
            found = element.findtext("{*}" + name)
            if found is not None and found.strip() != constant:
                return False
        return take(element, state)

    return guarded


def _row(table: str, parent: str, loose: Test | None, take: Take) -> Take:
    def read(element: Element, state: State) -> bool:
        outer = state.records.get(table)
        record: Record = {}
        state.records[table] = record
        taken = take(element, state)
        _put_together(record)
        if taken and (record or not parent):
            holder = state.records[parent] if parent else state.body
            # Rows of the first row above may be rows for the whole declaration.
            if loose and not state.body.get(parent) and loose(state):
                holder = state.body
            holder.setdefault(table, []).append(record)
        if outer is None:
            del state.records[table]
        else:
            state.records[table] = outer
        return taken

    return read


def _bunch(table: str, parent: str, take: Take) -> Take:
    """Read what rows have in common, and give it to every row within."""

    def read(element: Element, state: State) -> bool:
        common: Record = {}
        state.records[table] = common
        holder = state.records[parent] if parent else state.body
        before = holder.pop(table, [])
        taken = take(element, state)
        before += [{**common, **row} for row in holder.pop(table, [])]
        if before:
            holder[table] = before
        del state.records[table]
        return taken

    return read


def _completed(table: str, key: str, take: Take) -> Take:
    """Read an element that completes a row read before: a trailer finds its tractor by the key."""

    def read(element: Element, state: State) -> bool:
        record: Record = {}
        state.records[table] = record
        mark = len(state.unread)
        taken = take(element, state) and key in record
        del state.records[table]
        if not taken:
            del state.unread[mark:]
            return False
        waiting = _waiting_rows(state, table, key).get(record[key])
        if waiting:
            row = waiting.popleft()
            row.update({name: text for name, text in record.items() if name not in row})
        else:
            state.body.setdefault(table, []).append(record)
        return True

    return read


def _waiting_rows(state: State, table: str, key: str) -> dict[str, deque[Record]]:
    """Return by key the rows that nothing has completed yet."""
    rows: list[Record] = state.body.get(table, [])
    count, found = state.incomplete.get(table, (0, {}))
    for row in rows[count:]:
        found.setdefault(row.get(key, ""), deque()).append(row)
    state.incomplete[table] = (len(rows), found)
    return found


def _put_together(record: Record) -> None:
    """Make one value of the parts that were read."""
    waiting = [key for key in record if _PART in key]
    whole: dict[str, dict[str, str]] = {}
    for key in waiting:
        name, _, part = key.partition(_PART)
        whole.setdefault(name, {})[part] = record.pop(key)
    for name, parts in whole.items():
        record.setdefault(name, whole_number(parts))
        if "day" in parts:
            record.setdefault("date", parts["day"])
