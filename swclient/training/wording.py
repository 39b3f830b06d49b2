# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the training customs office says about each error: in Russian, in English, and the law.

These are the words of an authority, not of our window, so they do not go through the translations
of the program.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Law:
    """An act the control rests on.

    Attributes:
        kind: what it is.
        issuer: who adopted it.
        date: ISO date of adoption.
        number: its number, "б/н" where it has none.
    """

    kind: str
    issuer: str
    date: str
    number: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of one error, each at most 250 characters."""

    russian: str
    english: str
    law: Law | None = None


CODE_OF_THE_UNION = Law("Таможенный кодекс Евразийского экономического союза", "ЕАЭС", "2017-04-11", "б/н")
FILLING = Law(
    "Решение: порядок заполнения декларации на товары",
    "Комиссия Таможенного союза",
    "2010-05-20",
    "257",
)
VALUE = Law("Решение: декларирование таможенной стоимости", "Коллегия ЕЭК", "2018-10-16", "160")
CLASSIFIERS = Law(
    "Решение: классификаторы для таможенных деклараций",
    "Комиссия Таможенного союза",
    "2010-09-20",
    "378",
)
NUMBERS = Law(
    "Постановление: о бизнес-идентификационных номерах",
    "Правительство Республики Казахстан",
    "2003-06-11",
    "565",
)

WORDING: dict[str, Wording] = {
    "TRN-SIG-001": Wording("Электронная подпись не читается", "The signature cannot be read"),
    "TRN-SIG-002": Wording("Электронная подпись не соответствует документу", "The signature does not fit the document"),
    "TRN-SIG-003": Wording(
        "Срок действия сертификата подписи не наступил или истёк",
        "The signing certificate is not valid now",
    ),
    "TRN-SIG-004": Wording(
        "Учебный пост принимает только учебные ключи (DEMO)",
        "A training office takes only DEMO keys",
    ),
    "TRN-101": Wording("Не заполнены обязательные сведения", "A required value is missing", FILLING),
    "TRN-102": Wording(
        "Значение не соответствует формату",
        "The value does not have the form required",
        CLASSIFIERS,
    ),
    "TRN-201": Wording(
        "Число товаров не соответствует заявленному",
        "The number of goods differs from the number declared",
        FILLING,
    ),
    "TRN-202": Wording("Нарушена нумерация товаров", "Goods must be numbered 1 to N without gaps", FILLING),
    "TRN-203": Wording(
        "Общая таможенная стоимость не равна сумме по товарам",
        "Total customs value is not the sum of the goods",
        VALUE,
    ),
    "TRN-204": Wording(
        "Общая сумма по счёту не равна сумме цен товаров",
        "Total invoice amount is not the sum of the prices",
        FILLING,
    ),
    "TRN-205": Wording(
        "Общее число мест не равно сумме по товарам",
        "Total packages is not the sum of the goods",
        FILLING,
    ),
    "TRN-206": Wording("Неверное число листов декларации", "The number of sheets is wrong", FILLING),
    "TRN-301": Wording("Масса брутто меньше массы нетто", "Gross mass is less than net mass", FILLING),
    "TRN-302": Wording("Масса должна быть больше нуля", "The mass must be above zero", FILLING),
    "TRN-303": Wording(
        "Процедура по товару отличается от процедуры декларации",
        "Procedure of the goods differs from that of the header",
        FILLING,
    ),
    "TRN-304": Wording(
        "Указан признак контейнера, но нет номеров",
        "Container flag is set but there is no number",
        FILLING,
    ),
    "TRN-305": Wording(
        "Указаны номера контейнеров без признака",
        "There are container numbers but the flag is not set",
        FILLING,
    ),
    "TRN-306": Wording(
        "Номер контейнера не по ИСО 6346",
        "The container number has not the form of ISO 6346",
        FILLING,
    ),
    "TRN-401": Wording("БИН/ИИН не проходит проверку", "The BIN or IIN fails its check", NUMBERS),
    "TRN-501": Wording(
        "Таможенный сбор заявлен более одного раза",
        "The customs fee is declared more than once",
        FILLING,
    ),
    "TRN-502": Wording(
        "Сумма платежа не равна основе, умноженной на ставку",
        "The amount is not base times rate",
        FILLING,
    ),
    "TRN-503": Wording(
        "Основа НДС не равна сумме стоимости, пошлины и акциза",
        "VAT base is not value plus duties plus excise",
        CODE_OF_THE_UNION,
    ),
    "TRN-504": Wording(
        "Итог графы B не равен сумме по товарам",
        "Total of box B is not the sum of the goods",
        FILLING,
    ),
    "TRN-601": Wording(
        "Не указан счёт-фактура (инвойс)",
        "The invoice is missing among the documents",
        CODE_OF_THE_UNION,
    ),
    "TRN-602": Wording(
        "Не указана транспортная накладная",
        "The road consignment note is missing",
        CODE_OF_THE_UNION,
    ),
}
