# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of `./dev`: each sets up what is missing, then becomes the program it names."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from door import PYTHON, ROOT, SetupError, environment, system, tools

DEMO_FOLDER = ROOT / "demo-results"
CHECKS = (
    ("style", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("floors", ["lint-imports"]),
    ("data and house", ["python", "-m", "pytest", "-q", "tests/data", "tests/house"]),
)


def _become(*arguments: str) -> int:
    """Become the project's Python, so that signals and exit codes go straight through."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])


def _here(*arguments: str) -> int:
    """Become a module of the checkout, started in its root."""
    os.chdir(ROOT)
    return _become("-m", *arguments)


def setup(_rest: list[str]) -> int:
    """Set up only, and say where the program is."""
    done = environment.ready(system.display_plugin())
    print("Ready." if done else "Ready: nothing to do.")
    return 0


def run(rest: list[str]) -> int:
    """Open the window; without a display, run the demonstration and say where its results are."""
    plugin = system.display_plugin()
    environment.ready(plugin)
    if plugin:
        return _become("-P", "-m", "ui", *rest)
    print("No display here (no DISPLAY, no WAYLAND_DISPLAY): running the demonstration instead.")
    return demo([])


def demo(rest: list[str]) -> int:
    """Run one declaration from workbook to release, in TRAINING, and say where the results are."""
    reader = argparse.ArgumentParser(prog="./dev demo", add_help=False)
    reader.add_argument("--out", default=str(DEMO_FOLDER))
    told, others = reader.parse_known_args(rest)
    environment.ready()
    order = [str(PYTHON), "-P", "-m", "swclient", "demo", "--out", told.out, *others]
    code = subprocess.run(order, check=False).returncode
    if code == 0 and not {"-h", "--help"} & set(others):
        print(f"Results: {Path(told.out).absolute()}")
    return code


def test(rest: list[str]) -> int:
    """Run the tests, Qt offscreen; words after it go to pytest."""
    environment.ready()
    tools.ready()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    named = any(not word.startswith("-") for word in rest)
    workers = os.environ.get("SWCLIENT_TEST_WORKERS", "0" if named else "2")
    spread = ["-n", workers, "--dist", "loadfile"] if workers != "0" else []
    return _here("pytest", *spread, *rest)


def check(_rest: list[str]) -> int:
    """Check style, types, floors and data; go through all of them, fail if one does."""
    environment.ready()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    failed = []
    for name, (tool, *arguments) in CHECKS:
        print(f"== {name}: {tool} {' '.join(arguments)}", flush=True)
        if subprocess.run([PYTHON.parent / tool, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"Not in order: {', '.join(failed)}" if failed else "All in order.")
    return 1 if failed else 0


def bench(rest: list[str]) -> int:
    """Measure against peers; words after it go to the benches."""
    environment.ready()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _here("tests.bench", *rest)


def pictures(rest: list[str]) -> int:
    """Take the screenshots of docs/pictures/ again."""
    environment.ready()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _here("tests.pictures", *rest)


COMMANDS = {
    "run": (run, "open the window (set up first what is missing)"),
    "demo": (demo, "one declaration from workbook to release, without a window: demo [--out DIR]"),
    "test": (test, "all tests; what follows goes to pytest"),
    "check": (check, "style, types, import floors, data"),
    "bench": (bench, "figures against their peers: bench [NAME] [--json]"),
    "pictures": (pictures, "take the screenshots of docs/pictures/ again"),
    "setup": (setup, "set up only"),
}


def usage() -> str:
    """Return what `./dev` alone prints."""
    rows = "\n".join(f"  ./dev {name:<9} {words}" for name, (_, words) in COMMANDS.items())
    return f"The door of swclient. Everything it needs it sets up itself, in .venv.\n\n{rows}"


def main(words: list[str]) -> int:
    """Run one command and return its exit code."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    name, *rest = words
    if name not in COMMANDS:
        print(f"./dev knows no '{name}'.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[name][0](rest)
    except SetupError as error:
        print(f"\n./dev: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\n./dev: stopped; call it again to go on.", file=sys.stderr)
        return 130
    return 1
