# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form beside the boxes: the real PDF, and a click on the paper that lands in the box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from swclient.document.path import SINGLE, Path
from tests.window.hands import Hands
from ui.panels.preview import Form


def drawn(hands: Hands) -> Form:
    """The form, once every page of it is drawn."""
    hands.press(Qt.Key.Key_F12)
    form = hands.view.form
    hands.qtbot.waitUntil(lambda: bool(form.sheets) and form.at_rest, timeout=30_000)
    return form


def place(form: Form, path: Path) -> tuple[int, QPoint]:
    for number, sheet in enumerate(form.sheets):
        for box in sheet.boxes:
            if box.path == path:
                return number, sheet.place_of(box).center().toPoint()
    raise AssertionError(f"{path} is not on the form")


@pytest.mark.slow
def test_a_click_on_the_paper_lands_in_the_box(sample: Hands) -> None:
    form = drawn(sample)
    wanted = Path("header", SINGLE, "incoterm")
    number, point = place(form, wanted)
    sample.qtbot.mouseClick(form.sheets[number], Qt.MouseButton.LeftButton, pos=point)
    assert sample.box.path == wanted


@pytest.mark.slow
def test_the_form_follows_what_is_typed(sample: Hands) -> None:
    form = drawn(sample)
    before = form.sheets[0].grab().toImage()
    sample.go_to("header.delivery_place")
    sample.type("SOMEWHERE ELSE")
    sample.qtbot.waitUntil(lambda: not form.at_rest, timeout=5_000)
    sample.qtbot.waitUntil(lambda: form.at_rest, timeout=30_000)
    assert form.sheets[0].grab().toImage() != before


@pytest.mark.slow
def test_f12_shows_the_form_at_the_right_half_and_puts_it_away(sample: Hands) -> None:
    form = drawn(sample)
    assert form.isVisible()
    assert sample.view.stack.isVisible()
    assert abs(form.width() - sample.view.width() / 2) < sample.view.width() * 0.1
    sample.press(Qt.Key.Key_F12)
    assert not form.isVisible()
    assert sample.window.column.isVisible()


def test_the_form_beside_leaves_the_cursor_in_its_box(sample: Hands) -> None:
    box = sample.go_to("header.incoterm")
    sample.press(Qt.Key.Key_F12)
    sample.rest()
    assert sample.box is box
    sample.view.form.setFocus()
    sample.press(Qt.Key.Key_F12)
    sample.rest()
    assert sample.view.stack.isAncestorOf(sample.cursor)
