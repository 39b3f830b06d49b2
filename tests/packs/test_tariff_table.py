# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A national tariff in CSV or XLSX becomes a tariff file; bad rows are named by line."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.base.table import read_csv, table
from swclient.catalogue.codelist import read_list
from swclient.catalogue.dated import read_dated
from swclient.packs.tariff_table import COLUMNS, Terms, tariff_file
from swclient.workflow.tables import read_table

TERMS = Terms(date(2026, 12, 1), "made up; for a test", date(2026, 11, 23), {"796", "166"})
GOOD = """code,name_en,name_ru,unit,duty
8481,Taps,Краны,,
8481 80 819 9,"Ball valves, brass",Краны шаровые,796,"7,5"
0207141001,Chicken,Куры,-,"10, but not less than 0.5 EUR/166"
"""


def rows_of(content, tmp_path):
    file = tmp_path / "tariff.csv"
    file.write_bytes(content)
    return read_dated(file, COLUMNS)


def refused(text):
    with pytest.raises(UserError) as caught:
        tariff_file(read_csv(text if isinstance(text, bytes) else text.encode()), TERMS)
    return str(caught.value)


def test_a_table_becomes_a_tariff_file_in_the_order_of_codes(tmp_path):
    file = rows_of(tariff_file(read_csv(GOOD.encode()), TERMS), tmp_path)
    found = [[row.text(name) for name in ("code", "name_en", "unit", "duty", "final")] for row in file.rows]
    assert found == [
        ["0207141001", "Chicken", "", "10, but not less than 0.5 EUR/166", "1"],
        ["8481", "Taps", "", "", "0"],
        ["8481808199", "Ball valves, brass", "796", "7.5", "1"],
    ]
    assert (file.source, file.confirmed) == ("made up, for a test", False)
    assert {row.text("valid_from") for row in file.rows} == {"2026-12-01"}


@pytest.mark.parametrize("comma", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_usual_comma_and_a_byte_order_mark_are_read(comma, mark):
    text = f"{mark}code{comma}name_en{comma}unit{comma}duty\r\n8481808199{comma}Valves{comma}{comma}5\r\n"
    assert b"8481808199,Valves,,5,1" in tariff_file(read_csv(text.encode()), TERMS)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("848180819,Valves,,5", "Line 3: the code “848180819”"),
        ("84818o8199,Valves,,5", "Line 3: the code"),
        ("8481808199,,,5", "Line 3: there is no name"),
        ("8481808199,Valves,777,5", "Line 3: the unit “777”"),
        ("8481808199,Valves,,five", "Line 3: the duty “five”"),
        ("8482109008,Bearings again,,8", "Line 3: the code 8482109008 stands twice"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_why(row, reason):
    assert reason in refused(f"code,name_en,unit,duty\n8482109008,Bearings,,8\n{row}\n")


def test_all_bad_rows_are_named_up_to_twenty():
    text = "code,name_en,unit,duty\n" + "".join(f"{n},Bad,,5\n" for n in range(1, 99, 2) if len(str(n)) == 1)
    told = refused(text)
    assert "5 rows" in told
    assert told.count("Line ") == 5
    many = refused("code,name_en,unit,duty\n" + "123,Bad,,5\n" * 50)
    assert "50 rows" in many
    assert many.count("Line ") == 20


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no row"),
        ("code,name_en,unit,duty\n", "no row"),
        ("code,unit,duty\n84,,5\n", "name_"),
        ("name_en,unit,duty\nA,,5\n", "“code”"),
        ("code,name_en,unit,duty,colour\n84,A,,5,red\n", "“colour”"),
        ("code,name_en,unit,duty,final\n84,A,,,1\n", "needs a duty"),
        ("code,name_en,unit,duty,final\n84,A,,5,perhaps\n", "“perhaps”"),
        ("code,name_en,unit,duty,valid_to\n84,A,,5,soon\n", "“soon”"),
        ("code,name_en,unit,duty\n84,A\0,,5\n", "Line 2"),
    ],
)
def test_a_table_that_cannot_be_a_tariff_says_why(text, reason):
    assert reason in refused(text)


def test_another_encoding_is_refused_at_its_line_not_taken_for_letters():
    assert "Line 2" in refused("code,name_ru,unit,duty\n8481808199,Краны,,5\n".encode("cp1251"))


def test_one_code_may_stand_for_two_times_that_do_not_meet(tmp_path):
    head = "code,name_en,unit,duty,valid_from,valid_to\n"
    text = f"{head}8481808199,A,,5,2026-01-01,2026-12-31\n8481808199,A,,6,2027-01-01,\n"
    assert len(rows_of(tariff_file(read_csv(text.encode()), TERMS), tmp_path).rows) == 2
    assert "stands twice" in refused(text.replace("2026-12-31", "2027-01-01"))


def workbook(tmp_path, *rows):
    file = tmp_path / "tariff.xlsx"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def test_a_workbook_is_read_and_a_nought_that_excel_dropped_comes_back(tmp_path):
    file = workbook(
        tmp_path,
        ["Code", "Name EN", "Unit", "Duty", "Valid from"],
        [207141001, "Chicken", None, 15, date(2026, 12, 1)],
        ["8481808199", "Valves", 796, Decimal("7.5"), None],
    )
    content = tariff_file(read_table(file), TERMS)
    assert b"0207141001,Chicken,,15,1,2026-12-01," in content
    assert b"8481808199,Valves,796,7.5,1,2026-12-01," in content


def test_a_duty_in_a_per_cent_cell_is_refused_rather_than_taken_a_hundredth(tmp_path):
    file = workbook(tmp_path, ["code", "name_en", "unit", "duty"], ["8481808199", "Valves", None, 0.05])
    with pytest.raises(UserError, match=r"Line 2.*per cent"):
        tariff_file(read_table(file), TERMS)


def test_what_is_no_workbook_and_what_is_not_there_are_named(tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    for name in ("bad.xlsx", "absent.csv"):
        with pytest.raises(UserError):
            read_table(tmp_path / name)


def test_a_huge_table_is_refused():
    with pytest.raises(UserError, match="200"):
        table(["code"], ((n, ["84"]) for n in range(200_001)))


@given(st.text(max_size=300))
def test_no_text_whatever_upsets_it(text):
    try:
        content = tariff_file(read_csv(text.encode("utf-8", "surrogatepass")), TERMS)
    except UserError:
        return
    assert content.startswith(b"# source=")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_names_come_back_as_they_were_whatever_they_hold(names):
    rows = [(n, [f"{84_000_000 + n}", name, None, "5"]) for n, name in enumerate(names)]
    wanted = [" ".join(name.split()) for name in names]
    if all(wanted):
        content = tariff_file(table(["code", "name_en", "unit", "duty"], rows), TERMS).decode()
        import csv

        assert [row["name_en"] for row in csv.DictReader(content.splitlines(keepends=True)[1:])] == wanted


def test_the_file_is_one_that_a_list_reader_takes_too(tmp_path):
    file = tmp_path / "national.csv"
    file.write_bytes(tariff_file(read_csv(GOOD.encode()), TERMS))
    assert "8481808199" in read_list(file)
