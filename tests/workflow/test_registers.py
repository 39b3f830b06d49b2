# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers: what is kept of a record, what fills another, what stays as typed, and where values say they came from."""

from __future__ import annotations

from pathlib import Path as File

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.catalogue.registers import kinds_of, registers
from swclient.document.body import to_body
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from swclient.workflow.application import Application
from swclient.workflow.intake.converting import sample_body
from swclient.workflow.registers.files import read_entries, written
from swclient.workflow.registers.fill import Plan, fill, plan
from swclient.workflow.registers.kept import Registers
from swclient.workflow.registers.sheet import Sheet
from tests.declarations import today

NAME = Path("consignee", SINGLE, "name")
COUNTRY = Path("consignee", SINGLE, "country")
MILL = {"exporter.name": "TRAINING Mill", "exporter.country": "CN", "exporter.city": "Urumqi"}


@pytest.fixture
def shelf(offline: Application) -> Registers:
    """Registers with one party in them."""
    made = Registers(offline)
    assert made.keep("parties", [MILL]) == (1, 0)
    return made


def draft(application: Application) -> Session:
    return application.open(application.new_draft()).session


def planned(shelf: Registers, session: Session, path: Path, name: str = "TRAINING Mill") -> Plan:
    return plan(session, path, shelf.load(shelf.named(name).id))


@pytest.mark.parametrize("country", profile_codes())
def test_every_field_of_every_register_has_a_home_in_every_law(country: str) -> None:
    profile = load_profile(country, day=today())
    for register in registers().values():
        fields = [
            field for table in (*register.records, *register.beside) for field in profile.table_fields(table).values()
        ]
        held = [field for field in fields if register.holds(field)]
        assert held
        assert {register.home(field.id) for field in held} == {field.id for field in register.fields(profile)}
        assert not any(field.derived for field in held)


def test_what_belongs_to_one_shipment_is_not_kept(offline: Application) -> None:
    session = offline.open(offline.open_sample()).session
    shelf = Registers(offline)
    row = session.rows("item")[0]
    _register, name, _counts = shelf.keep_from(session, Path("item", row, "code"))
    values = shelf.load(shelf.named(name, "goods").id).values
    item = sample_body()["item"][0]
    assert values["item.code"] == item["code"]
    assert values["item.origin"] == item["origin"]
    assert not {"item.gross_mass", "item.net_mass", "item.price", "item.customs_value"} & values.keys()


def test_a_lorry_is_kept_with_its_carrier_and_fills_both(offline: Application) -> None:
    sample = offline.open(offline.open_sample()).session
    shelf = Registers(offline)
    lorry = sample.rows("arrival_means")[0]
    _register, name, _counts = shelf.keep_from(sample, Path("arrival_means", lorry, "identity"))
    session = draft(offline)
    row = session.add_row("border_means")
    done = fill(session, planned(shelf, session, Path("border_means", row, "identity"), name))
    assert done >= 3
    for table, number, field in (("border_means", row, "identity"), ("carrier", SINGLE, "name")):
        home = Path("arrival_means", lorry, field) if number == row else Path(table, SINGLE, field)
        assert session.text_at(Path(table, number, field)) == sample.text_at(home) != ""


def test_a_party_kept_as_one_fills_another_as_one_step_of_undo(offline: Application, shelf: Registers) -> None:
    session = draft(offline)
    before = to_body(session.declaration)
    found = planned(shelf, session, NAME)
    assert [each.path.field for each in found.blank] == ["name", "country", "city"]
    assert fill(session, found) == 3
    assert session.text_at(NAME) == "TRAINING Mill"
    assert session.undo()
    assert to_body(session.declaration) == before


def test_what_was_typed_stays_unless_it_is_asked_for(offline: Application, shelf: Registers) -> None:
    session = draft(offline)
    session.type_in(COUNTRY, "KZ")
    found = planned(shelf, session, NAME)
    assert [(each.path, each.before, each.text) for each in found.differing] == [(COUNTRY, "KZ", "CN")]
    fill(session, found)
    assert session.text_at(COUNTRY) == "KZ"
    fill(session, planned(shelf, session, NAME), over=True)
    assert session.text_at(COUNTRY) == "CN"
    assert planned(shelf, session, NAME).same == 3


def test_words_typed_to_find_the_entry_give_way_and_other_words_do_not(offline: Application, shelf: Registers) -> None:
    session = draft(offline)
    session.type_in(NAME, "mill")
    assert NAME in {each.path for each in planned(shelf, session, NAME).blank}
    assert NAME in {each.path for each in planned(shelf, session, COUNTRY).differing}
    session.type_in(NAME, "Another mill")
    assert NAME in {each.path for each in planned(shelf, session, NAME).differing}


def test_a_value_says_that_it_came_from_the_register_until_it_is_typed_over(
    offline: Application, shelf: Registers
) -> None:
    session = draft(offline)
    fill(session, planned(shelf, session, NAME))
    kept = shelf.named("TRAINING Mill").changed_at.astimezone().strftime("%Y-%m-%d")
    told = f"from the register: TRAINING Mill, kept {kept}"
    assert session.explain(NAME).source == told
    session.type_in(NAME, "TRAINING Mill 2")
    assert session.look(NAME).source == ""
    session.undo()
    assert session.explain(NAME).source == told
    session.undo()
    assert session.look(COUNTRY).source == ""


def test_where_values_came_from_outlives_a_crash(tmp_path: File) -> None:
    first = Application(tmp_path / "home", today=today)
    shelf = Registers(first)
    shelf.keep("parties", [MILL])
    declaration = first.new_draft()
    session = first.open(declaration).session
    fill(session, planned(shelf, session, NAME))
    session.type_in(COUNTRY, "KZ")
    first.store.flush()
    second = Application(tmp_path / "home", today=today)  # what the first has typed is in the journal only
    again = second.open(declaration).session
    assert again.look(NAME).source == session.look(NAME).source != ""
    assert again.look(COUNTRY).source == ""
    second.close()
    third = Application(tmp_path / "home", today=today)  # and now in the snapshot
    assert third.open(declaration).session.look(NAME).source == session.look(NAME).source
    third.close()
    first.close()


def test_a_draft_of_a_template_and_a_copy_say_what_they_came_from(offline: Application) -> None:
    desk = offline.open(offline.open_sample())
    template = offline.templates.save(desk.session, "Valves").id
    made = offline.open(offline.new_from_template(template)[0]).session
    assert made.explain(NAME).source == "from the template “Valves”"
    assert made.look(Path("header", SINGLE, "date")).source == ""
    copy = offline.open(desk.new_draft_from_this()).session
    assert copy.explain(NAME).source.startswith("from the earlier declaration ИМ 40")


def test_an_entry_is_found_by_any_word_of_it_in_any_spelling(shelf: Registers) -> None:
    shelf.keep("parties", [{"exporter.name": "ТОО «Қазақ Мұнай»", "exporter.tax_id": "240140000011"}])
    for text in ("казак мунай", "МҰНАЙ", "24014", "тоо 240140000011"):
        assert [row.name for row in shelf.listed(text=text)] == ["ТОО «Қазақ Мұнай»"]
    assert shelf.listed(text="mill urumqi")
    assert not shelf.listed(text="mill almaty")


def test_keeping_again_adds_what_is_new_and_loses_nothing(shelf: Registers) -> None:
    assert shelf.keep("parties", [{"exporter.name": "training mill", "exporter.phone": "+86 1"}]) == (0, 1)
    values = shelf.load(shelf.named("training mill").id).values
    assert values == {**MILL, "exporter.name": "training mill", "exporter.phone": "+86 1"}
    assert shelf.keep("parties", [values]) == (0, 0)


def test_a_record_without_a_name_is_refused_and_so_is_one_of_no_register(offline: Application) -> None:
    session, shelf = draft(offline), Registers(offline)
    with pytest.raises(UserError, match="Name"):
        shelf.keep_from(session, NAME)
    with pytest.raises(UserError, match="party, an item or a vehicle"):
        shelf.keep_from(session, Path("header", SINGLE, "reference"))
    assert kinds_of("header") == ()


def test_values_that_another_law_has_no_field_for_are_kept_and_told(offline: Application, shelf: Registers) -> None:
    shelf.keep("parties", [{**MILL, "exporter.of_another_country": "77"}])
    entry = shelf.load(shelf.named("TRAINING Mill").id)
    assert planned(shelf, draft(offline), NAME).unknown == ("exporter.of_another_country",)
    sheet = Sheet(registers()["parties"], entry.values, shelf.profile(), today)
    assert sheet.values() == entry.values


def test_a_sheet_keeps_what_cannot_be_read_as_it_was_typed(shelf: Registers) -> None:
    sheet = Sheet(registers()["goods"], {"item.code": "6403"}, shelf.profile(), today)
    code = next(field for field in sheet.fields if field.id == "item.code")
    sheet.session.type_in(sheet.path(code), "no code")
    assert sheet.values() == {"item.code": "no code"}
    again = Sheet(registers()["goods"], sheet.values(), shelf.profile(), today)
    assert again.session.look(again.path(code)).text == "no code"


def test_an_exported_register_comes_back_whole(shelf: Registers, tmp_path: File) -> None:
    values = {"exporter.name": "=Formula & Co", "exporter.city": 'Osh, "centre"', "exporter.country": "KG"}
    shelf.keep("parties", [values])
    kept = [shelf.load(row.id).values for row in shelf.listed("parties")]
    file = tmp_path / "parties.csv"
    file.write_bytes(written(registers()["parties"], shelf.profile(), kept))
    read = read_entries(file, registers()["parties"], shelf.profile())
    assert (list(read.entries), list(read.doubts)) == (kept, [])


def test_a_table_is_read_by_names_of_boxes_and_bad_cells_are_told(shelf: Registers, tmp_path: File) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("Article;Description of goods;item.code;Colour\nA-1;Boots;64039x;red\n;;6403990000;\n", "utf-8")
    read = read_entries(file, registers()["goods"], shelf.profile())
    assert list(read.entries) == [{"item.article": "A-1", "item.description": "Boots"}]
    told = [doubt.text() for doubt in read.doubts]
    assert len(told) == 3
    assert "Colour" in told[0].title()
    assert "64039x" in told[1]
    assert "Line 3" in told[2]
