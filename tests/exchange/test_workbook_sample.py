# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample shipment: what the workbook says is what the good declaration holds, but for what was planted."""

import importlib.util
import json
import subprocess
import sys
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body, to_body
from swclient.document.value import Unread
from swclient.exchange.mapping import check_fields, from_data, to_data
from swclient.exchange.mapping_suggest import suggest_mapping
from swclient.exchange.workbook import WorkbookReading, read_workbook
from swclient.exchange.workbook_file import open_workbook
from tests.exchange.workbooks import ROOT, SAMPLE, SAMPLES, changed_sample, saved_mapping

SCRIPT = ROOT / "packaging" / "make_samples.py"


@pytest.fixture(scope="module")
def reading() -> WorkbookReading:
    return read_workbook(SAMPLE, saved_mapping())


@pytest.fixture(scope="module")
def good() -> dict[str, Any]:
    return sample("kz-import-40.json")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    sys.path.insert(0, str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("make_samples", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(SCRIPT.parent))
    return module


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    return found


def put_right(body: dict[str, Any]) -> dict[str, Any]:
    """The two fixes that docs/handbook/workbook.md documents."""
    body = deepcopy(body)
    line = body["item"][6]
    line["gross_mass"], line["net_mass"] = line["net_mass"], line["gross_mass"]
    container = body["item"][7]["container"][0]
    container["number"] = container["number"][:-1] + str(check_digit(container["number"]))
    return body


def check_digit(number: str) -> int:
    """The check digit of a container by ISO 6346, worked out here on its own."""
    values = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _letter_values(), strict=True))
    figures = [values[sign] if sign.isalpha() else int(sign) for sign in number[:10]]
    return sum(figure << place for place, figure in enumerate(figures)) % 11 % 10


def _letter_values() -> list[int]:
    return [value for value in range(10, 39) if value % 11]


def test_the_workbook_the_fixes_and_the_declarant_make_the_good_declaration(
    reading: WorkbookReading, good: dict[str, Any], script: ModuleType
) -> None:
    whole = script.lay_over(put_right(reading.body), sample("kz-import-40.declarant.json"))
    kz = load_profile("KZ")
    assert to_body(from_body(whole, kz)) == to_body(from_body(good, kz))


def test_nothing_but_what_was_planted_differs_from_the_good_items(
    reading: WorkbookReading, good: dict[str, Any]
) -> None:
    differing = []
    for number, (told, item) in enumerate(zip(reading.body["item"], good["item"], strict=True), 1):
        for name in told:
            if name == "container":
                same = [row["number"] for row in told[name]] == [row["number"] for row in item[name]]
            else:
                same = told[name] == item[name]
            if not same:
                differing.append((number, name))
    assert differing == [(7, "gross_mass"), (7, "net_mass"), (8, "container")]


def test_in_one_line_gross_is_less_than_net(reading: WorkbookReading) -> None:
    short = [
        number
        for number, item in enumerate(reading.body["item"], 1)
        if Decimal(item["gross_mass"]) < Decimal(item["net_mass"])
    ]
    assert short == [7]


def test_one_container_number_has_a_wrong_check_digit(reading: WorkbookReading) -> None:
    numbers = [row["number"] for item in reading.body["item"] for row in item["container"]]
    assert [number for number in numbers if int(number[-1]) != check_digit(number)] == ["QZDU2030638"]


def test_the_unreadable_cell_is_named_with_its_sheet_address_text_and_reason(
    reading: WorkbookReading,
) -> None:
    (problem,) = reading.problems
    assert (problem.sheet, problem.cell, problem.text) == ("PACKING LIST", "H10", "see attached")
    assert problem.reason.text() == "not a figure"
    assert problem.item == 2


def test_the_unreadable_cell_stands_in_no_field_and_so_does_not_hold_up_release(
    reading: WorkbookReading, good: dict[str, Any]
) -> None:
    assert reading.problems[0].field == ""
    declaration = from_body(reading.body, load_profile("KZ"))
    values = [value for rows in declaration.tables.values() for row in rows.values() for value in row.values.values()]
    assert not any(isinstance(value, Unread) for value in values)


def test_every_totals_figure_agrees_except_the_one_that_cannot_be_compared(
    reading: WorkbookReading,
) -> None:
    checked = {(check.sheet, check.cell): check.agrees for check in reading.totals_checked}
    assert checked == {
        ("INVOICE", "I28"): True,
        ("PACKING LIST", "D21"): True,
        ("PACKING LIST", "E21"): True,
        ("PACKING LIST", "F21"): True,
        ("PACKING LIST", "H21"): None,
    }


def test_a_totals_row_that_does_not_add_up_is_reported() -> None:
    data = changed_sample(lambda book: book["INVOICE"].__setitem__("I28", 41656.51))
    (problem, _) = read_workbook(data, saved_mapping()).problems
    assert (problem.sheet, problem.cell, problem.field) == ("INVOICE", "I28", "item.price")
    assert problem.reason.text() == "the totals row says 41\u00a0656.51, the lines add up to 41\u00a0656.50"


def test_every_value_says_which_cell_it_came_from(reading: WorkbookReading) -> None:
    assert reading.origins["item[7].gross_mass"] == "PACKING LIST!E15"
    assert reading.origins["item[1].description_foreign"] == "INVOICE!C16 + INVOICE!D16"
    assert reading.origins["header.incoterm"] == "INVOICE!I10"
    assert reading.origins["item[3].container[1].number"] == "PACKING LIST!I9"
    assert reading.origins["item[5].package[1].count"] == "PACKING LIST!D13"


def test_twelve_lines_are_read_and_the_column_of_remarks_is_said_to_be_left(
    reading: WorkbookReading,
) -> None:
    assert reading.rows_read == 12
    assert reading.columns_left == ("PACKING LIST: remarks 备注",)


def test_the_guessed_mapping_reads_the_sample_as_the_saved_one_does(
    reading: WorkbookReading,
) -> None:
    assert read_workbook(SAMPLE, suggest_mapping(SAMPLE)) == reading


def test_a_guess_can_be_saved_and_read_again() -> None:
    guess = suggest_mapping(SAMPLE, "Lantern Bay")
    assert from_data(json.loads(json.dumps(to_data(guess)))) == guess
    check_fields(guess, load_profile("KZ"))


def test_the_saved_mapping_names_only_fields_that_the_profile_has() -> None:
    check_fields(saved_mapping(), load_profile("KZ"))


def test_the_good_declaration_holds_no_text_that_its_field_cannot_read(
    good: dict[str, Any],
) -> None:
    declaration = from_body(good, load_profile("KZ"))
    unread = {
        f"{table}.{name}": value
        for table, rows in declaration.tables.items()
        for row in rows.values()
        for name, value in row.values.items()
        if isinstance(value, Unread)
    }
    assert unread == {}
    assert to_body(declaration) | {"profile_version": good["profile_version"]} == good


def test_every_code_of_the_good_declaration_is_in_its_list_on_its_day(good: dict[str, Any]) -> None:
    profile = load_profile("KZ")
    values = [
        (profile.field(f"{table}.{name}"), value)
        for table, rows in from_body(good, profile).tables.items()
        for row in rows.values()
        for name, value in row.values.items()
    ]
    strangers = [
        (field.id, value)
        for field, value in values
        if (entries := profile.code_list(field.list_name)) is not None
        and entries.get(str(value), date(2026, 11, 20)) is None
    ]
    assert strangers == []


def test_the_sample_speaks_of_training_wherever_it_could_be_taken_for_real(
    good: dict[str, Any],
) -> None:
    assert "TRAINING" in good["header"]["reference"]
    assert "УЧЕБНЫЙ" in good["declarant"]["name"]
    for sheet in open_workbook(SAMPLE):
        assert any("TRAINING SAMPLE" in str(value) for row in sheet.rows for value in row)


def test_the_script_makes_the_same_bytes_every_time(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        subprocess.run([sys.executable, str(SCRIPT), str(tmp_path / folder)], check=True)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == ["kz-import-40.declarant.json", "kz-import-40.json", "supplier-invoice.xlsx"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        if name.endswith(".json"):
            assert (tmp_path / "one" / name).read_bytes() == (SAMPLES / name).read_bytes()
    # Another openpyxl may write other bytes; the cells are the same.
    assert open_workbook(tmp_path / "one" / "supplier-invoice.xlsx") == open_workbook(SAMPLE)
