# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of wagons, ships, air waybills and road vehicles. Whatever is not of the form asked about passes."""

from __future__ import annotations

import re

from swclient.engine.functions import function

_BETWEEN = str.maketrans("", "", " .-/")
_IMO = re.compile(r"\bIMO\W{0,3}([0-9]{7})\b", re.IGNORECASE)
_VIN = re.compile(r"\bVIN\W{0,3}(?:CODE\W{0,3}|КОД\W{0,3})?([A-Z0-9]{5,})", re.IGNORECASE)
_WAGON = re.compile(r"[0-9]{8}|[0-9]{12}")
_WAYBILL = re.compile(r"[0-9]{11}")
_VIN_FORM = re.compile(r"[A-HJ-NPR-Z0-9]{17}", re.IGNORECASE)


def _luhn(digits: str) -> int:
    """Return the check digit of a wagon: products with 2, 1, 2, 1, ... added digit by digit (UIC 438-2)."""
    products = (int(sign) * (2 if place % 2 == 0 else 1) for place, sign in enumerate(digits))
    return -sum(product // 10 + product % 10 for product in products) % 10


def _wagon(number: str) -> str:
    """Return a wagon number without blanks, empty when it has neither 8 (1520 mm) nor 12 digits (UIC)."""
    plain = number.translate(_BETWEEN)
    return plain if _WAGON.fullmatch(plain) else ""


@function("wagon_check")
def wagon_check(number: str) -> bool:
    """Tell whether a wagon number of 8 or 12 digits ends in its check digit.

    >>> wagon_check("94401239"), wagon_check("9440 1230"), wagon_check("318166502852"), wagon_check("TR-7")
    (True, False, True, True)
    """
    plain = _wagon(number)
    return not plain or _luhn(plain[:-1]) == int(plain[-1])


@function("wagon_mended")
def wagon_mended(number: str) -> str | None:
    """Return a wagon number with the check digit that belongs to it, None when it is none.

    >>> wagon_mended("9440 1230")
    '94401239'
    """
    plain = _wagon(number)
    return f"{plain[:-1]}{_luhn(plain[:-1])}" if plain else None


def _waybill(number: str) -> str:
    plain = number.translate(_BETWEEN)
    return plain if _WAYBILL.fullmatch(plain) else ""


@function("awb_check")
def awb_check(number: str) -> bool:
    """Tell whether an air waybill (3 digits of the airline and 8) ends in its check digit.

    The digit is the seven before it modulo 7 (IATA resolution 600a).

    >>> awb_check("999-12345675"), awb_check("999-12345676"), awb_check("HAWB 17")
    (True, False, True)
    """
    plain = _waybill(number)
    return not plain or int(plain[3:10]) % 7 == int(plain[10])


@function("awb_mended")
def awb_mended(number: str) -> str | None:
    """Return an air waybill number with the check digit that belongs to it, None when it is none.

    >>> awb_mended("999-12345676")
    '999-12345675'
    """
    plain = _waybill(number)
    return f"{plain[:3]}-{plain[3:10]}{int(plain[3:10]) % 7}" if plain else None


@function("imo_check")
def imo_check(text: str) -> bool:
    """Tell whether the ship's number that a text names after IMO ends in its check digit (IMO resolution A.1117).

    >>> imo_check("AKTAU STAR, IMO 9074729"), imo_check("AKTAU STAR IMO9074728"), imo_check("AKTAU STAR")
    (True, False, True)
    """
    found = _IMO.search(text)
    if found is None:
        return True
    digits = [int(sign) for sign in found.group(1)]
    return sum(digit * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False)) % 10 == digits[6]


@function("vin_said")
def vin_said(text: str) -> str | None:
    """Return what a text gives after the word VIN, None when it does not say.

    >>> vin_said("Автомобиль, VIN: 1M8GDM9AXKP042788, 2026 г."), vin_said("Автомобиль")
    ('1M8GDM9AXKP042788', None)
    """
    found = _VIN.search(text)
    return found.group(1) if found else None


@function("vin_form")
def vin_form(number: str) -> bool:
    """Tell whether a vehicle's number has 17 letters and digits without I, O, Q (ISO 3779).

    >>> vin_form("1M8GDM9AXKP042788"), vin_form("1M8GDM9AXKP04278O")
    (True, False)
    """
    return _VIN_FORM.fullmatch(number) is not None
