# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes requirements/dev.txt anew from pyproject.toml: every package by version and hash, for all systems.

The resolver is installed for this once, in an environment that is thrown away. The lock names no address, so that it
works from any mirror. `python packaging/lock.py --upgrade` takes the newest versions; without it, what is locked stays.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "dev.txt"
COMPILE = (
    "pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "
    "--extra ui --extra dev"
)


def main() -> int:
    """Write the lock; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/pip", "install", "--quiet", "uv"], check=True)
        words = [
            *COMPILE.split(),
            *sys.argv[1:],
            "pyproject.toml",
            "-o",
            str(LOCK.relative_to(ROOT)),
        ]
        subprocess.run([f"{folder}/bin/uv", *words], cwd=ROOT, check=True)
    addresses = [line for line in LOCK.read_text("utf-8").splitlines() if "://" in line]
    if addresses:
        sys.exit(f"the lock names addresses: {addresses[:3]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
