# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which form of a word goes with a number: `{n} {n:declaration|declarations}`.

The forms stand in the order of the Unicode CLDR's categories (one, few, many, other; those that the language has). The
rules are those of CLDR 44 for whole numbers; a test holds them against Babel's. Small enough to be known before the
first paint, which Babel is not.
"""

from __future__ import annotations

_TEENS = range(11, 15)


def form(number: object, forms: str, language: str) -> str:
    """Return the form for a number out of forms parted by `|`; the last where there are fewer than it takes."""
    told = forms.split("|")
    return told[min(_category(number, language), len(told) - 1)]


def _category(number: object, language: str) -> int:
    """Return the place of the category among those of the language."""
    text = str(number)
    whole = int(text) if text.lstrip("-").isdigit() else None
    if language == "zh":
        return 0
    if language == "ru":
        return _slavic(whole)
    return 0 if whole is not None and abs(whole) == 1 else 1


def _slavic(whole: int | None) -> int:
    if whole is None:
        return 3
    last, two = abs(whole) % 10, abs(whole) % 100
    if last == 1 and two not in _TEENS:
        return 0
    return 1 if last in {2, 3, 4} and two not in _TEENS else 2
