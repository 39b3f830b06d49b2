# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed packages at the window: seal the queue onto a stick, send somebody's package, take in what came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer

from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.sealed.carrying import Standing
    from swclient.workflow.sealed.making import Made
    from swclient.workflow.sealed.post import SealedPost
    from swclient.workflow.sealed.taking import TakenIn
    from swclient.workflow.signature.keys import Secret

    from ..ports import Office

T = TypeVar("T")

_NEW_PHRASE = N_("Pass phrase for the package, {n} characters or more")
_SEALED = N_(
    "Entries sealed: {n}, in {file}. Tell the pass phrase to whoever sends it, and do not write it on the stick."
)
_LEFT = N_("{n} more are in earlier packages.")
_SENT = N_("{taken} of {all} taken by the offices, {refused} refused, {open} not known yet. Answers for them: {file}.")
_SENDING = N_("Sending the package and waiting for answers, a minute at most.")
_TAKEN = N_("Entries settled: {settled}, known already: {known}, still open: {open}. New answers taken in: {new}.")


class SealedVerbs:
    """The verbs about sealed packages of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"seal_queue": self.seal, "send_package": self.send, "take_answers": self.take}

    def seal(self) -> None:
        """Ask where to and under which pass phrase, then seal what waits."""
        from PySide6.QtWidgets import QFileDialog

        from swclient.workflow.sealed.post import SHORTEST

        title = _("Seal the queue onto a stick")
        folder = QFileDialog.getExistingDirectory(self._office.window, title)
        if not folder:
            return
        words = Message(_NEW_PHRASE, {"n": SHORTEST}).text()

        def once_more(first: Secret) -> None:
            self._ask(_("The same pass phrase once more"), lambda second: self._seal(Path(folder), first, second))

        self._ask(words, once_more)

    def _seal(self, folder: Path, first: Secret, second: Secret) -> None:
        if first != second:
            self._office.say(_("The two pass phrases are not the same; nothing was sealed."), "warning")
            return
        post = self._post()
        self._run(lambda: post.make(folder, first, again=not post.anything_new()), self._sealed)

    def _sealed(self, made: Made) -> None:
        text = Message(_SEALED, {"n": made.entries, "file": str(made.file)}).text()
        text += " " + Message(_LEFT, {"n": made.left}).text() if made.left else ""
        self._office.say(text, "advice")

    def send(self) -> None:
        """Ask for somebody's package, send it, and put the answers beside it; done again, it fetches newer ones."""
        self._with_file(_("Send somebody's package"), "*.swpackage", self._send)

    def _send(self, file: Path, phrase: Secret) -> None:
        post = self._post()
        told: list[Message] = []

        def work() -> tuple[Standing, Made]:
            stands = post.send(file, phrase, told.append)
            return stands, post.answers(file, phrase, file.parent)

        def done(came: tuple[Standing, Made]) -> None:
            stands, made = came
            counts = {name: getattr(stands, name) for name in ("taken", "all", "refused", "open")}
            words = [Message(_SENT, {**counts, "file": str(made.file)}), *told]
            self._office.say("\n".join(each.text() for each in words), "warning" if told else "advice")

        self._office.say(_(_SENDING), "advice")
        self._run(work, done)

    def take(self) -> None:
        """Ask for answers to our own package and take them in."""
        post = self._post()
        self._with_file(
            _("Take in answers from a stick"),
            "*.swanswers",
            lambda file, phrase: self._run(lambda: post.take(file, phrase), self._taken),
        )

    def _taken(self, done: TakenIn) -> None:
        counts = {name: getattr(done, name) for name in ("settled", "known", "open", "new")}
        words = [Message(_TAKEN, counts), *done.problems]
        self._office.say("\n".join(each.text() for each in words), "warning" if done.problems else "advice")

    def _with_file(self, title: str, kind: str, act: Callable[[Path, Secret], None]) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getOpenFileName(self._office.window, title, "", kind)
        if name:
            file = Path(name)
            words = Message(N_("Pass phrase of the package {file}"), {"file": file.name}).text()
            self._ask(words, lambda phrase: act(file, phrase))

    def _ask(self, words: str, act: Callable[[Secret], None]) -> None:
        """Ask for a pass phrase in place; a question that is put away does nothing."""
        from swclient.workflow.signature.keys import Secret

        view = self._office.window.view
        place = view.line.question if view is not None else self._office.worklist.question

        def given(text: str) -> None:
            if text:  # the next question is put when this one has left its place
                QTimer.singleShot(0, lambda: act(Secret(text)))

        place.ask_secret(words, given, take_cursor=True, verb=N_("Go on"))

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def failed(error: BaseException) -> None:
            if not isinstance(error, SwError):
                raise error
            self._office.say(str(error), "warning")

        self._office.application.jobs.run(work, done, failed)

    def _post(self) -> SealedPost:
        from swclient.workflow.sealed.post import SealedPost

        return SealedPost(self._office.application)
