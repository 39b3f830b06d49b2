# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes a skeleton file apart: elements, their marks, blocks that several places use.

The marks are attributes in the namespace `urn:swclient:skeleton`; docs/handbook/messages.md explains them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from swclient.base.errors import DataError
from swclient.exchange.skeleton.rest import REST
from swclient.exchange.xmltext import escape_attribute

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = "urn:swclient:skeleton"
MARKS = frozenset(
    {"apart", "by", "clock", "code", "cut", "day", "each", "field", "flag", "join", "keep"}
    | {"called", "lines", "loose", "means", "pack", "part", "prefix"}
    | {"raw", "read", "reads", "split", "text", "under", "when", "with"}
)
_BLOCK, _USE, INSERT = "block", "use", "insert"


@dataclass(slots=True)
class Node:
    """One element of a skeleton.

    Attributes:
        tag: name with its prefix, as it is written.
        attributes: plain attributes as they are written, each with a blank before it.
        marks: what the skeleton's own attributes say.
        text: words that stand in the element, a constant.
        children: elements in it, in the order in which they are written.
        line: where it stands in the skeleton file.
    """

    tag: str
    attributes: str
    marks: dict[str, str]
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The local name."""
        return self.tag.rpartition(":")[2]


def read_skeleton(path: Path) -> Node:
    """Return the root of a skeleton with every use of a block filled in.

    Raises:
        DataError: not well-formed, or a mark or block that does not exist; says where.
    """
    root = _Reader(path).read()
    blocks = {child.marks["name"]: child for child in root.children if child.tag == _BLOCK and "name" in child.marks}
    root.children = [child for child in root.children if child.tag != _BLOCK]
    _fill(root, blocks, path)
    _check_marks(root, path)
    return root


def _fill(node: Node, blocks: dict[str, Node], path: Path) -> None:
    filled: list[Node] = []
    for child in node.children:
        if child.tag == _USE:
            block = blocks.get(child.marks.get("block", ""))
            if block is None:
                raise DataError("There is no such block", file=path, row=f"line {child.line}")
            filled += [_renamed(each, child.marks["block"], child.marks["as"]) for each in block.children]
        else:
            filled.append(child)
    node.children = filled
    for child in filled:
        _fill(child, blocks, path)


def _renamed(node: Node, old: str, new: str) -> Node:
    marks = {key: re.sub(rf"\b{old}\.", f"{new}.", text) for key, text in node.marks.items()}
    children = [_renamed(child, old, new) for child in node.children]
    return Node(node.tag, node.attributes, marks, node.line, node.text, children)


def _check_marks(node: Node, path: Path) -> None:
    unknown = set(node.marks) - MARKS
    if unknown and node.tag != REST:
        raise DataError(
            "Unknown keys {keys}",
            file=path,
            row=f"line {node.line}",
            keys=", ".join(sorted(unknown)),
        )
    for child in node.children:
        _check_marks(child, path)


class _Reader:
    """Reads a skeleton with the prefixes as they stand: they are part of what is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._open: list[Node] = []
        self._own = ""
        self._root: Node | None = None

    def read(self) -> Node:
        try:
            self._parser.Parse(self._path.read_bytes(), True)  # noqa: FBT003 - by place only
        except expat.ExpatError as error:
            raise DataError("This file cannot be read: {reason}", file=self._path, reason=str(error)) from error
        if self._root is None:
            raise DataError("This file cannot be read: {reason}", file=self._path, reason="no root")
        return self._root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._root is None:
            self._own = next(
                (key.partition(":")[2] + ":" for key, value in attributes.items() if value == NAMESPACE),
                "sw:",
            )
        marks, plain = {}, ""
        for key, value in attributes.items():
            if key.startswith(self._own):
                marks[key.removeprefix(self._own)] = value
            elif value != NAMESPACE:
                plain += f' {key}="{escape_attribute(value)}"'
        if tag.startswith(self._own):  # a block or its use: their attributes need no prefix
            marks, plain = {**attributes}, ""
        node = Node(tag.removeprefix(self._own), plain, marks, self._parser.CurrentLineNumber)
        if self._root is None:
            self._root = node
        else:
            self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        node = self._open.pop()
        node.text = "" if node.children else node.text.strip()

    def _words(self, text: str) -> None:
        self._open[-1].text += text
