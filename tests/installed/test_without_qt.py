# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The core runs where Qt is not installed at all: its modules load and its tests pass."""

import pytest

from tests.house.sources import ROOT, modules

pytestmark = pytest.mark.installed

# The tests of every floor of the core, not the window's, the house's or these here. Those of data ask the same
# engine some thousand times more and would find nothing new; those of the line start servers by the dozen, and the
# first test here loads every module of it.
CORE = (
    "base", "catalogue", "document", "engine", "tariff", "printing", "exchange", "store", "signing", "cli",
)  # fmt: skip
# They start and kill many processes and servers: slow, and no other for the want of Qt.
LEFT_OUT = (
    *(f"tests/store/test_{name}.py" for name in ("kills", "proofs", "sweep", "backup_sweep", "vault_sweep", "office*")),
    *(f"tests/store/test_{name}.py" for name in ("encrypt*", "salvage*", "search", "bin*", "chain")),
    "tests/exchange/test_hostile.py",
)
LOAD_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*(name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))))
"""


def test_every_module_of_the_core_loads_without_qt(without_qt, tmp_path):
    files = modules("swclient")
    names = [file.relative_to(ROOT).with_suffix("").as_posix() for file in files]
    dotted = [name.replace("/", ".").removesuffix(".__init__") for name in names]
    dotted = [name for name in dotted if not name.endswith("__main__") and "migrations" not in name]
    told = without_qt.run("python", "-c", LOAD_ALL, *dotted, cwd=tmp_path)
    assert (told.returncode, told.stdout.strip()) == (0, ""), told.stderr


def test_the_window_says_what_it_needs_where_qt_is_missing(without_qt, tmp_path):
    told = without_qt.run("swclient-ui", cwd=tmp_path)
    assert told.returncode == 2
    assert "pip install" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_tests_of_the_core_pass_without_qt(without_qt):
    folders = [f"tests/{name}" for name in CORE if (ROOT / "tests" / name).is_dir()]
    # Without the plug-in for Qt, its settings in pyproject.toml are unknown: no mistake here.
    options = ["-q", "-p", "no:cacheprovider", "-m", "not slow"]
    options += ["-W", "ignore::pytest.PytestConfigWarning"]
    options += [f"--ignore-glob={ROOT / name}" for name in LEFT_OUT]
    told = without_qt.run("python", "-m", "pytest", *options, *folders, cwd=ROOT, SWCLIENT_HYPOTHESIS="brief")
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
