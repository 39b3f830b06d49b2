# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that mean harm: each is refused or read without reaching out, within its caps of time and memory.

What is opened and connected to is not asked of the program but seen by strace. The control is a parser that follows
what it reads: it must be seen reaching out.

    python -m tests.bench.hostile
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import hostile_packed, hostile_xml
from tests.bench.figures import AT_LEAST, AT_MOST, Figure, Goal
from tests.exchange.workbooks import SAMPLES

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_BYTES, MOST_SECONDS = 32 << 20, 1.0
PORT = 9  # nobody listens there
_CALLS = (
    "open,openat,openat2,creat,connect,sendto,sendmsg,unlink,unlinkat,rename,renameat,renameat2,symlink,execve,mkdir"
)
_OPENED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OWN = ("/proc/", "/dev/", "/sys/", "/etc/localtime", "/usr/lib/", "/lib/", "/usr/share/zoneinfo")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a set of files.

    Attributes:
        rows: of each file, as the child tells it.
        wrongly: files that had to be refused and were read, or that crashed the reader.
        outside: calls that reach out of what a reader needs.
        slow: files that took longer than a second.
        heavy: files that took more memory than allowed.
    """

    rows: list[dict[str, Any]]
    wrongly: list[str]
    outside: list[str]
    slow: list[str]
    heavy: list[str]


def write_files(folder: Path) -> dict[str, bool]:
    """Write every hostile file; return by name whether it must be refused."""
    secret = folder.parent / "secret.txt"
    secret.write_text("canary-не-читать", "utf-8")
    warm = folder / "warm"
    warm.mkdir(parents=True)
    for name in ("kz-import-40.json", "supplier-invoice.xlsx"):
        shutil.copy(SAMPLES / name, warm / name)
    for number, root in enumerate(hostile_xml.ROOTS):
        (warm / f"{number}.xml").write_text(root.format("x"), "utf-8")
    (warm / "a.swpack").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    must: dict[str, bool] = {}
    for name, content, refused in (*hostile_xml.all_of(str(secret), PORT), *hostile_packed.all_of(str(secret), PORT)):
        (folder / name).write_bytes(content)
        must[name] = refused
    return must


def read_files(folder: Path, must: dict[str, bool], *, naive: bool = False) -> Outcome:
    """Have a child read the files of a folder under strace."""
    trace = folder.parent / "trace"
    order = ["strace", "-f", "-s", "4096", "-e", f"trace={_CALLS},access,faccessat,faccessat2", "-o", trace]
    order += [sys.executable, "-m", "tests.bench.hostile_child", folder, *(["--naive"] if naive else [])]
    home = {**os.environ, "SWCLIENT_HOME": str(folder.parent / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    home.pop("PYTHONPYCACHEPREFIX", None)  # what is loaded late would be looked for there
    done = subprocess.run(order, cwd=ROOT, check=False, capture_output=True, text=True, env=home)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    told = {row["file"]: row["told"] for row in rows}
    wrongly = [
        f"{name}: {told.get(name, 'the reader died: ' + done.stderr[-300:])}"
        for name in must
        if _wrong(told.get(name), must[name])
    ]
    slow = [f"{row['file']}: {row['seconds']:.2f} s" for row in rows if row["seconds"] > MOST_SECONDS]
    heavy = [f"{row['file']}: {row['bytes'] >> 20} MiB" for row in rows if row["bytes"] > MOST_BYTES]
    return Outcome(rows, wrongly, _reaching_out(trace, folder), slow, heavy)


def _wrong(told: str | None, must_be_refused: bool) -> bool:
    return told is None or told.startswith("crashed") or (must_be_refused and not told.startswith("refused"))


def _reaching_out(trace: Path, folder: Path) -> list[str]:
    """The calls after the beginning that are neither of our own code and data nor of the file being read."""
    _, _, counted = trace.read_text("utf-8", "replace").partition("/swclient-begins")
    mine = (str(folder), str(folder.parent / "home"), str(ROOT), sys.prefix, sys.base_prefix, *_OWN)
    found = []
    for line in counted.splitlines()[1:]:
        path = _OPENED.search(line)
        harmless = "resumed" in line or "access(" in line or "+++" in line or "---" in line
        if harmless or (path and path[1].startswith(mine) and not _writes(line)):
            continue
        found.append(line[:300])
    return found


def _writes(line: str) -> bool:
    return "O_CREAT" in line and "/proc/self/clear_refs" not in line


def run() -> tuple[Outcome, Outcome]:
    """Read every file with the program, and those of XML with the naive control."""
    with tempfile.TemporaryDirectory(prefix="swclient-hostile-") as name:
        must = write_files(Path(name) / "files")
        ours = read_files(Path(name) / "files", must)
        few = Path(name) / "few"
        (few / "warm").mkdir(parents=True)
        (few / "warm" / "a.xml").write_text("<a/>", "utf-8")
        for file in (Path(name) / "files").glob("*xxe_*.xml"):
            shutil.copy(file, few / file.name)
        for file in (Path(name) / "files").glob("*external_*.xml"):
            shutil.copy(file, few / file.name)
        return ours, read_files(few, {}, naive=True)


def measure(_told: object) -> list[Figure]:
    """The figures of the bench."""
    ours, control = run()
    worst = max(row["bytes"] for row in ours.rows) / (1 << 20)
    goals = [
        Goal("files", len(ours.rows), AT_LEAST, 200),
        Goal("crashed or wrongly read", len(ours.wrongly), AT_MOST, 0),
        Goal("opens or connects outside", len(ours.outside), AT_MOST, 0),
        Goal("slower than a second", len(ours.slow), AT_MOST, 0),
        Goal("more memory than 32 MiB", len(ours.heavy), AT_MOST, 0),
        Goal("the naive control reaches out", len(control.outside), AT_LEAST, 1),
    ]
    proved = (
        f"{len(ours.rows)} files; strace saw {len(ours.outside)} calls outside, of the control {len(control.outside)}"
    )
    return [Figure("hostile.memory", "MiB", worst, goals=goals, proved=proved)]


def main() -> int:
    """Tell everything found."""
    ours, control = run()
    for name in ("wrongly", "outside", "slow", "heavy"):
        found = getattr(ours, name)
        print(f"{name}: {len(found)}", *found[:40], sep="\n  ")
    worst = max(ours.rows, key=lambda row: row["bytes"])
    print(f"{len(ours.rows)} files; heaviest {worst['file']} {worst['bytes'] >> 20} MiB")
    print(f"the control reached out {len(control.outside)} times")
    return int(bool(ours.wrongly or ours.outside or ours.slow or ours.heavy or not control.outside))


if __name__ == "__main__":
    sys.exit(main())
