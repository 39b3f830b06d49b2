# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a loosely written message into the form of its skeleton, for formats of which every office has a variant.

Names are compared without case, `_` and `.`; elements that are blank or hold `<null/>` are left out; rows that stand
apart from what they belong to are brought there by its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.exchange.xmlread import MAX_DEPTH, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from swclient.exchange.skeleton.nodes import Node

_NULL = "null"
_NUMBER = "item.number"


def tidy(root: Element, node: Node) -> None:
    """Change a message in place, as the skeleton of its root wants it."""
    _tidy(root, node, 0)
    for child in node.children:
        if "under" in child.marks:
            _bring(root, child, node)


def _folded(name: str) -> str:
    return local(name).replace("_", "").replace(".", "").lower()


def _tidy(element: Element, node: Node | None, depth: int) -> None:
    if depth > MAX_DEPTH:  # the reader refuses it with words
        return
    known = {_folded(child.name): child for child in node.children} if node else {}
    for child in list(element):
        match = known.get(_folded(child.tag))
        if match is not None:
            child.tag = match.name
        _tidy(child, match, depth + 1)
        if not len(child) and not child.attrib and not (child.text or "").strip():
            element.remove(child)
    if element.text and not element.text.strip() and not len(element):
        element.text = None


def _bring(root: Element, row: Node, above: Node) -> None:
    """Bring rows to the element that bears their number; where there is one element only, a number is not needed."""
    each = next((child for child in above.children if child.marks.get("each") == row.marks["under"]), None)
    number = next((child.name for child in row.children if child.marks.get("text") == _NUMBER), "")
    owners = [child for child in root if each is not None and child.tag == each.name]
    for found in [child for child in root if child.tag == row.name]:
        said = (found.findtext(number) or "").strip()
        place = int(said) if said.isdecimal() and len(said) < len("1000000") else len(owners) == 1
        if 1 <= place <= len(owners):
            root.remove(found)
            owners[place - 1].append(found)
