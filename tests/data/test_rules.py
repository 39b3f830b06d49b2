# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every rule is fit to be shown: coded, worded, placed, sourced, and proved by cases."""

import re
import subprocess
import sys
from collections import defaultdict

import pytest

from swclient.base import paths
from swclient.base.messages import places
from swclient.catalogue.loader import read_toml
from swclient.engine.rulebook import Rule, rulebook
from tests.data.cases import SETS, cases, kazakhstan

PROFILE = kazakhstan()
RULES = rulebook(PROFILE)
WRITTEN = [rule for rule in RULES if not rule.implied]
OFFICIAL = re.compile(r"[HTVGDPCN][0-9]{3}")  # codes of the rules catalogue; a letter tells rows of one rule apart
CODE = re.compile(rf"{OFFICIAL.pattern}[A-Z]?")
OWN = re.compile(r"(NEED|LIST)-[\w. ]+")  # implied rules that the rules catalogue has no code for
IMPLIED_PLACES = {"box", "label", "value", "computed"}
CYRILLIC = re.compile(r"[А-Яа-яЁё]")

every = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.at[0]}")
written = pytest.mark.parametrize("rule", WRITTEN, ids=lambda rule: rule.code)


def in_force_for_imports() -> list[Rule]:
    """The rules that an import can meet: all but those that ask for another direction."""
    other = ("header.direction == 'ЭК'", "header.direction == 'ТТ'")
    return [rule for rule in RULES if not any(each in rule.when for each in other)]


def test_there_are_rules_enough_for_an_import() -> None:
    official = {rule.code[:4] for rule in in_force_for_imports() if OFFICIAL.match(rule.code)}
    assert len(official) >= 140
    assert len(in_force_for_imports()) >= 280


@every
def test_a_rule_has_a_code_of_the_form(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code) or (rule.implied and OWN.fullmatch(rule.code))


@every
def test_a_rule_names_its_source_or_does_not_call_it_confirmed(rule: Rule) -> None:
    assert rule.law or not rule.confirmed


@every
def test_a_rule_stands_at_boxes_that_its_row_can_reach(rule: Rule) -> None:
    assert rule.at
    for field_id in (*rule.at, *rule.fix):
        assert reachable(rule, PROFILE.fields[field_id].table), field_id


@every
def test_every_place_in_a_text_is_filled_from_somewhere(rule: Rule) -> None:
    for place in places(rule.say) | places(rule.do) | places(rule.fix_say):
        if rule.implied:
            assert place in IMPLIED_PLACES
        elif place not in {"box", "v", *rule.values}:
            assert place in PROFILE.fields
            assert reachable(rule, PROFILE.fields[place].table, exactly=True), place


def reachable(rule: Rule, table: str, *, exactly: bool = False) -> bool:
    """Whether a row of the rule leads to a row of the section; `exactly` where it must be the one and only."""
    own, spec = PROFILE.tables[rule.table], PROFILE.tables[table]
    if table in {rule.table, own.parent} or not spec.many:
        return True
    return not exactly and rule.table in {"header", spec.parent}


@written
def test_a_rule_of_documents_does_not_speak_of_an_item_that_need_not_be(rule: Rule) -> None:
    # A document may stand for the whole declaration; its text must not show the number of some item then.
    if rule.table == "document" and "{item." in rule.say + rule.do:
        assert "item." in rule.check + rule.when


@written
def test_a_rule_is_worded_in_whole_sentences(rule: Rule) -> None:
    assert re.search(r"[.”)]$", rule.say)
    assert rule.do.endswith((".", "”."))
    assert not rule.fix_say.endswith(".")
    assert not re.search(r"\b(invalid|incorrect|error|please)\b", rule.say + rule.do, re.IGNORECASE)
    assert bool(rule.fix) is bool(rule.fix_say)


@written
def test_a_finding_about_an_item_names_the_item(rule: Rule) -> None:
    under = PROFILE.tables[rule.table]
    if rule.table == "item" or (under.parent == "item" and not under.loose and rule.table != "container"):
        assert "{item.number}" in rule.say


@written
def test_a_rule_has_a_case_that_trips_and_one_beside_it_that_does_not(rule: Rule) -> None:
    assert {case.trips for case in cases() if case.rule == rule.code} == {True, False}


def test_every_case_is_about_a_rule() -> None:
    assert {case.rule for case in cases()} - set(PROFILE.rules) == set()


def test_cases_of_one_rule_have_names_of_their_own() -> None:
    names = defaultdict(list)
    for case in cases():
        names[case.rule].append(case.name)
    assert {code for code, each in names.items() if len(each) != len(set(each))} == set()


def test_a_case_stands_beside_its_rule() -> None:
    for folder in (*PROFILE.folders, *SETS.iterdir()):
        for file in sorted((folder / "cases").glob("*.toml")):
            rules = read_toml(folder / "rules" / file.name)
            assert {case["rule"] for case in read_toml(file)["case"]} == set(rules), file


def test_neutral_rules_know_no_country_and_no_code_of_the_union() -> None:
    folder = paths.shipped("resources") / "catalogue" / "rules"
    rules = {code: row for file in folder.glob("*.toml") for code, row in read_toml(file).items()}
    asked = {code: row["check"] + row.get("when", "") for code, row in rules.items()}
    assert {code for code, text in asked.items() if CYRILLIC.search(text)} == {"G040"}
    codes = re.compile(r"'(?:[A-Z]{2}|[0-9]{2}|[0-9]{5})'")
    # UN and, in Russian, ООН stand before the number of a dangerous good: words of the description, no codes.
    assert {code for code, text in asked.items() if codes.search(text)} == {"G040"}


def test_every_form_of_number_plates_is_a_pattern() -> None:
    forms = PROFILE.code_list("plate_forms")
    assert forms is not None
    for entry in forms.entries.values():
        assert re.compile(entry.more["form"]).groups == 0, entry.code


def test_the_handbook_lists_the_findings_as_the_rules_make_them() -> None:
    script = paths.shipped("resources").parent / "packaging" / "make_findings.py"
    if not script.is_file():
        pytest.skip("the script stands in a checkout only")
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
