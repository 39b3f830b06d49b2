# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A block from a spreadsheet: its columns are known by their headings, nothing is lost, and one undo takes it back."""

from __future__ import annotations

import json
from pathlib import Path as File

import pytest

from swclient.base import i18n
from swclient.base.errors import UserError
from swclient.document.body import to_body
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from swclient.workflow.intake.converting import open_file, sample_file
from swclient.workflow.intake.pasting import Pasting, Target

HEADS = ["No", "HS Code", "Description of goods", "Country of origin", "Qty", "Gross weight", "Amount", "Farbe"]


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.set_language("en")


@pytest.fixture
def session() -> Session:
    return open_file(sample_file()).session


def line(number: int, **other: str) -> list[str]:
    told = dict(zip(HEADS, [str(number), "8481 80 8199", f"Valve {number}", "China"], strict=False))
    told |= {"Qty": f"{number} pcs", "Gross weight": "10,5", "Amount": f"{number}00.00", "Farbe": "red", **other}
    return [told[head] for head in HEADS]


def target(session: Session, first: int = 0) -> Target:
    return Target("item", tuple(session.rows("item")[first:]), ("code", "description"))


def content(session: Session) -> bytes:
    return json.dumps(to_body(session.declaration), ensure_ascii=False).encode()


def text(session: Session, number: int, field: str) -> str:
    return session.look(Path("item", session.rows("item")[number - 1], field)).text


def test_headings_say_where_columns_go(session: Session) -> None:
    pasting = Pasting(session, [HEADS, line(1), line(2)], target(session))
    assert pasting.headed
    assert pasting.lines == 2
    went = {column.caption: column.fields for column in pasting.columns}
    assert went["hs code"] == ("code",)
    assert went["country of origin"] == ("origin",)
    assert went["qty"] == ("quantity", "quantity_unit")
    assert went["amount"] == ("price",)
    assert went["farbe"] == went["no"] == ()


def test_a_description_in_the_suppliers_language_has_its_own_box(session: Session) -> None:
    block = [["HS code", "Description of goods", "英文品名", "Unit price"], ["8481808199", "Кран", "Valve", "5"]]
    pasting = Pasting(session, block, target(session))
    assert [column.fields for column in pasting.columns] == [("code",), ("description",), ("description_foreign",), ()]


def test_our_own_names_of_boxes_are_headings_too(session: Session) -> None:
    pasting = Pasting(session, [["Код товара", "Вес нетто (кг)"], ["8481808199", "5"]], target(session))
    assert pasting.headed
    assert [column.fields for column in pasting.columns] == [("code",), ("net_mass",)]


def test_the_number_of_an_item_is_not_pasted(session: Session) -> None:
    pasting = Pasting(session, [["Item number", "HS code", "Origin"], ["7", "8481808199", "CN"]], target(session))
    assert [column.fields for column in pasting.columns] == [(), ("code",), ("origin",)]
    assert "number" not in {field.name for field in pasting.choices()}


def test_a_line_of_goods_is_no_heading(session: Session) -> None:
    block = [["8481808199", "Goods, made in China, gross weight 5"], ["8481808199", "b"]]
    assert not Pasting(session, block, target(session)).headed


def test_taking_is_one_step_and_undo_gives_the_same_bytes(session: Session) -> None:
    before = content(session)
    pasting = Pasting(session, [HEADS, *(line(n) for n in range(1, 16)), ["Total", "", "", "", "15", "", "", ""]],
                      target(session, 10))  # fmt: skip
    plan = pasting.plan()
    assert (plan.new_rows, plan.strays, len(plan.doubtful)) == (13, 1, 0)
    assert content(session) == before, "looking changes nothing"
    rows = pasting.take()
    assert rows == session.rows("item")[10:25]
    assert (text(session, 25, "code"), text(session, 25, "origin")) == ("8481808199", "CN")
    assert (text(session, 25, "quantity"), text(session, 25, "quantity_unit")) == ("15", "796")
    assert text(session, 25, "gross_mass") == "10.5"
    assert session.undo()
    assert content(session) == before
    assert session.undo_label is None


def test_before_and_after_are_told_for_what_changes_only(session: Session) -> None:
    row = session.rows("item")[0]
    same = session.look(Path("item", row, "description")).text
    plan = Pasting(session, [["Description", "Origin"], [same, "Kazakhstan"]], target(session)).plan()
    assert [(cell.field, cell.before, cell.after) for cell in plan.cells] == [("origin", "CN", "KZ")]
    assert plan.changed == 1


def test_what_cannot_be_read_is_kept_as_it_stands_and_told(session: Session) -> None:
    block = [HEADS, line(1, **{"Country of origin": "Atlantis", "Gross weight": "heavy"})]
    pasting = Pasting(session, block, target(session))
    doubts = {cell.field: cell.doubt for cell in pasting.plan().doubtful}
    assert set(doubts) == {"origin", "gross_mass"}
    pasting.take()
    assert text(session, 1, "gross_mass") == "heavy"
    assert text(session, 1, "origin").casefold() == "atlantis"
    path = Path("item", session.rows("item")[0], "gross_mass")
    assert any(finding.paths[0] == path for finding in session.findings())


def test_a_figure_that_can_mean_two_things_follows_the_sign_of_the_others(session: Session) -> None:
    alone = Pasting(session, [["Code", "Gross weight", "Origin"], ["1", "1,250", "CN"]], target(session)).plan()
    assert [cell.field for cell in alone.doubtful] == ["gross_mass"]
    block = [["Code", "Gross weight", "Origin"], ["1", "1,250", "CN"], ["2", "7.5", "CN"]]
    among = {cell.line: cell.after for cell in Pasting(session, block, target(session)).plan().cells
             if cell.field == "gross_mass"}  # fmt: skip
    assert among[0] == "1250"


def test_the_currency_beside_a_price_is_told_where_it_is_another(session: Session) -> None:
    session.type_in(Path("header", SINGLE, "currency"), "USD")
    plan = Pasting(session, [HEADS, line(1, Amount="7.00 USD"), line(2, Amount="8.00 EUR")], target(session)).plan()
    assert [(cell.line, cell.field) for cell in plan.doubtful] == [(1, "price")]


def test_an_empty_cell_takes_nothing_away(session: Session) -> None:
    held = text(session, 1, "description")
    Pasting(session, [HEADS, line(1, **{"Description of goods": ""})], target(session)).take()
    assert text(session, 1, "description") == held


def test_what_was_chosen_for_a_heading_is_remembered(session: Session, tmp_path: File) -> None:
    block = [HEADS, line(1)]
    pasting = Pasting(session, block, target(session), tmp_path)
    pasting.choose(7, "trade_mark")
    pasting.choose(1, "")
    pasting.take()
    again = {column.caption: column.fields for column in Pasting(session, block, target(session), tmp_path).columns}
    assert again["farbe"] == ("trade_mark",)
    assert again["hs code"] == ()
    elsewhere = Pasting(session, block, target(session), tmp_path / "other")
    assert {column.caption: column.fields for column in elsewhere.columns}["farbe"] == ()


def test_a_field_is_filled_from_one_column(session: Session) -> None:
    pasting = Pasting(session, [HEADS, line(1)], target(session))
    pasting.choose(7, "code")
    went = {column.caption: column.fields for column in pasting.columns}
    assert went["farbe"] == ("code",)
    assert went["hs code"] == ()


def test_lines_can_become_new_rows(session: Session) -> None:
    pasting = Pasting(session, [HEADS, line(1)], target(session))
    pasting.set_new(as_new=True)
    assert pasting.plan().new_rows == 1
    assert pasting.plan().changed == 0
    assert pasting.take() == session.rows("item")[-1:]


def test_more_rows_than_there_is_room_for_change_nothing(session: Session) -> None:
    before = content(session)
    pasting = Pasting(session, [HEADS, *(line(n) for n in range(1000))], target(session))
    with pytest.raises(UserError, match="999"):
        pasting.take()
    assert content(session) == before


def test_a_memory_that_cannot_be_read_costs_nothing(session: Session, tmp_path: File) -> None:
    (tmp_path / "pasted_columns.json").write_text("{broken", encoding="utf-8")
    pasting = Pasting(session, [HEADS, line(1)], target(session), tmp_path)
    pasting.choose(7, "brand")
    pasting.take()
    assert json.loads((tmp_path / "pasted_columns.json").read_text("utf-8"))["item"]["farbe"] == "brand"
