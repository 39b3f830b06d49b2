# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions may ask what the profile, its tariff and its measures say, so that one rule serves all."""

import pytest

from swclient.base.errors import DataError
from tests.engine.laboratory import rule

FACTS = """
code_digits = 8
currency = "XTS"
[charges]
duty = "D"
procedures = ["40", "41"]
"""
TARIFF = """# source=made up; taken=2026-11-01; confirmed=true
code,name_en,unit,duty,final,valid_from,valid_to,excise,second_unit
84818081,Valves,,5,1,2020-01-01,,0.5 XTS/112,035
"""
MEASURES = """# source=made up; taken=2026-11-01; confirmed=true
code,origin,kind,rate,name_en,valid_from,valid_to
8481,CN,anti_dumping,19,Valves,2026-01-01,
"""


def fails(lab, check: str, code: str = "84818081", when: str = "") -> bool:
    """Whether a rule over one item fails in a country with these facts, this tariff and these measures."""
    profile = f"profiles/P{lab._profiles + 1}"
    for name, text in (("tariff/own.csv", TARIFF), ("tariff/measures.csv", MEASURES)):
        lab._write(f"{profile}/{name}", text)
    lab.facts = FACTS
    session = lab.opened(rule("R1", check=check, when=when), item=[{"code": code}])
    return "R1" in {finding.code for finding in session.findings()}


def test_a_fact_of_the_profile_is_known(lab) -> None:
    assert not fails(lab, "len(item.code) == fact('code_digits')")
    assert fails(lab, "len(item.code) == fact('code_digits')", "8481808199")


def test_a_fact_may_stand_in_a_table_and_may_be_a_list(lab) -> None:
    assert not fails(lab, "fact('charges.duty') == 'D' and '41' in fact('charges.procedures')")
    assert fails(lab, "'42' in fact('charges.procedures')")


def test_a_fact_that_the_profile_does_not_say_is_what_the_rule_says_instead(lab) -> None:
    assert not fails(lab, "fact('charges.fee', '') == '' and fact('digits', 10) == 10")
    with pytest.raises(DataError, match=r"the profile says nothing of charges\.fee"):
        fails(lab, "fact('charges.fee') == ''")


def test_further_columns_of_the_tariff_are_asked_for_by_name(lab) -> None:
    assert not fails(lab, "tariff_text(item.code, header.date, 'excise') == '0.5 XTS/112'")
    assert not fails(lab, "tariff_text(item.code, header.date, 'second_unit') == '035'")
    assert not fails(lab, "blank(tariff_text(item.code, header.date, 'vat'))")
    assert not fails(lab, "blank(tariff_text(item.code, header.date, 'excise'))", "84820000")
    with pytest.raises(DataError, match="code, day and the name of a column are wanted"):
        fails(lab, "filled(tariff_text(item.code, 'excise'))")


def test_measures_are_told_by_name_and_rate(lab) -> None:
    assert not fails(lab, "measures(item.code, 'CN', header.date) == 'Valves, 19'")
    assert not fails(lab, "blank(measures(item.code, 'KR', header.date))")
    assert not fails(lab, "blank(measures(item.code, 'CN', header.date))", "84820000")
    with pytest.raises(DataError, match="code, origin and day are wanted"):
        fails(lab, "blank(measures(item.code, 'CN'))")
