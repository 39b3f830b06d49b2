# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language says every sentence of the program, with the same places in it, and nothing that is gone."""

import importlib.util
import re
import sys
from functools import cache
from types import ModuleType

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from swclient.base import paths
from swclient.base.messages import Message, places
from swclient.base.plurals import form
from swclient.catalogue.codelist import Entry

SCRIPT = paths.shipped("localization").parent / "packaging" / "translations.py"
if not SCRIPT.is_file():
    pytest.skip("the sentences are gathered in a checkout only", allow_module_level=True)


def _script() -> ModuleType:
    # Loaded by its file: the folder's name is also that of a library.
    spec = importlib.util.spec_from_file_location("swclient_translations", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


translations = _script()
LANGUAGES = translations.languages()
OF_LISTS = [
    language
    for language in translations.languages(translations.LISTS)
    if translations.read(language, translations.LISTS)
]
PLACE = re.compile(r"\{[\w.]+(?::[^{}]*)?\}")
MANY = 900  # the program had more when this was written; far fewer means that the gathering broke

# Sentences that some language may write as English does: names, codes, and words of one origin.
SAME: frozenset[str] = frozenset(
    {
        "E-mail",
        "Absheron",
        "Anna",
        "BG-2026/17",
        "Bishkek",
        "Dushanbe",
        "Enter",
        "Esc",
        "Kulma",
        "Petrovna",
        "SAMPLEVA",
        "Samur",
        "Umnugovi",
        "Yallama",
        "Manifest",
        "Model",
        "Token",
        "Transport",
        "boxes, hs, countries, currencies, units, offices, ...",
        "kg",
        "yyyy-mm-dd",
        "{n} KB",
        "{n} MB",
    }
)


@cache
def sentences() -> dict[str, str]:
    return translations.sentences()


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue as gettext's own tools read it: what is not translated and what is doubtful included."""
    with translations.catalogue(language).open("rb") as stream:
        return read_po(stream)


def said(language: str) -> dict[str, str]:
    return {words: told for words, told in translations.read(language).items() if words in sentences()}


def first(found: list[str]) -> str:
    return f"{len(found)} sentences, the first: " + " | ".join(found[:5])


def test_sentences_are_gathered_from_code_labels_and_rules() -> None:
    places = set(sentences().values())
    assert len(sentences()) > MANY
    assert {"catalogue/fields.toml", "catalogue/tables.toml"} <= places
    assert any(place.endswith(".py") and place.startswith("swclient/") for place in places)
    assert any(place.endswith(".py") and place.startswith("ui/") for place in places)
    assert any("/rules/" in place for place in places)
    assert sentences()["Draft"] == "swclient/workflow/states.py"


def test_russian_has_a_catalogue() -> None:
    assert "ru" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    known = said(language)
    lacking = [f"{words!r} ({where})" for words, where in sentences().items() if not known.get(words, "").strip()]
    assert not lacking, first(lacking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_original(language: str) -> None:
    wrong = [
        f"{words!r} has {sorted(PLACE.findall(words))}, {told!r} has {sorted(PLACE.findall(told))}"
        for words, told in said(language).items()
        if places(words) != places(told)
    ]
    assert not wrong, first(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_no_broken_place(language: str) -> None:
    """What remains when the places are taken out has no brace: one would end up on the screen."""
    wrong = [told for told in said(language).values() if set(PLACE.sub("", told)) & set("{}")]
    assert not wrong, first(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    same = [
        words
        for words, told in said(language).items()
        if words == told and words not in SAME and re.search(r"[A-Za-z]", PLACE.sub("", words))
    ]
    assert not same, first(same)
    assert sentences().keys() >= SAME


def _edges(text: str) -> tuple[str, str]:
    inner = text.strip()
    start = text.index(inner)
    return text[:start], text[start + len(inner) :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_with_the_blanks_of_its_original(language: str) -> None:
    wrong = [told for words, told in said(language).items() if _edges(words) != _edges(told)]
    assert not wrong, first([repr(told) for told in wrong])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_lines_of_its_original(language: str) -> None:
    wrong = [told for words, told in said(language).items() if words.count("\n") != told.count("\n")]
    assert not wrong, first([repr(told) for told in wrong])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_each_sentence_in_use_once_and_no_other(language: str) -> None:
    held = [message.id for message in catalogue(language) if message.id]
    gone = [repr(words) for words in held if words not in sentences()]
    assert not gone, first(gone)
    text = translations.catalogue(language).read_text(encoding="utf-8")
    assert len(re.findall(r"^msgid ", text, re.MULTILINE)) == len(held) + 1  # the head has an empty one


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_a_catalogue_as_gettext_does(language: str) -> None:
    theirs = {message.id: message.string for message in catalogue(language) if message.id and message.string}
    assert translations.read(language) == theirs


@pytest.mark.parametrize("language", OF_LISTS)
def test_every_code_has_a_name_in_every_language(language: str) -> None:
    known, wanted = translations.read(language, translations.LISTS), translations.names_of_codes()
    assert known.keys() == wanted.keys()
    assert len(wanted) > MANY


@pytest.mark.parametrize("language", OF_LISTS)
def test_a_word_that_also_names_a_code_keeps_its_own_meaning(language: str) -> None:
    ours, codes = said(language), translations.read(language, translations.LISTS)
    for words in ("Bin", "Article", "Item"):  # a folder, a maker's number, goods; a kind of package, two units
        assert ours[words] != codes[words], words


def test_a_code_is_named_in_the_language_asked_for_else_in_the_next_best() -> None:
    entry = Entry("ZZ", {"en": "Nobody translated this", "ru": "Этого никто не перевёл"}, None, None, {})
    assert entry.name("kk") == "Этого никто не перевёл"
    assert entry.name("az") == "Nobody translated this"
    assert Entry("ZZ", {"mn": "Нэр", "en": "A name"}, None, None, {}).name("mn") == "Нэр"


def test_english_puts_the_form_of_a_word_behind_its_number() -> None:
    known = translations.read("en")
    assert known.keys() <= sentences().keys()
    assert Message("{n} rows", {"n": 1}).text("xx") == "1 rows"
    for words in known:
        names = places(words)
        one = Message(words, dict.fromkeys(names, 1)).text("en")
        two = Message(words, dict.fromkeys(names, 2)).text("en")
        assert one.replace("1", "2") != two, words
        assert not set("{}|") & set(one + two), words


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_rules_of_plurals_are_those_of_the_unicode_consortium(language: str) -> None:
    if language == "tg":
        pytest.skip("the repository of locales has no rule for Tajik, whose nouns stay as they are behind a number")
    order = [
        tag
        for tag in ("zero", "one", "two", "few", "many", "other")
        if tag in Locale(language).plural_form.tags | {"other"}
    ]
    for number in (*range(213), 1_000_001):
        tag = Locale(language).plural_form(number)
        assert form(number, "|".join(order), language) == tag, number


@pytest.fixture
def three(tmp_path, monkeypatch):
    """A program of three sentences, and a folder for its catalogues."""
    words = {"Row {row}": "a.py", 'Say "yes"\nor \\no': "b.py", "Draft": "a.py"}
    monkeypatch.setattr(translations, "CATALOGUES", tmp_path)
    monkeypatch.setattr(translations, "sentences", lambda: words)
    monkeypatch.setattr(translations, "names_of_codes", dict)
    return tmp_path


def test_writing_keeps_what_is_in_use_and_drops_what_is_gone(three) -> None:
    translations.write("xx", {"Row {row}": "Zeile {row}", 'Say "yes"\nor \\no': 'Sag "ja"\noder \\n', "Gone": "Weg"})
    assert translations.read("xx") == {"Row {row}": "Zeile {row}", 'Say "yes"\nor \\no': 'Sag "ja"\noder \\n'}
    assert 'msgid "Draft"\nmsgstr ""' in translations.catalogue("xx").read_text(encoding="utf-8")


def test_merging_takes_good_lines_and_refuses_other_places(three) -> None:
    lines = three / "xx.tsv"
    lines.write_text('Draft\tEntwurf\nRow {row}\tZeile {rwo}\nSay "yes"\\nor \\no\t \n', encoding="utf-8")
    assert translations.main(["--merge", str(lines), "xx"]) == 0
    assert translations.read("xx") == {"Draft": "Entwurf"}


def test_a_language_that_lacks_sentences_is_told(three, capsys) -> None:
    translations.write("xx", {"Draft": "Entwurf"})
    assert translations.main([]) == 1
    assert "xx: 2 of 3 sentences are not translated" in capsys.readouterr().out
