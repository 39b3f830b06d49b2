# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages: every field has a place, Enter goes in the order of the paper, every input says what it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget

from tests.window.hands import SHIFT, Hands
from ui.editors.flag import FlagEditor
from ui.forms.grid import Grid
from ui.pages.composing import GIVEN
from ui.pages.declaration import FORM, PAGES, TIMELINE
from ui.pages.page import Page
from ui.pages.payments import PaymentsPage

INPUTS = (QLineEdit, QPlainTextEdit, FlagEditor, QAbstractItemView, QAbstractButton)


@pytest.mark.parametrize("index", range(len(PAGES)))
def test_enter_goes_through_the_page_in_its_composed_order(sample: Hands, index: int) -> None:
    sample.view.show_page(index)
    page = sample.page()
    page.start()
    walked: list[QWidget] = []
    for _step in range(400):
        here = next((each for each in page.chain if each is sample.cursor or each.isAncestorOf(sample.cursor)), None)
        if here is None:
            break
        if not walked or walked[-1] is not here:
            walked.append(here)
        if isinstance(here, Grid) and here.cells.rows:
            last = here.cells.index(len(here.cells.rows) - 1, len(here.cells.fields) - 1)
            here.setCurrentIndex(last)
        sample.press(Qt.Key.Key_Return)
        if sample.view.stack.currentWidget() is not page:
            break
    reachable = [each for each in page.chain if each.isEnabled() and each.isVisibleTo(page)]
    assert walked == reachable


def test_shift_tab_goes_back_to_the_box_before(sample: Hands) -> None:
    sample.go_to("header.procedure")
    sample.press(Qt.Key.Key_Backtab, SHIFT)
    assert sample.box.field.id == "header.direction"


def test_past_the_last_box_the_next_page_begins(sample: Hands) -> None:
    page = sample.page()
    page.end()
    sample.press(Qt.Key.Key_Return)
    assert sample.view.tabs.currentIndex() == 1
    assert sample.box.field.table == "exporter"


@pytest.mark.parametrize("index", [*range(len(PAGES)), FORM, TIMELINE])
def test_every_input_says_what_it_is(sample: Hands, index: int) -> None:
    sample.view.show_page(index)
    sample.rest()
    nameless = [
        widget
        for kind in INPUTS
        for widget in sample.window.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert [f"{type(each).__name__} in {type(each.parentWidget()).__name__}" for each in nameless] == []


def test_every_shown_field_of_the_profile_has_a_place(sample: Hands) -> None:
    for index in range(len(PAGES)):
        sample.view.show_page(index)
    pages = [sample.view.page(index) for index in range(len(PAGES))]
    placed = {field for page in pages if isinstance(page, Page) for field in page.boxes}
    placed |= set(PaymentsPage.FIGURES)
    placed |= {f.id for page in pages for grid in page.findChildren(Grid) for f in grid.cells.fields}
    fields = sample.session.profile.fields.values()
    # What was declared of charges is read from messages; its own table comes with corrections.
    missing = [
        f.id for f in fields if f.shown and f.kind.name not in GIVEN and f.table != "charge" and f.id not in placed
    ]
    assert missing == []


def test_boxes_tell_their_state_in_words(sample: Hands) -> None:
    box = sample.go_to("item.customs_value", 1)
    assert "worked out" in box.editor.accessibleDescription()
    box = sample.go_to("item.gross_mass", 1)
    assert "in kg" in box.editor.accessibleDescription()
    for field, unit in (
        ("item.customs_value", "in KZT"),
        ("item.price", "in USD"),
        ("item.statistical_value", "in USD"),
    ):
        assert unit in sample.go_to(field, 1).editor.accessibleDescription()


def test_turning_the_item_aims_every_box_at_it(sample: Hands) -> None:
    box = sample.go_to("item.code", 1)
    first = box.editor.text()
    sample.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert sample.view.stage.item == sample.session.rows("item")[1]
    assert box.editor.text() == sample.session.look(sample.item(2, "code")).text != first


def test_a_box_that_nobody_saw_is_told_before_the_cursor_comes_to_it(sample: Hands) -> None:
    sample.go_to("item.code", 1)
    sample.rest()
    page = sample.page()
    unseen = next(
        box
        for box in page.boxes.values()
        if box.field.table == "item" and box.field.kind.name == "text" and box.visibleRegion().isEmpty()
    )
    second = sample.item(2, unseen.field.name)
    sample.session.type_in(second, "OF THE SECOND")
    sample.rest()
    sample.view.turn_item(1)  # and no turn of the event loop
    assert unseen.path == second
    unseen.editor.setFocus()
    assert unseen.look is not None
    assert unseen.look.text == "OF THE SECOND"
    first = sample.session.text_at(sample.item(1, unseen.field.name))
    sample.type("X")
    assert "X" in sample.session.text_at(second)
    assert sample.session.text_at(sample.item(1, unseen.field.name)) == first
    sample.rest()
    for box in page.boxes.values():
        if box.path is not None and box.field.table == "item":
            assert box.look == sample.session.look(box.path), box.field.id
