# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps boxes and fields telling the same: what is typed goes to the session, what changes comes back.

One binding serves one page. It knows boxes only by their face, so that it stands below them. The box that was typed
into is shown at once; what else a change reached is looked at once a turn of the event loop, however many changes
there were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.document.path import Path
    from swclient.workflow.views import Changed, Choice, Look, Session

_MANY = 100_000


class Face(Protocol):
    """What the binding asks of a box."""

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show a field; `typed` says that the change came from this very box, whose text must not be touched."""

    def absent(self) -> None:
        """Show that there is no row to stand for."""


class ListOf:
    """The codes that a field may hold."""

    def __init__(self, session: Session, path: Path) -> None:
        self._session = session
        self._path = path

    def find(self, text: str) -> Sequence[Choice]:
        """Return the codes that fit a text, the best first."""
        return self._session.choices(self._path, text)

    def all(self) -> Sequence[Choice]:
        """Return every code in order."""
        return sorted(self._session.choices(self._path, "", _MANY), key=lambda choice: choice.code)

    def nearest(self, text: str) -> int:
        """Return the position in `all()` where a code stands or would stand."""
        return self._session.nearest(self._path, text.strip().upper())


class Binding(QObject):
    """The boxes of one page and the fields they stand for.

    Attributes:
        checked: whether a check was asked for; until then what is merely not filled in yet is told quietly.

    While the page is hidden nothing is refreshed; what changed is looked at again when it comes back.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.checked = False
        self._faces: dict[Path, list[Face]] = {}
        self._due: dict[Face, Path] = {}
        self._typing: Path | None = None
        self._asleep = True
        self._stale = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._catch_up)
        self._unseen = QTimer(self)
        self._unseen.setSingleShot(True)
        self._unseen.setInterval(0)
        self._unseen.timeout.connect(self._tell_unseen)
        session.changed.connect(self._changed)

    def bind(self, path: Path, face: Face, *, seen: bool = True) -> None:
        """Have a box stand for a field; one that nobody sees is told a turn of the event loop later."""
        self._faces.setdefault(path, []).append(face)
        if self._asleep:
            self._stale = True
        elif seen:
            self._show(path, face)
        else:
            self._due[face] = path
            self._unseen.start()

    def hurry(self, face: Face) -> None:
        """Tell a box now what it was to be told later: the cursor has come to it."""
        path = self._due.pop(face, None)
        if path is not None:
            self._show(path, face)

    def release(self, path: Path, face: Face) -> None:
        """Have a box stand for the field no more."""
        self._due.pop(face, None)
        faces = self._faces.get(path, [])
        if face in faces:
            faces.remove(face)
        if not faces:
            self._faces.pop(path, None)

    def choices(self, path: Path) -> ListOf:
        """Return the codes that a field may hold."""
        return ListOf(self.session, path)

    def type_in(self, path: Path, text: str) -> None:
        """Put what was typed into the session; the journal has it before the next key."""
        self._typing = path
        try:
            self.session.type_in(path, text)
        finally:
            self._typing = None

    def wake(self) -> None:
        """The page is on show: tell everything that changed meanwhile."""
        self._asleep = False
        if self._stale:
            self.look_again()

    def sleep(self) -> None:
        """The page is hidden: refresh nothing."""
        self._asleep = True

    def _tell_unseen(self) -> None:
        for face in tuple(self._due):
            self.hurry(face)

    def look_again(self) -> None:
        """Show every field anew."""
        self._stale = False
        self._due.clear()
        for path, faces in list(self._faces.items()):
            for face in tuple(faces):
                self._show(path, face)

    def _changed(self, changed: Changed) -> None:
        self._stale = True
        if self._asleep:
            return
        for path in (changed.paths or frozenset()) & self._faces.keys():
            for face in self._faces[path]:
                self._show(path, face)
        self._later.start()

    def _catch_up(self) -> None:
        if not self._asleep and self._stale:
            self.look_again()

    def _show(self, path: Path, face: Face) -> None:
        try:
            look = self.session.look(path)
        except KeyError:  # the row is gone; the page will aim elsewhere
            face.absent()
            return
        face.present(look, typed=path == self._typing)
