# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading XML that strangers send: no DOCTYPE, no entities, UTF-8 only, bounded depth and size.

Deliberately not the reader of the client: an office that read with the client's own eyes would find
nothing. Elements are matched by local name, because their namespaces change with every album of
formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_DEPTH = 64
MAX_ELEMENTS = 300_000


class UnreadableError(Exception):
    """The bytes are no XML that we take.

    Attributes:
        code: kind of trouble, for the machine.
        reason: for people, with line and column where there is a place.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True, eq=False)
class Node:
    """One element: local name, text, children in order."""

    name: str
    parent: Node | None
    line: int
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def all(self, path: str) -> list[Node]:
        """Return the elements at a path of local names such as `A/B`, in document order."""
        found = [self]
        for name in path.split("/"):
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def first(self, path: str) -> Node | None:
        """Return the first element at a path, None if there is none."""
        found = self.all(path)
        return found[0] if found else None

    def value(self, path: str) -> str:
        """Return the text of the first element at a path, stripped, empty if there is none."""
        found = self.first(path)
        return found.text.strip() if found else ""

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def xpath(self, top: Node | None = None) -> str:
        """Return the path by local names from `top` (or the root), positions where names repeat."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None:
            steps.append(node.name + _position(node))
            node = None if node is top else node.parent
        return "/" + "/".join(reversed(steps))


def _position(node: Node) -> str:
    alike = [one for one in node.parent.children if one.name == node.name] if node.parent else []
    return f"[{alike.index(node) + 1}]" if len(alike) > 1 else ""


class _Builder:
    """Receives what the parser finds and builds nodes, refusing what no customs message needs."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._words: list[str] = []
        self._count = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _place(self) -> str:
        return f"line {self.parser.CurrentLineNumber}, column {self.parser.CurrentColumnNumber + 1}"

    def _doctype(self, *_: object) -> None:
        raise UnreadableError("doctype_forbidden", f"{self._place()}: a DOCTYPE is not taken")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH:
            raise UnreadableError("too_deep", f"{self._place()}: deeper than {MAX_DEPTH} elements")
        if self._count > MAX_ELEMENTS:
            raise UnreadableError("too_many_elements", f"{self._place()}: more than {MAX_ELEMENTS} elements")
        parent = self._open[-1] if self._open else None
        plain = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
        node = Node(tag.rpartition(" ")[2], parent, self.parser.CurrentLineNumber, plain)
        if parent is None:
            self.root = node
        else:
            parent.children.append(node)
        self._open.append(node)
        self._words.clear()

    def _end(self, tag: str) -> None:
        node = self._open.pop()
        if not node.children:  # text between child elements is layout
            node.text = "".join(self._words)
        self._words.clear()

    def _text(self, text: str) -> None:
        self._words.append(text)


def _check_encoding(body: bytes) -> None:
    """Take UTF-8 only: the parser would follow a mark for UTF-16 whatever it was told."""
    try:
        text_ends = body.decode("utf-8").find("\0")
    except UnicodeDecodeError as error:
        text_ends = error.start
    if text_ends >= 0:
        raise UnreadableError("not_utf8", f"byte {text_ends + 1}: this is not UTF-8")


def read_xml(body: bytes) -> Node:
    """Read a message into nodes.

    Raises:
        UnreadableError: not well-formed, not UTF-8, with a DOCTYPE, too deep or too many elements.
    """
    _check_encoding(body)
    builder = _Builder()
    try:
        builder.parser.Parse(body, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        reason = f"line {error.lineno}, column {error.offset + 1}: {expat.ErrorString(error.code)}"
        raise UnreadableError("xml_validation_error", reason) from error
    if builder.root is None:
        raise UnreadableError("xml_validation_error", "line 1, column 1: no element found")
    return builder.root
