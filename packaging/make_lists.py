# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renews the names in the lists of countries and currencies from CLDR, through Babel.

Codes, days and further columns of a list are facts that people keep by hand; this script leaves
them as they are and writes the columns `name_*` anew, for codes that CLDR knows:

    python packaging/make_lists.py            renews
    python packaging/make_lists.py --check    says which lists would change, exit 1 if any
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from pathlib import Path

import babel
from babel import Locale

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
LISTS = {
    "catalogue/lists/countries.csv": "territories",
    "profiles/AZ/lists/countries.csv": "territories",
    "profiles/EAEU/lists/countries.csv": "territories",
    "profiles/MN/lists/countries.csv": "territories",
    "profiles/TJ/lists/countries.csv": "territories",
    "profiles/UZ/lists/countries.csv": "territories",
    "catalogue/lists/currencies.csv": "currencies",
}


def renewed(path: Path, what: str) -> str:
    """Return the text of a list with its names renewed."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    reader = csv.DictReader(lines)
    columns = list(reader.fieldnames or ())
    languages = [column.removeprefix("name_") for column in columns if column.startswith("name_")]
    head = re.sub(r"\(Babel [\d.]+\)", f"(Babel {babel.__version__})", head)
    out = io.StringIO()
    out.write(head + "\n")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in reader:
        for language in languages:
            known = getattr(Locale.parse(language), what)
            name = known.get(row["code"])
            if name:
                row[f"name_{language}"] = name
        writer.writerow(row)
    return out.getvalue()


def main() -> int:
    """Renew the lists, or only say which would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    only_check = parser.parse_args().check
    stale = 0
    for name, what in LISTS.items():
        path = RESOURCES / name
        text = renewed(path, what)
        if text == path.read_text(encoding="utf-8"):
            continue
        stale += 1
        print(f"{name}: {'would change' if only_check else 'renewed'}")
        if not only_check:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if only_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
