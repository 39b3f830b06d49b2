# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The message of the union read back: our own without a loss, others' with a list of what has no place."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from swclient.base.errors import UserError
from swclient.document.body import from_body, to_body
from swclient.exchange.envelope import wrap
from swclient.exchange.formats import read_any
from swclient.exchange.message import read_declaration
from swclient.exchange.xmlread import MAX_BYTES, read_xml
from tests.corpus import corpus_path
from tests.exchange.given import AT, CONTAINER_ID, charges, full_body, kz, written


def read(content: bytes):
    return read_declaration(read_xml(content, "m"), kz())


def test_every_field_comes_back_and_nothing_is_left_over():
    found = read(written(full_body()))
    assert found.unread == ()
    assert to_body(from_body(found.body, kz())) == to_body(from_body(full_body(), kz()))


def test_written_read_and_written_again_are_the_same_bytes():
    first = written(full_body())
    assert written(read(first).body) == first


def test_worked_out_charges_come_back_as_declared_ones_and_write_the_same_bytes():
    body = full_body()
    body["item"][0].pop("charge")
    body.pop("payment")
    first = written(body, **charges())
    found = read(first)
    assert [row["kind"] for row in found.body["item"][0]["charge"]] == ["1010", "5010", "4111"]
    assert found.body["item"][0]["charge"][2]["rate_unit"] == "EUR/166"
    assert found.unread == ()
    assert written(found.body) == first


def test_totals_come_back_as_typed_so_that_they_can_be_compared():
    body = full_body()
    body["header"]["items_total"] = "7"
    assert read(written(body)).body["header"]["items_total"] == "7"


def test_general_documents_of_the_first_item_become_documents_of_the_whole_declaration():
    body = full_body()
    body.pop("document")
    body["item"][0]["document"] = [
        {"kind": "01191", "number": "1"},
        {"kind": "04021", "number": "2"},
    ]
    body["item"][1]["document"] = [{"kind": "04021", "number": "3"}]
    found = read(written(body)).body
    assert found["document"] == [{"kind": "04021", "number": "2"}]
    assert [item.get("document") for item in found["item"]] == [
        [{"kind": "01191", "number": "1"}],
        [{"kind": "04021", "number": "3"}],
    ]
    assert written(found) == written(body)


def test_namespaces_and_prefixes_do_not_matter_and_the_namespace_is_kept_as_a_hint():
    text = written(full_body()).decode()
    other = re.sub(r":5\.2\d\.0", ":5.99.0", text).replace("catESAD_cu:", "_1:").replace("xmlns:catESAD_cu", "xmlns:_1")
    bare = re.sub(r" xmlns:\w+=\"[^\"]*\"", "", re.sub(r"(</?)\w+:", r"\1", text))
    expected = read(text.encode())
    assert read(other.encode()).body == expected.body
    assert read(other.encode()).namespace.endswith(":5.99.0")
    assert read(bare.encode()).body == expected.body
    assert read(bare.encode()).namespace == ""


def test_elements_in_another_order_are_read_all_the_same():
    root = ElementTree.fromstring(written(full_body()))  # noqa: S314 - our own
    for element in root.iter():
        if len({child.tag for child in element}) == len(element):  # rows keep their order
            element[:] = reversed(element)
    expected = read(written(full_body())).body
    found = read(ElementTree.tostring(root)).body
    assert found == expected


def test_strange_elements_are_listed_with_position_and_text():
    text = written(full_body()).decode()
    strange = "<catESAD_cu:GoodFeatures>МПО</catESAD_cu:GoodFeatures></ESADout_CU:ESADout_CUGoods>"
    changed = text.replace("</ESADout_CU:ESADout_CUGoods>", strange)
    assert read(changed.encode()).unread == (
        "ESADout_CUGoodsShipment/ESADout_CUGoods[1]/GoodFeatures: МПО",
        "ESADout_CUGoodsShipment/ESADout_CUGoods[2]/GoodFeatures: МПО",
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "left"),
    [
        ("<catESAD_cu:PakageQuantity>10<", "<catESAD_cu:PakageQuantity>11<", "PakageQuantity: 11"),
        (
            ">398</catESAD_cu:PaymentCurrencyCode>",
            ">417</catESAD_cu:PaymentCurrencyCode>",
            "PaymentCurrencyCode: 417",
        ),
        ("RecipientCountryCode>KZ<", "RecipientCountryCode>KG<", "RecipientCountryCode: KG"),
        (
            "<catESAD_cu:ContainerQuantity>2<",
            "<catESAD_cu:ContainerQuantity>5<",
            "ContainerQuantity: 5",
        ),
    ],
)
def test_a_worked_out_text_that_says_something_else_is_listed(ours, theirs, left):
    text = written(full_body()).decode()
    assert ours in text
    assert any(line.endswith(left) for line in read(text.replace(ours, theirs).encode()).unread)


def test_packages_told_by_number_only_become_a_row():
    body = full_body()
    body["item"][0]["package"] = [{"kind": "CT", "count": "10"}]
    text = written(body).decode()
    bare = re.sub(
        r"<catESAD_cu:PackagePalleteInformation>.*?</catESAD_cu:PackagePalleteInformation>",
        "",
        text,
    )
    assert read(bare.encode()).body["item"][0]["package"] == [{"count": "10"}]


def test_latin_directions_and_look_alike_codes_are_taken_for_ours():
    text = written(full_body()).decode()
    latin = text.replace(">ИМ<", ">IM<").replace("CustomsDuty>ОО<", "CustomsDuty>OO<")
    found = read(latin.encode()).body
    assert (found["header"]["direction"], found["item"][0]["preference_duty"]) == ("ИМ", "ОО")


def test_a_declaration_is_found_in_its_container():
    content = wrap(written(full_body()), kz(), CONTAINER_ID, AT)
    found = read_any("c.xml", content)
    assert found.format == "eaeu-dt"
    assert found.body == read(written(full_body())).body


def test_a_container_of_two_declarations_is_refused():
    document = written(full_body())
    content = wrap(document, kz(), CONTAINER_ID, AT)
    inner = document.partition(b"?>\n")[2]
    with pytest.raises(UserError, match="2 declarations"):
        read_any("c.xml", content.replace(inner, inner + inner))


def samples():
    return sorted(corpus_path("eaeu-esad", "samples-am-5.10.0").glob("*.xml"))


def plain_values(path, name):
    """Read the samples with another reader, so that two must agree."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 - the sample, by another reader
    goods = [e for e in root.iter() if e.tag.endswith("}ESADout_CUGoods")]
    return [next(c.text for c in each.iter() if c.tag.endswith("}" + name)) for each in goods]


def test_all_armenian_samples_of_an_older_album_are_read():
    files = samples()
    assert len(files) == 27
    for path in files:
        found = read_any(path.name, path.read_bytes(), kz())
        items = found.body["item"]
        assert found.namespace.endswith(":5.10.0")
        for field, name in [
            ("code", "GoodsTNVEDCode"),
            ("gross_mass", "GrossWeightQuantity"),
            ("net_mass", "NetWeightQuantity"),
            ("price", "InvoicedCost"),
            ("description", "GoodsDescription"),
        ]:
            assert [item[field] for item in items] == [v.strip() for v in plain_values(path, name)]
        counted = [item["package"][0]["count"] for item in items]
        assert counted == plain_values(path, "PakingQuantity")
        assert found.body["declarant"]["tax_id"] == plain_tax_number(path)
        # Everything has a place but the office's country, which is not that of the profile.
        assert found.unread == ("ESADout_CUGoodsShipment/ESADout_CUGoodsLocation/CustomsCountryCode: AM",)


def plain_tax_number(path):
    text = path.read_text(encoding="utf-8")
    return re.search(r"CUDeclarant>.*?UNN>(\d+)<", text, re.DOTALL).group(1)


def test_the_figures_of_the_samples_are_exact_decimals_or_kept_as_they_stand():
    for path in samples():
        declaration = from_body(read_any(path.name, path.read_bytes(), kz()).body, kz())
        for row, text in zip(declaration.tables["item"].values(), plain_values(path, "InvoicedCost"), strict=True):
            kept = row.values["price"]
            assert (Decimal(text) == kept) if isinstance(kept, Decimal) else (str(kept) == text)


HOSTILE = {
    "a document type": b"<!DOCTYPE x><x/>",
    "an entity bomb": b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "a file of this machine": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
    "a document type in another encoding": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
    "an undefined entity": b"<ESADout_CU>&nobody;</ESADout_CU>",
    "an unclosed element": b"<ESADout_CU>\n<a></ESADout_CU>",
    "an unknown encoding": b'<?xml version="1.0" encoding="x-nobody"?><x/>',
    "bytes that are no text": b'<?xml version="1.0" encoding="UTF-8"?><x>\xff\xfe</x>',
    "an undeclared prefix": b"<a:ESADout_CU/>",
    "a forbidden character": b"<ESADout_CU>\x01</ESADout_CU>",
    "nothing": b"",
    "blanks": b"  \n ",
    "too much": b"<x>" + b" " * MAX_BYTES + b"</x>",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_by_file_and_place(content):
    with pytest.raises(UserError) as caught:
        read_any("bad.xml", content, kz())
    assert "bad.xml" in str(caught.value)


def test_a_fault_is_told_by_line_and_column():
    with pytest.raises(UserError, match=r"bad\.xml: line 2, column 6"):
        read_any("bad.xml", b"<ESADout_CU>\n<a></ESADout_CU>", kz())


def test_old_encodings_are_read():
    text = written(full_body()).decode().replace('encoding="UTF-8"', 'encoding="windows-1251"')
    content = text.encode("windows-1251", "xmlcharrefreplace")
    assert read_any("old.xml", content).body == read(written(full_body())).body


def test_a_second_address_is_listed_and_fills_no_blank_of_the_first():
    body = full_body()
    body["declarant"].pop("postcode")
    text = written(body).decode()
    address = re.search(
        r"CUDeclarant>.*?(<RUScat_ru:SubjectAddressDetails>.*?</RUScat_ru:SubjectAddressDetails>)", text
    ).group(1)
    other = address.replace(
        "<RUScat_ru:CountryCode>", "<RUScat_ru:PostalCode>999999</RUScat_ru:PostalCode><RUScat_ru:CountryCode>"
    )
    head, found, tail = text.partition(address)
    found = read((head + found + other + tail).encode())
    assert "postcode" not in found.body["declarant"]
    assert any(line.endswith("SubjectAddressDetails[2]/PostalCode: 999999") for line in found.unread)


MANY = 20_000
ONE_ITEM = "<ESADout_CUGoods>{}</ESADout_CUGoods>"
FLOODS = {
    "pieces of a description": ONE_ITEM.format("<GoodsDescription>a b</GoodsDescription>" * MANY),
    "one endless description": ONE_ITEM.format(f"<GoodsDescription>{'a b' * 100 * MANY}</GoodsDescription>"),
    "containers": ONE_ITEM.format(
        "<ESADContainer><ContainerNumber><ContainerIdentificaror>A</ContainerIdentificaror>"
        "</ContainerNumber></ESADContainer>" * MANY
    ),
    "trailers": "<ESADout_CUConsigment><ESADout_CUBorderTransport>"
    + "<RUTransportMeans><TransportIdentifier>A</TransportIdentifier></RUTransportMeans>" * MANY
    + "<RUTransportMeans><TransportIdentifier>B</TransportIdentifier>"
    "<ActiveTransportIdentifier>A</ActiveTransportIdentifier></RUTransportMeans>"
    * MANY
    + "</ESADout_CUBorderTransport></ESADout_CUConsigment>",
}


@pytest.mark.parametrize("inside", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_one_element_is_read_without_looking_at_each_other(inside):
    """Nothing is timed: were every element compared with every other, this would not end today."""
    found = read(f"<ESADout_CU><ESADout_CUGoodsShipment>{inside}</ESADout_CUGoodsShipment></ESADout_CU>".encode())
    assert found.unread == ()


def test_a_flood_of_strange_elements_is_another_message():
    with pytest.raises(UserError, match="10000 elements"):
        read(f"<ESADout_CU>{'<x/>' * MANY}</ESADout_CU>".encode())


@pytest.mark.parametrize("figure", ["1e999999999", "9" * 5000, "NaN", "-0", "１２"])
def test_a_monstrous_figure_is_kept_or_listed_and_never_reckoned_with(figure):
    text = written(full_body()).decode()
    changed = text.replace("PakageQuantity>10<", f"PakageQuantity>{figure}<").replace(
        "PalleteQuantity>10<", f"PalleteQuantity>{figure}<"
    )
    found = read(changed.encode())
    assert found.body["item"][0]["package"][0]["count"] == figure
    assert len("".join(found.unread)) < 6000
