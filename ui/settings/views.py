# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is looked for in the worklist, and the saved views: a folder and what is looked for there, under a name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from swclient.workflow.views import Wish

    from .remember import Memory

DAYS = ("since", "until")
_KEPT = "views"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the line over the worklist says, as text; days as ISO writes them, empty for what filters nothing."""

    text: str = ""
    profile: str = ""
    state: str = ""
    since: str = ""
    until: str = ""
    party: str = ""
    reference: str = ""
    everywhere: bool = False

    def __bool__(self) -> bool:
        return self != Looked()

    def wish(self) -> Wish:
        """Return it as the workflow understands it."""
        from swclient.workflow.views import Wish

        told: dict[str, Any] = asdict(self)
        told.pop("everywhere")
        return Wish(**told | {name: day_of(told[name]) for name in DAYS})


def day_of(text: str) -> date | None:
    """Return the day that a text writes, None where it writes none."""
    from swclient.catalogue.kinds.base import KindError
    from swclient.catalogue.kinds.plain import Day

    try:
        return Day("date").parse(text)
    except KindError:
        return None


class Views:
    """The saved views, kept with what the window remembers; in the order in which they were saved."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._held: dict[str, dict[str, Any]] = {}
        try:
            told = json.loads(memory.text(_KEPT, "{}"))
        except ValueError:  # a view that cannot be read is made again in a moment
            return
        if isinstance(told, dict):
            self._held = {str(name): view for name, view in told.items() if isinstance(view, dict)}

    @property
    def names(self) -> tuple[str, ...]:
        """What the views are called."""
        return tuple(self._held)

    def keep(self, name: str, folder: str, looked: Looked) -> None:
        """Keep a view under a name, in place of another one of that name."""
        self._held[name] = {"folder": folder, **asdict(looked)}
        self._write()

    def view(self, name: str) -> tuple[str, Looked]:
        """Return folder and filter of a view; words that this version does not know are left out."""
        told = self._held[name]
        known = {key: str(told.get(key, "")) for key in asdict(Looked()) if key != "everywhere"}
        return str(told.get("folder", "drafts")), Looked(**known, everywhere=bool(told.get("everywhere")))

    def rename(self, name: str, new: str) -> None:
        """Call a view otherwise; it stays in its place."""
        self._held = {(new if each == name else each): view for each, view in self._held.items()}
        self._write()

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._held.pop(name, None)
        self._write()

    def _write(self) -> None:
        self._memory.keep(views=json.dumps(self._held, ensure_ascii=False))
