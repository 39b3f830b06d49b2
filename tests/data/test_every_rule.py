# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 210 rules of the catalogue are in force wherever they concern a country, or it is said why not."""

import csv
from pathlib import Path

import pytest

from swclient.catalogue.loader import load_profile, profile_codes
from swclient.engine.rulebook import Rule, rulebook
from swclient.engine.texts import TEXT_RULES

_WANTED = Path(__file__).with_name("rules_wanted.csv")
_ALL = 210
_BUILT_IN = {rule.code for rule in TEXT_RULES}  # hold for every box without a row (proved in test_implied.py)
_UNION = {"KZ", "KG"}


def wanted() -> dict[str, set[str]]:
    """Whom each rule concerns, by its code."""
    lines = [line for line in _WANTED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["code"]: set(row["concerns"].split()) for row in csv.DictReader(lines)}


def concerns(code: str) -> set[str]:
    """The rules that concern a country."""
    words = {"*", code} | ({"EAEU"} if code in _UNION else set())
    return {rule for rule, told in wanted().items() if told & words}


def test_the_catalogue_is_whole() -> None:
    assert len(wanted()) == _ALL


@pytest.mark.parametrize("code", profile_codes())
def test_every_rule_is_in_force_or_has_a_reason_why_not(code: str) -> None:
    profile = load_profile(code)
    told = {rule.code[:4] for rule in rulebook(profile)} | _BUILT_IN
    reasons = profile.facts.get("not_asked", {})
    assert concerns(code) - told - set(reasons) == set()
    assert all(len(reason.split()) > 2 for reason in reasons.values())


@pytest.mark.parametrize("code", profile_codes())
def test_what_is_said_not_to_be_asked_is_not_asked(code: str) -> None:
    profile = load_profile(code)
    told = {rule.code[:4] for rule in rulebook(profile)}
    assert set(profile.facts.get("not_asked", {})) & told == set()
    assert set(profile.facts.get("not_asked", {})) <= concerns(code)


@pytest.mark.parametrize("code", profile_codes())
def test_a_rule_of_any_country_says_cause_place_level_source_and_what_to_do(code: str) -> None:
    lacking = [rule.code for rule in rulebook(load_profile(code)) if not _is_whole(rule)]
    assert lacking == []


def _is_whole(rule: Rule) -> bool:
    """Whether a rule has everything that a user must be told; one without a law counts as not confirmed."""
    says = bool(rule.code and rule.level and rule.at and rule.say and rule.do)
    return says and bool(rule.law or not rule.confirmed) and bool(rule.fix) is bool(rule.fix_say)
