# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the robot make the import of five items, and writes down what its keys were: docs/handbook/keys-counted.md.

`python -m tests.robots.publish` needs Xvfb and xdotool.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path as File

from tests.robots.paper import paper
from tests.robots.plan import GO, TEXT, VERB
from tests.robots.remember import planned
from tests.robots.typist import Work, make_import

ITEMS = 5
PAGE = File(__file__).resolve().parents[2] / "docs" / "handbook" / "keys-counted.md"

_PAGE = """# Keys counted

An import of {items} goods items, from an empty home to its release, typed by a robot into the real window with
the keyboard alone: no mouse, no template, no register, no workbook. `python -m tests.robots.publish` made this
page; the robot is in `tests/robots`, its paper is the sample of Kazakhstan with fewer items. It types as
trained hands do: Enter goes on, Ctrl+G and a number where that is shorter, Ctrl+Enter for the next item or row,
Ctrl+D for what stands above. On the way it mistypes a payment; F7 finds it, Alt+Down and Alt+Enter mend it. The
values were then read from the store: all are what the paper says, and customs of the training office released
the goods.

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
"""


def beyond(work: Work) -> float:
    """Return how many keys each value took beyond its characters."""
    return (work.counted[GO] + work.counted[VERB]) / (work.plan.typed + work.plan.copied)


def published() -> float:
    """Return what the page says of that."""
    found = re.search(r"typed or copied \| ([\d.]+) \|", PAGE.read_text(encoding="utf-8"))
    assert found is not None, f"{PAGE.name} has no such row"
    return float(found.group(1))


def page_of(work: Work) -> str:
    """Return the page that tells of the work."""
    plan, counted = work.plan, work.counted
    figures = {"values": plan.values, "found": plan.found, "copied": plan.copied, "typed": plan.typed}
    figures |= {"text": counted[TEXT], "go": counted[GO], "verb": counted[VERB], "all": sum(counted.values())}
    return _PAGE.format(items=ITEMS, changes=work.changes, beyond=f"{beyond(work):.1f}", **figures)


def main() -> int:
    """Make the import and write the page."""
    with tempfile.TemporaryDirectory() as home:
        work = make_import(File(home), paper(ITEMS), planned(ITEMS, "slip"), mend=True)
    if work.wrong:
        sys.stderr.write("\n".join(work.wrong) + "\n")
        return 1
    PAGE.write_text(page_of(work), encoding="utf-8")
    sys.stdout.write(f"{PAGE}: {sum(work.counted.values())} keys\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
