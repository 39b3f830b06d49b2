# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are told apart by what is in them; a bad one is refused by name, line and reason."""

import json
from pathlib import Path

import pytest

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.document.body import from_body, to_body
from swclient.exchange.formats import read_any, write, write_own
from tests.exchange.given import AT, DOCUMENT_ID, full_body, kz, snapshot_of, written


def convert(name, body):
    return write(name, body, snapshot_of(body), profile=kz(), document_id=DOCUMENT_ID, at=AT)


@pytest.mark.parametrize("name", ["swclient", "eaeu-dt"])
def test_every_format_that_is_written_is_read_again(name):
    body = to_body(from_body(full_body(), kz()))
    found = read_any("declaration", convert(name, body))
    assert found.format == name
    assert to_body(from_body(found.body, kz())) == body


def test_our_own_format_is_text_that_people_can_read_and_compare():
    content = write_own(full_body())
    assert "Краны".encode() in content
    assert content.endswith(b"}\n")
    assert json.loads(content) == full_body()


def test_the_ending_of_the_name_does_not_matter_for_texts():
    assert read_any("strange.txt", written(full_body())).format == "eaeu-dt"
    assert read_any("strange.xml", write_own(full_body())).format == "swclient"
    assert read_any("marked.json", b"\xef\xbb\xbf" + write_own(full_body())).format == "swclient"


def test_the_sample_workbook_is_read_with_a_guessed_mapping():
    path = paths.shipped("resources") / "samples" / "supplier-invoice.xlsx"
    if not path.is_file():
        pytest.skip("the sample workbook is not made yet")
    found = read_any(path.name, path.read_bytes())
    assert found.format == "xlsx"
    assert len(found.body["item"]) == 12


def test_a_message_says_itself_which_country_it_is_for():
    assert read_any("d.xml", written(full_body())).body["profile"] == "KZ"


def test_a_message_for_a_country_without_a_profile_is_read_with_the_one_given():
    text = written(full_body()).decode().replace("RecipientCountryCode>KZ<", "RecipientCountryCode>AM<")
    found = read_any("d.xml", text.encode(), kz())
    assert found.body["profile"] == "KZ"
    assert found.unread[0] == "RecipientCountryCode: AM"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "line 1"),
        (b"hello", "line 1"),
        (b"{\n  'format': 1}", "line 2, column 3"),
        (b'{"format": "other"}', "format"),
        (b"[1]", "neither"),
        (b'{"format": "swclient-declaration", "version": 1, "version": 1}', "twice"),
        (b'{\n"format": "\xff"}', "line 2"),
        (b'{"a":' * 100_000, "recursion"),
        (b"<other/>", "no message"),
        (b"<a><b></a>", "line 1, column 9"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name_and_reason(content, says):
    with pytest.raises(UserError) as caught:
        read_any("bad.json", content, kz())
    assert "bad.json" in str(caught.value)
    assert says in str(caught.value)


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(UserError, match="eaeu-dt, swclient"):
        convert("pdf", full_body())


def test_a_text_that_cannot_be_read_as_its_value_stops_the_message_but_not_our_own_file():
    body = full_body()
    body["item"][1]["code"] = "85392290000"
    with pytest.raises(UserError) as caught:
        convert("eaeu-dt", body)
    assert "item[2].code" in str(caught.value)
    assert "85392290000" in str(caught.value)
    assert b"85392290000" in convert("swclient", body)


def test_the_samples_that_come_with_the_program_are_read():
    folder = paths.shipped("resources") / "samples"
    files = [path for path in folder.glob("*.json") if is_declaration(path)] if folder.is_dir() else []
    for path in files:
        assert read_any(path.name, path.read_bytes()).format == "swclient"


def is_declaration(path: Path) -> bool:
    return json.loads(path.read_text(encoding="utf-8")).get("format") == "swclient-declaration"
