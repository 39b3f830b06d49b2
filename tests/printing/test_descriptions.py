# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goods are described on paper in the language wished for; where there is one description only, that one is printed."""

from __future__ import annotations

import pytest

from swclient.catalogue.loader import load_profile
from swclient.printing.form import print_form
from swclient.workflow.printing import print_languages
from tests.printing import sample
from tests.printing.seen import all_text, squeezed

_OWN, _FOREIGN = "Краны шаровые", "Ball valves 黄铜球阀"


def printed(wished: str, own: str = _OWN, foreign: str = _FOREIGN) -> str:
    body = sample.body(1)
    body["item"][0] |= {"description": own, "description_foreign": foreign}
    return all_text(print_form(sample.snapshot(given=body), load_profile("KZ"), descriptions=wished).pdf)


@pytest.mark.parametrize(
    ("wished", "seen", "unseen"),
    [
        ("own", f"1) {_OWN}", _FOREIGN),
        ("both", f"1) {_OWN} / {_FOREIGN}", f"{_FOREIGN} /"),
        ("supplier", f"1) {_FOREIGN}", _OWN),
    ],
)
def test_the_description_wished_for_is_printed(wished: str, seen: str, unseen: str) -> None:
    text = printed(wished)
    assert squeezed(seen) in text
    assert squeezed(unseen) not in text


def test_where_there_is_one_description_it_is_printed_once() -> None:
    assert squeezed(f"1) {_OWN}") in printed("supplier", foreign="")
    assert squeezed("/") not in printed("both", foreign=_OWN).partition(squeezed(_OWN))[2][:3]
    assert squeezed(f"1) {_FOREIGN}") in printed("both", own="")


def test_the_languages_of_forms_are_those_of_their_words() -> None:
    assert print_languages()[0] == "ru"
    assert "en" in print_languages()
