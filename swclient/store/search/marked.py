# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that are found only where they are asked for as something: a party, the declaration's own reference, a country.

They stand in the index behind the words of the texts, each begun by a private character that says what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swclient.catalogue.folding import fold
from swclient.store.search.words import Asked, asked, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from swclient.store.values import Json, Wanted

PARTY, REFERENCE, COUNTRY = "\ue004", "\ue005", "\ue006"
_PARTIES = ("declarant", "consignee", "consignor")


def marked(profile: str, body: Json) -> tuple[str, ...]:
    """Return the marked words of a declaration; a body of another shape has none but its country."""
    found = [COUNTRY + fold(profile)]
    found += [PARTY + word for name in _values(body, _PARTIES, "name") for word in kept([name])]
    found += [REFERENCE + word for name in _values(body, ("header",), "reference") for word in kept([name])]
    return tuple(found)


def _values(body: Json, tables: tuple[str, ...], field: str) -> Iterator[str]:
    held: Any = body.get("tables")
    if not isinstance(held, dict):
        return
    for table in tables:
        for row in held.get(table) or ():
            values = row[2] if isinstance(row, list | tuple) and len(row) > 2 else None  # noqa: PLR2004 - id, parent, values
            if isinstance(values, dict) and values.get(field):
                yield str(values[field])


def asked_marked(wanted: Wanted) -> tuple[Asked, ...]:
    """Return what is asked for as a party or a reference; every piece must be found. No tails: those are of texts."""
    both = ((PARTY, wanted.party), (REFERENCE, wanted.reference))
    return tuple(_as(mark, piece) for mark, text in both for piece in asked(text))


def _as(mark: str, piece: Asked) -> Asked:
    return Asked(tuple(mark + word for word in piece.row), mark + piece.joined if piece.joined else "", "")
