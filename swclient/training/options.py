# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a training run is set up: where it listens, how fast it answers, which lane and faults."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from swclient.base.errors import UserError
from swclient.base.i18n import N_

LANES = ("rule", "green", "blue", "yellow", "red")
STATUS_503 = "status503"
DROP_BEFORE_COMMIT = "drop_before_commit"
DROP_AFTER_COMMIT = "drop_after_commit"
FAULTS = (STATUS_503, DROP_BEFORE_COMMIT, DROP_AFTER_COMMIT)
AGENCIES = ("veterinary", "quarantine", "technical")
BY_RULE, GRANTED, REFUSED, MORE, SHORT, WITHDRAWN = "rule", "granted", "refused", "more", "short", "withdrawn"
AGENCY_ANSWERS = (BY_RULE, GRANTED, REFUSED, MORE, SHORT, WITHDRAWN)
_WRONG_AGENCY = N_("Unknown answer of an agency: {words}; write one of {agencies}, = and one of {answers}")


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """One training run.

    Attributes:
        host: name or address to listen on; the certificate is issued for it.
        port: 0 takes a free one.
        pace: factor on every delay of the offices; 0.01 makes them a hundred times faster.
        lane: a lane to force, or `rule` for the documented rule.
        faults: how many of the first POSTs each fault strikes, in the order given.
        agencies: how each agency answers, where it shall not go by its rules.
        client_id: the only client that gets a token.
        client_secret: its secret; not a real one, this is a training office.
    """

    host: str = "127.0.0.1"
    port: int = 0
    pace: float = 1.0
    lane: str = "rule"
    faults: Mapping[str, int] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    client_id: str = "training"
    client_secret: str = "training"  # noqa: S105 - the published secret of a training office

    def __post_init__(self) -> None:
        if self.lane not in LANES:
            raise UserError(
                N_("Unknown lane {lane}; choose one of {lanes}"),
                lane=self.lane,
                lanes=", ".join(LANES),
            )
        if not (math.isfinite(self.pace) and self.pace >= 0):
            raise UserError(N_("The pace must be zero or more, not {pace}"), pace=str(self.pace))
        for name, answer in self.agencies.items():
            read_agency(f"{name}={answer}")
        for name, count in self.faults.items():
            if name not in FAULTS or count < 0:
                raise UserError(
                    N_("Unknown fault {fault}; write one of {faults}, = and a number"),
                    fault=f"{name}={count}",
                    faults=", ".join(FAULTS),
                )

    def arguments(self) -> list[str]:
        """Return the command line that gives a child process these options."""
        words = [
            "--host",
            self.host,
            "--port",
            str(self.port),
            "--pace",
            repr(self.pace),
            "--lane",
            self.lane,
        ]
        words += ["--client-id", self.client_id, "--client-secret", self.client_secret]
        for name, count in self.faults.items():
            words += ["--fault", f"{name}={count}"]
        for name, answer in self.agencies.items():
            words += ["--agency", f"{name}={answer}"]
        return words


def read_fault(word: str) -> tuple[str, int]:
    """Read `name=count` from a command line.

    Raises:
        UserError: the name is unknown or the count is no number.
    """
    name, _, count = word.partition("=")
    if name not in FAULTS or not (count.isascii() and count.isdigit()):
        raise UserError(
            N_("Unknown fault {fault}; write one of {faults}, = and a number"),
            fault=word,
            faults=", ".join(FAULTS),
        )
    return name, int(count)


def read_agency(word: str) -> tuple[str, str]:
    """Read `name=answer` from a command line.

    Raises:
        UserError: there is no such agency, or no such answer.
    """
    name, _, answer = word.partition("=")
    if name not in AGENCIES or answer not in AGENCY_ANSWERS:
        known = {"agencies": ", ".join(AGENCIES), "answers": ", ".join(AGENCY_ANSWERS)}
        raise UserError(_WRONG_AGENCY, words=word, **known)
    return name, answer
