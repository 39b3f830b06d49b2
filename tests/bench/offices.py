# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bad lines and bad offices do, done to ours: `./dev bench offices [--only NAME] [--cases N]`.

The second half of `./dev bench reliability`. Every proof has a control that must lose in the same run. What each
promises: docs/handbook/reliability.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.bench import bad_tls, contract, permutations, sealed, submissions
from tests.bench.figures import Figure
from tests.conversations import SCRIPTS

_SPOILED = ("/tax/submissions/{key}", "/ledger:", "/tax/notifications:")
_CONTROL_CASES = 60


def _permutations(cases: int) -> Figure:
    found = permutations.run(cases)
    spread = {
        "conversations": len(SCRIPTS),
        "letters": found.letters,
        "twice": found.duplicates,
        "strangers": found.strangers,
        "crashes": found.crashes,
        "control cases": found.control,
    }
    figure = _against("permutations", len(found.wrong), found.control_wrong, "applied as they came", spread)
    figure.right(found.wrong, f"{found.cases:,} permutations").exactly(0, "none ends elsewhere")
    return figure.more_than(0, "the control ends elsewhere", found.control_wrong)


def _submissions(cases: int) -> Figure:
    found = submissions.run(cases)
    naive = submissions.control(min(max(_CONTROL_CASES, cases // 20), 500))
    spread = {
        "keys": found.keys,
        "attempts": found.attempts,
        "duplicates": found.duplicates,
        "lost": found.lost,
        "wrong": found.wrong,
        "client kills": found.client_kills,
        "server kills": found.server_kills,
        "control cases": naive.count,
    }
    wrong = found.duplicates + found.lost + found.wrong
    figure = _against("submissions", wrong, naive.duplicates, "a new key for every attempt", spread)
    short = [] if found.registrations == found.keys == cases else [f"{found.registrations} registered of {cases}"]
    figure.right(short, f"{found.registrations:,} registrations in the ledger").exactly(0, "each once, known here")
    return figure.more_than(0, "the control makes duplicates", naive.duplicates)


def _sealed(cases: int) -> Figure:
    found = sealed.run(cases)
    control = sealed.run(max(10, cases // 10), careless=True, seed=1)
    spread = {
        "cases": found.cases,
        "entries": found.entries,
        "strikes": found.strikes,
        "duplicates": found.duplicates,
        "lost": found.lost,
        "not known at home": found.unknown_to_owner,
        "control cases": control.cases,
    }
    wrong = found.lost + found.duplicates + found.unknown_to_owner
    figure = _against("sealed", wrong, control.duplicates, "sent under keys of its own", spread)
    figure.right([], f"{found.entries:,} entries asked about at the office").exactly(0, "each once, known at home")
    return figure.more_than(0, "the control makes duplicates", control.duplicates)


def _contract(cases: int) -> Figure:
    found, control = contract.run(cases), contract.run(_CONTROL_CASES, spoil=contract.spoiled)
    told = " ".join(control.failures)
    seen = sum(mistake in told for mistake in _SPOILED)
    spread = {"cases": found.cases, "operations": len(found.operations), "control cases": control.cases}
    figure = _against("contract", len(found.failures), seen, "a document with three mistakes", spread)
    figure.right(found.failures, f"{found.cases:,} cases").exactly(0, "nothing beyond the document")
    return figure.more_than(len(_SPOILED) - 1, "each mistake of the control is found", seen)


def _bad_tls(rounds: int) -> Figure:
    return bad_tls.seen(rounds, "offices.bad_tls")


def _against(name: str, wrong: int, control: int, whose: str, spread: dict[str, int]) -> Figure:
    return Figure(f"offices.{name}", "", wrong, control, None, whose, spread=dict(spread))


PROOFS: dict[str, tuple[int, int, Callable[[int], Figure]]] = {
    "permutations": (10_000, 100, _permutations),
    "submissions": (10_000, 100, _submissions),
    "sealed": (300, 5, _sealed),
    "contract": (5_000, 100, _contract),
    "bad_tls": (10, 1, _bad_tls),
}
"""Name, cases of the long form, cases of the short one, and what to run."""


def measure(told: argparse.Namespace) -> list[Figure]:
    """Run every proof, or the one that is named, with as many cases as it has in the long form or as are asked for."""
    names = [name for name in PROOFS if told.only in {"", name}]
    if not names:
        raise SystemExit(f"no proof {told.only}; known are {', '.join(PROOFS)}")
    return [_one(name, told.cases, short=told.short) for name in names]


def _one(name: str, cases: int, *, short: bool) -> Figure:
    usual, few, proof = PROOFS[name]
    return proof(cases or (few if short else usual))
