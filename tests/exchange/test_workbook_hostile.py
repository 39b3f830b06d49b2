# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workbook from a stranger: refused within the caps, or read safely; never carried out, never half dropped."""

import io
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.exchange import workbook_file
from swclient.exchange.workbook import read_workbook
from swclient.exchange.workbook_file import open_workbook
from tests.exchange.workbooks import (
    CAPTIONS,
    LINE,
    SAMPLE,
    SHEET,
    part_of,
    saved_mapping,
    sheet_of,
    small_mapping,
    with_parts,
    workbook_of,
)

MEGABYTE = 1024 * 1024


def values(data: bytes) -> list[list[str]]:
    sheet = open_workbook(data)[0]
    return [[sheet.cell(row, column).text for column in range(sheet.width)] for row in range(len(sheet.rows))]


def refused(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        open_workbook(data)
    return str(caught.value)


# ---- size ----------------------------------------------------------------------------------------------------------


def test_a_file_beyond_the_cap_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.truncate(workbook_file.MAX_FILE + 1)
    with pytest.raises(UserError, match="larger than 20 MB"):
        open_workbook(path)


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "docProps/app.xml"])
def test_a_zip_bomb_in_any_part_that_is_unpacked_is_refused(part: str) -> None:
    bomb = with_parts(workbook_of([CAPTIONS]), {part: b" " * (workbook_file.MAX_PART + 1)})
    assert len(bomb) < MEGABYTE
    tracemalloc.start()
    assert "unpacks to more" in refused(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * workbook_file.MAX_PART


def test_a_part_that_packs_better_than_any_sheet_is_refused() -> None:
    bomb = with_parts(workbook_of([CAPTIONS]), {"xl/sharedStrings.xml": b" " * (4 * MEGABYTE)})
    assert "unpacks to more" in refused(bomb)


def test_many_parts_that_are_each_within_the_cap_are_refused_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook_file, "MAX_TOTAL", 50_000)
    parts = {
        f"xl/more{number}.xml": b"<a>" + random.Random(number).randbytes(5_000).hex().encode() + b"</a>"
        for number in range(10)
    }
    assert "unpacks to more" in refused(with_parts(workbook_of([CAPTIONS]), parts))


def test_pictures_and_macros_are_not_unpacked_at_all() -> None:
    data = with_parts(
        workbook_of([CAPTIONS, LINE]),
        {
            "xl/media/image1.png": b"\0" * (workbook_file.MAX_PART + 1),
            "xl/vbaProject.bin": b"Sub AutoOpen()",
        },
    )
    assert read_workbook(data, small_mapping()).rows_read == 1


def test_a_size_that_the_archive_lies_about_is_found_out() -> None:
    data = bytearray(with_parts(workbook_of([CAPTIONS]), {SHEET: b"x" * 100_000}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.rfind(signature)
        struct.pack_into("<I", data, start + place, 10)
    refused(bytes(data))


def test_a_sheet_that_claims_a_million_rows_is_read_by_what_it_holds() -> None:
    data = sheet_of('<row r="1"><c r="A1"><v>7</v></c></row>', dimension="A1:XFD1048576")
    assert values(data) == [["7"]]


def test_a_cell_in_the_last_corner_is_refused_before_room_is_made_for_it() -> None:
    text = refused(sheet_of('<row r="1"><c r="A1"><v>7</v></c><c r="XFD1048576"><v>8</v></c></row>'))
    assert "row 1" in text
    assert "column 16\u00a0384" in text or "16384" in text


def test_a_styled_cell_far_below_that_holds_nothing_is_no_reason_to_refuse() -> None:
    assert values(
        sheet_of('<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="A1048576" s="0"/></row>')
    ) == [["7"]]


def test_more_rows_than_the_cap_are_refused() -> None:
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(100_001))
    assert "at most 100" in refused(sheet_of(rows))


def test_merging_more_cells_than_a_sheet_has_is_harmless() -> None:
    data = sheet_of('<row r="1"><c r="A1"><v>7</v></c></row>')
    xml = part_of(data).replace(
        b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    assert values(with_parts(data, {SHEET: xml})) == [["7"]]


# ---- form ----------------------------------------------------------------------------------------------------------


def test_old_and_protected_workbooks_are_refused_with_what_to_do() -> None:
    assert "save it as .xlsx" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"code;name\n1;2\n", b"<html></html>", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert "not an Excel workbook" in refused(data)


def test_a_zip_of_something_else_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "not an Excel workbook" in refused(stream.getvalue())


def test_a_file_that_is_not_there_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.xlsx"):
        open_workbook(tmp_path / "missing.xlsx")


def test_a_document_type_is_refused_wherever_we_read_one() -> None:
    data = workbook_of([CAPTIONS, LINE])
    for part in (SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"):
        head, _, rest = part_of(data, part).partition(b"<")
        xml = head + b'<!DOCTYPE x [<!ENTITY e "boom">]><' + rest.removeprefix(b"?xml version='1.0'?>")
        assert "a DOCTYPE is not taken" in refused(with_parts(data, {part: xml}))


def test_a_sheet_whose_part_is_missing_or_elsewhere_is_refused() -> None:
    data = workbook_of([CAPTIONS, LINE])
    assert "not as Excel writes it" in refused(with_parts(data, {}, leave=[SHEET]))
    rels = part_of(data, "xl/_rels/workbook.xml.rels").replace(b"/xl/worksheets/sheet1.xml", b"../../etc/passwd")
    assert "not as Excel writes it" in refused(with_parts(data, {"xl/_rels/workbook.xml.rels": rels}))


def test_a_part_of_two_names_is_refused() -> None:
    stream = io.BytesIO(workbook_of([CAPTIONS, LINE]))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, part_of(stream.getvalue()))
    assert "two of one name" in refused(stream.getvalue())


def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parts = {"../../outside.xml": b"<x/>", "/absolute.xml": b"<x/>", "C:\\windows.xml": b"<x/>"}
    assert read_workbook(with_parts(workbook_of([CAPTIONS, LINE]), parts), small_mapping()).rows_read == 1
    assert list(tmp_path.iterdir()) == []


def test_links_to_other_files_are_left_behind() -> None:
    parts = {"xl/externalLinks/externalLink1.xml": b'<externalLink><file href="http://example.com/x"/></externalLink>'}
    assert read_workbook(with_parts(workbook_of([CAPTIONS, LINE]), parts), small_mapping()).rows_read == 1


# ---- cells without a value -----------------------------------------------------------------------------------------

_ROW = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>No</t></is></c><c r="B1" t="inlineStr"><is><t>Gross</t></is></c></row>'
)


def test_an_error_of_excel_is_reported_and_its_text_kept() -> None:
    data = sheet_of(_ROW + '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#REF!</v></c></row>')
    mapping = small_mapping(
        *(column for column in small_mapping().tables[0].columns if column.reads in {"line", "mass"})
    )
    reading = read_workbook(data, mapping)
    (problem,) = reading.problems
    assert (problem.cell, problem.text, problem.field) == ("B2", "#REF!", "item.gross_mass")
    assert "error" in problem.reason.text()
    assert reading.body["item"] == [{"gross_mass": "#REF!"}]


def test_a_formula_whose_result_was_never_stored_is_reported_not_taken_for_empty() -> None:
    data = sheet_of(_ROW + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>1+2</f></c></row>')
    mapping = small_mapping(
        *(column for column in small_mapping().tables[0].columns if column.reads in {"line", "mass"})
    )
    (problem,) = read_workbook(data, mapping).problems
    assert problem.cell == "B2"
    assert "save it" in problem.reason.text()


def test_of_a_formula_the_stored_result_is_read() -> None:
    assert values(sheet_of('<row r="1"><c r="A1"><f>1+2</f><v>3</v></c></row>')) == [["3"]]


def test_control_characters_do_not_come_in() -> None:
    data = sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0007_b</t></is></c></row>')
    assert "\x07" not in values(data)[0][0]


# ---- anything at all -----------------------------------------------------------------------------------------------


@settings(max_examples=150)
@given(st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    whole = SAMPLE.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
    part = bytearray(part_of(whole, name))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(part) - 1))
        part[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        reading = read_workbook(with_parts(whole, {name: bytes(part)}), saved_mapping())
    except UserError:
        return
    assert reading.rows_read > 0


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert refused(data)
