# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
r"""A whole row in one text: `identity=001DEM01|country=KZ`. What would end a value early goes after a backslash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SPECIAL = re.compile(r"[\\|]")
_PARTS = re.compile(r"((?:[^\\|]|\\.)*)(?:\||$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def pack(texts: Mapping[str, str]) -> str:
    r"""Return the text of a row; what is blank is left out.

    >>> pack({"identity": "A|1", "trailer": "", "country": "KZ"})
    'identity=A\\|1|country=KZ'
    """
    return "|".join(
        f"{name}={_SPECIAL.sub(lambda m: chr(92) + m.group(), text)}" for name, text in texts.items() if text
    )


def unpack(text: str, known: Iterable[str]) -> dict[str, str] | None:
    r"""Return the row that a text holds, None where it is not one of ours.

    >>> unpack("identity=A\\|1|country=KZ", ["identity", "country"])
    {'identity': 'A|1', 'country': 'KZ'}
    >>> unpack("see annex", ["identity"]) is None
    True
    """
    names = set(known)
    found: dict[str, str] = {}
    for part in _PARTS.findall(text):
        if not part:
            continue
        name, sign, value = part.partition("=")
        if not sign or name not in names or name in found:
            return None
        found[name] = _ESCAPED.sub(r"\1", value)
    return found or None
