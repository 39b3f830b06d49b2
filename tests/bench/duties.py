# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values and charges of 999 items: how fast, and whether every amount is right to the last unit."""

from __future__ import annotations

import argparse

from swclient.catalogue.loader import load_profile
from swclient.engine.session import Session
from swclient.workflow.drafts.drafting import reference_of
from tests.bench.documents import LARGEST, large_body, opened
from tests.bench.exact import Cases, half_even
from tests.bench.figures import Figure, raced
from tests.bench.scaled import Amounts, Scaled, by_decimals, of_engine, task_of
from tests.bench.timing import in_turns

_CONTROLS = 2_000


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure on one large declaration, then ask many random cases."""
    return [_document(told.rounds), _cases(told.cases or 1_000_000)]


def _document(rounds: int) -> Figure:
    session = opened(large_body())
    task = task_of(session)
    scaled = Scaled(task)
    results: dict[str, list[Amounts]] = {}

    def by_integers() -> None:
        results["integers"] = scaled.work_out()

    def parsed() -> None:
        results["decimals"] = by_decimals(task)

    found = in_turns({"ours": lambda: _work_out(session), "limit": by_integers, "peer": parsed}, rounds)
    ours = of_engine(session)
    wrong = [f"{name} differ" for name, other in results.items() if other != ours]
    figure = raced("duties.document", found, amounts=sum(len(each) for each in ours))
    figure.peer_is = "the same amounts from texts, decimals parsed where they are used"
    figure.limit_is = "the same amounts in scaled whole numbers, all data at hand"
    return figure.beats_peer(2).within_limit(4).right(wrong, f"{5 * LARGEST} amounts equal three ways")


def _work_out(session: Session) -> None:
    """Share the costs and work out every item, as a full check does, without the checks."""
    live = session.live
    table = live.plan.tables["item"]
    live._spread(table)
    live._call(table.work, "item", live.rows["item"].values())


def _cases(count: int) -> Figure:
    reference = reference_of(load_profile("KZ"))
    kinds = {"sharing": count * 3 // 10, "assessing": count * 4 // 10, "charging": count - count * 7 // 10}
    cases = Cases(reference, seed=1)
    wrong = {kind: sum(not getattr(cases, kind)() for _ in range(many)) for kind, many in kinds.items()}
    control = Cases(reference, seed=2, rounding=half_even)
    noticed = sum(not control.assessing() for _ in range(_CONTROLS))
    figure = Figure(
        "duties.wrong", "", sum(wrong.values()), spread=kinds | {"control noticed": noticed, "control asked": _CONTROLS}
    )
    told = [f"{kind}: {many}" for kind, many in wrong.items() if many]
    figure.right(told, f"{count:,} cases = exact fractions").exactly(0, "none wrong")
    return figure.more_than(0, "half-even control is noticed", noticed)
