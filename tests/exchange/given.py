# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations for the tests of messages: made-up firms, made-up numbers, every field filled."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from swclient.catalogue.kinds.base import Unread
from swclient.catalogue.loader import load_profile
from swclient.catalogue.profile import Profile
from swclient.document.body import from_body
from swclient.document.charge import Charge, ChargeTotal
from swclient.document.snapshot import Record, Snapshot
from swclient.exchange.message import write_declaration

AT = datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC)
DOCUMENT_ID = "0B2E9A54-8D7C-4F9E-9A7B-5D1C2E3F4A5B"
CONTAINER_ID = "7C1D2E3F-0A1B-4C2D-8E3F-9A0B1C2D3E4F"


@cache
def kz() -> Profile:
    return load_profile("KZ")


def party(name: str, country: str, tax_id: str) -> dict[str, Any]:
    return {
        "name": name,
        "tax_id": tax_id,
        "country": country,
        "postcode": "050000",
        "region": "Demo region",
        "city": "Demo town",
        "street": "Demo street, 1",
        "phone": "+70000000000",
        "email": "demo@example.org",
    }


def full_body() -> dict[str, Any]:
    """Return a declaration that fills every field the message has a place for."""
    return {
        "format": "swclient-declaration",
        "version": 1,
        "profile": "KZ",
        "profile_version": "2026.11",
        "header": {**_header(), **_way()},
        **_parties(),
        "person": _person(),
        "arrival_means": [
            {"identity": "001DEM01", "trailer": "01DEM01", "country": "KZ"},
            {"identity": "002DEM01", "country": "KZ"},
        ],
        "seal": [{"number": "DEMO-1"}, {"number": "DEMO-2"}],
        "border_means": [{"identity": "DEMO 1", "trailer": "DEMO 2", "country": "CN"}],
        "item": [{**_item(), **_rows()}, _small_item()],
        "document": [
            {"kind": "02015", "number": "CMR-1", "date": "2026-11-18"},
            {"kind": "04021", "number": "INV-1", "date": "2026-11-10", "name": "Инвойс"},
            {
                "kind": "02024",
                "number": "XA12345678",
                "date": "2026-11-10",
                "tir_holder": "KAZ/030/12345",
                "tir_page": "1",
            },
        ],
        "payment": [{"kind": "1010", "amount": "25950.00", "method": "БН", "number": "1", "date": "2026-11-19"}],
        "guarantee": [{"kind": "02", "number": "G-1", "date": "2026-11-01", "amount": "1000000.00"}],
    }


def _parties() -> dict[str, Any]:
    exporter = party("DEMO PUMPS CO., LTD <TRAINING> & SONS", "CN", "91000000000000000X")
    declarant = party("ТОО «УЧЕБНЫЙ ИМПОРТ»", "KZ", "240140000011")
    return {
        "exporter": {**exporter, "same_as_declarant": "0"},
        "consignee": {"same_as_declarant": "1"},
        "financial": {"same_as_declarant": "1"},
        "declarant": {**declarant, "register_number": "AEO-1"},
        "carrier": party("DEMO CARRIER", "KG", "01234567890123"),
        "representative": {"register_number": "DEMO-0001"},
    }


def _person() -> dict[str, Any]:
    return {
        "surname": "Учебный",
        "given_name": "Пример",
        "middle_name": "Примерович",
        "position": "декларант",
        "phone": "+70000000001",
        "date": "2026-11-20",
        "authority_number": "7",
        "authority_date": "2026-01-10",
        "authority_until": "2026-12-31",
        "contract_number": "DEMO-K-1",
        "contract_date": "2026-01-11",
    }


def _header() -> dict[str, Any]:
    return {
        "direction": "ИМ",
        "procedure": "40",
        "electronic": "ЭД",
        "date": "2026-11-20",
        "forms_total": "2",
        "loading_lists": "1",
        "loading_list_pages": "3",
        "items_total": "2",
        "packages_total": "15",
        "feature": "ПТД",
        "trading_country": "CN",
        "dispatch_country": "CN",
        "origin_name": "КИТАЙ",
        "destination_country": "KZ",
        "means_total": "2",
        "container_flag": "1",
        "border_mode": "31",
        "inland_mode": "31",
        "border_office": "55301",
        "incoterm": "FCA",
        "delivery_place": "URUMQI",
        "deal_nature": "010",
        "deal_feature": "00",
        "currency": "USD",
        "invoice_total": "12500.50",
        "exchange_rate": "520.1234",
        "customs_value_total": "6501802.56",
        "value_currency": "KZT",
        "location_type": "11",
        "location_office": "55301",
        "location_register": "DEMO/0001",
        "location_date": "2025-05-01",
        "location_address": "Demo terminal, 1",
        "deferral_kind": "5010",
        "deferral_date": "2026-12-20",
    }


def _way() -> dict[str, Any]:
    return {
        "line_kind": "1",
        "arrival_date": "2026-11-21",
        "destination_office": "55302",
        "destination_office_country": "KZ",
    }


def _item() -> dict[str, Any]:
    return {
        "number": "1",
        "code": "8481808199",
        "code_sign": "С",
        "description": "Краны шаровые латунные, учебный пример. " * 19 + "Конец",
        "maker": "DEMO PUMPS",
        "trade_mark": "DEMO",
        "brand": "D",
        "model": "M-1",
        "article": "A/1",
        "quantity": "1200",
        "quantity_unit": "796",
        "packing": "1",
        "origin": "CN",
        "gross_mass": "120.5",
        "net_mass": "110.123456",
        "preference_fee": "ОО",
        "preference_duty": "ОО",
        "preference_excise": "О",
        "preference_vat": "ОО",
        "procedure": "40",
        "previous_procedure": "00",
        "movement_feature": "000",
        "quota_quantity": "5",
        "quota_unit": "166",
        "supplementary_quantity": "1200",
        "supplementary_unit": "796",
        "price": "12000.50",
        "valuation_method": "1",
        "customs_value": "6241741.00",
        "statistical_value": "12000.50",
    }


def _rows() -> dict[str, Any]:
    return {
        "package": [
            {"kind": "CT", "count": "10", "marks": "N/M"},
            {"kind": "PX", "count": "1", "shared": "G1"},
        ],
        "container": [
            {"number": "CSQU3054383", "kind": "42", "full": "2"},
            {"number": "MSKU1234565", "kind": "42", "full": "1"},
            {"number": "TGHU1234560", "full": "2"},
        ],
        "previous": [
            {
                "kind": "09013",
                "number": "55301/151126/0000123",
                "date": "2026-11-15",
                "item": "2",
                "net_mass": "110.5",
            },
            {"kind": "09999", "number": "WH-7", "date": "2026-11-16"},
        ],
        "document": [
            {
                "kind": "01191",
                "number": "KZ-1",
                "date": "2026-01-01",
                "valid_until": "2027-01-01",
                "name": "Декларация о соответствии",
                "country": "KZ",
                "promised": "2026-12-01",
            }
        ],
        "charge": _charges(),
    }


def _charges() -> list[dict[str, Any]]:
    return [
        {"kind": "1010", "rate": "6", "rate_type": "S", "amount": "25950.00"},
        {
            "kind": "2010",
            "base": "6241741",
            "base_unit": "KZT",
            "rate": "5",
            "rate_type": "%",
            "amount": "312087.05",
            "feature": "ИУ",
        },
        {
            "kind": "4111",
            "base": "110.5",
            "base_unit": "166",
            "rate": "0.5",
            "rate_type": "*",
            "rate_unit": "EUR/166",
            "amount": "1000.00",
        },
    ]


def _small_item() -> dict[str, Any]:
    return {
        "number": "2",
        "code": "7307220000",
        "code_sign": "М",
        "description": "Фитинги",
        "origin": "CN",
        "gross_mass": "5",
        "net_mass": "4",
        "price": "500.00",
        "package": [{"kind": "PX", "count": "1", "shared": "G1"}],
    }


def snapshot_of(body: dict[str, Any], **worked_out: Any) -> Snapshot:
    """Return a declaration as it was typed; `worked_out` adds charges of the first item and of the header."""
    declaration = from_body(body, kz())
    tables = {
        name: tuple(Record(row.id, row.parent, _readable(row.values)) for row in rows.values())
        for name, rows in declaration.tables.items()
    }
    if worked_out:
        first = tables["item"][0]
        tables["item"] = (
            Record(first.id, None, {**first.values, "charges": worked_out["charges"]}),
            *tables["item"][1:],
        )
        header = tables["header"][0]
        tables["header"] = (Record(0, None, {**header.values, "charges": worked_out["totals"]}),)
    return Snapshot("KZ", kz().version, tables)


def _readable(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what its kind could not read, as the engine does."""
    return {name: value for name, value in values.items() if not isinstance(value, Unread)}


def charges() -> dict[str, Any]:
    """Return worked-out lines as the engine gives them: a flat fee, a percentage, a specific rate."""
    fee = Charge("1010", None, "", Decimal(6), "S", "", Decimal("25950.00"), "", "fee", True)
    vat = Charge("5010", Decimal(1000), "KZT", Decimal(16), "%", "", Decimal("160.00"), "ИУ", "vat", True)
    excise = Charge("4111", Decimal(10), "166", Decimal("0.5"), "*", "EUR/166", Decimal("2.50"), "", "x", False)
    totals = (
        ChargeTotal("1010", Decimal("25950.00"), "KZT", True),
        ChargeTotal("5010", Decimal("160.00"), "KZT", True),
    )
    return {"charges": (fee, vat, excise), "totals": totals}


def written(body: dict[str, Any], **worked_out: Any) -> bytes:
    return write_declaration(snapshot_of(body, **worked_out), kz(), DOCUMENT_ID, AT)
