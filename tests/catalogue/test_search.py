# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes are found as they are typed: by code, beginning, word or misspelt word, in nine languages."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.catalogue.cldr import LANGUAGES
from swclient.catalogue.folding import fold, words
from swclient.catalogue.hs import hs_codes
from swclient.catalogue.loader import default_profile, load_profile
from swclient.catalogue.search import Search, search_of
from swclient.catalogue.wordindex import How, Source, WordIndex

BY_WORDS = {How.WORD, How.START}
KAZAKHSTAN = {
    "en": "Kazakhstan",
    "ru": "Казахстан",
    "kk": "Қазақстан",
    "ky": "Казакстан",
    "tg": "Қазоқистон",
    "uz": "Qozogʻiston",
    "az": "Qazaxıstan",
    "mn": "Казахстан",
    "zh": "哈萨克斯坦",
}
DOLLAR = {
    "en": "US dollar",
    "ru": "доллар США",
    "kk": "АҚШ доллары",
    "ky": "АКШ доллары",
    "tg": "Доллари ИМА",
    "uz": "AQSH dollari",
    "az": "ABŞ Dolları",
    "mn": "америк доллар",
    "zh": "美元",
}


@pytest.fixture(scope="module")
def search():
    return Search(load_profile(default_profile()))


def codes(hits):
    return [hit.code for hit in hits]


def test_the_nine_languages_are_all_tried_here():
    assert set(KAZAKHSTAN) == set(DOLLAR) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_is_found_by_its_name_in_every_language_and_named_in_it(search, language):
    name = KAZAKHSTAN[language]
    assert codes(search.find("countries", name))[0] == "KZ"
    assert codes(search.find("countries", name[: len(name) - 1]))[0] == "KZ"
    assert search.find("countries", "KZ", language)[0].name == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_currency_is_found_by_its_name_in_every_language_and_named_in_it(search, language):
    assert "USD" in codes(search.find("currencies", DOLLAR[language]))
    assert search.find("currencies", "USD", language)[0].name.casefold() == DOLLAR[language].casefold()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("KAZ", "KZ"), ("398", "KZ"), ("Өзбекстан", "UZ"), ("Ўзбекистон", "UZ"), ("O'zbekiston", "UZ"), ("Cin", "CN")],
)
def test_countries_are_found_by_their_other_codes_alphabets_and_poorer_keyboards(search, typed, code):
    assert code in codes(search.find("countries", typed))


@pytest.mark.parametrize("typed", ["KGM", "kg", "кг", "kilogr", "килограмм"])
def test_a_unit_is_found_by_sign_letters_and_name(search, typed):
    assert codes(search.find("units", typed))[0] == "166"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aluminum", "aluminium"),
        ("porselain", "porcelain"),
        ("machinry", "machinery"),
        ("cofee", "coffee"),
        ("alectric", "electric"),
        ("electirc", "electric"),
        ("краан", "кран"),
        ("светадиодные", "светодиод"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(search, typed, meant):
    hits = search.find("hs", typed, "ru" if meant[0] > "z" else "en")
    assert hits[0].how is How.SIMILAR
    assert meant in fold(hits[0].name)


@pytest.mark.parametrize("typed", ["xqzwvk", "абракадабра", "!?", "…"])
def test_what_means_nothing_finds_nothing_or_is_not_asked(search, typed):
    assert all(hit.how is How.LISTED for hit in search.find("hs", typed))


def test_other_forms_of_russian_words_are_found(search):
    assert [hit.how for hit in search.find("hs", "светодиодная лампа")][:1] == [How.FORM]
    assert "8539520000" in codes(search.find("hs", "светодиодная лампа"))


def test_of_many_words_the_rows_with_the_most_are_found(search):
    hits = search.find("hs", "ball valves brass DN20")
    assert hits[0] == ("8481808199", hits[0].name, How.SOME)


def test_a_code_stands_first_then_what_begins_so_in_order(search):
    hits = search.find("hs", "8481")
    assert hits[0].how is How.CODE
    assert codes(hits) == sorted(codes(hits))
    assert {hit.how for hit in hits[1:]} == {How.PREFIX}
    assert "8481808199" in codes(hits)


@pytest.mark.parametrize("typed", ["8481 80 819 9", "8481.80.81.99", " 8481808199 "])
def test_a_code_is_known_however_its_digits_are_parted(search, typed):
    assert codes(search.find("hs", typed)) == ["8481808199"]


def test_a_name_that_begins_with_the_word_stands_before_one_that_only_has_it(search):
    hits = codes(search.find("hs", "horse"))
    assert hits[0] == "0101"
    assert hits.index("0101") < hits.index("030245")


def test_an_unknown_code_opens_at_its_neighbours_with_what_stands_above(search):
    place = search.nearest("hs", "8481999999")
    assert not place.known
    assert codes(place.around) == ["84", "8481", "848190", "8481900000"]
    assert search.find("hs", "8481999999") == place.around
    whole = search.find("hs", "", limit=10_000)
    assert whole[place.position - 1].code < "8481999999" < whole[place.position].code


def test_a_code_that_lost_its_nought_in_a_spreadsheet_finds_itself(search):
    assert codes(search.find("document_kinds", "4021")) == ["04021"]


def test_a_known_code_stands_at_its_own_place(search):
    place = search.nearest("countries", "kz")
    assert place.known
    assert search.find("countries", "", limit=1000)[place.position].code == "KZ"


@pytest.mark.parametrize(("code", "near"), [("KX", "KZ"), ("ZZ", "ZM"), ("0", "00")])
def test_unknown_countries_open_at_neighbours_even_at_the_ends(search, code, near):
    assert near in codes(search.nearest("countries", code).around)


def test_codes_that_have_ended_are_not_offered_on_a_later_day(search):
    ended = next(row for row in search.profile.code_list("currencies").entries.values() if row.valid_to)
    assert ended.code in codes(search.find("currencies", ended.code))
    assert ended.code not in codes(search.find("currencies", ended.code, day=date(2026, 11, 20)))
    assert ended.code in codes(search.find("currencies", ended.code, day=ended.valid_to))


def test_an_unknown_list_is_named_with_those_that_are_known(search):
    with pytest.raises(UserError, match=r"mountains.*countries"):
        search.find("mountains", "high")


def test_every_list_of_the_profile_can_be_asked(search):
    for name in search.lists():
        first = search.find(name, "", limit=1)[0]
        assert first.code in codes(search.find(name, first.code)), name


def test_the_look_up_of_a_profile_is_made_once():
    profile = load_profile(default_profile())
    assert search_of(profile) is search_of(profile)


def test_the_harmonized_system_is_whole_and_nothing_else():
    found = hs_codes()
    assert {length: sum(len(code) == length for code in found) for length in (2, 4, 6)} == {2: 96, 4: 1228, 6: 5612}
    assert len(found) == 96 + 1228 + 5612
    assert all(code.isdigit() and not code.startswith("99") for code in found)
    assert all(code[:-2] in found for code in found if len(code) > 2)


def test_the_countrys_tariff_lies_over_the_harmonized_system(search):
    found = {hit.code: hit.name for hit in search.find("tariff", "84818", "ru")}
    assert fold(found["848180"]) != fold(hs_codes()["848180"])
    assert not found["848180"].isascii()
    assert len(search.find("hs", "", limit=20_000)) > len(hs_codes())


# -- against a plain walk over all texts

NAMES = ["ball", "balls", "valve", "valvet", "кран", "краны", "球", "阀", "dn20", "a"]
BEGINNINGS = ["b", "ball", "val", "valve", "кра", "краны", "球", "球阀", "dn2", "z"]
TEXTS = st.lists(st.lists(st.sampled_from(NAMES), max_size=4), min_size=1, max_size=30)
ASKED = st.lists(st.sampled_from(BEGINNINGS), min_size=1, max_size=3)


@given(TEXTS, ASKED)
def test_words_find_what_a_plain_walk_finds(texts, asked):
    joined = [" ".join(each).replace("球 阀", "球阀") for each in texts]
    index = WordIndex([Source("", (text,)) for text in joined])
    wish = " ".join(asked)
    true = {
        number
        for number, text in enumerate(joined)
        if all(any(word.startswith(part) for word in words(text)) for part in words(wish))
        and ("球阀" not in wish or "球阀" in text)
    }
    found = [row for how, rows in index.find(wish, 1000) if how in BY_WORDS for row in rows]
    assert set(found) == true
    assert len(found) == len(set(found))


def test_the_tariff_answers_as_a_plain_walk_does(search):
    rows = {code: fold(name) for code, name in hs_codes().items()}
    chance = random.Random(1)
    for name in chance.sample(sorted(rows.values()), 40):
        wish = " ".join(words(name)[:2])[: chance.randint(2, 12)].strip()
        true = {
            code for code, text in rows.items() if all(any(w.startswith(p) for w in words(text)) for p in words(wish))
        }
        found = {hit.code for hit in search.find("hs", wish, limit=10_000) if hit.how in BY_WORDS}
        assert true <= found, wish


@given(st.text(max_size=20))
def test_no_text_whatever_upsets_it(text):
    found = search_of(load_profile(default_profile())).find("countries", text)
    assert len(found) <= 50
