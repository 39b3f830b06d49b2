# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the sheets look: text inside its box, nothing over anything else, and where it stood when it was last approved.

The approved places are in `golden/`; run with SWCLIENT_ACCEPT=1 to approve what is printed now (and look at it first).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Snapshot
from swclient.printing.form import Marks, Printed, print_form
from swclient.printing.placement import Frame
from swclient.printing.rows import load_layout
from tests.printing import sample
from tests.printing.seen import Seen, pieces

GOLDEN = Path(__file__).parent / "golden"
SLACK = 0.06  # mm: rounding of coordinates in the file
FOOT = 288.0  # below it only the quiet line


def _full(kz: Profile, lang: str) -> Printed:
    """A print in which every box is tried: twelve items, one of them with far too much."""
    body = sample.body(12)
    body["item"][1]["description"] = "Очень подробное описание товара " * 40
    body["item"][1]["document"] = [
        {"kind": "01191", "number": f"ЕАЭС N RU Д-CN.РА01.В.{number:05}/26", "date": "2026-01-15"}
        for number in range(30)
    ]
    body["item"][4]["previous"] *= 6
    body["exporter"]["name"] = "霍尔果斯样品阀泵有限公司" * 9
    body["exporter"]["tax_id"] = "91650000MA77ABCD1234567890"
    body["header"]["warehouse"] = "СКЛАД ВРЕМЕННОГО ХРАНЕНИЯ № 42 ЛИТЕР Б"
    body["arrival_means"] *= 5
    return print_form(sample.snapshot(given=body), kz, lang=lang)


def _frames(kz: Profile, name: str) -> Iterator[tuple[str, Frame]]:
    for group, number, (dx, dy), box in load_layout(kz, name).drawn():
        x, y, w, h = box.frame
        yield f"{group}[{number}].{box.id}", Frame(x + dx, y + dy, w, h)
        for slot in box.slots:
            for frame in slot.more:
                right, foot = max(x + w, frame.x + frame.w), max(y + h, frame.y + frame.h)
                yield f"{group}[{number}].{box.id}+", Frame(x + dx, y + dy, right - x, foot - y)


def _inside(piece: Seen, frame: Frame) -> bool:
    return (
        piece.left >= frame.x - SLACK
        and piece.right <= frame.x + frame.w + SLACK
        and piece.top >= frame.y - SLACK
        and piece.bottom <= frame.y + frame.h + SLACK
    )


def _cross(one: Seen, other: Seen) -> bool:
    return (
        one.left < other.right - SLACK
        and other.left < one.right - SLACK
        and one.top < other.bottom - SLACK
        and other.top < one.bottom - SLACK
    )


def _drawn(made: Printed) -> list[Seen]:
    return [piece for piece in pieces(made.pdf) if piece.text.strip()]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_line_stands_inside_a_box(kz: Profile, lang: str) -> None:
    further = tuple(_frames(kz, "dt2"))
    frames = {1: tuple(_frames(kz, "dt1"))} | dict.fromkeys(range(2, 6), further)
    astray = [
        piece
        for piece in _drawn(_full(kz, lang))
        if piece.page in frames
        and piece.top < FOOT
        and not any(_inside(piece, frame) for _, frame in frames[piece.page])
    ]
    assert astray == []


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_text_stands_over_other_text(kz: Profile, lang: str) -> None:
    drawn = _drawn(_full(kz, lang))
    pairs = ((one, other) for one, other in combinations(drawn, 2) if one.page == other.page)
    assert [(one.page, one.text, other.text) for one, other in pairs if _cross(one, other)] == []


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_text_is_smaller_than_can_be_read(kz: Profile, lang: str) -> None:
    assert min(piece.size for piece in _drawn(_full(kz, lang))) >= 5.0
    values = [piece.size for piece in _drawn(_full(kz, lang)) if piece.page == 6]
    assert min(size for size in values) >= 5.5


def test_all_text_stays_on_the_page(kz: Profile) -> None:
    for piece in _drawn(_full(kz, "ru")):
        assert piece.left >= 9.9
        assert piece.right <= 200.1
        assert piece.top >= 7.9
        assert piece.bottom <= 293.0


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_text_stands_where_it_stood_when_it_was_approved(kz: Profile, lang: str) -> None:
    made = print_form(
        sample.snapshot(4),
        kz,
        lang=lang,
        marks=Marks(watermark="TRAINING – УЧЕБНАЯ", registration="50001/201126/0000117"),
    )
    now = [f"{p.page} {p.x:6.1f} {p.y:6.1f} {p.size:4.1f} {p.text.strip()}" for p in _drawn(made)]
    file = GOLDEN / f"dt_{lang}.txt"
    if os.environ.get("SWCLIENT_ACCEPT"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(now) + "\n", encoding="utf-8")
    assert now == file.read_text(encoding="utf-8").splitlines()


def test_the_two_languages_differ_in_words_only(kz: Profile, twelve: Snapshot) -> None:
    """Figures stand at the same place whatever the captions say."""
    places: list[Any] = []
    for lang in ("ru", "en"):
        drawn = _drawn(print_form(twelve, kz, lang=lang))
        places.append(
            {(p.page, p.x, p.y, p.text) for p in drawn if p.text.strip() in {"76052759.92", "8481808199", "ИМ"}}
        )
    assert places[0] == places[1]
