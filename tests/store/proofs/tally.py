# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a proof came to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts of one proof.

    Attributes:
        cases: how often something was done to the store.
        acked: what had been acknowledged and was looked for afterwards; 0 where nothing is acknowledged.
        wrong: what was lost, half or silently another; one text each, must stay empty.
        told: what the program said, by kind.
        control_cases: how often the same was done to the control.
        control_wrong: how often the control lost or was silently wrong; must be more than 0.
        control: what the control is.
    """

    control: str
    cases: int = 0
    acked: int = 0
    wrong: list[str] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    control_cases: int = 0
    control_wrong: int = 0

    def tell(self, kind: str, times: int = 1) -> None:
        """Count something that the program said."""
        self.told[kind] = self.told.get(kind, 0) + times

    @property
    def holds(self) -> bool:
        """Whether nothing was wrong, and the control was."""
        return self.cases > 0 and not self.wrong and self.control_wrong > 0
