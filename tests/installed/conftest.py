# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wheel, built once, and environments that have it without asking anybody on the network.

A new environment borrows the libraries of the one that runs the tests: link by link, without this
project and, where asked, without Qt.
"""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.sources import ROOT

_PROJECT = ("swclient", "_swclient", "__editable__")
_QT = ("PySide6", "pyside6", "shiboken6", "pytestqt", "pytest_qt", "qtawesome", "qtpy", "QtPy")


@dataclass(frozen=True)
class Environment:
    """A Python of its own."""

    folder: Path

    def run(self, program, *words, cwd, **more):
        """Run a program of the environment, with nothing of the test run's own settings."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHONPATH", "PYTEST"))}
        order = [self.folder / "bin" / program, *words]
        return subprocess.run(order, cwd=cwd, env=inherited | more, capture_output=True, text=True, check=False)

    def install(self, wheel):
        """Install one wheel and nothing it depends on."""
        pip = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check"]
        order = [
            *pip,
            "--python",
            str(self.folder),
            "install",
            "-q",
            "--no-index",
            "--no-deps",
            str(wheel),
        ]
        subprocess.run(order, check=True, capture_output=True)


def _environment(folder, without):
    """Make an environment whose libraries are links to ours, but for some."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    target = folder / "lib" / version / "site-packages"
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(without):
            (target / entry.name).symlink_to(entry)
    return Environment(folder)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    order = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(tmp_path_factory, wheel):
    """An environment with the wheel and everything it may use."""
    made = _environment(tmp_path_factory.mktemp("installed") / "env", _PROJECT)
    made.install(wheel)
    return made


@pytest.fixture(scope="session")
def without_qt(tmp_path_factory, wheel):
    """An environment with the wheel where Qt has never been heard of."""
    made = _environment(tmp_path_factory.mktemp("without-qt") / "env", _PROJECT + _QT)
    made.install(wheel)
    return made
