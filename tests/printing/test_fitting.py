# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making text fit never loses a letter and never leaves its room."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from swclient.printing import content, fitting
from swclient.printing.fitting import SMALLEST, Area, fill, line_size, places

ROOMS = st.lists(st.floats(2, 40), min_size=1, max_size=12)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters=" \n\r"), min_size=1, max_size=30)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=6)


def _measure(text: str) -> float:
    return 0.5 * len(text)


@given(PARAGRAPHS, ROOMS)
def test_lines_stay_in_their_rooms(paragraphs: list[str], rooms: Sequence[float]) -> None:
    filled = fill(paragraphs, rooms, _measure)
    assert len(filled.lines) <= len(rooms)
    assert all(_measure(line) <= max(room, 0.5) for line, room in zip(filled.lines, rooms, strict=False))


@given(PARAGRAPHS, ROOMS)
def test_paragraphs_told_to_be_whole_have_all_their_letters(paragraphs: list[str], rooms: Sequence[float]) -> None:
    filled = fill(paragraphs, rooms, _measure)
    whole = "".join(paragraphs[: filled.whole]).replace(" ", "")
    assert "".join(filled.lines).replace(" ", "").startswith(whole)
    if filled.whole == len(paragraphs):
        assert "".join(filled.lines).replace(" ", "") == whole


@given(PARAGRAPHS)
def test_with_room_enough_every_paragraph_is_whole(paragraphs: list[str]) -> None:
    assert fill(paragraphs, [10.0] * 900, _measure).whole == len(paragraphs)


@given(st.floats(0.1, 200), st.floats(5, 500), st.sampled_from([7.0, 8.0, 9.0, 10.0]))
def test_a_line_is_made_smaller_but_never_smaller_than_six_points(width: float, room: float, wished: float) -> None:
    size = line_size(width, room, wished)
    if size is None:
        assert width * SMALLEST > room
    else:
        assert SMALLEST <= size <= wished
        assert width * size <= room


def test_text_flows_from_a_narrow_rectangle_into_a_wide_one_without_a_gap() -> None:
    found = places([Area(0, 100, 50, 20), Area(0, 80, 80, 40)], 8)
    steps = {round(one.y - other.y, 3) for one, other in pairwise(found)}
    assert steps == {9.2}
    assert [place.room for place in found] == [50, 50, 50, 80, 80, 80]


def test_the_examples_in_the_documentation_hold() -> None:
    for module in (fitting, content):
        assert doctest.testmod(module).failed == 0
