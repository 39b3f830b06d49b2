# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The language in force, and which translations are good enough to be shown."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po as babel_read_po

from swclient.base import i18n
from swclient.base.i18n import _, available, language, language_changed, read_po, set_language, show, translate

PO = r"""
# The head of every file.
msgid ""
msgstr "Language: xx\n"

#: somewhere.py:3
msgid "Add a row"
msgstr "Zeile dazu"

msgid ""
"A sentence that "
"runs on"
msgstr ""
"Ein Satz, der "
"weiterläuft"

msgid "Say \"yes\"\tor\\no\n"
msgstr "Sag \"ja\"\tod\\er nein\n"

#, fuzzy
msgid "Guessed"
msgstr "Geraten"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Weg"
"""


@pytest.fixture
def told():
    """What listeners are told of the language."""
    seen = []
    listener = seen.append
    language_changed.connect(listener)
    yield seen
    language_changed.disconnect(listener)


def test_choosing_a_language_changes_words_and_tells_everyone(speaking, told):
    speaking("xx", {"Add a row": "Zeile dazu"})
    assert _("Add a row") == "Add a row"
    set_language("xx")
    assert language() == "xx"
    assert _("Add a row") == "Zeile dazu"
    assert told == ["xx"]


def test_choosing_the_language_in_force_tells_nobody(told):
    set_language(language())
    assert told == []


@pytest.mark.parametrize(
    "words", ["Zeile {rwo}", "Zeile", "Zeile {row} von {table}"], ids=["misspelt", "missing", "too many"]
)
def test_a_translation_with_other_places_is_refused(speaking, words):
    speaking("xx", {"Row {row}": words})
    assert translate("Row {row}", "xx") == "Row {row}"


def test_a_translation_may_put_its_places_in_another_order(speaking):
    speaking("xx", {"{n} of {all}": "von {all}: {n}"})
    assert translate("{n} of {all}", "xx") == "von {all}: {n}"


def test_what_is_not_translated_is_shown_as_it_is(speaking):
    speaking("xx", {"Add a row": ""})
    assert translate("Add a row", "xx") == "Add a row"
    assert translate("Never heard of", "xx") == "Never heard of"


def test_a_language_without_translations_falls_back_to_english(localization):
    assert translate("Add a row", "qq") == "Add a row"
    assert available() == ("en",)


def test_languages_are_those_that_have_a_folder_and_english(speaking):
    speaking("xx", {})
    speaking("aa", {})
    assert available() == ("en", "aa", "xx")


def test_a_po_file_gives_its_good_pairs_only():
    assert read_po(PO) == {
        "Add a row": "Zeile dazu",
        "A sentence that runs on": "Ein Satz, der weiterläuft",
        'Say "yes"\tor\\no\n': 'Sag "ja"\tod\\er nein\n',
    }


def test_a_compiled_file_says_the_same_as_its_source(localization):
    source = localization / "xx.po"
    source.write_text(PO, encoding="utf-8")
    folder = localization / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with source.open("rb") as po, (folder / "swclient.mo").open("wb") as mo:
        write_mo(mo, babel_read_po(po))
    assert {msgid: translate(msgid, "xx") for msgid in read_po(PO)} == read_po(PO)
    assert translate("Guessed", "xx") == "Guessed"


@pytest.mark.parametrize(
    ("environment", "wished"),
    [
        ({"SWCLIENT_LANG": "xx"}, "xx"),
        ({"SWCLIENT_LANG": "", "LANG": "xx_XX.UTF-8"}, "xx"),
        ({"SWCLIENT_LANG": "klingon", "LC_ALL": "xx"}, "xx"),
        ({"SWCLIENT_LANG": "", "LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_wished_language_is_the_first_that_we_speak(speaking, monkeypatch, environment, wished):
    speaking("xx", {})
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.wished_language() == wished


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (Decimal("1234567.80"), "1\u00a0234\u00a0567.80", "1\u00a0234\u00a0567,80"),
        (Decimal("-0.5"), "-0.5", "-0,5"),
        (Decimal("-0.00"), "0.00", "0,00"),
        (date(2026, 11, 5), "2026-11-05", "05.11.2026"),
        (datetime(2026, 11, 5, 9, 30), "2026-11-05 09:30", "05.11.2026 09:30"),  # noqa: DTZ001 - shown as it is
        ("text", "text", "text"),
        (None, "", ""),
    ],
)
def test_values_are_shown_as_the_language_writes_them(value, english, russian):
    assert show(value, "en") == english
    assert show(value, "ru") == russian


def test_yes_and_no_are_words_not_figures(speaking):
    speaking("xx", {"yes": "ja", "no": "nein"})
    assert [show(value, "xx") for value in (True, False)] == ["ja", "nein"]
