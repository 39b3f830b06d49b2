# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything an editor shows of one field, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from swclient.base.i18n import _
from swclient.catalogue.field import Field
from swclient.engine.finding import Finding


class State(StrEnum):
    """Where the value of a box comes from."""

    BLANK = "blank"
    TYPED = "typed"
    WORKED_OUT = "worked_out"
    OVERWRITTEN = "overwritten"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Look:
    """What an editor shows.

    Attributes:
        text: as it stands in the editor, ready to be typed over.
        shown: as it reads when nobody types: grouped figures, the name after a code.
        required: whether it must be filled as things stand.
        source: where a typed value came from, as `swclient.document.provenance` keeps it; empty for the keyboard.
    """

    field: Field
    text: str
    shown: str
    state: State
    required: bool
    read_only: bool
    unit: str
    findings: tuple[Finding, ...]
    label: str
    source: str = ""

    @property
    def list_name(self) -> str:
        """The code list to choose from, empty when none."""
        return self.field.list_name

    @property
    def box(self) -> str:
        """Box number on the form."""
        return self.field.box


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list that the user may choose."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a figure is what it is: its formula, its law, and what it was worked out from, in turn."""

    label: str
    value: str
    formula: str = ""
    law: str = ""
    source: str = ""
    confirmed: bool = True
    parts: tuple[Explanation, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """Return the tree as indented lines for a terminal."""
        words = "  " * depth + f"{self.label}: {self.value}"
        notes = [self.formula, self.source, self.law, "" if self.confirmed else "!"]
        tail = " · ".join(note for note in notes[:3] if note)
        mark = f" ({_('not confirmed')})" if notes[3] else ""
        found = [words + (f"  [{tail}]" if tail else "") + mark]
        for part in self.parts:
            found += part.lines(depth + 1)
        return found
