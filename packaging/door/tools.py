# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of others that the tests hold ours against: verifiers, a key store, a server, a screen that nobody sees.

Root gets what is missing installed before the tests; for anybody else the tests that need it are skipped, and the
command that would bring it is told.
"""

import shutil
import sys
import time
from pathlib import Path

from door import SetupError, system

# The command by which a program is known to be here, and the Debian 12 package that has it.
PROGRAMS = {
    "Xvfb": "xvfb",
    "certutil": "libnss3-tools",
    "dbus-run-session": "dbus",
    "faketime": "faketime",
    "gnome-keyring-daemon": "gnome-keyring",
    "openssl": "openssl",
    "pdfsig": "poppler-utils",
    "setxkbmap": "x11-xkb-utils",
    "softhsm2-util": "softhsm2",
    "strace": "strace",
    "xdotool": "xdotool",
    "xmlsec1": "xmlsec1",
}
# What is no command: by a file of it.
FILES = {
    "/usr/lib/postgresql/*/bin/initdb": "postgresql",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
}


def missing() -> set[str]:
    """Return the packages whose program is not here, and those of libraries that a window on a screen wants."""
    programs = {package for command, package in PROGRAMS.items() if shutil.which(command) is None}
    files = {package for pattern, package in FILES.items() if not any(Path("/").glob(pattern.lstrip("/")))}
    try:
        return programs | files | system.packages_of(system.missing_libraries("xcb"))
    except SetupError:
        return programs | files  # a library that nobody here knows the package of: those tests are skipped


def ready() -> None:
    """Install what the tests hold us against, as root; else tell what is skipped. Never bars the way to the tests."""
    wanted = missing() if sys.platform.startswith("linux") and shutil.which("apt-get") else set()
    if not wanted:
        return
    if not system.is_root():
        print(f"Some tests are skipped; to run them too, once:\n  {system.command(wanted)}", flush=True)
        return
    begun = time.monotonic()
    try:
        system.install(wanted)
    except SetupError as error:
        print(f"Some tests are skipped, for want of {', '.join(sorted(wanted))}: {error}", flush=True)
        return
    print(f"Programs for the tests: {', '.join(sorted(wanted))} ({time.monotonic() - begun:.1f} s)", flush=True)
