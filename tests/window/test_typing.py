# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a key to a finding beside the box and in the list, to the fix, and back by undo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.window.hands import ALT, CTRL, Hands


def too_heavy(hands: Hands) -> None:
    """Type a net mass above the gross mass of item 2."""
    hands.go_to("item.net_mass", 2)
    hands.type("999999")


def test_a_finding_appears_beside_the_box_and_in_the_list_in_the_same_words(sample: Hands) -> None:
    assert "G010" not in sample.codes()
    too_heavy(sample)
    assert "G010" in sample.codes()
    box = sample.box
    assert box.level == "error"
    listed = next(each for each in sample.window.column.findings.model.rows if each.code == "G010")
    assert sample.page().callout.words == listed.message.text()
    assert listed.message.text().rstrip(".") in box.editor.accessibleDescription()


def test_the_other_box_of_the_finding_is_marked_too(sample: Hands) -> None:
    too_heavy(sample)
    sample.rest()
    other = sample.page().boxes["item.gross_mass"]
    assert other.look is not None
    assert "G010" in [each.code for each in other.look.findings]


def test_the_offered_fix_is_taken_by_one_key_and_undone_by_one(sample: Hands) -> None:
    gross, net = (sample.session.look(sample.item(2, name)).text for name in ("gross_mass", "net_mass"))
    too_heavy(sample)
    sample.rest()
    sample.press(Qt.Key.Key_Return, ALT)
    assert "G010" not in sample.codes()
    sample.press(Qt.Key.Key_Z, CTRL)
    assert "G010" in sample.codes()
    sample.press(Qt.Key.Key_Z, CTRL)
    sample.rest()
    assert [sample.session.look(sample.item(2, name)).text for name in ("gross_mass", "net_mass")] == [gross, net]


def test_alt_down_brings_the_cursor_to_the_box_of_the_next_finding(sample: Hands) -> None:
    too_heavy(sample)
    sample.go_to("header.reference")
    sample.rest()
    sample.press(Qt.Key.Key_Down, ALT)
    first = sample.window.column.findings.model.rows[0].paths[0]
    assert sample.box.path == first


def test_a_text_that_cannot_be_read_is_kept_and_told(sample: Hands) -> None:
    box = sample.go_to("item.net_mass", 1)
    sample.type("12 boxes")
    assert isinstance(box.editor, QLineEdit)
    assert box.editor.text() == "12 boxes"
    sample.press(Qt.Key.Key_Return)
    assert box.editor.text() == "12 boxes"
    assert any(finding.paths[0] == box.path for finding in sample.session.findings())


def test_ctrl_z_undoes_in_the_declaration_not_in_the_line(sample: Hands) -> None:
    before = sample.session.look(sample.header("reference")).text
    sample.go_to("header.reference")
    sample.type("X-1")
    assert sample.session.look(sample.header("reference")).text == "X-1"
    sample.press(Qt.Key.Key_Z, CTRL)
    assert sample.session.look(sample.header("reference")).text == before
    assert sample.box.editor.text() == before
    sample.press(Qt.Key.Key_Y, CTRL)
    assert sample.box.editor.text() == "X-1"


def test_ctrl_d_copies_from_the_item_above(sample: Hands) -> None:
    sample.go_to("item.maker", 2)
    sample.press(Qt.Key.Key_D, CTRL)
    assert sample.session.look(sample.item(2, "maker")).text == sample.session.look(sample.item(1, "maker")).text


def test_a_figure_answers_why(sample: Hands) -> None:
    sample.go_to("item.customs_value", 1)
    tree = sample.window.column.why.tree
    top = tree.topLevelItem(0)
    assert top is not None
    assert "Customs value" in top.text(0)
    assert top.childCount() > 1


def test_the_total_to_pay_answers_why_and_its_parts_are_the_charges(sample: Hands) -> None:
    sample.view.show_page(5)
    sample.view.start()
    top = sample.window.column.why.tree.topLevelItem(0)
    assert top is not None
    shown = sample.session.look(sample.header("charges_total")).shown
    assert shown in top.text(0)
    assert shown in sample.page().big.text()


def test_help_follows_the_cursor(sample: Hands) -> None:
    sample.go_to("item.net_mass", 1)
    told = sample.window.column.help
    assert "38" in told.heading.text()
    assert "kilograms" in told.format.text()


def test_what_is_typed_is_told_to_be_saved(sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.type("Y")
    sample.qtbot.waitUntil(lambda: sample.view.line.saved.text().startswith("saved "))
    assert sample.view.desk.saving.pending == 0


def test_what_is_not_filled_in_yet_is_told_quietly_until_a_check(hands: Hands) -> None:
    hands.program.office.new()
    hands.rest()
    box = hands.page().boxes["header.incoterm"]
    findings = hands.window.column.findings
    place = next(n for n, each in enumerate(findings.model.rows) if each.paths[0] == box.path)
    assert box.level == "missing"
    assert findings.model.index(place, 0).data().startswith("to fill in")
    hands.press(Qt.Key.Key_F7)
    hands.rest()
    place = next(n for n, each in enumerate(findings.model.rows) if each.paths[0] == box.path)
    assert box.level == "error"
    assert findings.model.index(place, 0).data().startswith("error")


def test_in_an_empty_declaration_the_cursor_is_never_nowhere(hands: Hands) -> None:
    hands.program.office.new()
    hands.press(Qt.Key.Key_G, CTRL)
    hands.type("31")
    hands.press(Qt.Key.Key_Return)
    assert hands.view.isAncestorOf(hands.cursor)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.box.field.id == "item.code"
