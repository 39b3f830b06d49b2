# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bench says no where a goal is missed, a result is wrong, or a control does not fail."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.bench.__main__ import BENCHES, _arguments, _names, main
from tests.bench.exact import half_even, half_up, shared
from tests.bench.figures import Figure, table
from tests.bench.timing import Series, in_turns


def figure() -> Figure:
    return Figure("bench.what", "ms", measured=10.0, peer=50.0, limit=8.0)


def test_a_figure_on_its_bound_holds_and_one_beyond_it_does_not() -> None:
    assert figure().at_most(10.0).within_limit(1.25).beats_peer(5).holds
    assert not figure().at_most(9.9).holds
    assert not figure().within_limit(1.24).holds
    assert not figure().beats_peer(5.1).holds


def test_a_fast_figure_of_wrong_results_does_not_hold() -> None:
    wrong = figure().at_most(100).right(["amounts differ"], "amounts equal")
    assert not wrong.holds
    assert wrong.proved == "NO: amounts differ"
    assert figure().at_most(100).right([], "amounts equal").holds


def test_a_control_that_does_not_fail_is_a_goal_that_does_not_hold() -> None:
    lost = Figure("bench.lost", "", measured=0).exactly(0, "none lost")
    assert lost.more_than(0, "the control loses", found=3).holds
    assert not lost.more_than(0, "the control loses", found=0).holds


def test_a_count_holds_at_the_one_number_wanted_only() -> None:
    assert Figure("bench.syncs", "", measured=1).exactly(1, "exactly one").holds
    assert not Figure("bench.syncs", "", measured=0).exactly(1, "exactly one").holds
    assert not Figure("bench.syncs", "", measured=2).exactly(1, "exactly one").holds


def test_the_table_says_yes_no_or_nothing() -> None:
    rows = [figure().at_most(10), figure().at_most(1), figure()]
    shown = table(each.as_data() for each in rows).splitlines()[2:5]
    assert ["  yes  " in shown[0], "  NO  " in shown[1], "  –  " in shown[2]] == [True, True, True]


def test_contestants_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def taking(name: str) -> float:
        order.append(name)
        return 100.0 if len(order) < 3 else float(len(order))

    found = in_turns({"ours": lambda: taking("ours"), "peer": lambda: taking("peer")}, rounds=2)
    assert order == ["ours", "peer"] * 3
    assert found["ours"].values == [3.0, 5.0]


def test_a_quantile_of_many_rounds_leaves_out_the_tail() -> None:
    series = Series(range(1, 101))
    assert (series.least, series.median, series.quantile(0.99)) == (1, 50.5, 100)


def test_an_unknown_bench_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["checks"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ("no bench checks", *BENCHES))


def test_the_oracle_of_amounts_rounds_a_half_away_from_zero_and_its_control_does_not() -> None:
    half = Fraction(5, 1000)
    assert (half_up(half), half_up(-half), half_even(half)) == (Fraction(1, 100), Fraction(-1, 100), Fraction(0))


def test_the_oracle_of_amounts_shares_to_the_last_cent() -> None:
    parts = shared(Fraction(100), [Fraction(1)] * 3)
    assert parts == [Fraction(3334, 100), Fraction(3333, 100), Fraction(3333, 100)]


def test_reliability_is_run_in_both_halves_and_one_proof_of_it_alone() -> None:
    assert _names(_arguments(["reliability"])) == ["reliability", "offices"]
    assert _names(_arguments(["reliability", "--only", "sealed"])) == ["reliability"]
    assert _names(_arguments([])) == list(BENCHES)
