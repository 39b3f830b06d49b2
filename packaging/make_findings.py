# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the handbook's list of findings from the rules of a profile.

It needs the program, so it is run by the Python of the environment:

    .venv/bin/python packaging/make_findings.py            writes docs/handbook/findings.md
    .venv/bin/python packaging/make_findings.py --check    says whether it would change, exit 1 if so

Rules that boxes imply stand in one row for each code: they say the same of many boxes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from swclient.catalogue.loader import load_profile
from swclient.catalogue.profile import Profile
from swclient.engine.rulebook import Rule, rulebook

PROFILE = "KZ"
OUT = Path(__file__).resolve().parent.parent / "docs" / "handbook" / "findings.md"
LETTERS = {
    "H": "Header",
    "T": "Transport, containers, seals",
    "V": "Terms, value, currency",
    "G": "Goods items",
    "D": "Documents",
    "P": "Payments",
    "C": "Other documents and persons",
    "N": "Numbers of persons",
    "NEED": "Boxes that must be filled, without a code of their own",
    "LIST": "Codes that their list must know, without a code of their own",
}
HEAD = """# Findings

What a check of a declaration in profile {code} can say: {rules} rules under {codes} codes. Written by
`packaging/make_findings.py` from the rules; change those, not this.

* **Level**: an *error* bars the way to signing, a *warning* wants a look, *advice* is free.
* **Origin**: *written* rules stand in `rules/*.toml`; *must be filled*, *list* and *worked out* follow from rows of
  `boxes.toml` and `fields.toml`. Two kinds of findings are no rules: `H040` (a text is longer than its box) and
  `KIND-<box>` (a text that the box cannot read; it is kept as typed).
* **Law**: a source in brackets is not confirmed: nobody has held the rule against the text of the law.
* In the texts, `{{item.number}}` and the like stand for what the declaration says there.
"""
COLUMNS = "| Code | Level | Box | What it says | What to do | Fix | Law | Origin |\n|---|---|---|---|---|---|---|---|"
FEW = 2  # sources that are worth a cell
ORIGINS = {"": "written", "need": "must be filled", "list": "list", "differs": "worked out"}


def group_of(rule: Rule) -> str:
    """Return the heading that a rule stands under."""
    start = rule.code.partition("-")[0]
    return start if start in LETTERS else rule.code[0]


def line_of(rules: Sequence[Rule], profile: Profile) -> str:
    """Return a rule as a row of a table, or those that say the same of several boxes."""
    rule = rules[0]
    boxes = ", ".join(box_of(each, profile) for one in rules for each in one.at)
    sources = dict.fromkeys(one.law for one in rules if one.law)
    law = "; ".join(source if rule.confirmed else f"({source})" for source in sources)
    law = law if len(sources) <= FEW else "as the boxes say"
    cells = (rule.code, rule.level, boxes, rule.say, rule.do, rule.fix_say, law, ORIGINS[rule.imply])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def box_of(field_id: str, profile: Profile) -> str:
    """Return the box of a field, or its name where the form has no box for it."""
    field = profile.fields[field_id]
    return field.box or f"{field.table}: {field.label}"


def rows_of(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield written rules one by one, implied ones together where they say the same."""
    together: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in sorted(rules, key=lambda each: each.code):
        key = (rule.code, rule.level, rule.imply or rule.say)
        together.setdefault(key, []).append(rule)
    yield from together.values()


def handbook(profile: Profile) -> str:
    """Return the whole page."""
    rules = rulebook(profile)
    codes = {each.code for each in rules}
    head = HEAD.format(code=profile.code, rules=len(rules), codes=len(codes))
    return "\n".join([head, *chapters(rules, profile)])


def chapters(rules: Sequence[Rule], profile: Profile) -> Iterator[str]:
    """Yield one table for each letter, rows by code."""
    for letter, title in LETTERS.items():
        mine = [each for each in rules if group_of(each) == letter]
        if mine:
            lines = [line_of(row, profile) for row in rows_of(mine)]
            yield "\n".join([f"## {title}", "", COLUMNS, *lines, ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or tell whether it is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    text = handbook(load_profile(PROFILE))
    if parser.parse_args(arguments).check:
        same = OUT.is_file() and OUT.read_text(encoding="utf-8") == text
        print(f"{OUT.name} is {'as the rules make it' if same else 'not as the rules make it'}")
        return 0 if same else 1
    OUT.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
