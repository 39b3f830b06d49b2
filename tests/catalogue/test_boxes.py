# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A box answers to its number, its national title, its WCO name and any word of its label."""

import pytest

from swclient.base import i18n
from swclient.catalogue.boxes import find_boxes
from swclient.catalogue.loader import default_profile, load_profile


@pytest.fixture(scope="module")
def profile():
    return load_profile(default_profile())


def ids(fields):
    return [field.id for field in fields]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("31", "item.description"),
        ("goods description", "item.description"),
        ("Commodity/Description", "item.description"),
        ("35", "item.gross_mass"),
        ("вес брутто", "item.gross_mass"),
        ("item.gross_mass", "item.gross_mass"),
        ("grosss", "item.gross_mass"),
        ("1.2", "header.procedure"),
        ("exporter country", "exporter.country"),
    ],
)
def test_a_box_is_found_by_number_title_wco_name_and_words(profile, typed, first):
    assert ids(find_boxes(profile, typed))[0] == first


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("описание", "item.description"),
        ("описания", "item.description"),
        ("discription", "item.description"),
        ("валюта", "header.currency"),
        ("страна отправления", "header.dispatch_country"),
    ],
)
def test_one_word_finds_it_among_the_first_whatever_its_form(profile, typed, among):
    assert among in ids(find_boxes(profile, typed))[:3]


def test_a_number_finds_the_box_then_its_parts_in_order_and_no_other_box(profile):
    boxes = [field.box for field in find_boxes(profile, "31") if field.box.startswith("31")]
    assert boxes[0] == "31"
    assert boxes.index("31.1.2") < boxes.index("31.1.10") if "31.1.10" in boxes else True
    three = [field.box for field in find_boxes(profile, "3")]
    assert three[0] == "3"
    assert "31" not in three


def test_a_label_is_found_in_every_language_that_is_shipped(profile):
    label = profile.fields["item.net_mass"].label
    for language in i18n.available():
        assert "item.net_mass" in ids(find_boxes(profile, i18n.translate(label, language))), language


def test_every_shown_box_is_found_by_its_label_number_title_and_wco_name(profile):
    for field in profile.fields.values():
        if field.shown:
            for asked in filter(None, (field.label, field.box, field.wco, *field.titles.values())):
                assert field.id in ids(find_boxes(profile, asked)), (field.id, asked)


def test_nothing_finds_nothing_and_hidden_fields_are_not_found(profile):
    assert find_boxes(profile, "  ") == ()
    hidden = {field.id for field in profile.fields.values() if not field.shown}
    assert hidden
    for field_id in hidden:
        assert field_id not in ids(find_boxes(profile, field_id))
