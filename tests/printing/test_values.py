# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that was declared is missing on paper: each field is printed, or named here with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Record, Snapshot, freeze
from swclient.printing.form import Printed, print_form
from tests.printing import sample
from tests.printing.seen import all_text, squeezed

# Fields that stand on other forms or serve calculation and checks only.
NOT_ON_THE_FORM = {
    "header.fee": "a line of box 47",
    "header.usd_rate": "calculation only",
    "header.eur_rate": "calculation only",
    "header.place_inside": "calculation only",
    "header.sale": "checks only",
    "header.gross_total": "checks only",
    "header.cmr_gross": "the transport document",
    "header.cmr_packages": "the transport document",
    "header.cmr_containers": "the transport document",
    "header.cmr_seals": "the transport document",
    "header.arrival_date": "checks only",
    "header.line_kind": "boxes 18 and 21 name the line itself",
    "header.transit_until": "customs write it into box D",
    "header.transit_route": "customs write it into box D",
    "header.temporary_months": "box 44, document 10011",
    "item.quota_licence": "box 44, document 01011",
    "item.preferential_origin": "box 36 and the certificate in box 44 tell it",
    "item.contract_code": "the contract in box 44",
    "previous.net_there": "checks only",
    "document.quantity": "checks only",
    "document.quantity_unit": "checks only",
    "document.left": "checks only",
    "seal.container": "checks only",
    "document.tir_holder": "the carnet itself",
    "document.tir_page": "the carnet itself",
    "item.partner_code": "checks only",
    "item.partner_mass": "checks only",
    "item.partner_value": "checks only",
    "header.related_parties": "the valuation declaration",
    "header.price_influenced": "the valuation declaration",
    "header.restrictions": "the valuation declaration",
    "header.royalties": "the valuation declaration",
    "item.description_foreign": "box 31 is filled in the language of the authority",
    "item.additions": "the valuation declaration",
    "item.deductions": "the valuation declaration",
    "item.payment_feature": "a proposal for the charges, which carry their own",
    "item.charges": "lines of their own, see test_money",
    "header.charges": "lines of their own, see test_money",
    "header.charges_total": "summed anew where charges are declared, see test_money",
    "item.charges_total": "summed anew where charges are declared, see test_money",
    "package.shared": "groups packages; only the number of shared places is printed",
    "document.amount": "checks only",
    "document.name": "only where it alone tells what the document is, see below",
    "header.sheet": "sheets are numbered as they are printed",
    "header.delivery_locode": "box 20 names the place",
    "header.dts_goods": "the valuation declaration",
    "item.un_number": "the consignment note",
    "item.adr_class": "the consignment note",
    "document.attached": "files go apart",
    "document.attached_number": "files go apart",
    "document.attached_date": "files go apart",
    "person.certificate_owner": "the signature itself says it",
    "person.certificate_until": "the signature itself says it",
    "charge.rate_type": "a sign beside the rate",
}
NOT_ON_THE_FORM |= {
    f"representative.{name}": "box 54 knows the representative by name and number of the register"
    for name in ("tax_id", "country", "postcode", "region", "city", "street", "phone", "email")
}
NOT_ON_THE_FORM |= {
    f"{party}.okpo": "Kyrgyzstan prints it" for party in ("exporter", "consignee", "financial", "declarant", "carrier")
}
UNSEEN_TABLES = {
    "cost": "the valuation declaration",
    "carrier": "box 50, of transit only",
    "seller": "the valuation declaration",
    "buyer": "the valuation declaration",
    "line": "the invoice itself",
    "cmr": "a paper of its own",
    "tir": "a paper of its own",
    "manifest": "a paper of its own",
    "consignment": "a paper of its own",
    "application": "a paper of its own",
    "office": "customs write it themselves",
}
# The form shows these by their meaning.
AS_SHOWN = {
    "header.container_flag": "1",
    "item.packing": "без упаковки",
    "container.full": "часть",
}
SKIPPED = {"same_as_declarant"}  # it stands in place of all other fields of a party


def _value(field: Field, number: int) -> Any:
    kind = field.kind.name
    if kind in {"text", "tax_id", "container"}:
        return f"Өқ{number}甲"
    if kind == "date":
        return date(2001, 1, 1) + timedelta(days=number)
    if kind == "flag":
        return True
    if kind == "count":
        return number
    if kind in {"money", "mass", "quantity", "rate"}:
        return Decimal(f"{70000 + number}.25")
    return f"Q{number}"


def _told(field: Field, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return AS_SHOWN.get(field.id, str(value))


def _everything(profile: Profile) -> tuple[Snapshot, dict[str, str]]:
    """Return a declaration with one row everywhere and a value of its own in every field, and how each is told."""
    numbers = count(10001)
    tables: dict[str, tuple[Record, ...]] = {}
    told: dict[str, str] = {}
    for name, spec in profile.tables.items():
        values: dict[str, Any] = {}
        for field in profile.table_fields(name).values():
            if field.name in SKIPPED or field.kind.name in {"charges", "totals"}:
                continue
            value = (
                AS_SHOWN.get(field.id)
                and {"item.packing": "0", "container.full": "2", "header.container_flag": True}[field.id]
            )
            values[field.name] = _value(field, next(numbers)) if value is None else value
            told[field.id] = _told(field, values[field.name])
        tables[name] = (Record(1, 1 if spec.parent else None, freeze(values)),)
    if "direction" in tables["header"][0].values:
        told["header.direction"] = str(tables["header"][0].values["direction"])
    return Snapshot("KZ", profile.version, tables), told


def _print(profile: Profile) -> tuple[Printed, dict[str, str]]:
    snapshot, told = _everything(profile)
    return print_form(snapshot, profile), told


def test_every_field_is_printed_or_named_with_a_reason(kz: Profile) -> None:
    made, told = _print(kz)
    text = all_text(made.pdf)
    lost = sorted(
        field
        for field, words in told.items()
        if squeezed(words) not in text and field not in NOT_ON_THE_FORM and field.partition(".")[0] not in UNSEEN_TABLES
    )
    assert lost == []


def test_no_field_is_excused_that_is_printed(kz: Profile) -> None:
    made, told = _print(kz)
    text = all_text(made.pdf)
    numbered = {
        field: words for field, words in told.items() if any(each.isdigit() for each in words) and len(words) > 4
    }
    printed = {field for field, words in numbered.items() if squeezed(words) in text}
    assert sorted(printed & set(NOT_ON_THE_FORM)) == []


@pytest.mark.parametrize("row", [{"kind": "09999", "number": "7"}, {"kind": "03011"}])
def test_a_document_without_number_or_of_another_kind_is_told_by_its_name(kz: Profile, row: dict[str, str]) -> None:
    body = sample.body(1)
    body["document"] = [{**row, "name": "ПИСЬМО"}]
    assert f"{row['kind']}ПИСЬМО" in all_text(print_form(sample.snapshot(given=body), kz).pdf, 1)


def test_kazakh_and_chinese_letters_come_back_as_they_were(printed: Printed) -> None:
    text = all_text(printed.pdf)
    for words in (
        "Әбілқасымова Ұлпан Іңкәрқызы",
        "«Һәм Ғажап Импорт»",
        "Бөгенбай батыр к-сі, 115-үй",
        "霍尔果斯样品阀泵有限公司",
        "温州样品阀门有限公司",
        "新F0002挂",
    ):
        assert squeezed(words) in text


def test_every_item_stands_with_its_figures(printed: Printed, twelve: Snapshot) -> None:
    text = all_text(printed.pdf)
    for item in twelve.many("item"):
        for name in ("code", "price", "customs_value", "statistical_value", "description"):
            assert squeezed(str(item.values[name])) in text
