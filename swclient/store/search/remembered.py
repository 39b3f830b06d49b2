# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which texts of a body are found by the search: those of the fields that `resources/search.toml` names."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from swclient.base import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from swclient.store.values import Json

FILE = "search.toml"


@cache
def _fields() -> Mapping[str, tuple[str, ...]]:
    told = tomllib.loads((paths.shipped("resources") / FILE).read_text(encoding="utf-8"))
    return {table: tuple(names) for table, names in told.items()}


def remembered(body: Json) -> tuple[str, ...]:
    """Return the texts of a body that people may remember, each once, in the order of the body.

    A body of another shape than the store is given by the program has none.
    """
    return tuple(dict.fromkeys(_texts(body)))


def _texts(body: Json) -> Iterator[str]:
    tables: Any = body.get("tables")
    if not isinstance(tables, dict):
        return
    for table, names in _fields().items():
        for row in tables.get(table) or ():
            values = row[2] if isinstance(row, list | tuple) and len(row) > 2 else None  # noqa: PLR2004 - id, parent, values
            if isinstance(values, dict):
                yield from (str(values[name]) for name in names if values.get(name))
