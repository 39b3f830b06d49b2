# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permits on the documents page: by keys alone from not applied for to box 44."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from swclient.document.path import Path
from swclient.workflow.permits.fold import Standing
from tests.window.hands import CTRL, Hands
from ui.pages.documents import DocumentsPage
from ui.panels.permits import Permits

DOCUMENTS = 4
CODES = ("0202309004", "0808108009", "9503009909")
TOYS = 2


def opened(hands: Hands) -> Permits:
    """The panel over the sample, whose first three items need a permit each."""
    for row, code in zip(hands.session.rows("item"), CODES, strict=False):
        hands.session.type_in(Path("item", row, "code"), code)
    hands.rest()
    hands.view.show_page(DOCUMENTS)
    page = hands.page()
    assert isinstance(page, DocumentsPage)
    page.checklist.refresh()
    page.permits.refresh()
    hands.qtbot.waitUntil(lambda: page.permits.isVisible() and len(page.permits.model.rows) == len(CODES))
    return page.permits


def stand(panel: Permits, agency: str) -> None:
    places = [need.decider.agency.channel for need in panel.model.rows]
    panel.list.setFocus()
    panel.list.stand_on(places.index(agency))


def standing(panel: Permits, agency: str) -> Standing:
    return next(need.standing for need in panel.model.rows if need.decider.agency.channel == agency)


def test_where_no_permit_is_needed_nothing_is_shown(sample: Hands) -> None:
    sample.view.show_page(DOCUMENTS)
    page = sample.page()
    assert isinstance(page, DocumentsPage)
    page.permits.refresh()
    assert not page.permits.isVisible()


def test_each_need_is_told_in_words_with_who_decides_and_how_sure_that_is(sample: Hands) -> None:
    panel = opened(sample)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stand(panel, "veterinary")
    told = str(panel.model.data(panel.list.currentIndex()))
    assert told.startswith("not applied for, Meat: veterinary certificate, item 1")
    assert "not confirmed" in panel.why.text()
    assert panel.list.accessibleName() == "Permits: 3 of 3 not yet in box 44"


def test_enter_applies_then_takes_into_box_44_and_undo_takes_it_back(sample: Hands) -> None:
    panel = opened(sample)
    stand(panel, "technical")
    sample.press(Qt.Key.Key_Return)
    sample.qtbot.waitUntil(lambda: standing(panel, "technical") is Standing.GRANTED, timeout=20_000)
    assert str(sample.view.desk.state) == "draft"
    item = sample.session.rows("item")[TOYS]
    before = sample.session.rows("document", item)
    stand(panel, "technical")
    sample.press(Qt.Key.Key_Return)
    (new,) = set(sample.session.rows("document", item)) - set(before)
    assert str(sample.session.value(Path("document", new, "number"))).startswith("TRN-TEC-")
    assert sample.view.stage.path == Path("document", new, "number")  # the cursor is where it stands now
    sample.qtbot.waitUntil(lambda: standing(panel, "technical") is Standing.TAKEN)
    sample.press(Qt.Key.Key_Z, CTRL)
    assert sample.session.rows("document", item) == before
    sample.qtbot.waitUntil(lambda: standing(panel, "technical") is Standing.GRANTED)


def test_the_verbs_are_reached_by_tab_and_done_by_space(sample: Hands) -> None:
    panel = opened(sample)
    stand(panel, "quarantine")
    sample.press(Qt.Key.Key_Tab)
    assert sample.cursor is panel.apply
    assert not panel.take.isEnabled()
    sample.press(Qt.Key.Key_Space)
    sample.qtbot.waitUntil(lambda: standing(panel, "quarantine") is Standing.GRANTED, timeout=20_000)
    stand(panel, "quarantine")
    assert panel.take.isEnabled()
    assert not panel.apply.isEnabled()


def test_enter_on_a_refusal_goes_to_the_box_that_the_agency_means(sample: Hands) -> None:
    first = sample.session.rows("item")[0]
    sample.session.clear(Path("item", first, "origin"))
    panel = opened(sample)
    stand(panel, "veterinary")
    panel.apply.click()
    sample.qtbot.waitUntil(lambda: standing(panel, "veterinary") is Standing.REFUSED, timeout=20_000)
    stand(panel, "veterinary")
    assert "AGN-103" in panel.why.text()
    sample.press(Qt.Key.Key_Return)
    assert sample.view.stage.path == Path("item", first, "origin")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_painted_in_both_looks_and_in_the_language_of_the_screen(sample: Hands, look: str) -> None:
    panel = opened(sample)
    sample.program.office.paint(look)
    for language, words in (("ru", "Мясо"), ("en", "Meat")):
        sample.program.office.speak(language)
        sample.rest()
        assert any(words in str(panel.model.data(panel.model.index(row, 0))) for row in range(panel.model.rowCount()))
        assert not panel.grab().isNull()
