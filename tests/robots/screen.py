# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen that nobody sees, and the program on it, started as users start it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as File

ROOT = File(__file__).resolve().parents[2]
SIZE = "1366x768x24"
_STARTS = 60.0  # seconds
_PAUSE = 0.05


def missing(*programs: str) -> str:
    """Return what is not here of the programs and of what Qt wants for a screen, in words; empty when all is."""
    wanted = [name for name in programs if shutil.which(name) is None]
    if shutil.which("ldd"):
        told = subprocess.run(["ldd", str(_plugin())], capture_output=True, text=True, check=False).stdout
        wanted += [line.split()[0] for line in told.splitlines() if line.rstrip().endswith("not found")]
    return ", ".join(wanted)


def _plugin() -> File:
    """Return the part of Qt that opens windows on such a screen."""
    import PySide6

    return File(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Run a screen; give the environment of programs that shall be on it. Its boards write Latin and Cyrillic."""
    tells, told = os.pipe()
    order = ["Xvfb", "-displayfd", str(told), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(order, pass_fds=(told,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(told)
        try:
            with os.fdopen(tells) as answer:
                number = answer.readline().strip()
            if not number:
                raise RuntimeError("Xvfb does not start")
            env = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
            if shutil.which("setxkbmap"):
                subprocess.run(["setxkbmap", "-layout", "us,ru"], env=env, check=True)
            yield env
        finally:
            server.terminate()


def settle_in(home: File, language: str = "en") -> None:
    """Make a home whose first questions are answered: an importer in the country of the paper."""
    home.mkdir(parents=True, exist_ok=True)
    answers = {"language": language, "country": "KZ", "role": "trader", "theme": "light", "toured": "ended"}
    told = "".join(f"{name} = {value}\n" for name, value in answers.items())
    (home / "window.conf").write_text(told, encoding="utf-8")


@contextmanager
def program(env: dict[str, str], home: File) -> Iterator[subprocess.Popen[bytes]]:
    """Run the window in a home of its own; end it when done."""
    own = {**env, "SWCLIENT_HOME": str(home)}
    order = [sys.executable, "-P", "-c", _START]
    with subprocess.Popen(order, env=own, cwd=ROOT) as running:
        try:
            yield running
        finally:
            running.terminate()


# As `python -m ui` from the root, whatever folder the tests stand in.
_START = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); runpy.run_module('ui', run_name='__main__')"


def window_of(env: dict[str, str], running: subprocess.Popen[bytes]) -> str:
    """Wait for the window, give it the keys, and return its number.

    Raises:
        RuntimeError: the program ended, or shows no window in time.
    """
    until = time.monotonic() + _STARTS
    seek = ["xdotool", "search", "--onlyvisible", "--name", "^swclient$"]
    while running.poll() is None and time.monotonic() < until:
        found = subprocess.run(seek, env=env, capture_output=True, text=True, check=False).stdout.split()
        if found:
            subprocess.run(["xdotool", "windowfocus", "--sync", found[0]], env=env, check=True)
            return found[0]
        time.sleep(_PAUSE)
    raise RuntimeError(f"no window after {_STARTS} s, exit code {running.poll()}")
