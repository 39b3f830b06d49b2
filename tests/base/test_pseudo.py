# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The language that nobody speaks: asked for by name, offered nowhere, and every word of ours is in it."""

import pytest

from swclient.base import i18n
from swclient.base.messages import Message, places
from swclient.base.pseudo import pseudo


def test_a_sentence_is_accented_in_brackets_and_a_third_longer():
    told = pseudo("Add a row")
    assert told == "[ÅÅðð åå řööŵ]"
    assert len(pseudo("Ctrl")) >= 6
    assert pseudo("Rhythm").startswith("[Řĥýťĥṁ")
    assert len(pseudo("Why dry shy?")) >= 16


def test_places_tags_and_the_forms_of_a_word_stay_what_they_are():
    words = "<b>{n}</b> {n:line|lines} of {name.full}"
    assert places(pseudo(words)) == places(words)
    assert "<b>{n}</b> {n:ļîîñéé|ļîîñééš}" in pseudo(words)
    assert Message(words, {"n": 1, "name.full": "X"}).text(i18n.PSEUDO).startswith("[<b>1</b> ļîîñéé ööƒ X")


def test_english_forms_are_taken_where_a_word_follows_a_number():
    said = {n: Message("{n} min ago", {"n": n}).text("en") for n in (1, 2)}
    assert Message("{n} min ago", {"n": 2}).text(i18n.PSEUDO)[1:2] == said[2][:1]


@pytest.mark.parametrize(("variable", "spoken"), [("SWCLIENT_LANG", i18n.PSEUDO), ("LANG", "en")])
def test_it_is_spoken_only_when_asked_for_by_the_program_s_own_variable(monkeypatch, variable, spoken):
    for name in ("SWCLIENT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "qps")
    assert i18n.wished_language() == spoken
    assert i18n.PSEUDO not in i18n.available()
