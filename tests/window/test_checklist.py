# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checklist on the documents page: it follows what is typed, says everything in words, and adds what is missing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from swclient.document.path import Path
from swclient.workflow.permits.checklist import Status
from tests.window.hands import CTRL, Hands
from ui.pages.documents import DocumentsPage
from ui.panels.checklist import Checklist

DOCUMENTS = 4
CONSIGNMENT_NOTE = "02015"


def opened(hands: Hands) -> Checklist:
    hands.view.show_page(DOCUMENTS)
    page = hands.page()
    assert isinstance(page, DocumentsPage)
    page.checklist.refresh()
    return page.checklist


def lose(hands: Hands, kind: str) -> None:
    session = hands.session
    for row in list(session.declaration.tables["document"]):
        if session.value(Path("document", row, "kind")) == kind:
            session.remove_row("document", row)
    hands.rest()


def told(panel: Checklist) -> list[str]:
    index = panel.model.index
    return [str(panel.model.data(index(row, 0))) for row in range(panel.model.rowCount())]


def test_a_good_sample_has_everything_and_says_so(sample: Hands) -> None:
    panel = opened(sample)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert {line.status for line in panel.model.rows} == {Status.PRESENT}
    assert panel.list.accessibleName().startswith("Checklist: 0 missing of ")
    assert any(words.startswith("present, Contract, the whole declaration, UP-LB/26-08") for words in told(panel))


def test_it_follows_by_itself_what_is_lost(sample: Hands) -> None:
    panel = opened(sample)
    lose(sample, CONSIGNMENT_NOTE)
    sample.qtbot.waitUntil(lambda: panel.model.rows[0].status is Status.MISSING)
    assert "missing" in told(panel)[0]
    assert "T022" in told(panel)[0]


def test_enter_on_a_missing_line_adds_the_row_with_its_kind_as_one_step(sample: Hands) -> None:
    panel = opened(sample)
    lose(sample, CONSIGNMENT_NOTE)
    panel.refresh()
    rows = sample.session.rows("document")
    panel.list.setFocus()
    panel.list.stand_on(0)
    sample.press(Qt.Key.Key_Return)
    (new,) = set(sample.session.rows("document")) - set(rows)
    assert sample.session.value(Path("document", new, "kind")) == CONSIGNMENT_NOTE
    assert sample.view.stage.path == Path("document", new, "number")  # the cursor is where the number goes
    sample.rest()
    panel.refresh()
    assert Status.MISSING not in {line.status for line in panel.model.rows}
    sample.press(Qt.Key.Key_Z, CTRL)
    assert sample.session.rows("document") == rows


def test_a_permit_of_one_item_is_added_under_it(sample: Hands) -> None:
    panel = opened(sample)
    second = sample.session.rows("item")[1]
    sample.session.type_in(Path("item", second, "code"), "9503009909")
    sample.rest()
    panel.refresh()
    assert told(panel)[0] == "missing, Toys: certificate of conformity, item 2, G038"
    panel.list.setFocus()
    panel.list.stand_on(0)
    sample.press(Qt.Key.Key_Return)
    (new,) = sample.session.rows("document", second)
    assert sample.session.value(Path("document", new, "kind")) == "01191"
    assert sample.view.stage.item == second


def test_enter_on_a_line_that_is_there_goes_to_it(sample: Hands) -> None:
    panel = opened(sample)
    panel.list.setFocus()
    place = next(n for n, line in enumerate(panel.model.rows) if line.code == "D005")
    panel.list.stand_on(place)
    sample.press(Qt.Key.Key_Return)
    assert sample.view.stage.path == panel.model.rows[place].given[0]


def test_enter_on_a_box_that_stands_for_a_document_goes_to_the_box(sample: Hands) -> None:
    lose(sample, "11004")
    panel = opened(sample)
    panel.list.setFocus()
    panel.list.stand_on(next(n for n, line in enumerate(panel.model.rows) if line.code == "H036B"))
    sample.press(Qt.Key.Key_Return)
    assert sample.view.stage.path == Path("person", 0, "authority_number")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_status_is_told_by_words_and_reason_for_the_current_line(sample: Hands, look: str) -> None:
    sample.program.office.paint(look)
    row = sample.session.rows("document")[1]
    sample.session.type_in(Path("document", row, "valid_until"), "2020-01-01")
    sample.rest()
    panel = opened(sample)
    panel.list.setFocus()
    assert told(panel)[0].startswith("ended on 2020-01-01, ")
    assert "Decision 257, box 44" in panel.why.text()
    assert "not confirmed" in panel.why.text()
    assert not panel.list.grab().isNull()
    assert panel.tally.toolTip() == panel.list.accessibleName()


def test_the_language_of_the_screen_is_that_of_the_list(sample: Hands) -> None:
    panel = opened(sample)
    for language, contract in (("ru", "Договор (контракт)"), ("en", "Contract")):
        sample.program.office.speak(language)
        sample.rest()
        assert contract in [line.what for line in panel.model.rows]


def test_the_current_line_stays_current_while_others_come(sample: Hands) -> None:
    panel = opened(sample)
    panel.list.setFocus()
    place = next(n for n, line in enumerate(panel.model.rows) if line.code == "D005")
    panel.list.stand_on(place)
    lose(sample, CONSIGNMENT_NOTE)
    panel.refresh()
    line = panel.current()
    assert line is not None
    assert line.code == "D005"
