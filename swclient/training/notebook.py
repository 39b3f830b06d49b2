# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the control of the training customs office writes down: one note a fault, as the public ErrorList has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from swclient.training.declaration import Sent, amount_of
from swclient.training.reading import Node

REQUIRED = "TRN-101"
FORMAT = "TRN-102"


@dataclass(frozen=True, slots=True)
class Note:
    """One error found.

    Attributes:
        code: `TRN-...`, a key of `wording.WORDING`.
        box: number of the box, empty for what has none.
        path: local names from the declaration down to the place.
        item: number of the goods item, None for the header.
        expected: what should stand there, empty where nobody can say.
        actual: what stands there.
    """

    code: str
    box: str
    path: str
    item: int | None = None
    expected: str = ""
    actual: str = ""

    @property
    def element(self) -> str:
        """Return the name of the element at fault."""
        return self.path.rpartition("/")[2].partition("[")[0]


class Notebook:
    """Collects notes, and reads values for the checks, noting what is missing or misshapen."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent
        self.notes: list[Note] = []

    def note(
        self,
        code: str,
        box: str,
        place: tuple[Node, str],
        expected: object = "",
        actual: object = "",
    ) -> None:
        """Note an error at a place: an element and a path below it, empty for itself."""
        node, below = place
        found = node.first(below) if below else node
        path = found.xpath(self.sent.root) if found else f"{node.xpath(self.sent.root)}/{below}"
        self.notes.append(Note(code, box, path, self._item_of(node), _text(expected), _text(actual)))

    def text(self, node: Node, path: str, box: str, expected: str = "") -> str:
        """Return a required text; note it where it is missing."""
        found = node.value(path)
        if not found:
            self.note(REQUIRED, box, (node, path), expected)
        return found

    def shaped(self, node: Node, path: str, box: str, fits: Callable[[str], object]) -> str:
        """Return a required text of a given shape; empty, and noted, where it does not fit."""
        found = self.text(node, path, box)
        if found and not fits(found):
            self.note(FORMAT, box, (node, path), actual=found)
            return ""
        return found

    def amount(self, node: Node, path: str, box: str) -> Decimal | None:
        """Return a required amount, None (and noted) where it is missing or no number."""
        found = self.text(node, path, box)
        return self._read(node, path, box, found) if found else None

    def amount_if_given(self, node: Node, path: str, box: str) -> Decimal | None:
        """Return an amount, None where it is absent or (then noted) no number."""
        found = node.value(path)
        return self._read(node, path, box, found) if found else None

    def _read(self, node: Node, path: str, box: str, found: str) -> Decimal | None:
        value = amount_of(found)
        if value is None:
            self.note(FORMAT, box, (node, path), actual=found)
        return value

    def _item_of(self, node: Node) -> int | None:
        above: Node | None = node
        while above is not None:
            if above in self.sent.items:
                return self.sent.items.index(above) + 1
            above = above.parent
        return None


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
