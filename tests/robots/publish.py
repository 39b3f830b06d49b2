# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the robot make the import of five items, and writes down what its keys were: docs/handbook/keys-counted.md.

`python -m tests.robots.publish` needs Xvfb, xdotool and what `blind.cannot` names.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path as File

from tests.robots import blind
from tests.robots.naming import errands
from tests.robots.paper import paper
from tests.robots.plan import GO, TEXT, VERB
from tests.robots.remember import planned
from tests.robots.typist import Work, make_import

ITEMS = 5
LANGUAGES = ("en", "ru", "kk")
PAGE = File(__file__).resolve().parents[2] / "docs" / "handbook" / "keys-counted.md"

_PAGE = """# Keys counted

An import of {items} goods items, from an empty home to its release, typed by a robot into the real window with
the keyboard alone: no mouse, no template, no register, no workbook. `python -m tests.robots.publish` made this
page; the robot is in `tests/robots`, its paper is the sample of Kazakhstan with fewer items. Only the first
questions of an empty home are answered beforehand. It types as trained hands do: Enter goes on, Ctrl+G and a
number where that is shorter, Ctrl+Enter for the next item or row, Ctrl+D for what stands above. Its fingers
slip twice: a net mass above the gross mass bars the way, so it goes to 38/1 and types it right; a payment is
too much, and after F7, Alt+Down and Alt+Enter take the fix. The values are then read from the store: all are
what the paper says, and customs of the training office released the goods.

| | |
|---|---:|
| values on the paper | {values} |
| already there when the cursor came | {found} |
| copied from above with one key | {copied} |
| typed | {typed} |
| characters of the typed values | {text} |
| keys that go on (Enter, Ctrl+G with its number, Ctrl+Tab) | {go} |
| keys that do something (add a row, copy, check, take the fix, submit, pay) | {verb} |
| **keys in all** | **{all}** |
| keys beyond the characters, for each value typed or copied | {beyond} |

A combination such as Ctrl+Shift+Enter counts as one key, a capital letter too. The hands also changed {changes}
times between the Latin and the Cyrillic board, which is not counted above. A form in which every value is
reached by one key and nothing else would need 1.0.

## By names alone

The same import, made by a robot that cannot see and presses no key: through AT-SPI it finds each box, cell and
button by its role and its name, as a screen reader says them, writes, presses, and reads the findings. It
submits in vain, hears what bars the way, types it right, takes the offered fix, submits, and pays. What it met,
in one run of {items} items in each language:

| language | things done by name | last state | values unlike the paper |
|---|---:|---|---:|
{names}
"""


def beyond(work: Work) -> float:
    """Return how many keys each value took beyond its characters."""
    return (work.counted[GO] + work.counted[VERB]) / (work.plan.typed + work.plan.copied)


def published() -> float:
    """Return what the page says of that."""
    found = re.search(r"typed or copied \| ([\d.]+) \|", PAGE.read_text(encoding="utf-8"))
    assert found is not None, f"{PAGE.name} has no such row"
    return float(found.group(1))


def page_of(work: Work, names: list[str]) -> str:
    """Return the page that tells of the work."""
    plan, counted = work.plan, work.counted
    figures: dict[str, object] = {
        "values": plan.values,
        "found": plan.found,
        "copied": plan.copied,
        "typed": plan.typed,
    }
    figures |= {"text": counted[TEXT], "go": counted[GO], "verb": counted[VERB], "all": sum(counted.values())}
    figures["names"] = "\n".join(names)
    return _PAGE.format(items=ITEMS, changes=work.changes, beyond=f"{beyond(work):.1f}", **figures)


def by_names(home: File) -> list[str]:
    """Have the import made by names alone, and return a line for each language."""
    lines = []
    for language, told_to in errands(ITEMS, *LANGUAGES).items():
        done = blind.make_import(home / language, language, told_to, ITEMS)
        if done.code:
            raise SystemExit(f"{language}: {done.told}")
        lines.append(f"| {language} | {len(told_to)} | {done.state} | {len(done.wrong)} |")
    return lines


def main() -> int:
    """Make the imports and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        home = File(folder)
        work = make_import(home / "keys", paper(ITEMS), planned(ITEMS))
        names = by_names(home)
    if work.wrong:
        sys.stderr.write("\n".join(work.wrong) + "\n")
        return 1
    PAGE.write_text(page_of(work, names), encoding="utf-8")
    sys.stdout.write(f"{PAGE}: {sum(work.counted.values())} keys\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
