# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The marks of a skeleton, each on the smallest file that shows it."""

from pathlib import Path
from typing import Any

import pytest

from swclient.base.errors import DataError, UserError
from swclient.document.body import from_body
from swclient.document.snapshot import Record, Snapshot
from swclient.exchange.skeleton import Found, Skeleton
from swclient.exchange.skeleton.pieces import join_pieces, make_cutter
from swclient.exchange.xmlread import read_xml
from tests.exchange.given import kz

NS = 'xmlns:sw="urn:swclient:skeleton" xmlns:x="urn:x"'


@pytest.fixture
def skeleton(tmp_path: Path):
    def make(inside: str) -> Skeleton:
        path = tmp_path / "s.xml"
        path.write_text(f'<x:R {NS} sw:keep="yes">{inside}</x:R>', encoding="utf-8")
        return Skeleton(path, kz())

    return make


def snapshot(**tables: Any) -> Snapshot:
    body = {"format": "swclient-declaration", "version": 1, "profile": "KZ", **tables}
    rows = from_body(body, kz()).tables
    made = {name: tuple(Record(r.id, r.parent, r.values) for r in found.values()) for name, found in rows.items()}
    return Snapshot("KZ", "", made)


def inside(made: bytes) -> str:
    text = made.decode()
    return text[text.index("<x:R") :].partition(">")[2].removesuffix("</x:R>")


def read(made: Skeleton, text: str) -> Found:
    return made.read(read_xml(f'<x:R xmlns:x="urn:x">{text}</x:R>'.encode(), "f"), {})


def test_a_field_is_written_when_it_is_filled_and_left_out_when_not(skeleton):
    made = skeleton('<x:A sw:field="header.direction"/><x:B sw:field="header.procedure"/>')
    assert inside(made.write(snapshot(header={"procedure": "40"}), {})) == "<x:B>40</x:B>"


def test_the_marks_themselves_are_never_written(skeleton):
    made = skeleton('<x:A sw:field="header.direction"/>')
    assert b"swclient" not in made.write(snapshot(header={"direction": "ИМ"}), {})


def test_a_group_without_content_of_its_own_is_taken_back(skeleton):
    made = skeleton('<x:G><x:K>0</x:K><x:A sw:field="header.direction"/></x:G>')
    assert inside(made.write(snapshot(), {})) == ""
    assert "<x:K>0</x:K>" in inside(made.write(snapshot(header={"direction": "ИМ"}), {}))


def test_rows_under_rows_repeat_and_come_back_where_they_were(skeleton):
    made = skeleton(
        '<x:I sw:each="item"><x:N sw:field="item.number"/>'
        '<x:P sw:each="package"><x:K sw:field="package.kind"/></x:P></x:I>'
    )
    items = [
        {"number": "1", "package": [{"kind": "CT"}, {"kind": "PX"}]},
        {"number": "2"},
        {"number": "3", "package": [{"kind": "BG"}]},
    ]
    text = inside(made.write(snapshot(item=items), {}))
    assert text.count("<x:P>") == 3
    assert read(made, text).body == {"item": items}


def test_a_condition_decides_what_is_written(skeleton):
    made = skeleton(
        '<x:A sw:field="exporter.tax_id" sw:when="exporter.country in KZ KG"/>'
        '<x:B sw:field="exporter.tax_id" sw:when="exporter.country not in KZ KG"/>'
    )
    assert inside(made.write(snapshot(exporter={"tax_id": "1", "country": "KG"}), {})) == "<x:A>1</x:A>"
    assert inside(made.write(snapshot(exporter={"tax_id": "1", "country": "CN"}), {})) == "<x:B>1</x:B>"
    assert read(made, "<x:B>1</x:B>").body == {"exporter": {"tax_id": "1"}}


def test_a_block_is_used_under_another_name(skeleton):
    made = skeleton(
        '<sw:block name="party"><x:N sw:field="party.name"/></sw:block>'
        '<x:E><sw:use block="party" as="exporter"/></x:E><x:C><sw:use block="party" as="carrier"/></x:C>'
    )
    given = snapshot(exporter={"name": "A"}, carrier={"name": "B"})
    assert inside(made.write(given, {})) == "<x:E><x:N>A</x:N></x:E><x:C><x:N>B</x:N></x:C>"


def test_what_is_not_in_the_skeleton_is_listed_with_its_path_and_text(skeleton):
    made = skeleton('<x:I sw:each="item"><x:N sw:field="item.number"/></x:I><x:K>1</x:K>')
    text = "<x:I><x:N>1</x:N></x:I><x:I><x:N>2</x:N><x:Z><x:Y>deep</x:Y></x:Z></x:I><x:K>2</x:K>"
    assert read(made, text).unread == ("I[2]/Z/Y: deep", "K: 2")


def test_words_between_elements_are_listed(skeleton):
    made = skeleton('<x:A sw:field="header.direction"/>')
    assert read(made, "<x:A>ИМ</x:A> lost words").unread == (": lost words",)


def test_a_second_value_for_one_field_is_listed_not_taken_over(skeleton):
    made = skeleton('<x:A sw:field="header.direction"/>')
    found = read(made, "<x:A>ИМ</x:A><x:A>ИМ</x:A><x:A>ЭК</x:A>")
    assert (found.body, found.unread) == ({"header": {"direction": "ИМ"}}, ("A[3]: ЭК",))


def test_an_element_where_text_is_expected_is_listed(skeleton):
    made = skeleton('<x:A sw:field="header.direction"/><x:G><x:B sw:field="header.procedure"/></x:G>')
    assert read(made, "<x:A><x:B>40</x:B></x:A><x:G>words</x:G>").unread == ("A/B: 40", "G: words")


def test_a_trailer_finds_the_row_it_completes(skeleton):
    made = skeleton(
        '<x:M sw:each="arrival_means"><x:T sw:field="arrival_means.identity"/></x:M>'
        '<x:M sw:each="arrival_means" sw:when="arrival_means.trailer filled" sw:join="arrival_means.identity">'
        '<x:T sw:field="arrival_means.trailer"/><x:V sw:field="arrival_means.identity"/></x:M>'
    )
    rows = [
        {"identity": "A", "trailer": "TA"},
        {"identity": "B"},
        {"identity": "C", "trailer": "TC"},
    ]
    text = inside(made.write(snapshot(arrival_means=rows), {}))
    assert text.count("<x:M>") == 5
    assert read(made, text).body == {"arrival_means": rows}


def test_a_row_whose_constant_says_otherwise_is_left(skeleton):
    made = skeleton('<x:I sw:each="item"><x:P sw:each="package"><x:W>0</x:W><x:K sw:field="package.kind"/></x:P></x:I>')
    found = read(made, "<x:I><x:P><x:W>3</x:W><x:K>PX</x:K></x:P></x:I>")
    assert found.body == {"item": [{}]}
    assert found.unread == ("I/P/W: 3", "I/P/K: PX")


def test_neighbours_of_one_kind_share_an_element(skeleton):
    made = skeleton(
        '<x:I sw:each="item"><x:C sw:each="container" sw:by="kind"><x:Q sw:text="count(container.number)"/>'
        '<x:K sw:field="container.kind"/><x:N sw:each="container"><x:D sw:field="container.number"/></x:N>'
        "</x:C></x:I>"
    )
    rows = [
        {"kind": "42", "number": "A"},
        {"kind": "42", "number": "B"},
        {"number": "C"},
        {"kind": "42", "number": "D"},
    ]
    text = inside(made.write(snapshot(item=[{"container": rows}]), {}))
    assert [part[0] for part in text.split("<x:Q>")[1:]] == ["2", "1", "1"]
    found = read(made, text)
    assert (found.body, found.unread) == ({"item": [{"container": rows}]}, ())


def test_a_number_in_parts_is_put_together_again(skeleton):
    made = skeleton(
        '<x:I sw:each="item"><x:P sw:each="previous"><x:O sw:field="previous.number" sw:part="office"/>'
        '<x:D sw:field="previous.number" sw:part="day"/><x:S sw:field="previous.number" sw:part="serial"/></x:P></x:I>'
    )
    given = snapshot(item=[{"previous": [{"number": "55301/201126/0000123"}]}])
    text = inside(made.write(given, {}))
    assert text == "<x:I><x:P><x:O>55301</x:O><x:D>2026-11-20</x:D><x:S>0000123</x:S></x:P></x:I>"
    row = read(made, text).body["item"][0]["previous"][0]
    assert row == {"number": "55301/201126/0000123", "date": "2026-11-20"}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("abcde", ["abcde"]),
        ("ab cdefg", ["ab ", "cdefg"]),
        ("abcdefghij", ["abcde", "fghij"]),
        ("ab cdefghi", ["ab cd", "efghi"]),
        ("abcdefghijklm", ["abcde", "fghij", "klm"]),
    ],
)
def test_long_texts_are_cut_at_blanks_where_the_rest_still_fits(text, pieces):
    assert make_cutter("5x2")(text) == pieces
    assert join_pieces(pieces, 5) == text


@pytest.mark.parametrize(
    "inside_text",
    [
        '<x:A sw:feild="header.direction"/>',
        '<x:A sw:field="header.nonsense"/>',
        '<sw:use block="nobody" as="exporter"/>',
        '<x:A sw:text="dance(header.direction)"/>',
        '<x:A sw:field="header.direction" sw:when="header.direction rhymes"/>',
        "<x:A>",
    ],
)
def test_a_broken_skeleton_is_refused_by_file_and_place(skeleton, inside_text):
    with pytest.raises(DataError) as caught:
        skeleton(inside_text)
    assert "s.xml" in str(caught.value)


def test_a_strange_nest_of_elements_does_not_run_away(skeleton):
    made = skeleton('<x:A sw:field="header.direction"/>')
    with pytest.raises(UserError, match="too deeply"):
        read(made, "<x:Z>" * 2000 + "</x:Z>" * 2000)
