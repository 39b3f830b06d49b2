# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a training run is set up: where it listens, whom it knows, how fast it is, what it decides, what goes wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.training.faults import OUTAGE, FaultRule, read_outage, read_rule, wrong
from swclient.training.stages import DELAYS

LANES = ("rule", "green", "blue", "yellow", "red")
DOCUMENTS = ("rule", "always", "never")
DECISIONS = ("10", "11", "20", "82", "90", "91", "92")
BOTH, PUSH = "both", "push"
NOTIFY = (BOTH, PUSH)
CLIENT = "training"
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
        documents: when further documents are asked for: `rule`, `always`, `never`.
        decisions: what customs decides, one mark after the other; empty for the release.
        delays: other seconds (before the pace) for the steps of customs, by the names of `stages.DELAYS`.
        faults: a count or a chance (`"15%"`) by fault, in the order in which they strike; `outage` in seconds.
        agencies: how each agency answers, where it shall not go by its rules.
        seed: from which the chances are drawn.
        client_id: the client that gets a token.
        client_secret: its secret; not a real one, this is a training office.
        notify: `push` where the office of the WCO data model lets nothing be pulled; else `both`.
        clients: further clients with their secrets, one for each trainee.
    """

    host: str = "127.0.0.1"
    port: int = 0
    pace: float = 1.0
    lane: str = "rule"
    documents: str = "rule"
    decisions: tuple[str, ...] = ()
    delays: Mapping[str, float] = field(default_factory=dict)
    faults: Mapping[str, int | str] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    client_id: str = CLIENT
    client_secret: str = CLIENT
    clients: Mapping[str, str] = field(default_factory=dict)
    notify: str = BOTH

    def __post_init__(self) -> None:
        _one_of(N_("Unknown lane {lane}; choose one of {lanes}"), "lane", self.lane, LANES)
        _one_of(N_("Unknown choice {choice}; choose one of {choices}"), "choice", self.documents, DOCUMENTS)
        _one_of(N_("Unknown choice {choice}; choose one of {choices}"), "choice", self.notify, NOTIFY)
        for code in self.decisions:
            _one_of(N_("Unknown decision {code}; choose one of {codes}"), "code", code, DECISIONS)
        if not _seconds(self.pace):
            raise UserError(N_("The pace must be zero or more, not {pace}"), pace=str(self.pace))
        for step, seconds in self.delays.items():
            if step not in DELAYS or not _seconds(seconds):
                words = N_("Unknown delay {delay}; write one of {steps}, = and seconds")
                raise UserError(words, delay=f"{step}={seconds}", steps=", ".join(DELAYS))
        for name, told in self.agencies.items():
            read_agency(f"{name}={told}")
        self.rules()
        self.outage()

    def rules(self) -> list[FaultRule]:
        """Return the rules of the faults, `outage` aside."""
        return [read_rule(name, much) for name, much in self.faults.items() if name != OUTAGE]

    def outage(self) -> float:
        """Return for how many seconds after its start the office is out."""
        return read_outage(self.faults.get(OUTAGE, 0))

    def everybody(self) -> dict[str, str]:
        """Return the secrets of all clients by name."""
        return {self.client_id: self.client_secret, **self.clients}

    def arguments(self) -> list[str]:
        """Return the command line that gives a child process these options."""
        words = ["--host", self.host, "--port", str(self.port), "--pace", repr(self.pace), "--seed", str(self.seed)]
        words += ["--lane", self.lane, "--documents", self.documents, "--notify", self.notify]
        words += ["--client-id", self.client_id, "--client-secret", self.client_secret]
        words += [f"--decision={','.join(self.decisions)}"] if self.decisions else []
        words += [f"--delay={step}={seconds!r}" for step, seconds in self.delays.items()]
        words += [f"--fault={name}={much}" for name, much in self.faults.items()]
        words += [f"--agency={name}={told}" for name, told in self.agencies.items()]
        return words + [f"--client={name}:{secret}" for name, secret in self.clients.items()]


def _one_of(words: str, name: str, given: str, known: Iterable[str]) -> None:
    if given not in known:
        raise UserError(words, **{name: given, f"{name}s": ", ".join(known)})


def _seconds(number: float) -> bool:
    return math.isfinite(number) and number >= 0


def read_fault(word: str) -> tuple[str, int | str]:
    """Read `name=count`, `name@where=15%` or `outage=seconds` from a command line.

    Raises:
        UserError: there is no such fault, or the number is none.
    """
    name, _, much = word.partition("=")
    if name == OUTAGE:
        read_outage(much)
    elif not much:
        raise wrong(name, "")
    else:
        read_rule(name, much)
    return name, much


def read_agency(word: str) -> tuple[str, str]:
    """Read `name=answer` from a command line.

    Raises:
        UserError: there is no such agency, or no such answer.
    """
    name, _, told = word.partition("=")
    if name not in AGENCIES or told not in AGENCY_ANSWERS:
        known = {"agencies": ", ".join(AGENCIES), "answers": ", ".join(AGENCY_ANSWERS)}
        raise UserError(_WRONG_AGENCY, words=word, **known)
    return name, told


def read_delay(word: str) -> tuple[str, float]:
    """Read `step=seconds` from a command line.

    Raises:
        UserError: the seconds are no number.
    """
    step, _, seconds = word.partition("=")
    try:
        return step, float(seconds)
    except ValueError as error:
        raise UserError(N_("{word} does not end in a number of seconds"), word=word) from error


def read_client(line: str) -> tuple[str, str]:
    """Read `name:secret`.

    Raises:
        UserError: one of them is missing.
    """
    name, _, secret = line.strip().partition(":")
    if not name or not secret:
        raise UserError(N_("{line} is no client; write its name, a colon and its secret"), line=line.strip())
    return name, secret
