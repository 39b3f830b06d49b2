# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The good sample of every country opens in the window, on every page, and every field has a place there."""

import json
from pathlib import Path

import pytest

from swclient.base import paths
from ui.forms.grid import Grid
from ui.pages.composing import GIVEN
from ui.pages.declaration import PAGES
from ui.pages.page import Page
from ui.pages.payments import PaymentsPage

SAMPLES = sorted((paths.shipped("resources") / "samples").glob("*-import-*.json"))
GOOD = [file for file in SAMPLES if file.suffixes == [".json"]]


@pytest.mark.parametrize("sample", GOOD, ids=lambda file: file.stem)
def test_the_sample_of_a_country_opens_on_every_page(program, qtbot, sample: Path) -> None:
    office = program.office
    office.open(office.application.take(json.loads(sample.read_text(encoding="utf-8"))))
    view = program.window.view
    placed: set[str] = set()
    for index in range(len(PAGES)):
        view.tabs.setCurrentIndex(index)
        qtbot.wait(20)
        page = view.page(index)
        assert not program.window.grab().isNull()
        placed |= set(page.boxes) if isinstance(page, Page) else set()
        placed |= {field.id for grid in page.findChildren(Grid) for field in grid.cells.fields}
    profile = view.stage.session.profile
    # What was declared of charges is read from messages; its own table comes with corrections.
    shown = {f.id for f in profile.fields.values() if f.shown and f.kind.name not in GIVEN and f.table != "charge"}
    assert shown - placed - set(PaymentsPage.FIGURES) == set()
