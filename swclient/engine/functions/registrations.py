# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that Azerbaijan, Mongolia and China give: taxpayers, customs registrations, declarations.

Better to let a wrong number pass than to refuse a right one. The library of numbers is loaded when one is first asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from swclient.engine.functions import function

_VOEN = re.compile(r"[0-9]{9,10}")
_MN = re.compile(r"[0-9]{7}|[А-ЯӨҮЁ]{2}[0-9]{8}|[0-9]{11,14}")
_USCC = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_TEN, _ELEVEN = 10, 11
_REGISTER = re.compile(r"[0-9]{4}[0-9A-Z][1-9A-Z][0-9A-Z]{4}")
_ENTRY = re.compile(r"[0-9]{4}(19|20)[0-9]{2}[01][0-9]{9}")


@function("az_voen_form")
def az_voen_form(number: str) -> bool:
    """Tell whether a VÖEN of Azerbaijan has ten digits; of nine the leading zero is left out.

    >>> az_voen_form("1401555071"), az_voen_form("140155507"), az_voen_form("14015550")
    (True, True, False)
    """
    return _VOEN.fullmatch(number) is not None


@function("az_voen")
@lru_cache(maxsize=256)
def az_voen(number: str) -> bool:
    """Tell whether a VÖEN ends in its check digit and in 1 (legal) or 2 (natural person) (python-stdnum, az.voen).

    >>> az_voen("1401555071"), az_voen("1500001291"), az_voen("1401555081"), az_voen("1400057424")
    (True, True, False, False)
    """
    from stdnum.az import voen

    return bool(voen.is_valid(number))


@function("mn_number")
def mn_number(number: str) -> bool:
    """Tell whether a number looks like one of Mongolia: 7 digits, 2 letters and 8 digits, or 11 to 14 digits.

    General knowledge; the check digit is not published.

    >>> mn_number("2087654"), mn_number("УБ90010112"), mn_number("12345678901"), mn_number("123456")
    (True, True, True, False)
    """
    return _MN.fullmatch(number) is not None


@function("cn_uscc_form")
def cn_uscc_form(number: str) -> bool:
    """Tell whether a unified social credit code has its eighteen characters, without I, O, S, V, Z (GB 32100-2015).

    >>> cn_uscc_form("91110000600037341L"), cn_uscc_form("9111000060003734"), cn_uscc_form("91110000600037341O")
    (True, False, False)
    """
    return _USCC.fullmatch(number) is not None


@function("cn_uscc")
@lru_cache(maxsize=256)
def cn_uscc(number: str) -> bool:
    """Tell whether a unified social credit code ends in its check character (python-stdnum, cn.uscc).

    >>> cn_uscc("91110000600037341L"), cn_uscc("91654004MA7800015F"), cn_uscc("91110000600037341K")
    (True, True, False)
    """
    from stdnum.cn import uscc

    return bool(uscc.is_valid(number))


@function("cn_organisation")
def cn_organisation(number: str) -> bool:
    """Tell whether characters 9 to 17 of a unified social credit code are an organisation code (GB 11714).

    >>> cn_organisation("91110000600037341L"), cn_organisation("91110000600037342L"), cn_organisation("123")
    (True, False, True)
    """
    if not cn_uscc_form(number):
        return True
    code = number[8:17]
    if _ORGANISATION.fullmatch(code) is None:
        return False
    left = _ELEVEN - sum(int(sign, 36) * weight for sign, weight in zip(code, _WEIGHTS, strict=False)) % _ELEVEN
    return code[8] == {_TEN: "X", _ELEVEN: "0"}.get(left, str(left))


@function("cn_register")
def cn_register(number: str) -> bool:
    """Tell whether a customs registration has ten characters: place, zone, kind of enterprise 1 to 9 or a letter.

    General knowledge; there is no check digit.

    >>> cn_register("6501910001"), cn_register("6501900001"), cn_register("65019100")
    (True, False, False)
    """
    return _REGISTER.fullmatch(number) is not None


@function("cn_entry")
def cn_entry(number: str) -> bool:
    """Tell whether a number is one of a Chinese declaration: office, year, 1 import or 0 export, nine digits.

    >>> cn_entry("940220261000000123"), cn_entry("940220262000000123"), cn_entry("94022026100000012")
    (True, False, False)
    """
    return _ENTRY.fullmatch(number) is not None
