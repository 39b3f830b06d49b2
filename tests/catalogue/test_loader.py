# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The loader makes fields of rows, and refuses what does not fit by file and row."""

import pytest

from swclient.base.errors import DataError, UserError
from swclient.catalogue.loader import default_profile, load_profile, profile_codes


def test_a_profile_without_boxes_has_the_neutral_fields(home):
    profile = home.profile()
    assert profile.fields["item.gross_mass"].label == "Gross mass"
    assert list(profile.table_fields("item")) == ["gross_mass"]


def test_a_record_with_several_roles_makes_a_section_of_each(home):
    profile = home.profile()
    assert {"exporter.name", "consignee.name"} <= set(profile.fields)
    assert "party.name" not in profile.fields
    assert profile.tables["consignee"].label == "Consignee"


def test_sections_know_how_often_they_stand_and_under_what(home):
    tables = home.profile().tables
    assert (tables["item"].many, tables["item"].max) == (True, 999)
    assert tables["package"].parent == "item"
    assert not tables["header"].many


def test_a_profile_is_read_once_and_kept(home):
    assert home.profile() is load_profile("XX", home.root)


def test_a_profile_that_is_not_there_is_named(home):
    with pytest.raises(UserError, match="“YY”"):
        load_profile("YY", home.root)


def test_only_folders_with_a_country_are_offered(home):
    home.profile("XX")
    home.profile("UNION", facts='version = "1"\n')
    home.write("profiles/notes/readme.toml", "")
    assert profile_codes(home.root) == ("XX",)


def test_the_profile_that_holds_until_the_user_chooses_is_data(home):
    home.write("defaults.toml", 'profile = "XX"\n')
    assert default_profile(home.root) == "XX"


BROKEN_BOXES = [
    ('"item.gross_mass" = { colour = "red" }', "item.gross_mass", "colour"),
    ('"item.gross_mass" = { kind = "weight:3" }', "item.gross_mass", "“weight:3”; known are"),
    ('"item.gross_mass" = { kind = "mass:three" }', "item.gross_mass", "“mass:three”"),
    ('"item.volume" = { box = "35.1" }', "item.volume", "must have a kind"),
    ('"goods.volume" = { kind = "mass:3", label = "Volume" }', "goods.volume", "a known section"),
    ('"item.gross_mass" = "35"', "item.gross_mass", "table of keys"),
]


@pytest.mark.parametrize(("boxes", "row", "said"), BROKEN_BOXES)
def test_a_box_that_does_not_fit_is_refused_by_file_and_row(home, boxes, row, said):
    with pytest.raises(DataError) as refused:
        home.profile(boxes=boxes)
    assert refused.value.file.endswith("boxes.toml")
    assert refused.value.row == row
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("file", "text", "row", "said"),
    [
        ("fields.toml", '"goods.mass" = { kind = "mass:3", label = "Mass" }', "goods.mass", "“goods”"),
        ("fields.toml", '"item.mass" = { kind = "mass:3", max = 3 }', "item.mass", "max"),
        ("fields.toml", '"item.mass" = { label = "Mass" }', "item.mass", "“”; known are"),
        ("tables.toml", '[item]\nlabel = "Goods"\nrepeats = true', "item", "repeats"),
    ],
)
def test_a_catalogue_that_does_not_fit_is_refused_by_file_and_row(home, file, text, row, said):
    home.write(f"catalogue/{file}", text)
    with pytest.raises(DataError) as refused:
        home.profile()
    assert refused.value.file.endswith(file)
    assert refused.value.row == row
    assert said in str(refused.value)


@pytest.mark.parametrize("name", ["profile", "boxes", "rates"])
def test_a_file_that_is_no_toml_is_refused_with_its_line(home, name):
    files = {"facts": 'country = "XX"\n'} | {"facts" if name == "profile" else name: "\n\nbroken = \nmore = 1\n"}
    with pytest.raises(DataError) as refused:
        home.profile(**files)
    assert refused.value.file.endswith(f"{name}.toml")
    assert "line 3" in str(refused.value)


def test_a_file_in_another_encoding_is_refused_by_name(home):
    path = home.write("catalogue/fields.toml", "")
    path.write_bytes('"item.mass" = { label = "Масса" }'.encode("cp1251"))
    with pytest.raises(DataError) as refused:
        home.profile()
    assert refused.value.file.endswith("fields.toml")


def test_a_rule_that_stands_in_two_files_of_one_folder_is_refused(home):
    rule = '[R1]\ncheck = "True"\n'
    home.write("profiles/XX/rules/a.toml", rule)
    home.write("profiles/XX/rules/b.toml", rule)
    with pytest.raises(DataError, match="R1 stands twice"):
        home.profile()


SETS = {"sea": "[R1]\n[R2]\n", "land": "[R2]\n"}


@pytest.mark.parametrize(
    ("facts", "file", "row", "said"),
    [
        ('rule_sets = ["air"]\n', "profile.toml", "rule_sets", "no rule set “air”; known are land, sea"),
        ('rule_sets = ["../sets/sea"]\n', "profile.toml", "rule_sets", "no rule set “../sets/sea”"),
        ('rule_sets = ["sea", "land"]\n', "any.toml", "R2", "R2 stands twice"),
        ('rule_sets = ["land"]\n[rule_laws]\nR1 = "Law"\n', "profile.toml", "R1", "No rule set that is taken has"),
    ],
)
def test_sets_that_do_not_fit_are_refused_by_file_and_row(home, facts, file, row, said):
    for name, rules in SETS.items():
        home.write(f"catalogue/sets/{name}/rules/any.toml", rules)
    with pytest.raises(DataError, match=said) as refused:
        home.profile(facts=f'country = "XX"\nversion = "1"\n{facts}')
    assert refused.value.file.endswith(file)
    assert refused.value.row == row


def test_a_set_that_a_parent_names_is_refused_at_the_parent(home):
    home.write("profiles/UNION/profile.toml", 'version = "1"\nrule_sets = ["air"]\n')
    with pytest.raises(DataError, match="no rule set") as refused:
        home.profile(facts='country = "XX"\nparent = "UNION"\nversion = "1"\n')
    assert "UNION" in refused.value.file
