# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where typed values came from, when it was not the keyboard: a file, a register, a template, an earlier declaration.

What is kept is a text: the name of a file with the cell, or a kind with what was kept and when, so that it can be said
in the language in force. It belongs to one value: typed over, the value has no source; undone, it has it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from swclient.document.declaration import Declaration
    from swclient.document.value import Value

REGISTER, TEMPLATE, DECLARATION = "register", "template", "declaration"
_PARTED = "\t"
_WORDS = {
    REGISTER: N_("from the register: {name}, kept {day}"),
    TEMPLATE: N_("from the template “{name}”"),
    DECLARATION: N_("from the earlier declaration {name}"),
}
_FILE = N_("from {source}")


def source_text(kind: str, name: str, day: str = "") -> str:
    """Return what is kept of a source; `day` is when its values were kept, empty where that says nothing."""
    return _PARTED.join((kind, " ".join(name.split()), day))


def kind_of(source: str) -> str:
    """Return the kind of a source, `file` for a cell of a workbook."""
    kind = source.partition(_PARTED)[0]
    return kind if _PARTED in source and kind in _WORDS else "file"


def told(source: str) -> Message:
    """Return a source in words.

    >>> told(source_text("register", "Alpha", "2026-11-20")).text(), told("prices.xlsx C5").text()
    ('from the register: Alpha, kept 2026-11-20', 'from prices.xlsx C5')
    """
    kind = kind_of(source)
    if kind == "file":
        return Message(_FILE, {"source": source})
    _kind, name, day = source.split(_PARTED)
    return Message(_WORDS[kind], {"name": name, "day": day})


def mark_all(sources: Sources, source: str, but: tuple[str, ...] = ()) -> None:
    """Note one source for every value that stands in a declaration, but for fields of some ids."""
    tables = sources.declaration.tables.items()
    paths = [Path(name, row.id, field) for name, rows in tables for row in rows.values() for field in row.values]
    for path in paths:
        if path.field_id not in but:
            sources[path] = source


class Sources:
    """The sources of a declaration's values, asked for by path."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self._told: dict[Path, dict[Value | None, str]] = {}

    def __setitem__(self, path: Path, source: str) -> None:
        """Note where the value came from that stands at a path now."""
        self._told.setdefault(path, {})[self.declaration.value(path)] = source

    def get(self, path: Path) -> str:
        """Return where the value at a path came from, empty for the keyboard."""
        by_value = self._told.get(path)
        return by_value.get(self._value(path), "") if by_value else ""

    def items(self) -> Iterator[tuple[Path, str]]:
        """Yield the paths whose value did not come from the keyboard, with its source."""
        for path in self._told:
            source = self.get(path)
            if source:
                yield path, source

    def _value(self, path: Path) -> Value | None:
        row = self.declaration.tables.get(path.table, {}).get(path.row)
        return None if row is None else row.values.get(path.field)


def to_data(sources: Iterable[tuple[Path, str]]) -> dict[str, dict[str, list[int]]]:
    """Return sources as JSON-able data: each with its fields, and the rows of each; a copy has one for every value."""
    found: dict[str, dict[str, list[int]]] = {}
    for path, source in sources:
        found.setdefault(source, {}).setdefault(path.field_id, []).append(path.row)
    return found


def from_data(data: Mapping[str, str | Mapping[str, list[int]]]) -> dict[Path, str]:
    """Read sources back, also as versions before kept them: a source for each `table row field`."""
    found: dict[Path, str] = {}
    for key, held in data.items():
        if isinstance(held, str):
            table, row, field = key.split(" ")
            found[Path(table, int(row), field)] = held
            continue
        for field_id, rows in held.items():
            table, _dot, field = field_id.partition(".")
            found.update((Path(table, row, field), key) for row in rows)
    return found
