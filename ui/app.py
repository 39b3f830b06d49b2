# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the window: as little as possible before the first paint, the rest right behind it.

`--smoke` opens, paints and closes; with `--marks` it tells when each stage was reached, as JSON on standard output.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from swclient.base import calm, i18n, paths
from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from . import STARTED, theme
from .main_window import MainWindow
from .qt_language import Language
from .settings.remember import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from swclient.workflow.application import Application

    from .office import Office
    from .parts.question import Question
    from .tasks import PostBox, Tasks

_LATER_MS = 1500
_LEAST_SIZE, _MOST_SIZE = 100, 200  # percent
_SHUT = N_(
    "The declarations cannot be opened; nothing was changed. Close this window. “swclient backup list”"
    " shows which copies there are, “swclient backup restore latest” puts the newest good one back, “swclient backup"
    " recover -o OUT.db” saves what can still be read. Whatever lies there now is kept."
)


class Program(QObject):
    """One run of the window.

    Attributes:
        marks: seconds since the start at which a stage was reached.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.app = app
        self.marks: dict[str, float] = {}
        self.memory = Memory(paths.user_data())
        app.setApplicationName("swclient")
        app.setDesktopFileName("swclient")
        theme.load_first_faces()
        theme.choose(app, self.memory.text("theme", "system"))
        theme.choose_density(self.memory.text("density"))
        app.setFont(theme.font())
        self.language = Language(app)
        self.language.speak(self.memory.text("language") or i18n.wished_language())
        self.window = MainWindow(self.memory)
        self.window.installEventFilter(self)
        app.focusChanged.connect(self.window.note_focus)
        self.window.closing.connect(self.close)
        self.office: Office | None = None
        self.failed = False
        self._application: Application | None = None
        self._post: PostBox | None = None
        self._tasks: Tasks | None = None
        self._asked = ""
        self.opening: Question | None = None
        self.mark("window")

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Say in place that the program has a fault; the log tells the rest. What was typed is safe already."""
        from swclient.base.log import log

        self.failed = True
        log.error("Unforeseen", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        if self.office is not None:
            text = N_("Something in the program went wrong: {what}. What you typed is saved; the log has the details.")
            self.office.say(Message(text, {"what": f"{kind.__name__} {error}"}).text(), "error")

    def mark(self, stage: str) -> None:
        """Note that a stage is reached."""
        self.marks.setdefault(stage, time.perf_counter() - STARTED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After the first paint, bring in what was left out before it."""
        if event.type() == QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            self.mark("painted")
            QTimer.singleShot(0, self.open)
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Open the store, and what was open when the program was last left."""
        from .tasks import PostBox, Tasks

        theme.load_all_letters()
        self._post = post = PostBox(self)
        self._tasks = Tasks(post.post)
        self._open_store(post, self._tasks)

    def _open_store(self, post: PostBox, tasks: Tasks, words: str = "") -> None:
        """Open the store; where it wants a word that the key store has not, ask for it in place and try again."""
        from swclient.workflow.bootstrap import open_application
        from swclient.workflow.house.vault import LockedError, said

        try:
            self._application = open_application(post=post.post, ask=said(words), window=True)
        except LockedError as error:
            self._asked = _(error.prompt)
            self._ask_to_open(str(error), lambda words: self._open_store(post, tasks, words))
        except SwError as error:
            if words:
                self._ask_to_open(str(error), lambda words: self._open_store(post, tasks, words))
                return
            self.failed = True
            self.window.hinder(f"{error}\n\n{_(_SHUT)}")
        else:
            self.window.unhinder()
            self._begin(self._application, post, tasks)

    def _ask_to_open(self, why: str, again: Callable[[str], None]) -> None:
        """Say why the store does not open, and ask for what would open it."""
        from .parts.question import Question

        self.opening = Question()
        self.window.hinder(why, self.opening)

        def taken(words: str) -> None:
            if words:
                QTimer.singleShot(0, lambda: again(words))

        self.opening.ask_secret(self._asked, taken, take_cursor=True, to_open=True)

    def _begin(self, application: Application, post: PostBox, tasks: Tasks) -> None:
        from .key_asking import KeyAsking
        from .office import Office

        application.ask = KeyAsking(post.post, self._place_to_ask, self._stopping)
        self.mark("store")
        self.office = Office(self.window, application, tasks, self.memory, self.language)
        self.office.begin()
        self.mark("open")
        QTimer.singleShot(0, self._furnish)

    def _place_to_ask(self) -> tuple[Question, bool]:
        """Return where to ask for a pass phrase; in a draft that is being typed in, without taking the cursor."""
        view = self.window.view
        if view is not None:
            return view.line.question, view.stage.session.read_only
        if self.office is None:
            raise RuntimeError("nothing is signed before the window is furnished")
        return self.office.worklist.question, True

    def _stopping(self) -> bool:
        return self._application is None or self._application.jobs.stopping.is_set()

    def _furnish(self) -> None:
        from . import icons, motion

        icons.load()
        motion.choose(self.app, self.memory.text("motion", "system"))
        theme.follow_system(self.app, self.window.update)
        self.window.update()
        for widget in self.app.allWidgets():
            widget.update()
        QTimer.singleShot(_LATER_MS, self._tell_ends)
        calm.settle()
        self.mark("ready")

    def _tell_ends(self) -> None:
        """Tell which key ends soon, once nobody waits for the window: keys bring cryptography with them."""
        from .key_asking import tell_ends

        if self._application is not None and self.office is not None:
            tell_ends(self._application, self.office.say)

    def close(self) -> None:
        """Save, stop, close the store."""
        if self._post is not None:
            self._post.close()
        if self._tasks is not None:
            self._tasks.close()
        if self._application is not None:
            self._application.close()
            self._application = None


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    _take_size()
    # Told by word, the style is made once; `setStyle` would give it back wrapped, and PySide build every class for it.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    if not isinstance(app, QApplication):
        return 1
    program = Program(app)
    sys.excepthook = program.report
    program.window.show()
    if "--smoke" in words:
        return _smoke(program, tell="--marks" in words)
    return app.exec()


def _take_size() -> None:
    """Have everything as large as the user wishes, unless the system was told otherwise; Qt takes it at its start."""
    wished = Memory(paths.user_data()).text("scale")
    if wished.isdecimal() and _LEAST_SIZE <= int(wished) <= _MOST_SIZE:
        os.environ.setdefault("QT_SCALE_FACTOR", str(int(wished) / 100))


def _smoke(program: Program, *, tell: bool) -> int:
    """Run until everything is there, then close; exit code 0 when it came so far, 1 when something failed."""

    def look() -> None:
        if program.failed:
            program.app.exit(1)
        elif "ready" in program.marks:
            program.window.close()
            program.app.quit()
        else:
            QTimer.singleShot(1, look)

    look()
    code = program.app.exec()
    if tell:
        import json

        sys.stdout.write(json.dumps({name: round(at, 4) for name, at in program.marks.items()}) + "\n")
    return code
