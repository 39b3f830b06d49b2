# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search field: boxes by number and by words, actions, languages, declarations."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.window.hands import CTRL, Hands


@pytest.mark.parametrize(
    ("words", "field", "item"),
    [
        ("38/2", "item.net_mass", 2),
        ("31/4", "item.description", 4),
        ("22", "header.currency", None),
        ("incoterm", "header.incoterm", None),
        ("Gross mass, kg", "item.gross_mass", None),
        ("вес нетто", "item.net_mass", None),
        ("TradeTerms/ConditionCode", "header.incoterm", None),
        ("валюта счёта", "header.currency", None),
        ("grosss", "item.gross_mass", None),
    ],
)
def test_ctrl_g_and_a_word_lead_to_the_box(sample: Hands, words: str, field: str, item: int | None) -> None:
    sample.press(Qt.Key.Key_G, CTRL)
    sample.type(words)
    sample.press(Qt.Key.Key_Return)
    assert sample.view.stage.path is not None
    assert sample.view.stage.path.field_id == field
    if item is not None:
        assert sample.view.stage.path.row == sample.session.rows("item")[item - 1]


def test_escape_brings_the_cursor_back_to_its_box(sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.press(Qt.Key.Key_K, CTRL)
    assert sample.cursor is sample.window.top.search
    sample.press(Qt.Key.Key_Escape)
    assert sample.box.field.id == "header.reference"


def test_any_action_can_be_found_and_done(sample: Hands) -> None:
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type("worklist")
    assert "Worklist" in [hit.words for hit in sample.window.top.search.hits]
    sample.press(Qt.Key.Key_Return)
    assert sample.window.view is None


def test_another_declaration_can_be_found_by_its_words(sample: Hands) -> None:
    first = sample.view.desk.id
    sample.program.office.new()
    assert sample.view.desk.id != first
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type("TRAINING-2026")
    sample.press(Qt.Key.Key_Return)
    assert sample.view.desk.id == first
