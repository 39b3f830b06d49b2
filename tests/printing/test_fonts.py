# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The font read by ourselves is the font as reportlab reads it, only sooner."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFontFace

from swclient.base import paths
from swclient.printing.face import embedded
from swclient.printing.fonts import BOLD, REGULAR, font_file, missing_glyphs
from swclient.printing.ink import Pen

LETTERS = "АБВабвЁёЙй ҚқӘәҢңҒғҮүҰұӨөІіҺһ 镕报关单 0123456789.,№«»—…□"


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_characters_glyphs_and_widths_agree_with_the_full_parse(name: str) -> None:
    ours, full = (
        embedded(name).face,
        TTFontFace(str(paths.shipped("resources") / "fonts" / f"{name}.ttf")),
    )
    for code in [*range(0x21, 0x600), *range(0x2000, 0x2200), *range(0x4E00, 0x9FFF, 97)]:
        known = full.charToGlyph.get(code, 0)
        assert ours.charToGlyph[code] == known or code == 0xA0
        if known and code != 0xA0:
            assert ours.getCharWidth(code) == pytest.approx(full.charWidths[code])


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_a_subset_has_the_same_bytes_as_one_of_the_full_parse(name: str) -> None:
    full = TTFontFace(str(paths.shipped("resources") / "fonts" / f"{name}.ttf"))
    wanted = [0, *map(ord, LETTERS)]
    assert embedded(name).face.makeSubset(wanted) == full.makeSubset(wanted)


def test_no_character_gets_a_code_that_would_need_escaping() -> None:
    pen = Pen(embedded(REGULAR), PDFDocument())
    characters = [chr(code) for code in range(0x21, 0x600) if not missing_glyphs(chr(code))]
    codes = []
    for each in characters:
        code = pen.run(each).code
        codes += [code] if isinstance(code, str) else [part for _, part in code]
    assert len(characters) > 700
    assert not set("".join(codes)) & set("()\\\r")


def test_a_text_of_several_subsets_is_as_wide_as_its_letters() -> None:
    pen = Pen(embedded(REGULAR), PDFDocument())
    for code in range(0x4E00, 0x4E00 + 600):
        pen.run(chr(code))
    text = "Насос 泵 і 镕"
    font = font_file(REGULAR)
    assert pen.run(text).width == pytest.approx(sum(font.width(ord(each)) for each in text) / 1000)


def test_a_no_break_blank_is_as_wide_as_a_blank() -> None:
    pen = Pen(embedded(REGULAR), PDFDocument())
    assert pen.run("№\u00a07").width == pytest.approx(pen.run("№ 7").width)


def test_all_letters_of_the_nine_languages_are_there() -> None:
    assert missing_glyphs(LETTERS + "ӢӯҲҷ ƏəĞğİışŞ oʻgʻ ₸₼₮") == ""
