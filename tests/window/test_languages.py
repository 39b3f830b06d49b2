# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word of the window goes through the catalogue: in the pseudo-language none is left in plain letters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from swclient.base import i18n, paths
from swclient.document.body import to_body
from tests.window.hands import Hands
from tests.window.reading import held, painting
from tests.window.rounds import live_in, pages, panels, rooms, submitted
from ui import actions
from ui.words import OWN_NAMES

WORD = re.compile(r"[A-Za-z]{2,}")
CITED = re.compile(r'(?:source|law)"?\s*[=:]\s*"?([^";\n]+)')
NAMES = "swclient WCO NEED archive pdf Enter PgDn"  # names, codes, folders, keys
SITTING = (pages, panels, submitted, rooms)


def words_of(text: str) -> set[str]:
    return set(WORD.findall(text))


def cited() -> Iterator[str]:
    """Sources and laws as the data name them: citations stay in the language of their paper."""
    for file in paths.shipped("resources").rglob("*.*"):
        if file.suffix in {".toml", ".csv", ".json"}:
            yield from CITED.findall(file.read_text(encoding="utf-8", errors="replace"))


def data_of(hands: Hands) -> set[str]:
    """What stands on the window and is no word of ours: values, codes, numbers of boxes, keys, files, answers."""
    profile, application = hands.session.profile, hands.program.office.application
    told = [NAMES, json.dumps(to_body(hands.session.declaration), ensure_ascii=False), str(application.home)]
    told += [f"{field.id} {field.box} {field.box_shown} {field.wco}" for field in profile.fields.values()]
    told += [" ".join(_codes(hands, field.list_name)) for field in profile.fields.values() if field.list_name]
    told += [actions.shown_keys(act.id) for act in actions.TABLE]
    told += [*OWN_NAMES, *OWN_NAMES.values()]
    told += [each.raw.decode(errors="replace") for each in hands.view.desk.timeline() if each.raw]
    return set().union(*map(words_of, told))


def _codes(hands: Hands, name: str) -> list[str]:
    found = hands.session.profile.code_list(name)
    return [*found.entries] if found is not None else []


def plain(hands: Hands) -> Iterator[tuple[str, str]]:
    """Words in plain letters, and who says them: what is held, told to screen readers, and painted."""
    with painting() as drawn:
        hands.window.grab()
    for each in (*held(hands.window), *drawn):
        for word in words_of(each.words):
            yield word, f"{each.who}: {each.words[:120]}"


def test_no_word_goes_past_the_catalogue(hands: Hands, tmp_path: Path) -> None:
    hands.program.office.speak(i18n.PSEUDO)
    live_in(hands, tmp_path)
    found: dict[str, str] = {}
    seen, known = 0, set().union(*map(words_of, cited()))
    for sitting in SITTING:
        for where in sitting(hands):
            for word, who in plain(hands):
                seen += 1
                found.setdefault(word, f"{where}, {who}")
        if hands.window.view is not None:
            known |= data_of(hands)
    assert {word: who for word, who in found.items() if word not in known} == {}
    assert seen > 100, "the round saw next to nothing"
