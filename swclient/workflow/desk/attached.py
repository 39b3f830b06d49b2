# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attached files of one open declaration, for the window: read, hashed, kept and written behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.workflow.files import attachments
from swclient.workflow.files.attachments import Attached
from swclient.workflow.files.limits import limits_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from swclient.engine.session import Session
    from swclient.workflow.ports import Office

__all__ = ["Attached", "AttachedDesk"]
Look = tuple[Attached, ...]


class AttachedDesk:
    """What can be done with attached files; `done` and `failed` are told on the window's thread.

    Args:
        office: the room it stands in.
        declaration_id: whose files.
        session: the open declaration.
    """

    def __init__(self, office: Office, declaration_id: str, session: Session) -> None:
        self._office = office
        self._id = declaration_id
        self._session = session

    def look(
        self, done: Callable[[Look], None], failed: Callable[[BaseException], None], *, removed: bool = False
    ) -> None:
        """Read which files are attached, or which were removed."""
        office, key = self._office, self._id
        office.jobs.run(
            lambda: office.store.attachments.of_declaration(key, removed=removed),
            lambda files: done(attachments.seen(files, self._session.declaration, limits_on(office.today()))),
            failed,
        )

    def anew(self, files: Look) -> Look:
        """Return files that were read before, with their documents as box 44 has them now."""
        limits = limits_on(self._office.today())
        return attachments.seen([each.file for each in files], self._session.declaration, limits)

    def documents(self) -> dict[int, str]:
        """Return the rows of box 44, each as code and number of its document."""
        return attachments.documents_of(self._session.declaration)

    def attach(
        self,
        files: Sequence[Path],
        document_row: int | None,
        done: Callable[[tuple[str, ...]], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Attach files one by one; `done` is told the names of all, `failed` of the first that could not be.

        Those before it are attached, those after it are tried all the same.
        """
        office, limits = self._office, limits_on(self._office.today())

        def work() -> tuple[str, ...]:
            names, troubles = [], []
            for file in files:
                try:
                    kept = attachments.attach(
                        office.store, self._id, file, limits, document_row, office.jobs.stopping.is_set
                    )
                    names.append(kept.name)
                except UserError as error:
                    troubles.append(error)
            if troubles:
                raise troubles[0]
            return tuple(names)

        office.jobs.run(work, done, failed)

    def export(
        self, file: Attached, target: Path, done: Callable[[Path], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Write a file out; that `target` may be written over has been asked."""
        store = self._office.store
        self._office.jobs.run(lambda: attachments.export(store, file.file, target, over=True), done, failed)

    def remove(self, file: Attached, done: Callable[[None], None], failed: Callable[[BaseException], None]) -> None:
        """Take a file off the declaration."""
        self._office.jobs.run(lambda: attachments.remove(self._office.store, file.file), done, failed)

    def restore(self, file: Attached, done: Callable[[None], None], failed: Callable[[BaseException], None]) -> None:
        """Bring a removed file back."""
        office = self._office
        office.jobs.run(lambda: attachments.restore(office.store, file.file, limits_on(office.today())), done, failed)
