# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What set-up remembers: the inputs it was made from, and what was seen of the system.

The stamp lies inside the environment, so that who deletes the one deletes the other. It is taken
away before anything is changed and written whole at the very end: an interrupted set-up leaves
none.
"""

import hashlib
import sys
from pathlib import Path

from door import ROOT, VENV

STAMP = VENV / "swclient-setup"
# Standing while packages are being installed: found again, it means that some may be half there.
HALFWAY = VENV / "swclient-setup-halfway"
FONTS = [
    ROOT / "resources" / "fonts" / f"{family}-{style}.ttf"
    for family in ("SWCSans", "SWCSansUI")
    for style in ("Regular", "Bold")
]


def _inputs() -> list[Path]:
    packaging = ROOT / "packaging"
    return sorted(
        [
            ROOT / "dev",
            ROOT / "pyproject.toml",
            packaging / "fonts.py",
            *(ROOT / "requirements").glob("*.txt"),
            *(packaging / "door").glob("*.py"),
        ]
    )


def digest() -> str:
    """Return a line that changes with the checkout, its place and the machine's Python."""
    whole = hashlib.sha256(f"{ROOT}\n{sys.version_info[:2]}\n".encode())
    for file in _inputs():
        whole.update(f"{file.name}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def place() -> str:
    """Return what ties an environment to its place: a moved one has scripts that start nothing."""
    return f"{sys.version_info[0]}.{sys.version_info[1]} {ROOT}"


def read() -> set[str] | None:
    """Return the plug-ins whose libraries were found complete; None where set-up is needed."""
    try:
        first, second, *_ = STAMP.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    if first != digest() or not (VENV / "bin" / "python").exists():
        return None
    if not all(font.is_file() for font in FONTS):
        return None
    return set(second.split())


def write(plugins: set[str]) -> None:
    """Remember a finished set-up, whole or not at all."""
    half = STAMP.with_suffix(".new")
    half.write_text(f"{digest()}\n{' '.join(sorted(plugins))}\n", "utf-8")
    half.replace(STAMP)


def forget() -> None:
    """Take the stamp away: from here on, set-up counts as unfinished."""
    STAMP.unlink(missing_ok=True)
