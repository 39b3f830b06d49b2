# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs pip inside the project's environment, shows what it does on one line and keeps a log."""

import re
import subprocess
import sys
from pathlib import Path

from door import LOCK, PYTHON, VENV, SetupError

LOG = VENV / "swclient-setup.log"
LIST = """
import importlib.metadata as m
print(*sorted({d.metadata["Name"] for d in m.distributions() if d.metadata["Name"]}))
"""
# What an environment has without being in a lock: pip itself, and this project.
ALWAYS = {"pip", "setuptools", "wheel", "swclient"}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _show(text: str) -> None:
    """Write over the current line of a terminal; a log or a pipe gets no such chatter."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K      {text[:90]}")
        sys.stdout.flush()


def run(*arguments: str) -> None:
    """Run pip, isolated from the account's own packages.

    Raises:
        SetupError: pip failed; its last words are in the text.
    """
    order = [
        str(PYTHON),
        "-I",
        "-m",
        "pip",
        "--no-input",
        "--disable-pip-version-check",
        *arguments,
    ]
    words: list[str] = []
    with (
        LOG.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            order,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as pip,
    ):
        for line in pip.stdout or ():
            log.write(line)
            if not line.startswith("Ignoring"):  # packages of other systems
                words.append(line.rstrip())
            if line.startswith(("Collecting", "  Downloading", "Installing", "Uninstalling")):
                _show(" ".join(line.split()))
    if sys.stdout.isatty():
        sys.stdout.write("\r\033[K")
    if pip.returncode:
        last = "\n".join(f"  {word}" for word in words[-15:])
        raise SetupError(f"pip failed (all of it in {LOG.relative_to(VENV.parent)}):\n{last}")


def _installed() -> set[str]:
    told = subprocess.run([str(PYTHON), "-I", "-c", LIST], capture_output=True, text=True, check=True)
    return {_plain(name) for name in told.stdout.split()}


def locked() -> set[str]:
    """Return the names in the lock, those for other systems too."""
    rows = re.findall(r"^([A-Za-z0-9][\w.-]*)==", LOCK.read_text("utf-8"), re.MULTILINE)
    return {_plain(name) for name in rows}


def install_locked() -> str:
    """Make the environment hold exactly what is locked, by hash; return what was done."""
    before = _installed()
    run("install", "--require-hashes", "-r", str(LOCK))
    after = _installed()
    strangers = sorted(after - locked() - ALWAYS)
    if strangers:
        run("uninstall", "--yes", *strangers)
    words = f"{len(after - set(strangers) - ALWAYS)} in place, {len(after - before)} of them new"
    return words + (f"; not in the lock, taken away: {', '.join(strangers)}" if strangers else "")


def install_project(root: Path) -> None:
    """Put the checkout itself into the environment, editable, with its two commands."""
    run("install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(root))
