# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rates by bands of value are read in order, and broken ones are refused by name."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.profile import Profile
from swclient.catalogue.reference import Reference
from swclient.tariff.fees import band_of

DAY = date(2026, 11, 20)


def made_up(*rows: dict[str, Any]) -> Reference:
    facts = {"currency": "XTS"}
    return Reference(Profile("XX", "1", facts, {}, {}, {}, {"tea": list(rows)}, (Path("nowhere"),)))


def band(value: str, upto: str | None = None, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": "XTS", "valid_from": date(2026, 1, 1), **({"upto": upto} if upto else {}), **more}


def test_bands_come_lowest_first_whatever_their_order_in_the_file() -> None:
    found = made_up(band("3"), band("2", "500"), band("1", "90.5")).bands("tea", DAY)
    assert [(row.value, row.upto) for row in found] == [(1, Decimal("90.5")), (2, 500), (3, None)]
    assert len({row.id for row in found}) == 3


def test_a_rate_without_bands_is_one_band() -> None:
    (only,) = made_up(band("3")).bands("tea", DAY)
    assert only.upto is None
    assert made_up(band("3")).bands("coffee", DAY) == ()


def test_a_limit_belongs_to_its_band_and_the_highest_band_has_none() -> None:
    reference = made_up(band("1", "100"), band("2", "500"), band("3"))
    values = ["0", "100", "100.01", "500", "500.01", "1e9"]
    assert [band_of(reference, "tea", Decimal(each), DAY, None).value for each in values] == [1, 1, 2, 2, 3, 3]


def test_limits_in_a_currency_without_a_rate_find_no_band() -> None:
    reference = made_up(band("1", "100", base="USD"), band("3"))
    assert band_of(reference, "tea", Decimal(1), DAY, None) is None
    assert band_of(reference, "tea", Decimal(700), DAY, Decimal(7)).value == 1
    assert band_of(reference, "tea", Decimal(701), DAY, Decimal(7)).value == 3


def test_bands_without_a_highest_one_leave_the_rest_without_a_rate() -> None:
    assert band_of(made_up(band("1", "100")), "tea", Decimal(101), DAY, None) is None


def test_two_rows_of_one_band_on_one_day_are_refused() -> None:
    with pytest.raises(DataError, match=r"tea\.2026-02-01\.100: Two rows are in force on one day"):
        made_up(band("1", "100"), band("2", "100", valid_from=date(2026, 2, 1)), band("3")).bands("tea", DAY)


def test_a_limit_that_is_no_figure_is_refused() -> None:
    with pytest.raises(DataError, match="tea: “much” is not a figure"):
        made_up(band("1", "much")).bands("tea", DAY)
