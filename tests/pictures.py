# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the screenshots of docs/pictures/: every page of the real program, in English and Russian, light and dark.

`python -m tests.pictures [--out FOLDER] [--scale 1.5]`. The program runs without a screen, in a home of its own, with
the sample declaration and quick training offices; nothing in it is made for the picture.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1366, 768)
COLOURS = 192
LANGUAGES, THEMES = ("en", "ru"), ("light", "dark")
PAGES = ("header", "parties", "transport", "goods", "documents", "payments", "papers", "form", "timeline")


def _reader() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    reader.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    reader.add_argument("--scale", default="1", help="pixels for one point of the design, 1 or 1.5 or 2")
    return reader


class Camera:
    """Waits until the window is at rest, then keeps what is on it."""

    def __init__(self, program: object, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.taken = 0

    def rest(self, until: Callable[[], bool] = lambda: True, least: float = 0.3) -> None:
        """Let the program run for a while, and until something is so; a minute is too long."""
        from PySide6.QtWidgets import QApplication

        begun = time.monotonic()
        while time.monotonic() - begun < least or not until():
            QApplication.processEvents()
            time.sleep(0.005)
            if time.monotonic() - begun > 60:
                raise TimeoutError("the window did not come to rest")

    def take(self, name: str) -> None:
        """Keep the window as a picture of few colours: it is flat, and the repository is for ever."""
        from PIL import Image
        from PySide6.QtCore import QBuffer, QIODevice

        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        self.program.window.grab().save(held, "PNG")
        self.folder.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(bytes(held.data()))).convert("RGB")
        few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)
        self.taken += 1


def _each_look(camera: Camera) -> Iterator[str]:
    for language in LANGUAGES:
        for theme in THEMES:
            camera.program.office.speak(language)
            camera.program.office.paint(theme)
            camera.rest()
            yield f"{language}-{theme}"


def _pages(camera: Camera) -> None:
    """The pages of the sample: one mistake in it, so that there is a finding to see."""
    from swclient.document.path import Path as Field

    window = camera.program.window
    view = window.view
    session = view.stage.session
    heavy = Field("item", session.rows("item")[1], "net_mass")
    session.type_in(heavy, "290.5")
    for index, page in enumerate(PAGES[:-1]):
        for look in _each_look(camera):
            view.show_page(index)
            _stand(camera, page, heavy)
            camera.take(f"{page}-{look}")
    session.undo()


def _stand(camera: Camera, page: str, heavy: object) -> None:
    """Put the cursor where it shows what the page is for."""
    window = camera.program.window
    view = window.view
    if page == "goods":
        view.jump(heavy)
        camera.rest()
    elif page == "form":
        view.start()
        camera.rest(lambda: bool(view.form.sheets) and view.form.at_rest)
    else:
        view.start()
        camera.rest()


def _beside(camera: Camera) -> None:
    """The form beside the boxes, and the search over them."""
    window = camera.program.window
    view = window.view
    view.show_page(0)
    window.toggle_form()
    view.go_to_field("header.incoterm", None)
    for look in _each_look(camera):
        camera.rest(lambda: view.form.at_rest)
        camera.take(f"beside-{look}")
    window.toggle_form()
    for look in _each_look(camera):
        window.top.search.start("31")
        camera.rest()
        camera.take(f"search-{look}")
        window.top.search.leave()


def _submitted(camera: Camera) -> None:
    """The timeline of a declaration that went all the way in the language of its picture, and the worklist."""
    office, window = camera.program.office, camera.program.window
    for language in LANGUAGES:
        office.speak(language)
        office.open_sample()
        view = window.view
        office.do("submit")
        camera.rest(lambda: str(view.desk.state) == "payment_due")  # noqa: B023 - called before the loop goes on
        office.do("pay")
        camera.rest(partial(_is_archived, view))
        view.line.notice.hide()
        page = view.page(PAGES.index("timeline"))
        answer = next(n for n, each in enumerate(view.desk.timeline()) if each.raw)
        page.list.setCurrentIndex(page.list.model().index(answer, 0))
        page.list.scrollToTop()
        for theme in THEMES:
            office.paint(theme)
            camera.rest()
            camera.take(f"timeline-{language}-{theme}")
    for look in _each_look(camera):
        office.show_folder("drafts")
        camera.rest()
        camera.take(f"worklist-{look}")


def _is_archived(view: object) -> bool:
    return str(view.desk.state) == "archived"


def main(words: list[str] | None = None) -> int:
    """Take all pictures; return 0 when every one is there."""
    told = _reader().parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = told.scale
    with tempfile.TemporaryDirectory() as home:
        os.environ["SWCLIENT_HOME"] = home
        return _take_all(told.out)


def _take_all(folder: Path) -> int:
    from PySide6.QtWidgets import QApplication

    from swclient.training import TrainingOptions, start_process
    from swclient.workflow.ports import use_offices
    from ui.app import Program

    use_offices(lambda place: start_process(place, TrainingOptions(pace=0.01)))
    program = Program(QApplication([]))
    program.window.resize(*SIZE)
    program.window.show()
    camera = Camera(program, folder)
    camera.rest(lambda: "ready" in program.marks)
    for look in _each_look(camera):
        camera.take(f"start-{look}")
    program.office.open_sample()
    _pages(camera)
    _beside(camera)
    _submitted(camera)
    program.window.close()
    sys.stdout.write(f"{camera.taken} pictures in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
