# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts as a look-up compares them: no case, no accents, one letter for letters that keyboards often lack.

Kazakh, Tajik or Uzbek names are often typed on a Russian keyboard, Azerbaijani ones on an English one; both sides of a
comparison are folded alike, so the right spelling finds as well as the poorer one. Chinese is written without blanks:
each of its characters counts as a word.
"""

from __future__ import annotations

import re
import unicodedata

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_ENDING = re.compile(
    "(?:[ыи]ми|[ое]го|[ое]му|[ая]ми|[аы]я|яя|[ыи][еих]|[ое][еивм]|[ую]ю|[ая][мх]|[аяыиоеуюь]|ies|es|s|y)$"
)  # folded, so й stands here as и too
_STEM = 4  # letters that an ending must leave
_CJK_RUN = re.compile(f"[{_CJK}]+")
# Letters without a decomposition, by the letter that stands for them on a poorer keyboard.
_POORER = str.maketrans(
    {
        "қ": "к", "ҡ": "к", "ғ": "г", "ң": "н", "ә": "а", "ө": "о", "ү": "у", "ұ": "у", "і": "и", "һ": "х", "ҳ": "х",
        "ҷ": "ч", "ə": "e", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe",
        "ʻ": "", "ʼ": "", "‘": "", "’": "", "'": "", "`": "",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Return a text as comparisons see it.

    >>> fold("Қазақстан"), fold("Qozogʻiston"), fold("Ёлка")
    ('казакстан', 'qozogiston', 'елка')
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_POORER)
    return folded if folded.isascii() else "".join(c for c in folded if not unicodedata.combining(c))


def words(folded: str) -> list[str]:
    """Return the words of a folded text, Chinese characters one by one.

    >>> words("ball-valves, dn20 球阀")
    ['ball', 'valves', 'dn20', '球', '阀']
    """
    return _WORD.findall(folded)


def stem(word: str) -> str:
    """Return a Russian or English word without its ending, so that one form finds the others.

    >>> stem("шаровои"), stem("шаровые"), stem("valves"), stem("кран")
    ('шаров', 'шаров', 'valv', 'кран')
    """
    if len(word) <= _STEM:
        return word
    found = _ENDING.search(word, _STEM)
    return word[: found.start()] if found else word


def runs(folded: str) -> list[str]:
    """Return what is written in Chinese without a break; it must stand in a text just so."""
    return _CJK_RUN.findall(folded)
