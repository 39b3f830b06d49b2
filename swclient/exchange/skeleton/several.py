# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Elements that hold several fields: one after another by width (`cut`), a line each (`lines`); and those to pass by.

`cut="header.procedure:2 item.previous_procedure:2"` makes 4000 of 40 and 00. `lines="name city street"` of a section
makes a text of lines; what is read back is the first line, and the others joined into the second field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from swclient.catalogue.profile import Profile
    from swclient.exchange.skeleton.nodes import Node
    from swclient.exchange.skeleton.reading import State, Take
    from swclient.exchange.skeleton.scope import Scope

ANY = "any"


def parts_of(marks: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return section, field and width of each part; a line has no width."""
    if "cut" in marks:
        told = [each.partition(":") for each in marks["cut"].split()]
        return [(*_split(field), int(width)) for field, _, width in told]
    return [(*_split(field), 0) for field in marks.get("lines", "").split()]


def _split(field: str) -> tuple[str, str]:
    table, _, name = field.partition(".")
    return table, name


def is_written(node: Node) -> bool:
    """Tell whether an element is ever written: one that is only read, or passed by in reading, is not."""
    read = node.marks.get("read")
    return read != "only" and (read != ANY or bool(node.children or node.text or len(node.marks) > 1))


def write_several(node: Node, profile: Profile, escaped: Any) -> Callable[[Scope, list[str]], bool]:
    """Return what writes the fields of an element; parts by width are written where the first is there."""
    start, end, parts = f"<{node.tag}{node.attributes}>", f"</{node.tag}>", parts_of(node.marks)
    field = profile.field(".".join(parts[0][:2]))
    between = "" if "cut" in node.marks else "\n"

    def put(scope: Scope, out: list[str]) -> bool:
        texts = [scope.text(table, name) for table, name, _width in parts]
        if not texts[0]:
            return False
        out.append(f"{start}{escaped(between.join(filter(None, texts)), field, scope)}{end}")
        return True

    return put


def special_taker(marks: Mapping[str, str]) -> Take | None:
    """Return what reads such an element; None for an element of another kind."""
    if marks.get("read") == ANY:
        return lambda _element, _state: True
    if "under" in marks:  # rows are brought to where they belong before reading; what is left belongs nowhere
        return lambda _element, _state: False
    if "cut" in marks:
        return _by_width(parts_of(marks))
    return _by_line(parts_of(marks)) if "lines" in marks else None


def _by_width(parts: list[tuple[str, str, int]]) -> Take:
    def take(element: Element, state: State) -> bool:
        text = (element.text or "").strip()
        if len(element) or len(text) > sum(width for _, _, width in parts):
            return False
        same = True
        for table, name, width in parts:
            piece, text = text[:width], text[width:]
            same = same and (not piece or state.records[table].setdefault(name, piece) == piece)
        return same

    return take


def _by_line(parts: list[tuple[str, str, int]]) -> Take:
    def take(element: Element, state: State) -> bool:
        lines = [line.strip(" ,") for line in (element.text or "").splitlines()]
        said = [line for line in lines if line]
        if len(element):
            return False
        texts = [said[0] if said else "", ", ".join(said[1:])]
        return all(
            not text or state.records[table].setdefault(name, text) == text
            for (table, name, _), text in zip(parts, texts, strict=False)
        )

    return take
