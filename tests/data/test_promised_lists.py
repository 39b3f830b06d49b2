# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists that every country has, how many codes of each, and in which languages they are named and found."""

from __future__ import annotations

import pytest

from swclient.catalogue.cldr import LANGUAGES, UNITS
from swclient.catalogue.codelist import CodeList
from swclient.catalogue.hs import hs_codes
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.catalogue.search import search_of

COUNTRIES = profile_codes()
# The fewest codes that any country may have: a list of fewer is not that list.
PROMISED = {
    "countries": 249, "currencies": 160, "package_kinds": 360, "units": 15, "transport_modes": 7, "incoterms": 11,
    "procedures": 12, "document_kinds": 15, "valuation_methods": 6, "preferences_duty": 5, "preferences_fee": 1,
    "preferences_excise": 2, "preferences_vat": 2, "payment_kinds": 8, "offices": 8, "directions": 2, "permits": 9,
}  # fmt: skip
COLUMNS = {  # of the list of permits, with the list whose codes stand there
    "documents": "document_kinds",
    "directions": "directions",
    "procedures": "procedures",
    "origins": "countries",
}
INCOTERMS_2020 = {"EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"}
WITHOUT = {"countries": 2, "currencies": 7}  # codes that CLDR does not name: 00, 99; XDR, ZWG and such


def listed(country: str, name: str) -> CodeList:
    found = load_profile(country).code_list(name)
    assert found is not None, (country, name)
    return found


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("name", PROMISED)
def test_every_country_has_the_list_with_source_and_names(country: str, name: str) -> None:
    found = listed(country, name)
    assert len(found.entries) >= PROMISED[name]
    assert found.source
    assert [each.code for each in found.entries.values() if not (each.name("en") and each.name("ru"))] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_offices_are_not_confirmed_and_the_terms_of_2020_are_there(country: str) -> None:
    assert not listed(country, "offices").confirmed
    good = {each.code for each in listed(country, "incoterms").entries.values() if each.valid_to is None}
    if country != "CN":  # whose form knows numbers of its own (transaction_terms)
        assert good >= INCOTERMS_2020


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["countries", "currencies"])
def test_countries_and_currencies_have_names_in_nine_languages(name: str, language: str) -> None:
    entries = [each for each in listed("KZ", name).entries.values() if each.valid_to is None]
    nameless = [each.code for each in entries if not each.names.get(language)]
    assert len(nameless) <= WITHOUT[name], nameless


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("countries", "KZ", ("Kazakhstan", "Казакстан", "Қазоқистон", "Qozogʻiston", "Qazaxıstan", "哈萨克斯坦")),
        ("currencies", "USD", ("US dollar", "АҚШ доллары", "Доллари ИМА", "AQSH dollari", "ABŞ Dolları", "美元")),
    ],
)  # fmt: skip
def test_a_country_and_a_currency_are_found_in_any_language(
    country: str, name: str, code: str, words: tuple[str, ...]
) -> None:
    search = search_of(load_profile(country))
    for word in words:
        assert code in [hit.code for hit in search.find(name, word)[:5]], word


@pytest.mark.parametrize("country", COUNTRIES)
def test_measures_have_names_in_the_languages_of_babel(country: str) -> None:
    units = listed(country, "units")
    kilogram = next(each for each in units.entries.values() if each.more.get("rec20") == "KGM")
    told = {language: kilogram.name(language) for language in LANGUAGES}
    assert told["kk"].casefold() == "килограмм"
    assert told["uz"].casefold() == "kilogramm"
    assert told["az"].casefold().startswith("kiloq")
    assert told["zh"] in {"千克", "公斤"}
    assert told["tg"] in {kilogram.names["en"], kilogram.names["ru"]}  # Babel has no Tajik word
    hits = search_of(load_profile(country)).find("units", "kilogramm")
    assert kilogram.code in [hit.code for hit in hits]


@pytest.mark.parametrize("letters", sorted(UNITS))
@pytest.mark.parametrize("language", ["kk", "ky", "uz", "az", "mn"])
def test_every_measure_known_to_babel_has_a_word(letters: str, language: str) -> None:
    from swclient.catalogue.cldr import cldr_name

    found = cldr_name("units", letters, language)
    assert found
    assert "-" not in found or letters == "KWH", found  # the name itself, not CLDR's key of it


def test_the_harmonized_system_goes_to_six_digits_with_headings_and_chapters() -> None:
    codes = hs_codes()
    by_digits = {digits: [code for code in codes if len(code) == digits] for digits in (2, 4, 6)}
    assert {digits: len(found) for digits, found in by_digits.items()} == {2: 96, 4: 1228, 6: 5612}
    assert [code for code in by_digits[4] if code[:2] not in codes] == []
    assert [code for code in by_digits[6] if code[:4] not in codes] == []
    assert [code for code, name in codes.items() if not name] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_unknown_code_of_the_system_opens_at_its_neighbour_in_every_country(country: str) -> None:
    search = search_of(load_profile(country))
    for typed, near in {"847199": "847190", "8481999999": "848190", "010199": "010190"}.items():
        hits = [hit.code for hit in search.find("hs", typed)]
        assert near in hits, (typed, hits)
        assert typed[:4] in hits


@pytest.mark.parametrize("country", COUNTRIES)
def test_permits_name_what_other_lists_know(country: str) -> None:
    for entry in listed(country, "permits").entries.values():
        assert len(entry.code) in {2, 4, 6}, entry.code  # the rules ask for chapter, heading and subheading
        assert entry.code in hs_codes(), entry.code
        for column, name in COLUMNS.items():
            for code in filter(None, entry.more.get(column, "").split("/")):
                assert code in listed(country, name), (entry.code, column, code)
        assert entry.more["documents"]
        assert entry.more["directions"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_permits_are_training_samples_and_say_so(country: str) -> None:
    permits = listed(country, "permits")
    assert not permits.confirmed
    assert "SAMPLE" in permits.source
    assert "general knowledge" in permits.source
