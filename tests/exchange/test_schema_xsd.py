# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages against the official schemas: what is wrong is told by line, element and our own field."""

import pytest

from swclient.base.errors import DataError, UserError
from swclient.exchange.envelope import wrap
from swclient.exchange.schema import check_schema
from tests.corpus import corpus_path
from tests.exchange.given import AT, CONTAINER_ID, full_body, kz, written

SMALL = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x"
 elementFormDefault="qualified"><xs:element name="R"><xs:complexType><xs:sequence>
 <xs:element name="N" type="xs:integer"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""


@pytest.fixture
def schemas():
    return corpus_path("eaeu-esad", "schemas-5.23.0")


def test_without_a_schema_the_answer_is_not_checked(tmp_path):
    assert check_schema(written(full_body()), tmp_path / "nowhere") is None
    assert check_schema(written(full_body()), tmp_path) is None


def test_a_schema_is_found_by_the_namespace_of_the_document(tmp_path):
    (tmp_path / "other.xsd").write_text(SMALL.replace("urn:x", "urn:y"))
    (tmp_path / "any-name.xsd").write_text(SMALL)
    assert check_schema(b'<R xmlns="urn:x"><N>1</N></R>', tmp_path) == ()
    [fault] = check_schema(b'<R xmlns="urn:x">\n<N>one</N></R>', tmp_path)
    assert (fault.line, fault.path, fault.element, fault.field) == (2, "R/N", "N", None)
    assert check_schema(b'<R xmlns="urn:z"/>', tmp_path) is None


def test_a_schema_that_changed_is_read_again(tmp_path):
    path = tmp_path / "x.xsd"
    path.write_text(SMALL)
    assert check_schema(b'<R xmlns="urn:x"><N>1</N></R>', tmp_path) == ()
    path.write_text(SMALL.replace("xs:integer", "xs:date"))
    assert len(check_schema(b'<R xmlns="urn:x"><N>1</N></R>', tmp_path)) == 1


def test_a_broken_schema_is_named(tmp_path):
    (tmp_path / "x.xsd").write_text(SMALL.replace("xs:integer", "xs:nonsense"))
    with pytest.raises(DataError, match=r"x\.xsd"):
        check_schema(b'<R xmlns="urn:x"><N>1</N></R>', tmp_path)


def test_nothing_is_fetched_for_a_schema(tmp_path):
    remote = '<xs:import namespace="urn:w" schemaLocation="http://127.0.0.1:9/w.xsd"/><xs:element name="R"'
    (tmp_path / "x.xsd").write_text(
        SMALL.replace('<xs:element name="R"', remote)
        .replace("xs:integer", "w:T", 1)
        .replace("targetNamespace", 'xmlns:w="urn:w" targetNamespace')
    )
    with pytest.raises(DataError, match=r"x\.xsd"):
        check_schema(b'<R xmlns="urn:x"><N>1</N></R>', tmp_path)


def test_a_message_with_a_doctype_is_refused_before_anything_else(tmp_path):
    with pytest.raises(UserError, match="DOCTYPE"):
        check_schema(b"<!DOCTYPE x><x/>", tmp_path)
    with pytest.raises(UserError, match="line 1"):
        check_schema(b"<x><y></x>", tmp_path)


@pytest.mark.parametrize(
    ("table", "field", "value", "element", "where"),
    [
        ("header", "delivery_place", "x" * 51, "DeliveryPlace", ("header.delivery_place", None)),
        ("declarant", "postcode", "0123456789", "PostalCode", ("declarant.postcode", None)),
        ("item", "code", "84818", "GoodsTNVEDCode", ("item.code", 2)),
        ("item", "movement_feature", "00", "GoodsTransferFeature", ("item.movement_feature", 2)),
    ],
)
def test_a_fault_is_pinned_to_our_field_and_item(schemas, table, field, value, element, where):
    body = full_body()
    if table == "item":
        full = {"procedure": "40", "previous_procedure": "00", "movement_feature": "000"}
        body["item"][1] |= full
        body["item"][1][field] = value
    else:
        body[table][field] = value
    for content in (written(body), wrap(written(body), kz(), CONTAINER_ID, AT)):
        found = check_schema(content, schemas, kz())
        assert {(each.field, each.item) for each in found} == {where}
        assert {each.element for each in found} == {element}
        assert all("{" not in each.reason for each in found)


def test_a_missing_element_is_pinned_to_its_own_field(schemas):
    body = full_body()
    body["item"][0].pop("preference_excise")
    [fault] = check_schema(written(body), schemas, kz())
    assert fault.path.endswith("ESADout_CUGoods[1]/Preferencii/Rate")
    assert (fault.field, fault.item) == ("item.preference_excise", 1)
    assert "Excise" in fault.reason


def test_a_container_is_checked_even_where_only_its_content_has_a_schema(schemas, tmp_path):
    for path in schemas.glob("*.xsd"):
        if path.name != "ED_Container.xsd":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    body = full_body()
    assert check_schema(wrap(written(body), kz(), CONTAINER_ID, AT), tmp_path, kz()) is None
    body["header"]["delivery_place"] = "x" * 51
    assert len(check_schema(wrap(written(body), kz(), CONTAINER_ID, AT), tmp_path, kz())) == 1


def test_an_element_missing_at_the_end_of_its_group_is_pinned_to_its_own_field(schemas):
    body = full_body()
    body["item"][0].pop("movement_feature")
    [fault] = check_schema(written(body), schemas, kz())
    assert (fault.element, fault.field) == ("ESADCustomsProcedure", "item.movement_feature")
