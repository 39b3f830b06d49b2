# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a skeleton into functions that write: each appends text, no tree of elements is built.

Every function tells whether it wrote something of the declaration's own; an element in which
nothing did (constants and worked-out texts do not count) is taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange.skeleton.conversions import ToText, by_column, make_conversion
from swclient.exchange.skeleton.nodes import INSERT
from swclient.exchange.skeleton.packed import pack
from swclient.exchange.skeleton.pieces import make_cutter
from swclient.exchange.skeleton.rows import each_row
from swclient.exchange.skeleton.scope import Scope
from swclient.exchange.skeleton.several import is_written, write_several
from swclient.exchange.skeleton.terms import Term, Test, is_steady, make_term, make_test, read_attribute
from swclient.exchange.xmltext import SPECIAL, ForbiddenCharacterError, escape, escape_attribute

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.exchange.skeleton.nodes import Node

Put = Callable[[Scope, list[str]], bool]


class Leaf(NamedTuple):
    """An element that holds one field.

    Attributes:
        name: the field's name in its section.
        start: the tag before the text.
        end: the tag after it.
        to_text: makes text of a value.
        always: whether texts go through `to_text` too.
        field: the field, for an error.
    """

    name: str
    start: str
    end: str
    to_text: ToText
    always: bool
    field: Field


def make_writer(node: Node, profile: Profile) -> Put:
    """Return the function that writes an element as often as the declaration wants it."""
    put = _once(node, profile)
    if "when" in node.marks:
        put = _when(make_test(node.marks["when"], profile), put)
    if "each" in node.marks:
        put = each_row(node.marks, put, profile)
    return each_row({"each": node.marks["under"]}, put, profile) if "under" in node.marks else put


def _when(test: Test, put: Put) -> Put:
    return lambda scope, out: test(scope) and put(scope, out)


def _once(node: Node, profile: Profile) -> Put:
    start, end = f"<{node.tag}{node.attributes}>", f"</{node.tag}>"
    marks = node.marks
    if marks.keys() & {"cut", "lines"}:
        return write_several(node, profile, escaped)
    if "field" in marks:
        return _leaf(node, profile)
    if "raw" in marks:
        term = make_term(marks["raw"], profile)
        return _raw("", "", term) if node.tag == INSERT else _raw(start, end, term)
    if "text" in marks:
        return _worked_out(node, profile)
    if not node.children:
        return _constant(f"{start}{escape(node.text)}{end}")
    return _group(start, end, _parts(node, profile), keep="keep" in marks)


def _constant(whole: str) -> Put:
    def put(_scope: Scope, out: list[str]) -> bool:
        out.append(whole)
        return False

    return put


def _raw(start: str, end: str, term: Term) -> Put:
    def put(scope: Scope, out: list[str]) -> bool:
        out += (start, term(scope), end)
        return True

    return put


def _worked_out(node: Node, profile: Profile) -> Put:
    start, end, marks = f"<{node.tag}{node.attributes}>", f"</{node.tag}>", node.marks
    term, cut = make_term(marks["text"], profile), make_cutter(marks.get("split", ""))
    convert = by_column(marks["code"], profile).to_text if "code" in marks else str

    def whole(scope: Scope) -> str:
        text = term(scope)
        pieces = cut(convert(text)) if text else []
        return "".join([f"{start}{escape(piece)}{end}" for piece in pieces])

    def put(scope: Scope, out: list[str]) -> bool:
        out.append(whole(scope))
        return False

    def put_again(scope: Scope, out: list[str]) -> bool:
        known = scope.steady.get(put)
        if known is None:
            known = scope.steady[put] = whole(scope)
        out.append(known)
        return False

    return put_again if is_steady(marks["text"], profile) else put


def _leaf(node: Node, profile: Profile) -> Put:
    if "pack" in node.marks:
        return _packed(node, profile)
    leaf = _as_leaf(node, profile)
    if "with" in node.marks:
        return _with_attribute(leaf, *read_attribute(node.marks["with"], profile)[:2])
    if "split" in node.marks:
        return _in_pieces(leaf, make_cutter(node.marks["split"]))
    if "clock" in node.marks:
        return _moment(leaf, make_term(node.marks["clock"], profile))
    return _run((leaf,))


def _as_leaf(node: Node, profile: Profile) -> Leaf:
    field = profile.field(node.marks["field"])
    conversion = make_conversion(field, node.marks, profile)
    start, end = f"<{node.tag}{node.attributes}>", f"</{node.tag}>"
    return Leaf(field.name, start, end, conversion.to_text, conversion.always, field)


def _run(leaves: tuple[Leaf, ...]) -> Put:
    """Return the function that writes leaves of one section that stand side by side."""
    table = leaves[0].field.table
    special = SPECIAL.search

    def put(scope: Scope, out: list[str]) -> bool:
        get = scope.current[table].get
        full = False
        for name, start, end, to_text, always, field in leaves:
            value = get(name)
            if value is None:
                continue
            if type(value) is str:
                text = to_text(value) if always else value
                if not text:
                    continue
                if not text.isalnum() and special(text):
                    text = escaped(text, field, scope)
            else:
                text = to_text(value)  # figures, days and flags hold nothing to escape
            out.append(f"{start}{text}{end}")
            full = True
        return full

    return put


def escaped(text: str, field: Field, scope: Scope) -> str:
    """Return a text of a field ready to be written.

    Raises:
        UserError: it holds a character that XML cannot hold; names field and item.
    """
    try:
        return escape(text)
    except ForbiddenCharacterError as error:
        item = scope.current["item"].get("number") or scope.ids.get("item")
        where = N_("Item {item}, {field}") if item else N_("{field}")
        raise UserError(
            N_("{place}: the character {code} at {position} cannot stand in a message; delete it."),
            place=Message(where, {"item": item, "field": Message(field.label)}),
            code=error.code,
            position=error.position,
        ) from None


def _in_pieces(leaf: Leaf, cut: Callable[[str], list[str]]) -> Put:
    table = leaf.field.table

    def put(scope: Scope, out: list[str]) -> bool:
        value = scope.current[table].get(leaf.name)
        if not value:
            return False
        text = escaped(value, leaf.field, scope)  # the whole first, so that an error counts from its start
        if len(value) == len(text):
            out += [f"{leaf.start}{piece}{leaf.end}" for piece in cut(value)]
        else:
            out += [f"{leaf.start}{escape(piece)}{leaf.end}" for piece in cut(value)]
        return True

    return put


def _packed(node: Node, profile: Profile) -> Put:
    """Write a whole row as one text."""
    start, end, field = f"<{node.tag}{node.attributes}>", f"</{node.tag}>", profile.field(node.marks["field"])
    names = node.marks["pack"].split()

    def put(scope: Scope, out: list[str]) -> bool:
        text = pack({name: scope.text(field.table, name) for name in names})
        if text:
            out.append(f"{start}{escaped(text, field, scope)}{end}")
        return bool(text)

    return put


def _with_attribute(leaf: Leaf, name: str, term: Term) -> Put:
    """Write a leaf with an attribute that says more of it: the currency of an amount, the unit of a quantity."""
    put_leaf = _run((leaf,))
    bare = leaf.start.removesuffix(">")

    def put(scope: Scope, out: list[str]) -> bool:
        mark = len(out)
        if not put_leaf(scope, out):
            return False
        said = term(scope)
        if said:
            out[mark] = f'{bare} {name}="{escape_attribute(said)}">{out[mark].removeprefix(leaf.start)}'
        return True

    return put


def _moment(leaf: Leaf, clock: Term) -> Put:
    """Write a day with the time of day of a moment; the whole moment where there is no day."""

    def put(scope: Scope, out: list[str]) -> bool:
        day, now = scope.text(leaf.field.table, leaf.name), clock(scope)
        text = day + now[len(day) :]
        if text:
            out.append(f"{leaf.start}{escape(text)}{leaf.end}")
        return bool(day)

    return put


def _parts(node: Node, profile: Profile) -> tuple[Put, ...]:
    """Return what writes the children of an element, plain leaves of one section in one go."""
    parts: list[Put] = []
    children = [child for child in node.children if is_written(child)]
    for plain, bunch in groupby(children, _plain_section):
        if plain:
            parts.append(_run(tuple(_as_leaf(child, profile) for child in bunch)))
        else:
            parts += [make_writer(child, profile) for child in bunch]
    return tuple(parts)


def _plain_section(node: Node) -> str:
    """Return the section of an element that only holds a field; empty for any other."""
    if node.marks.keys() & {"cut", "lines", "each", "when", "split", "clock", "with", "pack"}:
        return ""
    return node.marks.get("field", "").partition(".")[0]


def _group(start: str, end: str, parts: tuple[Put, ...], *, keep: bool) -> Put:
    def put(scope: Scope, out: list[str]) -> bool:
        mark = len(out)
        out.append(start)
        full = keep
        for part in parts:
            if part(scope, out):
                full = True
        if full:
            out.append(end)
        else:
            del out[mark:]
        return full

    return put
