# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may look at whom, and what may not be loaded before the window has been painted."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT, modules, told, tree

# Loading any of these takes longer than Qt and the first window together, or is of no use before.
_HEAVY = """
    PySide6 alembic cryptography fastapi keyring lxml openpyxl pydantic pypdfium2 python_calamine
    qtawesome reportlab requests sqlalchemy uvicorn
    """
HEAVY = frozenset(_HEAVY.split())
# What the window imports before its first paint: whole floors, and single modules above them.
LIGHT_FLOORS = ("base", "catalogue", "document", "engine", "tariff")
LIGHT_MODULES: tuple[str, ...] = ("swclient.launch",)

_LOADED = """
import importlib, json, sys
for name in sys.argv[2].split(","):
    importlib.import_module(name)
print(json.dumps(sorted(set(sys.argv[1].split(",")) & set(sys.modules))))
"""


def _dotted(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _light():
    folders = [f"swclient/{floor}" for floor in LIGHT_FLOORS]
    return sorted({_dotted(file) for file in modules(*folders)} | set(LIGHT_MODULES))


def _loads(names):
    """Return which heavy libraries a fresh Python has after importing the modules."""
    order = [sys.executable, "-c", _LOADED, ",".join(sorted(HEAVY)), ",".join(names)]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_floor_looks_down_only():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_window_imports_itself_relatively_only():
    """Its package has another name in the wheel, so an absolute import would find nothing there."""
    absolute = [
        told(file, node.lineno)
        for file in modules("ui")
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == "ui")
        or (isinstance(node, ast.Import) and any(one.name.split(".")[0] == "ui" for one in node.names))
    ]
    assert not absolute


def test_what_the_window_needs_first_loads_nothing_heavy():
    found = _loads(_light())
    guilty = {name: heavy for name in _light() if (heavy := _loads([name]))} if found else {}
    assert not guilty


@pytest.mark.parametrize("heavy", ["lxml", "sqlalchemy"])
def test_the_guard_sees_a_heavy_library(heavy):
    assert heavy in _loads([heavy])
