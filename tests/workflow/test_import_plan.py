# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files before they are taken over: what each way would change, which mapping is found again, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.document.body import to_body
from swclient.document.path import Path as FieldPath
from swclient.engine.session import Session
from swclient.exchange.csv_sheet import sheet_of_csv
from swclient.workflow.intake.file_kinds import kind_of
from swclient.workflow.intake.import_plan import WAYS, Importing, blank
from swclient.workflow.intake.importing import Imported
from swclient.workflow.intake.kept_mappings import FOLDER, Sender, find, keep
from swclient.workflow.intake.sheet_import import OpenedFile, chosen, heads_of, open_sheets, read_opened, remember
from tests.exchange.workbooks import SAMPLE, part_of, saved_mapping, with_parts, workbook_of

HEADS = ["No.", "HS code", "Description of goods", "Gross weight", "Amount USD"]
GOODS = [[1, "8481808199", "Valves", 10, 100], [2, "8482109008", "Bearings", 20, 200]]


def today() -> date:
    return date(2026, 11, 23)


def opened(folder: Path, *rows: list[Any], home: Path | None = None, seller: str = "Primer") -> OpenedFile:
    data = workbook_of([[f"Seller: {seller}"], HEADS, *(rows or GOODS)])
    (folder / "invoice.xlsx").write_bytes(data)
    return open_sheets(folder / "invoice.xlsx", home)


def said(file: OpenedFile) -> Imported:
    found = read_opened(file)
    assert found is not None
    return found


def taken(folder: Path) -> Session:
    session = blank(today)
    Importing(session, said(opened(folder))).take()
    return session


def test_a_file_taken_over_twice_changes_nothing_where_items_are_met(tmp_path: Path) -> None:
    session = taken(tmp_path)
    before = to_body(session.declaration)
    for way in ("goods", "number"):
        plan = Importing(session, said(opened(tmp_path)), way).plan()
        assert (plan.new, plan.changed, plan.gone) == (0, 0, ())
        Importing(session, said(opened(tmp_path)), way).take()
        assert to_body(session.declaration) == before


def test_items_are_met_by_what_they_are_and_not_by_where_they_stand(tmp_path: Path) -> None:
    session = taken(tmp_path)
    turned = said(opened(tmp_path, [1, *GOODS[1][1:3], 21, 200], [2, "9403208009", "Racks", 5, 50]))
    plan = Importing(session, turned, "goods").plan()
    assert [row.row for row in plan.items] == [session.rows("item")[1], None]
    assert plan.items[0].changes == [("gross_mass", "20", "21")]
    Importing(session, turned, "goods").take()
    masses = [session.look(FieldPath("item", row, "gross_mass")).text for row in session.rows("item")]
    assert masses == ["10", "21", "5"], "the item that the file does not speak of stays as it was"


@pytest.mark.parametrize("way", WAYS)
def test_every_way_is_one_step_that_undo_takes_back(tmp_path: Path, way: str) -> None:
    session = taken(tmp_path)
    before = to_body(session.declaration)
    Importing(session, said(opened(tmp_path, [1, "9403208009", "Racks", "heavy", 50])), way).take()
    assert to_body(session.declaration) != before
    assert session.undo()
    assert to_body(session.declaration) == before


@settings(max_examples=25, deadline=None)
@given(numbers=st.lists(st.integers(0, 3), max_size=6), way=st.sampled_from(WAYS))
def test_no_item_goes_without_being_named(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], way: str
) -> None:
    session = taken(tmp_path_factory.mktemp("first"))
    there = set(session.rows("item"))
    lines = [[n, f"848180810{each}", f"Goods {each}", 1, 1] for n, each in enumerate(numbers, 1)] or [GOODS[0]]
    plan = Importing(session, said(opened(tmp_path_factory.mktemp("next"), *lines)), way).take()
    assert there - set(session.rows("item")) == set(plan.gone)
    assert len(session.rows("item")) == 2 + plan.new - len(plan.gone)


def test_more_items_than_there_is_room_for_are_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    session = taken(tmp_path)
    before = to_body(session.declaration)
    many = said(opened(tmp_path, *([n, "8481808199", f"Valve {n}", 1, 1] for n in range(1, 999))))
    with pytest.raises(UserError, match="room for 999"):
        Importing(session, many).take()
    assert to_body(session.declaration) == before
    assert Importing(session, many, "number").take().new == 996


# ---- which mapping


def test_a_mapping_is_found_by_supplier_and_layout_then_by_either(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = opened(tmp_path, home=home)
    assert file.why == "suggested"
    remember(home, file)
    assert opened(tmp_path, home=home).why == "same"
    assert opened(tmp_path, home=home, seller="Another").why == "layout"
    other = workbook_of([["Seller: PRIMER"], [*HEADS, "Colour"], *([*line, "red"] for line in GOODS)])
    (tmp_path / "other.xlsx").write_bytes(other)
    assert open_sheets(tmp_path / "other.xlsx", home).why == "supplier"


def test_a_kept_mapping_that_does_not_fit_or_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = opened(tmp_path, home=home)
    keep(home, file.sender, saved_mapping())  # whose captions stand nowhere in this file
    captions = replace(saved_mapping().tables[0].columns[0], captions=("nowhere",))
    table = replace(saved_mapping().tables[0], columns=(captions, captions))
    keep(home, file.sender, replace(saved_mapping(), tables=(table,)))
    assert opened(tmp_path, home=home).why == "suggested"
    (home / FOLDER / file.sender.file).write_text("{", encoding="utf-8")
    assert find(home, file.sender) == []
    assert opened(tmp_path, home=home).why == "suggested"


def test_a_tax_number_tells_a_supplier_whatever_its_name() -> None:
    assert Sender("Primer Ltd.", "123", "a").key == Sender("PRIMER LIMITED", "1 23", "b").key
    assert Sender("", "", "a").key != Sender("", "1", "a").key


def test_a_column_takes_a_field_from_the_one_that_had_it(tmp_path: Path) -> None:
    file = opened(tmp_path)
    profile = blank(today).profile
    moved = chosen(file, ("One", 3, 4), profile.fields["item.gross_mass"])
    assert [column.fields[:1] for column in heads_of(moved)[0].columns][3:] == [(), ("item.gross_mass",)]
    assert [item["gross_mass"] for item in said(moved).body["item"]] == ["100", "200"]


def test_a_column_without_a_heading_is_refused_in_words(tmp_path: Path) -> None:
    file = opened(tmp_path, *([*line, "red"] for line in GOODS))
    with pytest.raises(UserError, match="no heading"):
        chosen(file, ("One", 3, 5), blank(today).profile.fields["item.brand"])


# ---- what is handed in


def test_a_csv_file_is_read_through_the_same_words_as_a_workbook(tmp_path: Path) -> None:
    lines = [";".join(map(str, line)) for line in (HEADS, *GOODS)]
    for name, coding in (("a.csv", "utf-8-sig"), ("b.txt", "utf-16")):
        (tmp_path / name).write_text("\n".join(lines), encoding=coding)
        items = said(open_sheets(tmp_path / name)).body["item"]
        assert [item["code"] for item in items] == ["8481808199", "8482109008"]


def test_a_csv_of_another_encoding_or_size_is_refused() -> None:
    with pytest.raises(UserError, match="Line 2 is not written in UTF-8"):
        sheet_of_csv("name\nКран\n".encode("cp1251"), "a")
    with pytest.raises(UserError, match="too large"):
        sheet_of_csv(b"\n".join(b";" * 1001 for _ in range(2)), "a")
    with pytest.raises(UserError, match="Line"):
        sheet_of_csv(b"a;" + b"x" * 200_000, "a")


def test_files_are_told_by_what_is_in_them(tmp_path: Path) -> None:
    held = {"a.bin": (SAMPLE.read_bytes(), "table"), "b.txt": (b"\xef\xbb\xbf<a/>", "declaration"),
            "c.txt": (b'\n {"a": 1}', "declaration"), "d.csv": (b"a;b", "table")}  # fmt: skip
    for name, (data, kind) in held.items():
        (tmp_path / name).write_bytes(data)
        assert kind_of(tmp_path / name) == kind
    (tmp_path / "e.xlsx").write_bytes(with_parts(SAMPLE.read_bytes(), {"manifest.sig": b""}, ["xl/workbook.xml"]))
    with pytest.raises(UserError, match="pack of rules"):
        kind_of(tmp_path / "e.xlsx")
    with pytest.raises(UserError, match=r"missing\.csv"):
        kind_of(tmp_path / "missing.csv")


def test_a_document_type_inside_a_workbook_is_refused(tmp_path: Path) -> None:
    evil = b'<!DOCTYPE a [<!ENTITY b "c">]>' + part_of(SAMPLE.read_bytes())
    (tmp_path / "evil.xlsx").write_bytes(with_parts(SAMPLE.read_bytes(), {"xl/worksheets/sheet1.xml": evil}))
    with pytest.raises(UserError):
        open_sheets(tmp_path / "evil.xlsx")


def test_opening_tells_how_far_it_has_come_and_can_be_stopped(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    file = open_sheets(SAMPLE, None, lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1] > 0
    rows: list[tuple[int, int]] = []
    read_opened(file, lambda done, whole: rows.append((done, whole)))
    assert rows == [(n, 24) for n in range(1, 25)], "invoice and packing list"

    class EnoughError(Exception):
        pass

    def stop(_done: int, _whole: int) -> None:
        raise EnoughError

    for step in (lambda: open_sheets(SAMPLE, None, stop), lambda: read_opened(file, stop)):
        with pytest.raises(EnoughError):
            step()
