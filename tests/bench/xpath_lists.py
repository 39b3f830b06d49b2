# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Code lists as texts that XPath 1.0 can search: `¦AD¦AE¦` for membership, `¦10→rail¦20→road¦` for a column."""

from __future__ import annotations

from swclient.catalogue.codelist import CodeList, Entry
from tests.bench.xpath_said import day_figure, quoted


def list_text(codes: CodeList, day: str) -> str:
    """Return XPath of the codes that are good on a day, where `day` is XPath of it; dated ones are asked there."""
    always = [each.code for each in codes.entries.values() if each.valid_from is None and each.valid_to is None]
    dated = [each for each in codes.entries.values() if each.valid_from is not None or each.valid_to is not None]
    open_ones = quoted("¦" + "".join(f"{code}¦" for code in _plain(always)))
    return f"concat({', '.join([open_ones, *(_dated(each, day) for each in dated), quoted('')])})"


def _dated(entry: Entry, day: str) -> str:
    """Return the code where its days hold, else nothing; without a day a code is good that has no end."""
    text = f"{_plain([entry.code])[0]}¦"
    figure = day_figure(day)
    good = []
    if entry.valid_from is not None:
        good.append(f"not({figure} < {entry.valid_from:%Y%m%d})")
    if entry.valid_to is not None:
        good.append(f"{figure} <= {entry.valid_to:%Y%m%d}")
    return f"substring({quoted(text)}, 1, {len(text)} * ({' and '.join(good)}))"


def column_text(codes: CodeList | None, column: str) -> str:
    """Return XPath of a further column of a list: each code with its entry."""
    entries = codes.entries.values() if codes else ()
    held = ((each.code, each.more.get(column)) for each in entries)
    return quoted("¦" + "".join(f"{code}→{text}¦" for code, text in held if text and _plain([code, text])))


def _plain(texts: list[str]) -> list[str]:
    """Return texts in which nothing can be mistaken for what parts them.

    Raises:
        ValueError: one holds such a sign.
    """
    if any(sign in text for text in texts for sign in "¦→"):
        raise ValueError(f"¦ or → in {texts}")
    return texts
