# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document of ASYCUDA: written for all countries, read in its variants, nothing lost without a word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from swclient.catalogue.kinds import Given
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.document.body import to_body
from swclient.exchange.formats import read_any, write
from swclient.exchange.message import declaration_skeleton, not_carried, reasons
from swclient.workflow.intake.converting import open_file, sample_file
from tests.corpus import corpus_path
from tests.exchange.given import AT, DOCUMENT_ID, kz

NAME = "asycuda-sad"


@pytest.fixture(scope="module")
def sample() -> Any:
    return open_file(sample_file()).session


@pytest.fixture(scope="module")
def message(sample: Any) -> bytes:
    body, snapshot = to_body(sample.declaration), sample.snapshot()
    return write(NAME, body, snapshot, profile=sample.profile, document_id=DOCUMENT_ID, at=AT)


def element(message: bytes, name: str, place: int = 0) -> str:
    return re.findall(rf"<{name}>(.*?)</{name}>", message.decode(), re.DOTALL)[place]


@pytest.mark.parametrize("code", profile_codes())
def test_every_typed_field_is_carried_or_has_a_reason(code: str) -> None:
    profile = load_profile(code)
    placed = {place.field for place in declaration_skeleton(profile, NAME).places}
    told = reasons(profile, NAME)
    for field in profile.fields.values():
        if not field.derived and not isinstance(field.kind, Given):
            assert (field.id in placed) != (field.id in told), field.id
    assert all(told.values())
    assert len(placed) > 70


def test_figures_codes_and_days_stand_as_the_format_wants_them(message: bytes) -> None:
    assert element(message, "Sad_flow") == "I"
    assert element(message, "Type_of_declaration") == "IM"
    assert element(message, "Declaration_gen_procedure_code") == "4"
    assert element(message, "Extended_customs_procedure") == "4000"
    assert element(message, "Date_of_declaration") == "11/20/26"
    assert element(message, "Container_flag") == "true"
    assert element(message, "Commodity_code") + element(message, "Precision_1") == "8481808199"
    assert element(message, "Exporter_name").splitlines()[0].startswith("Urumqi")
    assert message.index(b"<Container>") < message.index(b"<Item>")


def test_what_is_written_is_read_back(sample: Any, message: bytes) -> None:
    found = read_any("x.xml", message, kz())
    assert found.format == NAME
    assert [line for line in found.unread if "Border_information/Nationality" not in line] == []
    own = to_body(sample.declaration)
    assert len(found.body["item"]) == len(own["item"])
    for theirs, ours in zip(found.body["item"], own["item"], strict=True):
        for name in ("code", "description", "origin", "gross_mass", "net_mass", "price", "previous_procedure"):
            assert theirs.get(name) == ours.get(name), name
        assert [c["number"] for c in theirs.get("container", [])] == [c["number"] for c in ours.get("container", [])]
        assert [p["count"] for p in theirs["package"]] == [p["count"] for p in ours["package"][:1]]
    assert {d["number"] for d in found.body["document"]} == {d["number"] for d in own["document"]}
    for name in ("direction", "procedure", "date", "incoterm", "currency", "border_mode", "container_flag"):
        assert found.body["header"][name] == own["header"][name], name


def test_read_and_written_again_it_is_the_same_but_for_what_is_worked_out(message: bytes) -> None:
    from swclient.workflow.drafts.drafting import session_of_body

    session = session_of_body(read_any("x.xml", message, kz()).body, "KZ")
    again = write(NAME, to_body(session.declaration), session.snapshot(), profile=kz(), document_id="2", at=AT)
    for name in ("Commodity_code", "Item_price", "Container_identity", "Attached_document_reference"):
        texts = [re.findall(rf"<{name}>(.*?)</{name}>", each.decode()) for each in (message, again)]
        assert texts[0] == texts[1], name


def test_what_the_format_takes_one_of_is_told() -> None:
    session = open_file(sample_file()).session
    before = not_carried(session.snapshot(), session.profile, NAME)
    assert "cost.amount" in before
    assert "header.reference" not in before
    assert "package[2]" not in before
    body = to_body(session.declaration)
    body["item"][0]["package"].append({"kind": "BX", "count": "3"})
    from swclient.workflow.drafts.drafting import session_of_body

    more = session_of_body(body)
    assert "package[2]" in not_carried(more.snapshot(), more.profile, NAME)


VARIANT = b"""<asycuda id="x"><property><Date_of_declaration>3/4/2025</Date_of_declaration></property>
<Transport><container_flag>false</container_flag>
<Means_of_Transport><Border_information><Mode><null/></Mode></Border_information></Means_of_Transport></Transport>
<Container><Item_Number>2</Item_Number><Container_identity>DEMU1234568</Container_identity></Container>
<Item><Tarification><HScode><Commodity_code>84818081</Commodity_code><Precision_1><null/></Precision_1></HScode>
<Extended_customs_procedure>4000</Extended_customs_procedure></Tarification>
<Taxation><Taxation_line><Duty_tax_code><null/></Duty_tax_code><Duty_tax_Base/></Taxation_line></Taxation></Item>
<Item><Free_text_1>kept</Free_text_1><Tarification><A.I._code>9</A.I._code></Tarification></Item>
<SW_scans_items><Document_id>17</Document_id></SW_scans_items></asycuda>"""


def test_variants_of_other_installations_are_read_and_what_has_no_place_is_told() -> None:
    found = read_any("x.xml", VARIANT.replace(b"asycuda", b"ASYCUDA"), kz())
    header, items = found.body["header"], found.body["item"]
    assert (header["date"], header["container_flag"], header["procedure"]) == ("2025-03-04", "0", "40")
    assert items[0]["code"] == "84818081"
    assert "charge" not in items[0]
    assert items[1]["container"] == [{"number": "DEMU1234568"}]
    assert found.unread == (
        "Item[2]/Free_text_1: kept",
        "Item[2]/Tarification/A.I._code: 9",
        "SW_scans_items/Document_id: 17",
    )


def test_a_container_of_no_item_is_told() -> None:
    found = read_any("x.xml", VARIANT.replace(b"asycuda", b"ASYCUDA").replace(b">2</Item_N", b">7</Item_N"), kz())
    assert "Container/Container_identity: DEMU1234568" in found.unread


def test_a_declaration_of_119_items_opens() -> None:
    found = open_file(corpus_path("asycuda-sad", "nepal_GENERATED_demo_output.xml"), "KZ")
    assert len(found.session.rows("item")) == 119
    assert len(found.unread) < 600
    read = to_body(found.session.declaration)
    assert read["header"]["items_total"] == "119"
    assert all(item["code"] and item["price"] and item["net_mass"] for item in read["item"])


def test_depth_and_size_are_bounded() -> None:
    from swclient.base.errors import UserError

    deep = b"<ASYCUDA>" + b"<a>" * 5000 + b"x" + b"</a>" * 5000 + b"</ASYCUDA>"
    with pytest.raises(UserError):
        read_any("x.xml", deep, kz())
