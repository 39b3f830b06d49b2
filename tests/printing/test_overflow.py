# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What does not fit, and what the font lacks: never lost, always told."""

from __future__ import annotations

from typing import Any

import pytest

from swclient.catalogue.profile import Profile
from swclient.printing.fonts import missing_glyphs
from swclient.printing.form import Missing, Printed, print_form
from tests.printing import sample
from tests.printing.seen import all_text, pieces, squeezed

SEE = squeezed("СМ. ДОПОЛНЕНИЕ")
LONG = " ".join(f"признак{number}" for number in range(400))


@pytest.fixture
def four() -> dict[str, Any]:
    body = sample.body(4)
    body["header"]["location_address"] = "Нұркент"
    return body


def _print(kz: Profile, body: dict[str, Any]) -> Printed:
    return print_form(sample.snapshot(given=body), kz)


def test_a_description_too_long_for_its_box_stands_in_full_in_the_supplement(kz: Profile, four: dict[str, Any]) -> None:
    four["item"][2]["description"] = LONG
    made = _print(kz, four)
    assert made.sheets == 3
    assert SEE in all_text(made.pdf, 2)
    supplement = all_text(made.pdf, 3)
    assert squeezed("ДОПОЛНЕНИЕ") in supplement
    assert squeezed("Товар № 3") in supplement
    assert squeezed("Графа 31 1) " + LONG) in supplement


def test_documents_beyond_the_box_go_to_the_supplement_whole(kz: Profile, four: dict[str, Any]) -> None:
    four["item"][1]["document"] = [
        {"kind": "01191", "number": f"ДОГОВОР-{number:03}", "date": "2026-01-15"} for number in range(60)
    ]
    made = _print(kz, four)
    second, supplement = all_text(made.pdf, 2), all_text(made.pdf, 3)
    for number in range(60):
        row = squeezed(f"01191 № ДОГОВОР-{number:03} от 15.01.2026")
        assert (row in second) != (row in supplement)
    assert squeezed("Графа 44") in supplement


def test_charges_beyond_the_table_go_to_the_supplement_and_the_total_stays(kz: Profile, four: dict[str, Any]) -> None:
    four["item"][0]["charge"] = [
        {"kind": f"{4000 + number}", "amount": f"{number}.00", "feature": "ИУ"} for number in range(1, 31)
    ]
    made = _print(kz, four)
    first, supplement = all_text(made.pdf, 1), all_text(made.pdf, 3)
    for number in range(1, 31):
        assert (f"{4000 + number}{number}.00ИУ" in first) != (f"{4000 + number}{number}.00ИУ" in supplement)
    assert squeezed("Всего: 465.00") in first


def test_a_code_too_long_for_its_cell_is_told_and_not_cut(kz: Profile, four: dict[str, Any]) -> None:
    four["header"]["deal_feature"] = "ABCDEFGHIJKLMNOP"
    made = _print(kz, four)
    assert "…" in all_text(made.pdf, 1)
    assert "Графа24ABCDEFGHIJKLMNOP" in all_text(made.pdf, 3)


def test_a_supplement_of_many_pages_numbers_them(kz: Profile, four: dict[str, Any]) -> None:
    for item in four["item"]:
        item["description"] = LONG * 4
    made = _print(kz, four)
    extra = made.sheets - 2
    assert extra > 1
    assert f"1/{extra}" in all_text(made.pdf, 3)
    assert f"{extra}/{extra}" in all_text(made.pdf, made.sheets)


def test_a_letter_the_font_lacks_is_reported_with_its_place(kz: Profile, four: dict[str, Any]) -> None:
    four["item"][2]["maker"] = "Завод \U0002070e и \U0002070e"
    made = _print(kz, four)
    item = sample.snapshot(given=four).many("item")[2]
    assert made.missing == (Missing("31", 3, made.missing[0].path, "\U0002070e"),)
    assert made.missing[0].path is not None
    assert made.missing[0].path.row == item.id


def test_a_letter_the_font_lacks_stands_on_paper_as_a_sign_with_its_code(kz: Profile, four: dict[str, Any]) -> None:
    four["exporter"] = {"name": "ЗАВОД \U0002070e"}
    made = _print(kz, four)
    assert squeezed("ЗАВОД [□2070E]") in all_text(made.pdf, 1)
    assert [(each.box, each.item, each.path.field_id if each.path else "") for each in made.missing] == [
        ("2", None, "exporter.name")
    ]


def test_a_letter_the_font_lacks_is_found_without_printing() -> None:
    assert missing_glyphs("Өңір 镕 \U0002070e,\n\U0002070e") == "\U0002070e"


def test_line_breaks_and_tabs_in_a_value_part_lines_and_words(kz: Profile, four: dict[str, Any]) -> None:
    four["item"][0]["description"] = "первая строка\nвторая\tстрока"
    made = _print(kz, four)
    texts = [piece.text.strip() for piece in pieces(made.pdf) if piece.page == 1]
    assert "1) первая строка" in texts
    assert "вторая строка" in texts
    assert made.missing == ()
