# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check tells: where, what, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from swclient.base.messages import Message
from swclient.document.acknowledged import Acknowledged, Warned
from swclient.document.path import Path


class Level(StrEnum):
    """How much a finding matters: an error bars the way, a warning wants a look, advice is free."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Fix:
    """What the user may accept: texts to be put at paths (None clears)."""

    label: Message
    changes: tuple[tuple[Path, str | None], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule has to say about a declaration.

    Attributes:
        code: stable public code of the rule.
        paths: the boxes it speaks of; the first is where the cursor should go.
        message: what is the matter.
        advice: what to do about it.
        law: legal source, empty when not known.
        confirmed: False when the source is not confirmed.
        acknowledged: who lets it stand as it is, and why; None where nobody does.
    """

    code: str
    level: Level
    paths: tuple[Path, ...]
    message: Message
    advice: Message
    law: str = ""
    confirmed: bool = True
    fix: Fix | None = None
    acknowledged: Acknowledged | None = None

    @property
    def warned(self) -> Warned:
        """By what an acknowledgement knows it."""
        return Warned(self.code, self.paths)
