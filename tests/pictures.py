# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of docs/pictures/: every page of the window, in every language, light and dark, 100 and 150 %.

    python -m tests.pictures [--out FOLDER] [--languages en,ru] [--themes light] [--scales 1,1.5] [--only goods,form]

The program runs without a screen, in a home of its own, with a sample declaration and quick training offices; nothing
in it is made for the picture. What is photographed stands in `tests/stations.py`. Each scale is a process of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from swclient.base import i18n

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1366, 768)
COLOURS = 32
_LOOKED_AT, _UNLIKE = 4000, 60
_FEW = ("en", "kk")
THEMES, SCALES = ("light", "dark"), ("1", "1.5")
_INSIDE = "--inside"


def _reader() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    reader.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    reader.add_argument("--languages", default=",".join(i18n.available()))
    reader.add_argument("--themes", default=",".join(THEMES))
    reader.add_argument("--scales", default=",".join(SCALES), help="pixels for one point of the design")
    reader.add_argument("--only", default="", help="names of pictures, all when not given")
    reader.add_argument(_INSIDE, action="store_true", help=argparse.SUPPRESS)
    return reader


class Camera:
    """Waits until the window is at rest, then keeps what is on it.

    Attributes:
        program: the running program.
        languages, themes: in which looks everything is photographed.
    """

    def __init__(
        self, program: object, folder: Path, looks: tuple[list[str], list[str]] = (["en"], ["light"]), only: str = ""
    ) -> None:
        self.program = program
        self.folder = folder
        self.languages, self.themes = looks
        self.only = {each for each in only.split(",") if each}
        self.taken = 0

    def rest(self, until: Callable[[], bool] = lambda: True, least: float = 0.25) -> None:
        """Let the program run for a while, and until something is so; a minute is too long."""
        from PySide6.QtWidgets import QApplication

        begun = time.monotonic()
        while time.monotonic() - begun < least or not until():
            QApplication.processEvents()
            time.sleep(0.005)
            if time.monotonic() - begun > 60:
                raise TimeoutError("the window did not come to rest")

    def wants(self, name: str) -> bool:
        """Tell whether a picture was asked for."""
        return not self.only or name in self.only

    def speak(self, language: str) -> None:
        """Say everything in a language."""
        self.program.office.speak(language)
        self.rest(least=0.05)  # a theme put on in the same turn takes the layout's own request away

    def everywhere(self, name: str, stand: Callable[[], object] = lambda: None, *, few: bool = False) -> None:
        """Keep what is on the window in every language and theme; `stand` brings each into place.

        What only comes over a page is kept in a `few` languages, one of them with long words.
        """
        if not self.wants(name):
            return
        for language in [each for each in self.languages if each in _FEW or not few]:
            self.speak(language)
            self.themed(name, language, stand)

    def themed(self, name: str, language: str, stand: Callable[[], object] = lambda: None) -> None:
        """Keep what is on the window in every theme, in the language it speaks now."""
        for theme in self.themes:
            self.program.office.paint(theme)
            stand()
            self.rest()
            self.take(f"{name}-{language}-{theme}")

    def take(self, name: str) -> None:
        """Keep the window as a picture of few colours: it is flat, and the repository is for ever."""
        from PIL import Image
        from PySide6.QtCore import QBuffer, QIODevice

        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        self.program.window.grab().save(held, "PNG")
        self.folder.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(bytes(held.data()))).convert("RGB")
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in _telling(picture) for part in colour])
        few = picture.quantize(palette=palette, dither=Image.Dither.NONE)
        few.convert("RGB").save(self.folder / f"{name}.webp", lossless=True, method=6)
        self.taken += 1


def _telling(picture: Any) -> list[tuple[int, int, int]]:
    """Return the colours that a picture is told by: the commonest, and then those that are like none of them."""
    common = [colour for _times, colour in sorted(picture.getcolors(picture.width * picture.height), reverse=True)]
    chosen = common[:COLOURS]
    for colour in common[COLOURS:_LOOKED_AT]:
        if min(sum(abs(a - b) for a, b in zip(colour, each, strict=True)) for each in chosen) > _UNLIKE:
            chosen.append(colour)
    return chosen[:256]


def main(words: list[str] | None = None) -> int:
    """Take all pictures, each scale in a process of its own; return 0 when every one is there."""
    told = _reader().parse_args(words)
    if told.inside:
        return _take_all(told)
    passed = ["--languages", told.languages, "--themes", told.themes, "--only", told.only]
    for scale in told.scales.split(","):
        folder = told.out / f"{round(float(scale) * 100)}"
        order = [sys.executable, "-m", "tests.pictures", _INSIDE, "--out", str(folder), *passed]
        with tempfile.TemporaryDirectory() as home:
            env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "SWCLIENT_HOME": home}
            done = subprocess.run(order, env=env, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


def _take_all(told: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from swclient.training import TrainingOptions, start_process
    from swclient.workflow.ports import use_offices
    from tests.stations import visit
    from ui.app import Program

    use_offices(lambda place: start_process(place, TrainingOptions(pace=0.01)))
    program = Program(QApplication([]))
    program.window.resize(*SIZE)
    program.window.show()
    camera = Camera(program, told.out, (told.languages.split(","), told.themes.split(",")), told.only)
    camera.rest(lambda: "ready" in program.marks)
    visit(camera)
    program.window.close()
    sys.stdout.write(f"{camera.taken} pictures in {told.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
