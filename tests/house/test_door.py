# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`./dev`: what it remembers and asks for, and its lock. A copy of it stands for a checkout."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.house.sources import ROOT

FAKE_SETUP = """
import sys
sys.path.insert(0, "packaging")
from door import VENV, stamp
(VENV / "bin").mkdir(parents=True, exist_ok=True)
(VENV / "bin" / "python").touch()
for font in stamp.FONTS:
    font.parent.mkdir(parents=True, exist_ok=True)
    font.touch()
"""
INTERRUPTED = """
from door import environment
def broken():
    raise KeyboardInterrupt
environment._packages = broken
environment._environment = lambda: "here"
try:
    environment.ready()
except KeyboardInterrupt:
    pass
"""


@pytest.fixture
def checkout(tmp_path):
    """A copy of the door and of what it remembers by, in a place of its own."""
    for name in ("dev", "pyproject.toml"):
        shutil.copy2(ROOT / name, tmp_path / name)
    for name in ("packaging", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _python(folder, code):
    order = [sys.executable, "-B", "-c", FAKE_SETUP + code]
    return subprocess.run(order, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def _dev(*words):
    return subprocess.run([ROOT / "dev", *words], capture_output=True, text=True, check=False)


def _remembered(folder):
    return _python(folder, "print(stamp.read())")


def test_without_a_command_it_lists_its_commands():
    told = _dev()
    assert told.returncode == 0
    for name in ("run", "test", "demo", "check", "bench"):
        assert f"./dev {name} " in told.stdout


def test_an_unknown_command_is_refused_with_the_list():
    told = _dev("tset")
    assert told.returncode == 2
    assert "'tset'" in told.stderr
    assert "./dev test" in told.stderr


def test_a_finished_setup_is_remembered(checkout):
    assert _remembered(checkout) == "None"
    _python(checkout, 'stamp.write({"offscreen"})')
    assert _remembered(checkout) == "{'offscreen'}"


@pytest.mark.parametrize(
    "changed",
    [
        "pyproject.toml",
        "requirements/dev.txt",
        "packaging/fonts.py",
        "packaging/door/pip.py",
        "dev",
    ],
)
def test_a_changed_input_means_setting_up_again(checkout, changed):
    _python(checkout, 'stamp.write({"offscreen"})')
    with (checkout / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert _remembered(checkout) == "None"


def test_a_moved_checkout_means_setting_up_again(checkout):
    _python(checkout, 'stamp.write({"offscreen"})')
    moved = checkout.rename(checkout.with_name("moved"))
    assert _remembered(moved) == "None"


def test_an_interrupted_setup_leaves_no_stamp(checkout):
    _python(checkout, 'stamp.write({"offscreen"})')
    (checkout / "pyproject.toml").write_text("# changed\n", encoding="utf-8")
    _python(checkout, INTERRUPTED)
    assert not (checkout / ".venv" / "swclient-setup").exists()


def test_an_environment_left_half_installed_is_not_taken_for_whole(checkout):
    whole = "from door import environment as e\ne.PLACE.write_text(stamp.place())\nprint(e._is_whole())\n"
    assert _python(checkout, whole) == "True"
    assert _python(checkout, "stamp.HALFWAY.touch()\n" + whole) == "False"


def test_a_missing_library_is_named_by_its_package(checkout):
    said = _python(
        checkout,
        "from door import system\nprint(system.command(system.packages_of({'libEGL.so.1', 'libxcb-cursor.so.0'})))",
    )
    assert said.endswith("apt-get install -y --no-install-recommends libegl1 libxcb-cursor0")


def test_a_library_unknown_to_the_table_is_named_itself(checkout):
    said = _python(
        checkout,
        "from door import SetupError, system\n"
        "try:\n"
        "    system.packages_of({'libstrange.so.9'})\n"
        "except SetupError as error:\n"
        "    print(error)",
    )
    assert "libstrange.so.9" in said


def test_every_locked_package_has_its_hashes_and_no_address():
    lock = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    rows = re.split(r"\n(?=[A-Za-z0-9])", lock)
    assert all("--hash=sha256:" in row for row in rows)
    assert "://" not in lock


def test_everything_the_project_asks_for_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += [row for rows in project["project"]["optional-dependencies"].values() for row in rows]
    names = {re.split(r"[<>=!~;\[ ]", row)[0].lower().replace("_", "-") for row in wanted}
    lock = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    assert names <= set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
