# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the project as the house rules see them: what git knows or is about to."""

import ast
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDERS = (
    "swclient",
    "ui",
    "tests",
    "packaging",
    "resources",
    "localization",
    "docs",
    "requirements",
    ".ci",
)


@cache
def project_files() -> tuple[Path, ...]:
    """Return every file of the project, without what is built or installed."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        order = [
            "git",
            "-c",
            f"safe.directory={ROOT}",
            "ls-files",
            "-z",
            "-co",
            "--exclude-standard",
        ]
        names = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        found = [ROOT / name for name in names.split("\0") if name]
    else:  # an unpacked source distribution
        found = [file for folder in _FOLDERS for file in (ROOT / folder).rglob("*")]
        found += [file for file in ROOT.iterdir() if not file.name.startswith(".")]
    return tuple(sorted({file for file in found if file.is_file() and "__pycache__" not in file.parts}))


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Return the Python files of some folders of the project, of all of it where none is named."""
    wanted = [ROOT / folder for folder in folders] or [ROOT]
    return tuple(
        file
        for file in project_files()
        if (file.suffix == ".py" or file == ROOT / "dev") and any(file.is_relative_to(folder) for folder in wanted)
    )


@cache
def tree(file: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(file.read_text("utf-8"), str(file))


def told(file: Path, line: int | None = None) -> str:
    """Return how a place is named in a failure."""
    name = file.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"
