# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The electronic invoice of an onward sale: order and names of its elements, its sums, and that it is a draft."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from swclient.base.errors import UserError
from swclient.exchange.onward_invoice import BLANK
from swclient.workflow.drafts.drafting import session_of_body
from swclient.workflow.intake.converting import open_file, sample_body
from swclient.workflow.tax.invoice import draft_sale, prepare_invoice, read_sale
from tests.data.cases import SAMPLES
from tests.declarations import today

NUMBER = "55301000/201126/0000001"
SALE = {
    "number": "DEMO-7",
    "date": "2026-12-01",
    "turnover_date": "2026-11-30",
    "customer": {
        "tin": "000000000000",
        "name": "ТОО «Учебный покупатель» <DEMO>",
        "address": "Алматы",
        "country": "KZ",
    },
    "prices": {"1": "7000.35", "3": "12.50"},
}
HEAD = ["date", "invoiceType", "num", "operatorFullname", "turnoverDate", "customers", "productSet", "sellers"]
PRODUCT = [
    "description",
    "ndsAmount",
    "ndsRate",
    "priceWithTax",
    "priceWithoutTax",
    "productDeclaration",
    "productNumberInDeclaration",
    "quantity",
    "truOriginCode",
    "turnoverSize",
    "unitCode",
    "unitNomenclature",
    "unitPrice",
]


def prepared(tmp_path: Path, sale: dict[str, object] | None = None) -> dict[str, bytes]:
    session = session_of_body(sample_body(), today=today)
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(sale or SALE, ensure_ascii=False), encoding="utf-8")
    return prepare_invoice(session.snapshot(), session.profile, NUMBER, read_sale(file, session.profile))


def read(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own bytes


def test_names_order_and_namespaces_are_those_of_the_contract(tmp_path: Path) -> None:
    root = read(prepared(tmp_path)["message"])
    assert root.tag == "{esf}invoiceContainer"
    (invoice,) = root.findall("invoiceSet/{v2.esf}invoice")
    assert [child.tag for child in invoice] == HEAD  # unqualified, in this order
    for product in invoice.findall("productSet/products/product"):
        assert [child.tag for child in product] == PRODUCT
        assert product.findtext("productDeclaration") == NUMBER


def test_lines_are_sourced_and_add_up(tmp_path: Path) -> None:
    (invoice,) = read(prepared(tmp_path)["message"]).findall("invoiceSet/{v2.esf}invoice")
    products = invoice.findall("productSet/products/product")
    assert [each.findtext("productNumberInDeclaration") for each in products] == ["1", "3"]  # only what is sold
    for product in products:
        figures = {
            name: Decimal(product.findtext(name) or "")
            for name in PRODUCT
            if name not in {"description"} and name[:7] != "product"
        }
        net = (figures["unitPrice"] * figures["quantity"]).quantize(Decimal("0.01"))
        assert figures["priceWithoutTax"] == figures["turnoverSize"] == net
        assert figures["priceWithTax"] == net + figures["ndsAmount"]
        assert abs(figures["ndsAmount"] - net * figures["ndsRate"] / 100) <= Decimal("0.005")
    for total, name in (("totalNdsAmount", "ndsAmount"), ("totalPriceWithTax", "priceWithTax")):
        whole = sum(Decimal(each.findtext(name) or "") for each in products)
        assert Decimal(invoice.findtext(f"productSet/{total}") or "") == whole


def test_figures_have_no_trailing_noughts_and_days_are_written_as_there(tmp_path: Path) -> None:
    (invoice,) = read(prepared(tmp_path)["message"]).findall("invoiceSet/{v2.esf}invoice")
    texts = [
        each.text or "" for each in invoice.iter() if each.tag in {"unitPrice", "quantity", "priceWithTax", "ndsRate"}
    ]
    assert not [text for text in texts if ("." in text and text.endswith("0")) or "E" in text.upper()]
    assert (invoice.findtext("date"), invoice.findtext("turnoverDate")) == ("01.12.2026", "30.11.2026")
    assert invoice.findtext("customers/customer/name") == SALE["customer"]["name"]
    assert invoice.findtext("sellers/seller/tin") == "240140000011"


def test_the_upload_carries_the_invoice_byte_for_byte_and_no_secret(tmp_path: Path) -> None:
    parts = prepared(tmp_path)
    upload, session = read(parts["upload"]), read(parts["session"])
    assert (upload.find(".//invoiceBody").text or "").encode() == parts["message"]
    for place in ("sessionId", "signature", "x509Certificate"):
        assert upload.find(f".//{place}").text == BLANK
    password = session.find(".//{*}Password")
    assert password is not None
    assert password.text == BLANK
    assert read(parts["ticket"]).find(".//ttlInMinutes").text == "10"


def test_without_a_sale_it_is_a_draft_at_landed_cost_with_no_buyer() -> None:
    session = session_of_body(sample_body(), today=today)
    parts = prepare_invoice(session.snapshot(), session.profile, NUMBER, draft_sale(date(2026, 12, 1)))
    (invoice,) = read(parts["message"]).findall("invoiceSet/{v2.esf}invoice")
    assert invoice.findtext("num") == "DRAFT"
    assert not invoice.findtext("customers/customer/tin")
    item = session.snapshot().many("item")[0]
    price = Decimal(invoice.findtext("productSet/products/product/unitPrice") or "")
    assert price * item.get("quantity") >= item.get("customs_value")
    assert len(invoice.findall("productSet/products/product")) == len(session.snapshot().many("item"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"customer": {"tin": "1", "name": "DEMO"}}, "has not the form"),
        ({"prices": {"1": 7000.35}}, "cannot be read"),
        ({"prices": {"1": "1e5"}}, "cannot be read"),
        ({"prices": {"99": "1.00"}}, "names item 99"),
        ({"date": "tomorrow"}, "cannot be read"),
        ({"customer": {"shoe_size": "43"}}, "cannot be read"),
    ],
)
def test_a_sale_that_does_not_fit_is_refused_by_name(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    with pytest.raises(UserError, match=told):
        prepared(tmp_path, {**SALE, **changed})


def test_a_country_without_such_an_invoice_says_so() -> None:
    session = open_file(SAMPLES / "uz-import-40.json", "").session
    with pytest.raises(UserError, match="UZ has no electronic invoice"):
        prepare_invoice(session.snapshot(), session.profile, NUMBER, draft_sale(date(2026, 12, 1)))
