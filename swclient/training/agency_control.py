# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a training agency finds in an application: reasons to refuse, and data that it still wants.

Rules for practice, written down in docs/handbook/training.md; not a line of our own engine is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from swclient.training.agency_contract import Goods, PermitApplication

VETERINARY, QUARANTINE, TECHNICAL = "veterinary", "quarantine", "technical"
_ANIMAL = ("01", "02", "03", "04", "05", "15", "16", "21", "23", "41", "43", "51")
_PLANT = ("06", "07", "08", "09", "10", "11", "12", "13", "14", "20", "24", "44", "45", "46", "53")
_FOOD_OF_ANIMALS = ("02", "03", "04", "16")
_DEVICES = ("84", "85", "87")

MESSAGES = {
    "AGN-101": "Количество не указано / no quantity: neither net mass nor supplementary quantity",
    "AGN-102": "Товар не относится к компетенции агентства / these goods are not of this agency",
    "AGN-103": "Не указана страна происхождения / the country of origin is missing",
    "AGN-104": "Масса брутто меньше нетто / gross mass is below net mass",
    "AGN-105": "Номер товара повторяется / the item stands twice",
    "AGN-106": "Не указан заявитель или его налоговый номер / the applicant or his tax number is missing",
    "AGN-201": "Не указан пункт пропуска / the border office is wanted",
    "AGN-202": "Не указано транспортное средство / the means of transport is wanted",
    "AGN-211": "Не указано предприятие-изготовитель / the producing establishment is wanted",
    "AGN-221": "Не указано число мест / the number of packages is wanted",
    "AGN-231": "Не указана модель / the model is wanted",
    "AGN-301": "Отказ задан условиями занятия / refused, because this run was started so",
    "AGN-302": "Запрос задан условиями занятия / more is asked for, because this run was started so",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One reason or wish; `item` is None for what concerns the whole application."""

    code: str
    item: int | None
    field: str
    expected: str
    actual: str
    message: str


def point(code: str, item: int | None, found: tuple[str, str, str] = ("", "", "")) -> Point:
    """Return a point; `found` is field, expected, actual."""
    return Point(code, item, *found, message=f"TRAINING: {MESSAGES[code]}")


def errors(application: PermitApplication, agency: str) -> list[Point]:
    """Return why an application is refused; none where it is not."""
    found = []
    if not (application.applicant.tax_id and application.applicant.name):
        found.append(point("AGN-106", None, ("applicant.tax_id", "", "")))
    seen: set[int] = set()
    for goods in application.items:
        if goods.no in seen:
            found.append(point("AGN-105", goods.no, ("no", "", str(goods.no))))
        seen.add(goods.no)
        found += _item_errors(goods, agency)
    return found


def _item_errors(goods: Goods, agency: str) -> Iterator[Point]:
    net, gross = (Decimal(text or 0) for text in (goods.net_mass, goods.gross_mass))
    if not net and not Decimal(goods.quantity or 0):
        yield point("AGN-101", goods.no, ("net_mass", "", goods.net_mass))
    if not _competent(agency, goods.commodity_code[:2]):
        yield point("AGN-102", goods.no, ("commodity_code", "", goods.commodity_code))
    if not goods.origin:
        yield point("AGN-103", goods.no, ("origin", "", ""))
    if gross and gross < net:
        yield point("AGN-104", goods.no, ("gross_mass", f">= {goods.net_mass}", goods.gross_mass))


def _competent(agency: str, chapter: str) -> bool:
    if agency == VETERINARY:
        return chapter in _ANIMAL
    if agency == QUARANTINE:
        return chapter in _PLANT
    return chapter not in _ANIMAL[:5] and chapter not in _PLANT[:9]


def wanted(application: PermitApplication, agency: str) -> list[Point]:
    """Return what is still wanted before the agency can decide."""
    route = application.route
    header = (
        ("AGN-201", "route.border_office", route.border_office),
        ("AGN-202", "route.vehicles", "".join(each.identity for each in route.vehicles)),
    )
    found = [point(code, None, (field, "", "")) for code, field, told in header if not told]
    for goods in application.items:
        found += _item_wishes(goods, agency)
    return found


def _item_wishes(goods: Goods, agency: str) -> Iterator[Point]:
    chapter = goods.commodity_code[:2]
    if agency == VETERINARY and chapter in _FOOD_OF_ANIMALS and not goods.maker:
        yield point("AGN-211", goods.no, ("maker", "", ""))
    if agency == QUARANTINE and not goods.packages:
        yield point("AGN-221", goods.no, ("packages", "", ""))
    if agency == TECHNICAL and chapter in _DEVICES and not goods.model:
        yield point("AGN-231", goods.no, ("model", "", ""))
