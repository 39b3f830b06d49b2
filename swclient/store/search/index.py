# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a database must offer so that declarations are found by their words; one class per database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.store.values import Wanted


@dataclass(frozen=True, slots=True)
class Kept:
    """What the index keeps of one declaration.

    Attributes:
        changed_at: of the line of the worklist that it was made of; another one there means that it is behind.
        words: as `words.kept` returns them.
    """

    declaration_id: str
    changed_at: str
    state: str
    words: tuple[str, ...]


class Index(Protocol):
    """Words of declarations in one database. Every method works in the transaction under way on `connection`."""

    def there(self, connection: Any) -> bool:
        """Tell whether its tables are there."""

    def make(self, connection: Any) -> None:
        """Make it anew and empty, with a place for every declaration in the order of their change."""

    def put(self, connection: Any, kept: Kept) -> None:
        """Keep the words of a declaration as the latest changed one, in place of what was kept of it."""

    def fill(self, connection: Any, kept: Kept) -> None:
        """Keep the words of a declaration in the place that `make` left for it; does nothing where it is filled."""

    def moved(self, connection: Any, declaration_id: str, state: str, number: str | None, changed_at: str) -> None:
        """Take note of another state or number of a declaration, which is the latest changed one now."""

    def drop(self, connection: Any, declaration_id: str) -> None:
        """Forget a declaration."""

    def behind(self, connection: Any) -> Sequence[str]:
        """Return the declarations whose words are not kept as they are now, in the order in which to fill them."""

    def merge(self, connection: Any, *, first: bool) -> bool:
        """Make the index quicker by a little work; return whether there is more to do. `first` begins anew."""

    def find(self, connection: Any, columns: Sequence[str], wanted: Wanted) -> list[tuple[Any, ...]]:
        """Return the wanted columns of the declarations in which everything asked for is found, latest first."""
