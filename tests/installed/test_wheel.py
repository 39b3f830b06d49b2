# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wheel owns two names, carries its data and runs anywhere; the editable installation too."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import swclient
from tests.house.sources import ROOT

pytestmark = pytest.mark.installed

WHERE = "import swclient; print(swclient.__file__)"


def test_the_wheel_owns_exactly_two_names(wheel):
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"swclient", "swclient_ui"}


def test_the_wheel_carries_fonts_their_licences_and_every_translation(wheel):
    inside = set(ZipFile(wheel).namelist())
    wanted = {
        f"swclient/resources/fonts/{family}-{style}.ttf"
        for family in ("SWCSans", "SWCSansUI")
        for style in ("Regular", "Bold")
    }
    wanted |= {f"swclient/resources/fonts/{file.name}" for file in (ROOT / "resources/fonts").glob("OFL*")}
    for source in (ROOT / "localization").glob("*/LC_MESSAGES/*.po"):
        wanted.add(f"swclient/{source.relative_to(ROOT).with_suffix('.mo').as_posix()}")
    assert wanted <= inside


def test_the_wheel_carries_everything_in_resources(wheel):
    inside = set(ZipFile(wheel).namelist())
    files = [file for file in (ROOT / "resources").rglob("*") if file.is_file()]
    assert files
    assert {f"swclient/{file.relative_to(ROOT).as_posix()}" for file in files} <= inside


def test_the_installed_command_tells_its_version(installed, tmp_path):
    told = installed.run("swclient", "--version", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert swclient.__version__ in told.stdout


def test_the_installed_core_is_the_one_in_the_environment(installed, tmp_path):
    told = installed.run("python", "-c", WHERE, cwd=tmp_path)
    assert Path(told.stdout.strip()).is_relative_to(installed.folder)


def test_the_installed_window_can_be_loaded_under_its_own_name(installed, tmp_path):
    order = "import swclient_ui.app, sys; print('ui' in sys.modules)"
    told = installed.run("python", "-c", order, cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (told.returncode, told.stdout.strip()) == (0, "False"), told.stderr


def test_the_editable_installation_runs_from_anywhere(tmp_path):
    program = Path(sys.executable).parent / "swclient"
    told = subprocess.run([program, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert swclient.__version__ in told.stdout
    where = [sys.executable, "-c", WHERE]
    told = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(told.stdout.strip()).is_relative_to(ROOT)


def test_a_source_distribution_makes_the_same_wheel(wheel, tmp_path):
    """What is shipped as source becomes the wheel without git and without building fonts."""
    build = [sys.executable, "-m", "hatchling", "build"]
    subprocess.run([*build, "-t", "sdist", "-d", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    (source,) = tmp_path.glob("*.tar.gz")
    subprocess.run(["tar", "xf", str(source), "-C", str(tmp_path)], check=True)
    unpacked = source.with_name(source.name.removesuffix(".tar.gz"))
    subprocess.run([*build, "-t", "wheel", "-d", str(tmp_path)], cwd=unpacked, check=True, capture_output=True)
    (again,) = tmp_path.glob("*.whl")
    assert set(ZipFile(again).namelist()) == set(ZipFile(wheel).namelist())


def test_without_its_fonts_no_wheel_is_built(tmp_path):
    for name in ("swclient", "ui", "packaging", "localization"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "resources").mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, tmp_path)
    order = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(tmp_path / "dist"),
    ]
    done = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "./dev setup" in done.stderr
    assert not list(tmp_path.glob("dist/*.whl"))
