# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the machine itself must have: Python's own parts, and the shared libraries that Qt loads.

What is missing is seen by asking the loader, not guessed from package lists: `ldd` over the
installed Qt once it is there, the loader's own cache before. Root gets it installed, anybody else
the exact command.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from door import VENV, SetupError

# Each library Qt's wheels leave to the system, and the Debian 12 package that has it. The first
# group is needed even without a screen, the others by the plug-in that opens windows; what other
# versions of Qt ask for stands last.
_TABLE = {
    "offscreen": """
        libglib-2.0.so.0 libglib2.0-0        libgthread-2.0.so.0 libglib2.0-0
        libEGL.so.1 libegl1                  libGL.so.1 libgl1
        libdbus-1.so.3 libdbus-1-3           libxkbcommon.so.0 libxkbcommon0
        libfontconfig.so.1 libfontconfig1    libfreetype.so.6 libfreetype6
        libbrotlidec.so.1 libbrotli1         libbrotlicommon.so.1 libbrotli1
        libgssapi_krb5.so.2 libgssapi-krb5-2
        libz.so.1 zlib1g                     libzstd.so.1 libzstd1
        libstdc++.so.6 libstdc++6            libgcc_s.so.1 libgcc-s1
        """,
    "xcb": """
        libxcb-cursor.so.0 libxcb-cursor0    libxkbcommon-x11.so.0 libxkbcommon-x11-0
        libxcb-icccm.so.4 libxcb-icccm4      libxcb-image.so.0 libxcb-image0
        libxcb-keysyms.so.1 libxcb-keysyms1  libxcb-randr.so.0 libxcb-randr0
        libxcb-render.so.0 libxcb-render0    libxcb-render-util.so.0 libxcb-render-util0
        libxcb-shape.so.0 libxcb-shape0      libxcb-shm.so.0 libxcb-shm0
        libxcb-sync.so.1 libxcb-sync1        libxcb-xfixes.so.0 libxcb-xfixes0
        libxcb-xkb.so.1 libxcb-xkb1          libX11-xcb.so.1 libx11-xcb1
        libxcb.so.1 libxcb1                  libX11.so.6 libx11-6
        """,
    "wayland": """
        libwayland-client.so.0 libwayland-client0  libwayland-cursor.so.0 libwayland-cursor0
        libwayland-egl.so.1 libwayland-egl1
        """,
    "other": """
        libOpenGL.so.0 libopengl0            libxcb-glx.so.0 libxcb-glx0
        libSM.so.6 libsm6                    libICE.so.6 libice6
        libxcb-util.so.1 libxcb-util1        libXau.so.6 libxau6
        """,
}
PACKAGES = {group: dict(zip(rows.split()[::2], rows.split()[1::2], strict=True)) for group, rows in _TABLE.items()}
# The files of the wheel whose needs stand for a group.
_ASKED = """
    QtCore.abi3.so QtGui.abi3.so QtWidgets.abi3.so QtNetwork.abi3.so QtSvg.abi3.so
    Qt/plugins/platforms/libqoffscreen.so
    """
ASKED = {
    "offscreen": _ASKED.split(),
    "xcb": ["Qt/plugins/platforms/libqxcb.so"],
    "wayland": ["Qt/plugins/platforms/libqwayland.so"],
}
APT = ["apt-get", "-y", "-o", "DPkg::Lock::Timeout=500"]


def is_root() -> bool:
    """Say whether this account may install system packages."""
    return os.geteuid() == 0


def display_plugin() -> str | None:
    """Return the Qt plug-in that a window here would use; None where there is no screen."""
    if not sys.platform.startswith("linux"):
        return "native"
    if os.environ.get("DISPLAY"):
        return "xcb"
    return "wayland" if os.environ.get("WAYLAND_DISPLAY") else None


def python_parts() -> set[str]:
    """Return the packages of missing Python modules: Debian cuts Python into several."""
    wanted = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    found = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    return set() if found else {wanted}


def foreseen(groups: set[str]) -> set[str]:
    """Return the packages that will be missing, as the loader's cache tells before Qt is here."""
    loader = shutil.which("ldconfig", path="/sbin:/usr/sbin:/bin:/usr/bin")
    if loader is None:
        return set()
    known = subprocess.run([loader, "-p"], capture_output=True, text=True, check=False).stdout
    return {
        package
        for group in groups
        for library, package in PACKAGES.get(group, {}).items()
        if f"\t{library} " not in known
    }


def missing_libraries(group: str) -> set[str]:
    """Return the shared libraries that the installed Qt needs and the loader does not find."""
    if group not in ASKED or shutil.which("ldd") is None:
        return set()
    folder = next(VENV.glob("lib/python3*/site-packages/PySide6"), Path())
    files = [str(folder / name) for name in ASKED[group] if (folder / name).is_file()]
    answer = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    lines = answer.stdout.splitlines()
    return {line.split()[0] for line in lines if line.rstrip().endswith("not found")}


def packages_of(libraries: set[str]) -> set[str]:
    """Return the Debian packages of some libraries, as far as they are known here.

    Raises:
        SetupError: not one of them is known; they are named.
    """
    known = {library: package for rows in PACKAGES.values() for library, package in rows.items()}
    packages = {known[library] for library in libraries & set(known)}
    if libraries and not packages:
        names = ", ".join(sorted(libraries))
        raise SetupError(f"Qt needs these shared libraries, please install them: {names}")
    return packages


def command(packages: set[str]) -> str:
    """Return the command by which an administrator installs the packages."""
    names = " ".join(sorted(packages))
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def install(packages: set[str]) -> None:
    """Install Debian packages, as root.

    Raises:
        SetupError: not root, no apt-get here, or apt-get failed; with the command or its last
        words.
    """
    if shutil.which("apt-get") is None:
        names = ", ".join(sorted(packages))
        raise SetupError(f"please install what Debian calls: {names}")
    if not is_root():
        raise SetupError(f"system packages are missing. An administrator runs once:\n  {command(packages)}")
    calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--no-install-recommends", *sorted(packages)]):
        done = subprocess.run(
            [*APT, *step],
            env=calm,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # Lists that could not be fetched may do all the same; what cannot be installed may not.
        if done.returncode and step != ["update"]:
            raise SetupError("apt-get failed:\n" + "\n".join(done.stdout.splitlines()[-12:]))
