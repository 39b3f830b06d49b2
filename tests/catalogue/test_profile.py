# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A profile lies over its parent, and both lie over the catalogue."""

import pytest

LIST = "# source=made up; taken=2026-11-01; confirmed=false\ncode,name_en\n{code},{name}\n"
UNION = 'version = "7"\ncurrency = "XTS"\n'
COUNTRY = 'country = "XX"\nparent = "UNION"\nversion = "1"\n'


@pytest.fixture
def union(home):
    """A parent with a box, two rules, rates and a list; `home` holds a catalogue with a list of its own."""
    home.write("catalogue/lists/package_kinds.csv", LIST.format(code="BX", name="Box"))
    home.write("profiles/UNION/lists/procedures.csv", LIST.format(code="40", name="Release"))
    home.write("profiles/UNION/rules/union.toml", '[R1]\nsay = "union"\n[R2]\nsay = "union"\n')
    home.profile(
        "UNION",
        facts=UNION,
        boxes='"item.gross_mass" = { box = "35", need = "always", title = { ru = "Вес" } }',
        rates='[[vat]]\nvalue = "10"\n[[fee]]\nvalue = "1"\n',
    )
    return home


def test_boxes_merge_key_by_key(union):
    field = union.profile(facts=COUNTRY, boxes='"item.gross_mass" = { box = "38" }').fields["item.gross_mass"]
    assert (field.box, field.need, field.titles["ru"], field.kind.name) == ("38", "always", "Вес", "mass")


def test_a_country_may_have_a_field_of_its_own(union):
    boxes = '"item.hallmark" = { kind = "text:20", label = "Hallmark", box = "99" }'
    assert union.profile(facts=COUNTRY, boxes=boxes).fields["item.hallmark"].box == "99"


def test_facts_are_the_countrys_own_before_its_parents(union):
    facts = union.profile(facts=COUNTRY).facts
    assert (facts["version"], facts["currency"], facts["country"]) == ("1", "XTS", "XX")


def test_a_rule_replaces_the_parents_rule_of_the_same_code(union):
    union.write("profiles/XX/rules/own.toml", '[R2]\nsay = "country"\n')
    rules = union.profile(facts=COUNTRY).rules
    assert (rules["R1"]["say"], rules["R2"]["say"]) == ("union", "country")


def test_a_country_may_do_without_an_inherited_rule(union):
    assert set(union.profile(facts=COUNTRY + 'ignore_rules = ["R1"]\n').rules) == {"R2"}


def test_a_set_lies_between_the_neutral_rules_and_those_of_the_folders(union):
    union.write("catalogue/rules/all.toml", '[R0]\nsay = "neutral"\n[R2]\nsay = "neutral"\n[R5]\nsay = "neutral"\n')
    union.write("catalogue/sets/sea/rules/any.toml", '[R2]\nsay = "set"\n[R3]\nsay = "set"\n[R5]\nsay = "set"\n')
    rules = union.profile(facts=COUNTRY + 'rule_sets = ["sea"]\n').rules
    assert {code: row["say"] for code, row in rules.items()} == {
        "R0": "neutral",
        "R1": "union",
        "R2": "union",
        "R3": "set",
        "R5": "set",
    }


def test_members_take_the_sets_of_their_parent_and_may_do_without_a_rule_of_them(union):
    union.write("catalogue/sets/sea/rules/any.toml", '[R3]\nsay = "set"\n[R4]\nsay = "set"\n')
    union.write("profiles/UNION/profile.toml", UNION + 'rule_sets = ["sea"]\n')
    assert set(union.profile(facts=COUNTRY + 'ignore_rules = ["R4"]\n').rules) == {"R1", "R2", "R3"}


def test_a_country_may_quote_a_law_of_its_own_for_a_rule_of_a_set(union):
    union.write("catalogue/sets/sea/rules/any.toml", '[R3]\nsay = "set"\n')
    own = 'rule_sets = ["sea"]\n[rule_laws]\nR3 = "Sea Code, article 3"\n'
    assert union.profile(facts=COUNTRY + own).rules["R3"]["law"] == "Sea Code, article 3"


def test_rates_replace_the_parents_rates_of_the_same_name(union):
    rates = union.profile(facts=COUNTRY, rates='[[vat]]\nvalue = "12"\n').rates
    assert (rates["vat"][0]["value"], rates["fee"][0]["value"]) == ("12", "1")


def test_a_list_is_the_countrys_own_then_the_parents_then_the_neutral_one(union):
    union.write("profiles/XX/lists/procedures.csv", LIST.format(code="IM4", name="Import"))
    profile = union.profile(facts=COUNTRY)
    assert "IM4" in profile.code_list("procedures")
    assert "40" not in profile.code_list("procedures")
    assert "BX" in profile.code_list("package_kinds")
    assert profile.code_list("stars") is None


def test_a_file_is_found_in_the_nearest_folder_that_has_it(union):
    profile = union.profile(facts=COUNTRY)
    assert profile.find("boxes.toml").parent.name == "UNION"
    assert profile.find("fields.toml").parent.name == "catalogue"
    assert profile.find("no.toml") is None


def test_a_box_finds_its_parts_but_not_its_longer_neighbours(union):
    boxes = '"header.date" = { box = "31" }\n"item.gross_mass" = { box = "310" }\n"package.kind" = { box = "31.2" }'
    profile = union.profile(facts=COUNTRY, boxes=boxes)
    assert [field.id for field in profile.by_box("31")] == ["header.date", "package.kind"]


def test_a_law_is_confirmed_only_where_the_profile_says_so(union):
    laws = '[laws]\n"Code" = { confirmed = true }\n"Decree 5" = { confirmed = false }\n'
    profile = union.profile(facts=COUNTRY + laws)
    assert profile.law_confirmed("Code, article 3")
    assert not profile.law_confirmed("Decree 5, item 2")
    assert not profile.law_confirmed("")
