# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files attached to a declaration: a list, and keys that attach, write out, remove and bring back.

Files are read, hashed and written behind the window; what was read of the store is kept here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..parts.button import Button
from ..parts.density import fix_rows
from ..parts.flow import Flow
from ..parts.listing import Rows
from ..parts.plain import Title, words, wrapped
from ..parts.speaking import Speaking
from ..words import size_words
from .attached_list import AttachedView, whose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from swclient.workflow.desk.attached import Attached

    from ..forms.stage import Stage

_PAUSE = 120  # ms of quiet before it is told anew
_MOST = 6  # lines that are shown without scrolling
_RUNS = N_("“{name}” is of a kind that runs something when it is opened. Open it only if you trust who made it.")


def files_in(data: QMimeData) -> list[Path]:
    """Return the files of the disk in what is dragged or dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class AttachedFiles(Speaking):
    """The list, its verbs, what there is to know of its current line, and the way back of the last removal.

    Attributes:
        list: what takes the cursor.
        chain: what takes the cursor as it goes through the page; the verbs have keys of their own.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._files: tuple[Attached, ...] | None = None
        self._removed: Attached | None = None
        self._done = ""
        self.model = Rows(self._told)
        self.heading = Title()
        verbs = {"attach": self.attach, "export_attached": self.export, "remove_attached": self.remove}
        self.buttons = {name: Button(weight="plain" if name == "attach" else "quiet") for name in verbs}
        for name, act in verbs.items():
            self.buttons[name].clicked.connect(act)
        self.list = AttachedView(self.model)
        self.list.activated.connect(self.export)
        self.list.removing.connect(self.remove)
        self.list.selectionModel().currentChanged.connect(lambda *_both: self._tell())
        self.note = wrapped(muted=True)
        self.gone, self.undo = words(muted=True), Button(weight="quiet")
        self.undo.clicked.connect(self.restore)
        self.chain: list[QWidget] = [self.list, self.undo]
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.refresh)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top, last = Flow(self.heading), QHBoxLayout()
        for button in self.buttons.values():
            top.addWidget(button)
        last.addWidget(self.gone)
        last.addWidget(self.undo)
        last.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addLayout(top)
        whole.addWidget(self.list)
        whole.addWidget(self.note)
        whole.addLayout(last)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # -- what stands on it

    def refresh_soon(self) -> None:
        """Tell the list anew after a moment of quiet."""
        self._later.start()

    def refresh(self) -> None:
        """Tell the list anew; the files are read first where nobody has."""
        self._later.stop()
        desk = self._stage.attached
        if desk is None:
            return
        if self._files is None:
            self._files = ()
            self.look()
        place, rows = self.list.currentIndex().row(), desk.anew(self._files)
        if rows != tuple(self.model.rows):
            self.model.fill(rows)
            fix_rows(self.list, min(max(len(rows), 1), _MOST), 2)
            if rows:
                self.list.stand_on(min(max(place, 0), len(rows) - 1))
        self.list.setVisible(bool(rows))
        self._tell()

    def look(self) -> None:
        """Read behind the window what is attached."""
        if self._stage.attached is not None:
            self._stage.attached.look(self._read, self._say)

    def _read(self, files: tuple[Attached, ...]) -> None:
        self._files = files
        self.refresh()

    def current(self) -> Attached | None:
        """Return the current line, None while there is none."""
        index = self.list.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and index.row() < len(self.model.rows) else None

    def _told(self, row: Attached) -> str:
        """Return a line as it is read out: everything that is painted, and a warning."""
        parts = (str(row.file.id), row.file.name, size_words(row.file.size), whose(row), row.digits, _warning(row))
        return ", ".join(part for part in parts if part)

    def _tell(self) -> None:
        row = self.current()
        for name in ("export_attached", "remove_attached"):
            self.buttons[name].setEnabled(row is not None)
            self.buttons[name].setVisible(bool(self.model.rows))
        told = Message(N_("Attached files: {n}"), {"n": len(self.model.rows)}).text()
        self.heading.setText(told)
        self.list.setAccessibleName(told)
        self.note.setText(_warning(row) if row is not None else "")
        self.note.setVisible(bool(self.note.text()))
        name = self._removed.file.name if self._removed is not None else ""
        told = Message(N_("Removed: {name}"), {"name": name}).text() if name else self._done
        self.gone.setText(told)
        self.gone.setVisible(bool(told))
        self.undo.setVisible(bool(name))

    # -- what it does

    def attach(self) -> None:
        """Ask for files and attach them: to the document of box 44 that the cursor was at last, else to the whole."""
        row = self._document()
        desk = self._stage.attached
        title = _("Attach files to the whole declaration")
        if row is not None and desk is not None:
            title = Message(N_("Attach files to {document}"), {"document": desk.documents()[row]}).text()
        names, _kind = QFileDialog.getOpenFileNames(self.window(), title)
        self.take([Path(name) for name in names])

    def take(self, files: Sequence[Path]) -> None:
        """Attach files behind the window; what could not be attached is told."""
        if files and self._stage.attached is not None:
            self._removed, self._done = None, ""
            self._stage.attached.attach(files, self._document(), lambda _names: self.look(), self._failed)

    def _document(self) -> int | None:
        path, desk = self._stage.path, self._stage.attached
        if path is None or desk is None or path.table != "document" or path.row not in desk.documents():
            return None
        return path.row

    def export(self, *_where: object) -> None:
        """Ask where the current file goes and write it there; the question asks about a file that is there."""
        row = self.current()
        if row is None or self._stage.attached is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self.window(), _("Write the attached file out"), row.safe_name)
        if name:
            self._stage.attached.export(row, Path(name), lambda file: self._written(row, file), self._failed)

    def _written(self, row: Attached, file: Path) -> None:
        self._removed, self._done = None, Message(N_("Written: {file}"), {"file": str(file)}).text()
        self._tell()
        if row.runs:
            self._stage.trouble.emit(_warning(row))

    def remove(self, *_where: object) -> None:
        """Take the current file off the declaration; a line offers the way back."""
        row, desk = self.current(), self._stage.attached
        if row is None or desk is None:
            return

        def done(_nothing: None) -> None:
            self._removed = row
            self.look()

        desk.remove(row, done, self._failed)

    def restore(self, *_where: object) -> None:
        """Bring back the file that was removed last, in this sitting or an earlier one."""
        desk = self._stage.attached
        if desk is not None:
            desk.look(self._bring_back, self._say, removed=True)

    def _bring_back(self, files: tuple[Attached, ...]) -> None:
        desk = self._stage.attached
        if desk is None or not files:
            self._stage.trouble.emit(_("No attached file was removed."))
            return
        last = max(files, key=lambda each: (str(each.file.removed_at), each.file.id))

        def done(_nothing: None) -> None:
            self._removed = None
            self.look()

        desk.restore(last, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._say(error)
        self.look()

    def _say(self, error: BaseException) -> None:
        self._stage.trouble.emit(str(error))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        for name, button in self.buttons.items():
            act = actions.BY_ID[name]
            hint = "Del" if name == "remove_attached" else actions.shown_keys(name)
            button.say(_(act.label), act.icon, hint)
        self.undo.say(_("Undo"))
        self.refresh()
        self.list.viewport().update()


def _warning(row: Attached) -> str:
    return Message(_RUNS, {"name": row.file.name}).text() if row.runs else ""
