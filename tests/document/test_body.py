# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as data and back: nothing is lost, and nothing unknown is let in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile
from swclient.document.body import FORMAT, VERSION, from_body, to_body
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from tests.declarations import two_items

KZ = load_profile("KZ")
TYPED = ["1", "0", "12.50", "1 240,5", "20.11.2026", "2026-11-20", "USD", "да", "не число", "x" * 300, "?", ""]
TEXTS = st.sampled_from(TYPED) | st.text(max_size=12)


def rows_of(table):
    """Rows of a section with some of its fields filled and some rows under them."""
    fields = st.dictionaries(st.sampled_from(list(KZ.table_fields(table))), TEXTS, max_size=4)
    children = [spec.name for spec in KZ.tables.values() if spec.parent == table]
    if not children:
        return fields
    under = st.fixed_dictionaries({}, optional={name: st.lists(rows_of(name), max_size=2) for name in children})
    return st.builds(lambda values, kids: values | kids, fields, under)


def section(spec):
    return st.lists(rows_of(spec.name), max_size=3) if spec.many else rows_of(spec.name)


LOOSE = {spec.name for spec in KZ.tables.values() if not spec.parent or spec.loose}
BODIES = st.fixed_dictionaries(
    {"format": st.just(FORMAT), "version": st.just(VERSION), "profile": st.just("KZ")},
    optional={name: section(KZ.tables[name]) for name in sorted(LOOSE)},
)


@given(BODIES)
def test_whatever_was_typed_is_written_and_read_again_as_it_was(body):
    written = to_body(from_body(body, KZ))
    assert to_body(from_body(json.loads(json.dumps(written)), KZ)) == written


@given(BODIES)
def test_no_row_is_lost_on_the_way(body):
    declaration = from_body(body, KZ)
    again = from_body(to_body(declaration), KZ)
    for name, rows in declaration.tables.items():
        assert len(again.tables[name]) == len(rows)


def test_a_text_that_cannot_be_read_is_kept_as_typed(declaration):
    body = two_items()
    body["item"][0]["gross_mass"] = "eight tons"
    declaration = from_body(body, KZ)
    row = next(iter(declaration.tables["item"]))
    assert isinstance(declaration.value(Path("item", row, "gross_mass")), Unread)
    assert to_body(declaration)["item"][0]["gross_mass"] == "eight tons"


def test_the_sample_comes_back_word_for_word():
    body = two_items()
    written = to_body(from_body(body, KZ))
    assert written.pop("profile_version") == KZ.version
    assert written == body


def test_rows_stand_inside_the_row_they_belong_to():
    body = to_body(from_body(two_items(), KZ))
    assert body["item"][0]["document"][0]["kind"] == "04021"
    assert [row["kind"] for row in body["document"]] == ["03011"]


def test_what_is_blank_is_left_out():
    assert set(to_body(from_body({"format": FORMAT, "version": 1, "header": {"reference": " "}}, KZ))) == {
        "format",
        "version",
        "profile",
        "profile_version",
    }


@pytest.mark.parametrize(("given_value", "stored"), [(True, "1"), (False, "0")])
def test_true_and_false_are_read_as_yes_and_no(given_value, stored):
    body = {"format": FORMAT, "version": 1, "header": {"container_flag": given_value}}
    assert to_body(from_body(body, KZ))["header"]["container_flag"] == stored


def test_whole_numbers_need_no_quotes():
    body = {"format": FORMAT, "version": 1, "header": {"loading_lists": 3}}
    assert from_body(body, KZ).value(Path("header", SINGLE, "loading_lists")) == 3


REFUSED = [
    ({"format": "something else"}, FORMAT),
    ({}, FORMAT),
    ({"format": FORMAT}, "newer program"),
    ({"format": FORMAT, "version": VERSION + 1}, f"version {VERSION + 1}"),
    ({"format": FORMAT, "version": "1"}, "newer program"),
    ({"format": FORMAT, "version": 1, "star_signs": []}, "“star_signs”"),
    ({"format": FORMAT, "version": 1, "header": {"colour": "red"}}, "“header.colour”"),
    ({"format": FORMAT, "version": 1, "header": []}, "“header”"),
    ({"format": FORMAT, "version": 1, "header": {"package": []}}, "“header.package”"),
    ({"format": FORMAT, "version": 1, "item": {"price": "1"}}, "“item” must be a list"),
    ({"format": FORMAT, "version": 1, "item": ["first"]}, "“item” must be an object"),
    ({"format": FORMAT, "version": 1, "item": [{"package": {}}]}, "“package” must be a list"),
    ({"format": FORMAT, "version": 1, "item": [{"price": 1.1}]}, "item.price must be a text"),
    ({"format": FORMAT, "version": 1, "item": [{"price": None}]}, "item.price must be a text"),
]


@pytest.mark.parametrize(("body", "said"), REFUSED)
def test_what_is_no_declaration_is_refused_and_the_reason_named(body, said):
    with pytest.raises(UserError) as refused:
        from_body(body, KZ)
    assert said in str(refused.value)
