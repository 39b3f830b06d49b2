# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The goods declaration as a file: sheets, fonts, marks, and the same bytes every time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from swclient.base.errors import DataError, UserError
from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Snapshot
from swclient.printing import fonts
from swclient.printing.form import Marks, Printed, print_form
from tests.printing import sample
from tests.printing.conftest import TRAINING
from tests.printing.seen import all_text, pieces, squeezed

SHORT = {"location_address": "Нұркент"}


def _print(kz: Profile, body: dict[str, Any], **options: Any) -> Printed:
    return print_form(sample.snapshot(given=body), kz, **options)


def _brief(items: int) -> dict[str, Any]:
    """So many items, with nothing that would need the supplement."""
    body = sample.body(items)
    body["header"].update(SHORT)
    return body


@pytest.mark.parametrize("items", [1, 2, 4, 5, 999])
def test_a_continuation_sheet_holds_three_items(kz: Profile, items: int) -> None:
    made = _print(kz, _brief(items))
    assert made.sheets == 1 + -(-(items - 1) // 3)
    assert len(PdfReader(BytesIO(made.pdf)).pages) == made.sheets


def test_a_declaration_without_items_is_one_sheet_with_its_block_struck_through(
    kz: Profile,
) -> None:
    body = _brief(1)
    body["item"] = []
    made = _print(kz, body)
    assert made.sheets == 1
    assert _strokes(made, 1) == 2


@pytest.mark.parametrize(("items", "empty"), [(2, 2), (3, 1), (4, 0)])
def test_blocks_that_no_item_takes_are_struck_through(kz: Profile, items: int, empty: int) -> None:
    made = _print(kz, _brief(items))
    assert _strokes(made, 2) == 2 * empty  # the block, and its part of box 47


def _strokes(made: Printed, page: int) -> int:
    content = PdfReader(BytesIO(made.pdf)).pages[page - 1].get_contents()
    assert content is not None
    return content.get_data().count(b"0.8 w")


def test_the_same_declaration_gives_the_same_bytes(twelve: Snapshot, kz: Profile, printed: Printed) -> None:
    assert print_form(twelve, kz, "dt", lang="ru", marks=TRAINING).pdf == printed.pdf


def test_prints_made_at_the_same_time_do_not_disturb_each_other(
    twelve: Snapshot, kz: Profile, printed: Printed
) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: print_form(twelve, kz, marks=TRAINING).pdf, range(8)))
    assert set(made) == {printed.pdf}


def test_a_watermark_in_any_script_is_drawn(twelve: Snapshot, kz: Profile) -> None:
    text = all_text(print_form(twelve, kz, marks=Marks(watermark="培训 · ОҚУ · TRAINING")).pdf, 1)
    assert squeezed("培训 · ОҚУ · TRAINING") in text


def test_the_file_does_not_tell_where_the_program_lies(printed: Printed) -> None:
    assert str(fonts.font_file.__module__).encode() not in printed.pdf
    assert b"resources" not in printed.pdf
    assert b".ttf" not in printed.pdf


def test_only_our_fonts_are_named_and_all_are_embedded_with_their_letters(printed: Printed) -> None:
    used = PdfReader(BytesIO(printed.pdf)).pages[0]["/Resources"]["/Font"]
    fonts_used = [each.get_object() for each in used.values()]
    assert {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in fonts_used} == {"SWCSans"}
    for font in fonts_used:
        assert "/FontFile2" in font["/FontDescriptor"].get_object()
        assert "/ToUnicode" in font
    assert b"Helvetica" not in printed.pdf


def test_the_file_without_the_watermark_has_no_helvetica_either(twelve: Snapshot, kz: Profile) -> None:
    assert b"Helvetica" not in print_form(twelve, kz).pdf


def test_every_sheet_carries_the_watermark_the_number_and_the_hash(printed: Printed) -> None:
    for page in range(1, printed.sheets + 1):
        text = all_text(printed.pdf, page)
        assert squeezed(TRAINING.watermark) in text
        assert TRAINING.registration in text
        assert TRAINING.message_hash in text
        assert f"Лист{page}из{printed.sheets}" in text


def test_a_print_without_marks_carries_none(twelve: Snapshot, kz: Profile) -> None:
    text = all_text(print_form(twelve, kz, marks=Marks()).pdf)
    assert "SHA-256" not in text
    assert "TRAINING" not in text


def test_captions_follow_the_print_language_and_values_do_not(twelve: Snapshot, kz: Profile) -> None:
    english = all_text(print_form(twelve, kz, lang="en").pdf)
    assert squeezed("GOODS DECLARATION") in english
    assert squeezed("Manufacturer:") in english
    assert squeezed("SEE BOX 14") in english
    assert "Затвор" in english
    assert "Исчисление" not in english


def test_a_language_without_captions_prints_the_russian_ones(twelve: Snapshot, kz: Profile) -> None:
    assert squeezed("ДЕКЛАРАЦИЯ НА ТОВАРЫ") in all_text(print_form(twelve, kz, lang="az").pdf, 1)


def test_country_names_stand_in_capitals_in_the_print_language(twelve: Snapshot, kz: Profile) -> None:
    assert "КАЗАХСТАН" in all_text(print_form(twelve, kz).pdf, 1)
    assert "KAZAKHSTAN" in all_text(print_form(twelve, kz, lang="en").pdf, 1)


def test_an_unknown_form_is_refused_by_name(twelve: Snapshot, kz: Profile) -> None:
    with pytest.raises(UserError, match="cmr9"):
        print_form(twelve, kz, "cmr9")


def test_without_the_font_printing_tells_how_to_get_it(
    twelve: Snapshot, kz: Profile, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts.paths, "shipped", lambda _name: tmp_path)
    monkeypatch.setattr(fonts, "font_file", fonts.font_file.__wrapped__)
    with pytest.raises(DataError, match="dev setup"):
        fonts.font_file()


def test_a_party_that_is_the_declarant_points_to_box_14(printed: Printed) -> None:
    assert squeezed("СМ. ГРАФУ 14 ДТ") in all_text(printed.pdf, 1)


def test_a_continuation_sheet_names_the_consignee_on_import(printed: Printed) -> None:
    second = all_text(printed.pdf, 2)
    assert squeezed("8 ТОО «Өңір Құрылғы Үлгі»") in second
    assert "HORGOSSAMPLEVALVES" not in second


def test_a_continuation_sheet_names_the_exporter_on_export(kz: Profile) -> None:
    body = _brief(2)
    body["header"]["direction"] = "ЭК"
    second = all_text(_print(kz, body).pdf, 2)
    assert "HORGOSSAMPLEVALVES" in second
    assert "Құрылғы" not in second


def test_means_of_several_countries_are_declared_as_99(kz: Profile) -> None:
    body = _brief(1)
    body["border_means"].append({"identity": "X 1", "country": "KG"})
    made = _print(kz, body)
    assert [piece.text.strip() for piece in pieces(made.pdf) if piece.text.strip() == "99"] == ["99"]
