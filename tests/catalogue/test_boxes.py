# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A box answers to its number, its national title, its WCO name and any word of its label."""

import re
from collections import Counter

import pytest

from swclient.base import i18n
from swclient.catalogue.boxes import Boxes, find_boxes
from swclient.catalogue.loader import default_profile, load_profile, profile_codes


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


@pytest.fixture(scope="module", params=profile_codes())
def country(request):
    return load_profile(request.param)


def shown(country):
    return [field for field in country.fields.values() if field.shown]


def not_found(country, asked):
    """Pairs of field and text where the text does not bring the field among the first fifty."""
    return [
        (field.id, text)
        for field in shown(country)
        for text in asked(field)
        if field.id not in ids(find(country, text))
    ]


def find(country, text):
    return find_boxes(country, text)[:50]


def test_every_shown_box_of_every_country_is_found_by_its_number(country):
    numbered = [field for field in shown(country) if field.box]
    assert len(numbered) > 75
    assert not_found(country, lambda field: [field.box] if field.box else []) == []


def test_and_by_its_official_titles(country):
    assert not_found(country, lambda field: field.titles.values()) == []


def test_and_by_its_name_in_the_wco_data_model(country):
    assert any(field.wco for field in shown(country))
    assert not_found(country, lambda field: [field.wco] if field.wco else []) == []


def words_in(text):
    words = (word.casefold() for word in re.findall(r"\w+", text))  # İ is two letters once it is folded
    return [word for word in dict.fromkeys(words) if len(word) >= 4]


def words_of(field, language):
    return words_in(i18n.translate(field.label, language))


def too_common(country, language):
    """Words that more labels and titles have than a list of fifty has room for."""
    called = [{*words_of(field, language), *words_in(" ".join(field.titles.values()))} for field in shown(country)]
    counts = Counter(word for words in called for word in words)
    return {word for word, count in counts.items() if count > 45}


@pytest.mark.parametrize("language", i18n.available())
def test_and_by_each_longer_word_of_its_label_in_every_shipped_language(country, language):
    common = too_common(country, language)
    assert len(common) <= 3, common
    assert sum(len(words_of(field, language)) for field in shown(country)) > 150  # Chinese has words of two
    assert not_found(country, lambda field: [word for word in words_of(field, language) if word not in common]) == []
    everything = Boxes(country)
    for word in common:  # found all the same, behind the fiftieth
        having = {field.id for field in shown(country) if word in words_of(field, language)}
        assert having <= set(ids(everything.find(word, limit=1000)))


def test_and_by_its_whole_label_in_every_shipped_language(country):
    for language in i18n.available():
        assert not_found(country, lambda field, lang=language: [i18n.translate(field.label, lang)]) == []


def test_nothing_finds_nothing_and_hidden_fields_are_not_found(profile):
    assert find_boxes(profile, "  ") == ()
    hidden = {field.id for field in profile.fields.values() if not field.shown}
    assert hidden
    for field_id in hidden:
        assert field_id not in ids(find_boxes(profile, field_id))
