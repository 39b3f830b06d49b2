# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window's preview asks for: where fields stand, and pages as pictures."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from swclient.base.errors import UserError
from swclient.catalogue.profile import Profile
from swclient.document.path import Path
from swclient.document.snapshot import Snapshot
from swclient.printing.form import PlacedBox, Printed, boxes
from swclient.printing.picture import render_png
from tests.printing.seen import pieces


@pytest.fixture(scope="module")
def placed(twelve: Snapshot) -> list[PlacedBox]:
    return boxes("dt", twelve)


def _at(placed: list[PlacedBox], path: Path) -> list[PlacedBox]:
    return [each for each in placed if each.path == path]


def test_a_field_of_the_fifth_item_stands_on_the_third_sheet(placed: list[PlacedBox], twelve: Snapshot) -> None:
    item = twelve.many("item")[4]
    (found,) = _at(placed, Path("item", item.id, "gross_mass"))
    assert (found.page, found.box, found.w) == (3, "35", 30.8)


def test_a_value_is_printed_inside_the_place_told_for_its_field(
    placed: list[PlacedBox], twelve: Snapshot, printed: Printed
) -> None:
    seen = list(pieces(printed.pdf))
    for item in twelve.many("item"):
        (place,) = _at(placed, Path("item", item.id, "customs_value"))
        text = f"{item.values['customs_value']:f}"
        assert any(
            piece.page == place.page
            and piece.text.strip() == text
            and place.x <= piece.left <= piece.right <= place.x + place.w
            and place.y <= piece.bottom <= place.y + place.h
            for piece in seen
        )


def test_the_description_stands_in_both_parts_of_its_box(placed: list[PlacedBox], twelve: Snapshot) -> None:
    found = _at(placed, Path("item", twelve.many("item")[0].id, "description"))
    assert [each.page for each in found] == [1, 1]


def test_a_box_of_documents_leads_to_the_first_of_the_item(placed: list[PlacedBox], twelve: Snapshot) -> None:
    item = twelve.many("item")[3]
    first = twelve.many("document", parent=item.id)[0]
    (found,) = _at(placed, Path("document", first.id, "number"))
    assert (found.page, found.box) == (2, "44")


def test_a_box_of_a_list_without_rows_leads_nowhere(kz: Profile, twelve: Snapshot) -> None:
    bare = Snapshot("KZ", twelve.profile_version, {**twelve.tables, "guarantee": ()})
    assert [each for each in boxes("dt", bare, kz) if each.box == "52"] == []


def test_blocks_without_an_item_have_no_places(twelve: Snapshot, kz: Profile) -> None:
    two = Snapshot("KZ", twelve.profile_version, {**twelve.tables, "item": twelve.tables["item"][:2]})
    assert sum(each.box == "35" for each in boxes("dt", two, kz)) == 2


def test_a_page_becomes_a_picture_of_the_wanted_size(printed: Printed) -> None:
    picture = Image.open(BytesIO(render_png(printed.pdf, 2, 1.5)))
    assert picture.format == "PNG"
    assert picture.size == (893, 1263)
    assert picture.convert("L").getextrema() == (0, 255)


def test_a_page_that_is_not_there_is_refused(printed: Printed) -> None:
    with pytest.raises(UserError, match="99"):
        render_png(printed.pdf, 99, 1.0)
