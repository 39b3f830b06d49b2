# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Placement rows: they fit together, and a wrong one is refused by file and row."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from swclient.base.errors import DataError, UserError
from swclient.catalogue.profile import Profile
from swclient.printing.content import COMPOSERS
from swclient.printing.form import print_form
from swclient.printing.placement import Frame, Layout
from swclient.printing.rows import load_layout
from tests.printing import sample
from tests.printing.seen import all_text, squeezed

SHEETS = ["dt1", "dt2"]
SLACK = 0.02


def _boxes(layout: Layout) -> list[tuple[str, Frame]]:
    return [
        (
            f"{group}[{number}].{box.id}",
            Frame(box.frame.x + dx, box.frame.y + dy, box.frame.w, box.frame.h),
        )
        for group, number, (dx, dy), box in layout.drawn()
    ]


def _cross(one: Frame, other: Frame) -> bool:
    return (
        one.x < other.x + other.w - SLACK
        and other.x < one.x + one.w - SLACK
        and one.y < other.y + other.h - SLACK
        and other.y < one.y + one.h - SLACK
    )


@pytest.mark.parametrize("name", SHEETS)
def test_boxes_lie_on_the_page(kz: Profile, name: str) -> None:
    layout = load_layout(kz, name)
    for box, frame in _boxes(layout):
        assert frame.x >= 10 - SLACK, box
        assert frame.y >= 8 - SLACK, box
        assert frame.x + frame.w <= 200 + SLACK, box
        assert frame.y + frame.h <= 287.5, box


@pytest.mark.parametrize("name", SHEETS)
def test_boxes_lie_side_by_side(kz: Profile, name: str) -> None:
    """Only boxes made of parts lie over them: the columns of 47 in 47, the numbered fields in the copy column."""
    crossing = [
        (one, other)
        for (one, a), (other, b) in combinations(_boxes(load_layout(kz, name)), 2)
        if _cross(a, b) and one.split(".")[-1][:2] != "47" and ".47" not in one + other and ".copy" not in one + other
    ]
    assert crossing == []


@pytest.mark.parametrize(
    ("name", "boxes"),
    [
        (
            "dt1",
            {
                "1",
                "2",
                "3",
                "9",
                "12",
                "14",
                "20",
                "22",
                "31",
                "44",
                "47",
                "54",
                "A",
                "B",
                "C",
                "D",
            },
        ),
        ("dt2", {"1", "2/8", "3", "31", "33", "44", "46", "47", "A"}),
    ],
)
def test_a_sheet_has_its_boxes(kz: Profile, name: str, boxes: set[str]) -> None:
    assert boxes <= {box.id for _, _, _, box in load_layout(kz, name).drawn()}


@pytest.mark.parametrize("name", SHEETS)
def test_every_box_with_a_number_has_a_russian_and_an_english_title(kz: Profile, name: str) -> None:
    for _, _, _, box in load_layout(kz, name).drawn():
        assert not box.number or {"ru", "en"} <= set(box.titles) or box.id in {"D"}, box.id


@pytest.mark.parametrize("name", SHEETS)
def test_every_composer_that_rows_name_exists_and_every_composer_is_named(kz: Profile, name: str) -> None:
    named = {
        slot.value[1:]
        for sheet in SHEETS
        for _, _, _, box in load_layout(kz, sheet).drawn()
        for slot in box.slots
        if slot.value[0] == "@"
    }
    print_form(sample.snapshot(1), kz)  # composers register when the first sheet is made
    assert named == set(COMPOSERS)


def test_a_country_lays_its_titles_over_the_form_it_inherits(kz: Profile, tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "dt1.toml").write_text(
        '[header]\n"title" = { title = { ru = "ТАУАРЛАРҒА АРНАЛҒАН ДЕКЛАРАЦИЯ" } }\n', "utf-8"
    )
    national = replace(kz, folders=(tmp_path, *kz.folders))
    text = all_text(print_form(sample.snapshot(1), national).pdf, 1)
    assert squeezed("ТАУАРЛАРҒА АРНАЛҒАН ДЕКЛАРАЦИЯ") in text
    assert squeezed("Отправитель/Экспортер") in text


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('"35" = { colour = "red" }', "colour"),
        ('"99" = { at = [1, 2] }', "size"),
        ('"35" = { value = "item.weight" }', "item.weight"),
        ('"35" = { align = "middle" }', "middle"),
        ('"33" = { cells = [{ w = 5 }] }', "wide"),
        ('"35" = { widths = [3, 4], aligns = "l" }', "aligns"),
    ],
)
def test_a_wrong_row_is_refused_by_file_and_row(kz: Profile, tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "dt1.toml").write_text(f"[item]\n{row}\n", "utf-8")
    with pytest.raises(DataError, match=told) as caught:
        load_layout(replace(kz, folders=(tmp_path, *kz.folders)), "dt1")
    assert caught.value.row == row.split('"')[1]
    assert caught.value.file.endswith("dt1.toml")


def test_a_composer_nobody_knows_is_refused(kz: Profile, tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "dt1.toml").write_text(
        '[item]\n"35" = { value = "@weight", field = "item.gross_mass" }\n', "utf-8"
    )
    with pytest.raises(DataError, match="weight"):
        print_form(sample.snapshot(1), replace(kz, folders=(tmp_path, *kz.folders)))


def test_a_sheet_nobody_has_is_refused(kz: Profile) -> None:
    with pytest.raises(UserError, match="dt9"):
        load_layout(kz, "dt9")
