# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new date in the window: judged at once by the law of that day; opened anew where its boxes differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from swclient.base import paths
from swclient.packs.archive import Wanted, make_pack, read_pack
from swclient.packs.content import files_of
from swclient.packs.publisher import make_key, read_signer, trust, trusted
from swclient.workflow.packs.taking_in import installing
from tests.window.hands import CTRL, Hands

FIRST = date(2026, 12, 1)
MARK = '"header.mark" = { kind = "text:20", group = "declaration", label = "Mark", box = "99" }\n'


@pytest.fixture
def install(home: Path, tmp_path: Path) -> object:
    """Install the country's own folder as a pack of the first of December, with lines added to its boxes."""

    def put(boxes: str = "") -> None:
        key = tmp_path / "publisher.pem"
        make_key(key, "Training publisher")
        trust(key)
        files = files_of(paths.shipped("resources") / "profiles" / "KZ")
        files["boxes.toml"] += boxes.encode()
        packed = make_pack(Wanted("KZ", "2026.12", FIRST), files, read_signer(key))
        with installing(read_pack(packed, trusted()), None) as ready:
            ready.install()

    return put


def date_it(hands: Hands, words: str) -> None:
    hands.go_to("header.date")
    hands.cursor.selectAll()  # type: ignore[attr-defined]  # the editor of a date is a line of words
    hands.type(words)
    hands.rest()


def judged_by(hands: Hands) -> str:
    return hands.window.top.profile.accessibleName()


def test_the_law_of_a_typed_date_judges_at_once_and_fingers_are_left_alone(sample: Hands, install) -> None:
    install()
    view = sample.view
    date_it(sample, "2026-12-02")
    assert judged_by(sample) == "KZ 2026.12"
    assert "KZ 2026.12" in view.line.notice.label.text()
    assert sample.view is view
    assert sample.box.field.id == "header.date"
    assert sample.box.editor.text() == "2026-12-02"
    sample.press(Qt.Key.Key_Z, CTRL)
    sample.rest()
    assert judged_by(sample) == "KZ 2026.11"


def test_a_law_with_other_boxes_is_there_when_the_cursor_leaves_the_date(sample: Hands, install) -> None:
    install(MARK)
    view = sample.view
    date_it(sample, "2026-12-02")
    assert sample.view is view
    assert "other boxes" in view.line.notice.label.text()
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert sample.view is not view
    assert judged_by(sample) == "KZ 2026.12"
    assert sample.session.look(sample.header("date")).text == "2026-12-02"
    assert sample.box.field.id == "header.reference"
    assert sample.go_to("header.mark").field.box == "99"
    sample.type("A7")
    assert sample.session.look(sample.header("mark")).text == "A7"


def test_a_check_is_made_by_the_law_of_the_date(sample: Hands, install) -> None:
    install(MARK.replace(" }", ', need = "always" }'))
    date_it(sample, "2026-12-02")
    sample.press(Qt.Key.Key_F7)
    assert "NEED-99" in sample.codes()
    assert judged_by(sample) == "KZ 2026.12"


def test_undo_takes_the_date_back_before_anything_is_opened_anew(sample: Hands, install) -> None:
    install(MARK)
    view = sample.view
    before = sample.session.look(sample.header("date")).text
    date_it(sample, "2026-12-02")
    sample.press(Qt.Key.Key_Z, CTRL)
    sample.rest()
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert sample.session.look(sample.header("date")).text == before
    assert sample.view is view


def test_come_back_from_the_worklist_it_is_judged_by_the_law_of_its_date(sample: Hands, install) -> None:
    install(MARK)
    declaration = sample.view.desk.id
    date_it(sample, "2026-12-02")
    sample.press(Qt.Key.Key_L, CTRL)
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert sample.view.desk.id == declaration
    assert judged_by(sample) == "KZ 2026.12"
