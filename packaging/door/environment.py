# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets up a checkout: environment, locked packages, system libraries, fonts, the project itself.

One line a step, none when everything was done before. Two calls at once wait for one another.
"""

import fcntl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from door import PYTHON, ROOT, VENV, SetupError, pip, stamp, system

STEPS = 6
PLACE = VENV / "swclient-setup-place"


def _step(number: int, what: str, work: Callable[[], str]) -> None:
    """Do one step and tell it on one line: what, how it ended, how long it took."""
    sys.stdout.write(
        f"[{number}/{STEPS}] {what} ... " if not sys.stdout.isatty() else f"[{number}/{STEPS}] {what} ...\n"
    )
    sys.stdout.flush()
    begun = time.monotonic()
    try:
        words = work()
    except SetupError:
        sys.stdout.write("not done\n")
        raise
    took = f"{words} ({time.monotonic() - begun:.1f} s)\n"
    sys.stdout.write(f"\033[F\033[K[{number}/{STEPS}] {what}: {took}" if sys.stdout.isatty() else took)
    sys.stdout.flush()


@contextmanager
def _alone() -> Iterator[None]:
    """Let one set-up of this checkout run at a time; the others wait."""
    with (ROOT / ".dev.lock").open("w", encoding="utf-8") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this checkout is at work; waiting for it.", flush=True)
            fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _groups(plugin: str | None) -> set[str]:
    """Return the groups of libraries to see to; without a screen, root's windows are prepared."""
    groups = {"offscreen"} if sys.platform.startswith("linux") else set()
    if groups and plugin:
        groups.add(plugin)
    return groups | ({"xcb"} if groups and system.is_root() else set())


def _python_parts(groups: set[str]) -> str:
    """Install Python's missing parts; who is not root is told of everything at once."""
    parts = system.python_parts()
    wanted = parts if system.is_root() else parts | system.foreseen(groups)
    if not wanted:
        return "here"
    system.install(wanted)
    return "installed " + ", ".join(sorted(wanted))


def _is_whole() -> bool:
    """Say whether the environment was made here and not left in the middle of an installation."""
    try:
        made_for = PLACE.read_text("utf-8")
    except OSError:
        return False
    return made_for == stamp.place() and PYTHON.exists() and not stamp.HALFWAY.exists()


def _environment() -> str:
    if _is_whole():
        return "here"
    if VENV.is_symlink():  # somebody else's, and clearing it would empty theirs
        return "a link to another one, used as it is"
    stood = VENV.exists()
    order = [sys.executable, "-I", "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(order, capture_output=True, text=True, check=False)
    if made.returncode:
        raise SetupError(f"the virtual environment could not be made:\n{made.stdout}{made.stderr}")
    stamp.HALFWAY.touch()
    PLACE.write_text(stamp.place(), "utf-8")
    return "made anew: the old one was unfinished, moved or of another Python" if stood else "made"


def _packages() -> str:
    stamp.HALFWAY.touch()
    words = pip.install_locked()
    stamp.HALFWAY.unlink()
    return words


def _libraries(groups: set[str]) -> str:
    """See that the loader finds what Qt needs, by asking it; install what is missing or say how."""
    installed: set[str] = set()
    # A library just installed may bring its own needs into sight, so the loader is asked again.
    while missing := {lib for group in groups for lib in system.missing_libraries(group)}:
        packages = system.packages_of(missing)
        if packages <= installed:
            raise SetupError(f"installed, but still not found: {', '.join(sorted(missing))}")
        system.install(packages)
        installed |= packages
    return "installed " + ", ".join(sorted(installed)) if installed else "here"


def _fonts() -> str:
    order = [str(PYTHON), "-I", str(ROOT / "packaging" / "fonts.py")]
    made = subprocess.run(order, capture_output=True, text=True, check=False)
    if made.returncode:
        raise SetupError(f"the fonts could not be built:\n{made.stdout}{made.stderr}")
    return ", ".join(line.partition(": ")[2] for line in made.stdout.splitlines())


def _project() -> str:
    pip.install_project(ROOT)
    return f"{(VENV / 'bin' / 'swclient').relative_to(ROOT)} runs it"


def _set_up(plugin: str | None) -> None:
    groups = _groups(plugin)
    stamp.forget()
    _step(1, "Python's own parts", lambda: _python_parts(groups))
    _step(2, "virtual environment .venv", _environment)
    _step(3, "locked packages", _packages)
    _step(4, "system libraries of Qt", lambda: _libraries(groups))
    _step(5, "fonts for nine languages, half a minute once", _fonts)
    _step(6, "swclient itself", _project)
    stamp.write(groups)


def ready(plugin: str | None = None) -> bool:
    """Set up what is missing, for windows by the named Qt plug-in or for none.

    Returns:
        True where something had to be done.

    Raises:
        SetupError: what cannot be done from here, with the command that does it.
    """
    needed = {plugin} - {None, "native"}
    seen = stamp.read()
    if seen is not None and needed <= seen:
        return False
    with _alone():
        seen = stamp.read()
        if seen is not None and needed <= seen:
            return False
        _set_up(plugin if plugin in system.ASKED else None)
    return True
