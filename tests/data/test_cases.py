# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every written rule finds what it is for, stays silent just beside it, and its fixes put right what it found."""

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile, read_toml
from tests.data.cases import (
    FIRST,
    SETS,
    Case,
    cases,
    cases_in,
    edited,
    every_case,
    findings_of,
    good,
    path_at,
    proved,
    sets_of,
    stands_in,
)


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.id)
def test_a_rule_finds_what_its_case_says(case: Case) -> None:
    session = edited(case)
    found = findings_of(session, case.rule)
    assert bool(found) is case.trips, [each.message.text() for each in session.findings()]
    assert "CHECK-FAILED" not in {each.code for each in session.findings()}
    if case.at:
        assert path_at(session, case.at) in [each.paths[0] for each in found]


FIXED = [case for case in every_case() if case.trips]


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case.id)
def test_an_offered_fix_takes_the_finding_away(case: Case) -> None:
    session = edited(case)
    offered = [each for each in findings_of(session, case.rule) if each.fix]
    for finding in offered:
        session.accept(finding.fix)
        session.settle()
        left = findings_of(session, case.rule)
        assert finding.paths[0] not in [each.paths[0] for each in left], finding.fix
        assert session.undo()
        session.settle()


@pytest.mark.parametrize("case", FIXED, ids=lambda case: case.id)
def test_a_finding_is_worded_to_the_end(case: Case) -> None:
    for finding in findings_of(edited(case), case.rule):
        told = [finding.message.text(), finding.advice.text()]
        told += [finding.fix.label.text()] if finding.fix else []
        for text in told:
            assert "{" not in text
            assert "None" not in text
            assert "  " not in text
            assert "“”" not in text


@pytest.mark.parametrize("code", proved())
def test_the_good_sample_is_good(code: str) -> None:
    assert [each.message.text() for each in good(code).findings()] == []


@pytest.mark.parametrize("code", proved())
def test_a_rule_that_offers_a_fix_is_seen_to_offer_it(code: str) -> None:
    mine = [case for case in FIXED if case.profile == code]
    offered = {case.rule for case in mine for each in findings_of(edited(case), case.rule) if each.fix}
    promised = {rule for rule in _rules(code) if load_profile(code).rules[rule].get("fix")}
    assert promised - offered == set()


@pytest.mark.parametrize("code", proved())
def test_every_rule_has_a_case_that_trips_it_and_one_that_does_not(code: str) -> None:
    told = {(case.rule, case.trips) for case in cases(code)}
    assert {rule for rule in _rules(code) if not {(rule, True), (rule, False)} <= told} == set()


def _rules(code: str) -> set[str]:
    """The rules that are proved with a country: all of the first one, of another those of its folder and its sets."""
    profile = load_profile(code)
    homes = [profile.folders[0], *sets_of(profile)]
    mine = {rule for rule, row in profile.rules.items() if any(stands_in(home, row) for home in homes)}
    return set(profile.rules) if code == FIRST else mine


def test_a_case_of_a_set_is_proved_with_every_country_that_it_names() -> None:
    told = {(case.profile, case.rule, case.name) for case in every_case()}
    for folder in SETS.iterdir():
        for row in cases_in(folder):
            for code in row.get("profiles", ()):
                assert (code, row["rule"], row["name"]) in told, folder.name


def test_every_set_is_taken_by_several_folders_of_countries_or_unions() -> None:
    told = [read_toml(file) for file in (paths.shipped("resources") / "profiles").glob("*/profile.toml")]
    taken = [name for facts in told for name in facts.get("rule_sets", ())]
    assert {folder.name for folder in SETS.iterdir() if taken.count(folder.name) < 2} == set()


def test_a_neutral_rule_that_the_first_country_says_itself_is_proved_with_another() -> None:
    home = paths.shipped("resources") / "catalogue"

    def neutral(code: str) -> set[str]:
        return {rule for rule, row in load_profile(code).rules.items() if stands_in(home, row)}

    files = (home / "rules").glob("*.toml")
    laid_over = {rule for file in files for rule in read_toml(file)} - neutral(FIRST)
    told = {(case.rule, case.trips) for code in proved() for case in cases(code) if case.rule in neutral(code)}
    assert laid_over
    assert {rule for rule in laid_over if not {(rule, True), (rule, False)} <= told} == set()
