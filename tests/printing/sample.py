# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration for the printing tests: twelve items from China into Kazakhstan by road. All parties are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body
from swclient.document.charge import Charge, ChargeTotal
from swclient.document.snapshot import Record, Snapshot, freeze

RATE = Decimal("512.3700")
USD = RATE
CENT = Decimal("0.01")

HEADER = {
    "direction": "ИМ", "procedure": "40", "electronic": "ЭД", "reference": "УЧ-2026/0117-А", "date": "2026-11-20",
    "feature": "ПТД", "trading_country": "CN", "dispatch_country": "CN", "destination_country": "KZ",
    "container_flag": "1", "border_mode": "31", "inland_mode": "31", "border_office": "50001", "incoterm": "FCA",
    "delivery_place": "Хоргос (霍尔果斯), терминал 2", "deal_nature": "010", "deal_feature": "01", "currency": "USD",
    "location_type": "11", "location_office": "50001", "location_register": "KZ/50001/0042",
    "location_date": "2024-03-05", "location_address": "Алматинская обл., Панфиловский р-н, с. Нұркент, СВХ «Көктал-Терминал»",
    "deferral_kind": "5010", "deferral_date": "2026-12-20", "warehouse": "СВХ № 42", "loading_lists": "1", "loading_list_pages": "2",
}  # fmt: skip
PARTIES: dict[str, dict[str, str]] = {
    "exporter": {
        "name": "HORGOS SAMPLE VALVES & PUMPS CO., LTD (霍尔果斯样品阀泵有限公司)", "country": "CN", "postcode": "835221",
        "region": "XINJIANG", "city": "HORGOS", "street": "UL. ASIA-EUROPE 88", "phone": "+86 999 000 0000", "email": "demo@valves.example",
    },
    "consignee": {
        "name": "ТОО «Өңір Құрылғы Үлгі» (УЧЕБНОЕ)", "tax_id": "161140009014", "country": "KZ", "postcode": "A15E3B0",
        "region": "Алматы қ.", "city": "Алматы", "street": "Бөгенбай батыр к-сі, 115-үй", "phone": "+7 727 000 00 00",
    },
    "financial": {"same_as_declarant": "1"},
    "declarant": {
        "name": "ТОО «Һәм Ғажап Импорт» (УЧЕБНОЕ)", "tax_id": "180640012347", "country": "KZ", "postcode": "050000",
        "city": "Алматы", "street": "Достық даңғылы, 5", "email": "declarant@import.example",
    },
    "representative": {"name": "ТОО «Брокер-Үлгі» (УЧЕБНОЕ)", "register_number": "KZ-0000/0099", "tax_id": "050540004561"},
}  # fmt: skip
PERSON = {
    "surname": "Әбілқасымова", "given_name": "Ұлпан", "middle_name": "Іңкәрқызы", "position": "специалист по таможенному оформлению",
    "phone": "+7 701 000 00 00", "date": "2026-11-20", "place": "Алматы", "authority_number": "Д-17/26",
    "authority_date": "2026-01-09", "authority_until": "2026-12-31", "contract_number": "ТП-88", "contract_date": "2025-12-01",
}  # fmt: skip
LOOSE = [
    ("03011", "KZ-CN/2026-118", "2026-08-14", {}), ("04021", "INV-26-1107", "2026-11-07", {"amount": "148250.60"}),
    ("02015", "CMR 0045871", "2026-11-16", {}), ("04131", "PL-26-1107", "2026-11-07", {}),
    ("06019", "F262400118800077", "2026-11-08", {"country": "CN"}), ("04031", "СЧ-771", "2026-11-10", {}),
    ("11004", "Д-17/26", "2026-01-09", {"valid_until": "2026-12-31"}),
]  # fmt: skip
GOODS: list[tuple[str, str, str, str, str, str, str, str]] = [
    # code, description, maker, model, quantity, unit, gross, net
    ("8481808199", "Затвор дисковый поворотный межфланцевый из чугуна, диаметр условного прохода 150 мм, давление 1,6 МПа, с рукояткой, для трубопроводов холодной воды, новый", "温州样品阀门有限公司 (WENZHOU SAMPLE VALVE CO., LTD)", "D71X-16", "240", "796", "3120.5", "2980.25"),
    ("8413703500", "Насос центробежный погружной одноступенчатый с электродвигателем 220 В, 0,75 кВт, для чистой воды", "TAIZHOU DEMO PUMP FACTORY", "QDX10-16", "120", "796", "1684", "1560"),
    ("7307211000", "Фланцы из нержавеющей стали плоские приварные, DN 100, PN 16", "HEBEI SAMPLE FLANGE WORKS", "GB/T 9119", "600", "796", "2410.75", "2398"),
    ("8501402009", "Электродвигатель переменного тока однофазный, мощность 1,1 кВт, для привода насосов", "TAIZHOU DEMO PUMP FACTORY", "YL-90S-2", "60", "796", "918", "870.4"),
    ("4016930005", "Прокладки уплотнительные из вулканизованной резины EPDM, DN 150", "SHANDONG SAMPLE RUBBER", "EPDM-150", "5000", "796", "410.2", "395"),
    ("9026102900", "Манометр технический показывающий, диаметр корпуса 100 мм, 0-1,6 МПа, класс точности 1,5", "HANGZHOU DEMO METER", "Y-100", "800", "796", "336", "304"),
    ("8536501109", "Реле давления для насосов, 220 В, 10 А, с регулировкой 0,14-0,28 МПа", "WENZHOU SAMPLE VALVE CO., LTD", "SK-9", "1500", "796", "402", "375.5"),
    ("3917330009", "Шланг гибкий из поливинилхлорида армированный нитью, без фитингов, диаметр 50 мм, в бухтах по 50 м", "LINYI DEMO PLASTICS", "PVC-50", "3000", "006", "1890", "1842"),
    ("7318158900", "Болты с гайками из черных металлов, М16х70, оцинкованные", "NINGBO SAMPLE FASTENER", "DIN 933", "12000", "796", "2208", "2160"),
    ("8421210009", "Фильтр сетчатый фланцевый чугунный для воды, DN 80", "温州样品阀门有限公司", "GL41H-16", "90", "796", "1215", "1170.9"),
    ("8544492009", "Кабель силовой медный с изоляцией из ПВХ, 3х2,5 мм2, 450/750 В, без соединительных деталей", "HEBEI DEMO CABLE", "VVG 3x2.5", "4000", "006", "980.5", "948"),
    ("9032890000", "Блок автоматического управления насосной станцией с частотным преобразователем 2,2 кВт", "HANGZHOU DEMO METER", "ACS-22", "24", "796", "168", "139.2"),
]  # fmt: skip
PRICES = [
    "31200.00",
    "22440.00",
    "9870.00",
    "8640.00",
    "4350.00",
    "6320.00",
    "7350.00",
    "8760.00",
    "11040.00",
    "13140.00",
    "15480.60",
    "9660.00",
]


def body(items: int = 12) -> dict[str, Any]:
    """Return the declaration as typed, with so many items (the twelve again and again beyond)."""
    return {
        "format": "swclient-declaration", "version": 1, "profile": "KZ", "header": dict(HEADER), **PARTIES, "person": dict(PERSON),
        "arrival_means": [{"identity": "077ABC05", "trailer": "12XYA05", "country": "KZ"}],
        "border_means": [{"identity": "新F00001", "trailer": "新F0002挂", "country": "CN"}],
        "item": [_item(number) for number in range(items)],
        "document": [_document(*row) for row in LOOSE],
        "payment": [{"kind": "1010", "amount": "26100.00", "number": "000124", "date": "2026-11-19", "method": "БН"}],
        "guarantee": [{"kind": "02", "number": "БГ-55/26", "date": "2026-11-01", "amount": "5000000.00"}],
    }  # fmt: skip


def _document(kind: str, number: str, day: str, more: dict[str, str]) -> dict[str, str]:
    return {"kind": kind, "number": number, "date": day, **more}


def _item(number: int) -> dict[str, Any]:
    code, description, maker, model, quantity, unit, gross, net = GOODS[number % len(GOODS)]
    own = [
        _document(
            "01191",
            f"ЕАЭС KZ.7500525.22.01.0{number:04}",
            "2026-06-01",
            {"valid_until": "2029-05-31"},
        )
    ]
    if number % 3 == 0:
        own.append(
            _document(
                "01206",
                f"KZ.16.01.98.{number:03}.E.000{number:03}",
                "2025-02-11",
                {"country": "KZ"},
            )
        )
    return {
        "code": code, "description": description, "maker": maker, "model": model, "trade_mark": "ӘЛЕМ", "article": f"АРТ-{number:03}",
        "quantity": quantity, "quantity_unit": unit, "packing": "1", "origin": "CN", "gross_mass": gross, "net_mass": net,
        "preference_fee": "ОО", "preference_duty": "ОО", "preference_excise": "-", "preference_vat": "ОО",
        "previous_procedure": "00", "movement_feature": "000", "supplementary_quantity": quantity, "supplementary_unit": unit,
        "price": PRICES[number % len(PRICES)], "valuation_method": "1", "valuation_decision": "0",
        "package": [{"kind": "CT", "count": str(10 + number), "marks": f"N/M {number + 1}"}, {"kind": "PX", "count": "2"}],
        "container": [{"number": ("CSQU3054383", "TGHU1234567")[number % 2], "full": "2", "seal": ("SL700112", "SL700113")[number % 2]}],
        "previous": [{"kind": "09035", "number": "50001/161126/0000871", "date": "2026-11-16", "item": str(number % 9 + 1), "net_mass": net}],
        "document": own,
    }  # fmt: skip


def snapshot(items: int = 12, given: dict[str, Any] | None = None) -> Snapshot:
    """Return the declaration with what calculation gives: numbers, values, charges, totals (worked out here by hand)."""
    profile = load_profile("KZ")
    declaration = from_body(given or body(items), profile)
    tables = {
        name: [Record(row.id, row.parent, dict(row.values)) for row in rows.values()]
        for name, rows in declaration.tables.items()
    }
    for number, item in enumerate(tables["item"], 1):
        _work_out(number, item.values)  # type: ignore[arg-type]
    _totals(tables)
    frozen = {
        name: tuple(Record(row.id, row.parent, freeze(dict(row.values))) for row in rows)
        for name, rows in tables.items()
    }
    return Snapshot("KZ", profile.version, frozen)


def _work_out(number: int, values: dict[str, Any]) -> None:
    value = (values["price"] * RATE + 1200 * number).quantize(CENT)
    duty, base = (value * 5 / 100).quantize(CENT), value
    vat_base = value + duty
    vat = (vat_base * 16 / 100).quantize(CENT)
    charges = [
        Charge("2010", base, "KZT", Decimal(5), "%", "", duty, "ИУ", "m1", confirmed=True),
        Charge("5010", vat_base, "KZT", Decimal(16), "%", "", vat, "ИУ", "m2", confirmed=True),
    ]
    if number == 1:
        fee = Charge(
            "1010",
            None,
            "",
            Decimal(26100),
            "S",
            "",
            Decimal("26100.00"),
            "ИУ",
            "fee",
            confirmed=False,
        )
        charges.insert(0, fee)
    values.update(
        number=number, procedure="40", customs_value=value, statistical_value=(value / USD).quantize(CENT), charges=tuple(charges),
        charges_total=sum(each.amount for each in charges),
    )  # fmt: skip


def _totals(tables: dict[str, list[Record]]) -> None:
    items = [row.values for row in tables["item"]]
    sums: dict[str, Decimal] = {}
    for values in items:
        for each in values["charges"]:
            sums[each.kind] = sums.get(each.kind, Decimal(0)) + each.amount
    header: dict[str, Any] = tables["header"][0].values  # type: ignore[assignment]
    header.update(
        items_total=len(items), forms_total=1 + -(-(len(items) - 1) // 3) if items else 1, packages_total=sum(
            int(row.values["count"]) for row in tables["package"]),
        origin_name="КИТАЙ", means_total=2, invoice_total=sum((v["price"] for v in items), Decimal(0)), exchange_rate=RATE,
        customs_value_total=sum((v["customs_value"] for v in items), Decimal(0)), value_currency="KZT",
        charges=tuple(ChargeTotal(kind, sums[kind], "KZT", confirmed=kind != "1010") for kind in sorted(sums)),
        charges_total=sum(sums.values(), Decimal(0)),
    )  # fmt: skip
