# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attaches files to declarations, lists them, writes them out again, takes them off and brings them back."""

from __future__ import annotations

import hashlib
import mimetypes
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.file_names import free_name, safe_name
from swclient.base.files import write_file
from swclient.base.i18n import N_
from swclient.workflow.files.reading import read_steady
from swclient.workflow.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from swclient.document.declaration import Declaration
    from swclient.store import Store
    from swclient.store.attachments import Attachment, NewAttachment
    from swclient.workflow.files.limits import Limits

ATTACHED, TAKEN_OFF, BROUGHT_BACK = "attached", "attached_removed", "attached_restored"
DIGITS = 12  # of a digest; so many tell files apart for people
_TOO_MUCH = N_(
    "“{file}” has {size} bytes, and the files of this declaration have {held} already; together they may have {cap} "
    "bytes. Remove a file that is not needed, or attach a smaller one."
)
_TWICE = N_("“{file}” is attached already, as file number {number}.")
_ARCHIVED = N_("The declaration is in the archive; what is attached to it is sealed and can no longer change.")
_THERE = N_("There is a file {file} already; it is not written over unless you say so.")
_NO_FOLDER = N_("There is no folder {folder} to write the file into.")
_NOBODY = N_("No attached file of this declaration has the number or name “{name}”.")
_SEVERAL = N_("“{name}” is the name of {n} attached files; use the number: {numbers}.")
_NO_DOCUMENT = N_("Box 44 has no document “{name}”; name it by its place (1 to {n}) or its number.")


@dataclass(frozen=True, slots=True)
class Attached:
    """An attached file as people see it.

    Attributes:
        file: as the store keeps it.
        document: code and number of its document of box 44; empty for the whole declaration.
        lost: whether its document no longer stands in box 44.
        runs: whether its kind runs something when it is opened.
    """

    file: Attachment
    document: str
    lost: bool
    runs: bool

    @property
    def digits(self) -> str:
        """The first digits of its digest."""
        return self.file.sha256[:DIGITS]

    @property
    def safe_name(self) -> str:
        """The name under which it is written out."""
        return safe_name(self.file.name)


def attach(
    store: Store,
    declaration_id: str,
    file: Path,
    limits: Limits,
    document_row: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Attachment:
    """Attach a file of the user's to a declaration, or to a row of its box 44; say so on its timeline.

    Args:
        store: where.
        declaration_id: to which.
        file: what is read.
        limits: those in force.
        document_row: the row of the table `document`.
        stopped: looked at between two parts of the file.

    Raises:
        UserError: it cannot be read, changes meanwhile, is too large, is attached already, or the declaration is in
            the archive; nothing is changed.
    """
    from swclient.store.attachments import NewAttachment

    _refuse_archived(store, declaration_id)
    content = read_steady(file, limits.file, stopped)
    name = safe_name(os.fsencode(file.name).decode("utf-8", "replace"))
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    new = NewAttachment(declaration_id, name, media, content, document_row)
    files = store.attachments.of_declaration(declaration_id)
    twins, held = [each for each in files if _same(store, each, new)], {each.sha256 for each in files}
    if twins:
        raise UserError(_TWICE, file=name, number=twins[0].id)
    if hashlib.sha256(content).hexdigest() not in held:
        _refuse_too_much(store, declaration_id, name, len(content), limits)
    kept = store.attachments.keep(new)
    store.add_event(declaration_id, ATTACHED, {"text": told(kept)})
    return kept


def _same(store: Store, old: Attachment, new: NewAttachment) -> bool:
    """Whether the very same is attached and sound; where it rotted, attaching it again mends it."""
    if (old.name, old.size, old.document_row) != (new.name, len(new.content), new.document_row):
        return False
    try:
        return store.attachments.content(old.sha256) == new.content
    except UserError:
        return False


def _refuse_archived(store: Store, declaration_id: str) -> None:
    if store.row(declaration_id).state == State.ARCHIVED:
        raise UserError(_ARCHIVED)


def _refuse_too_much(store: Store, declaration_id: str, name: str, size: int, limits: Limits) -> None:
    held = store.attachments.room(declaration_id)
    if held + size > limits.declaration:
        raise UserError(_TOO_MUCH, file=name, size=size, held=held, cap=limits.declaration)


def told(file: Attachment) -> str:
    """Return name, size in bytes and first digits of a file, for the timeline."""
    return f"{file.name} · {file.size} B · {file.sha256[:DIGITS]}"


def seen(files: Sequence[Attachment], declaration: Declaration, limits: Limits) -> tuple[Attached, ...]:
    """Return attached files as people see them, each with its document of box 44."""
    rows = documents_of(declaration)
    return tuple(
        Attached(file, rows.get(file.document_row or 0, ""), _is_lost(file.document_row, rows), limits.runs(file.name))
        for file in files
    )


def _is_lost(row: int | None, rows: dict[int, str]) -> bool:
    return row is not None and row not in rows


def documents_of(declaration: Declaration) -> dict[int, str]:
    """Return the rows of box 44 by their number, each as code and number of its document."""
    held = declaration.tables.get("document", {})
    return {
        key: " ".join(str(row.values[n]) for n in ("kind", "number") if n in row.values) for key, row in held.items()
    }


def code_of(declaration: Declaration, file: Attachment) -> str:
    """Return the code of the document of box 44 that a file belongs to; empty where there is none."""
    row = declaration.tables.get("document", {}).get(file.document_row or 0)
    return str(row.values.get("kind") or "") if row is not None else ""


def document_named(declaration: Declaration, name: str) -> int:
    """Return the row of the document of box 44 that a word names: its place there from 1 on, or its number.

    Raises:
        UserError: there is none.
    """
    held = declaration.tables.get("document", {})
    by_number = [key for key, row in held.items() if str(row.values.get("number") or "") == name]
    if by_number:
        return by_number[0]
    if name.isdecimal() and 1 <= int(name) <= len(held):
        return list(held)[int(name) - 1]
    raise UserError(_NO_DOCUMENT, name=name, n=len(held))


def file_named(files: Sequence[Attachment], name: str) -> Attachment:
    """Return the one file that a word names: its number in the store, or its name.

    Raises:
        UserError: there is none, or several have the name.
    """
    found = [each for each in files if str(each.id) == name] or [each for each in files if each.name == name]
    if not found:
        raise UserError(_NOBODY, name=name)
    if len(found) > 1:
        raise UserError(_SEVERAL, name=name, n=len(found), numbers=", ".join(str(each.id) for each in found))
    return found[0]


def export(store: Store, file: Attachment, target: Path, *, over: bool = False) -> Path:
    """Write an attached file out, checked against its digest; into a folder under its own name, made safe.

    Raises:
        UserError: it is not as it was attached, cannot be written, or there is a file and nobody said to write it over.
    """
    target = target / safe_name(file.name) if target.is_dir() else target
    if os.path.lexists(target) and not over:
        raise UserError(_THERE, file=str(target))
    if not target.parent.is_dir():
        raise UserError(_NO_FOLDER, folder=str(target.parent))
    write_file(target, store.attachments.content(file.sha256))
    return target


def remove(store: Store, file: Attachment) -> None:
    """Take a file off its declaration; it can be brought back.

    Raises:
        UserError: the declaration is in the archive.
    """
    _refuse_archived(store, file.declaration_id)
    store.attachments.remove(file.id)
    store.add_event(file.declaration_id, TAKEN_OFF, {"text": told(file)})


def restore(store: Store, file: Attachment, limits: Limits) -> None:
    """Bring a removed file back.

    Raises:
        UserError: the declaration is in the archive, or has no room for it any more.
    """
    _refuse_archived(store, file.declaration_id)
    if file.sha256 not in {each.sha256 for each in store.attachments.of_declaration(file.declaration_id)}:
        _refuse_too_much(store, file.declaration_id, file.name, file.size, limits)
    store.attachments.restore(file.id)
    store.add_event(file.declaration_id, BROUGHT_BACK, {"text": told(file)})


def for_archive(store: Store, declaration_ids: Sequence[str]) -> list[tuple[str, bytes]]:
    """Return name in the archive and bytes of every file that is attached to these declarations, checked.

    Raises:
        UserError: one is not as it was attached; it is named.
    """
    files = [each for key in declaration_ids for each in store.attachments.of_declaration(key)]
    return [
        (f"attachments/{place:02}-{safe_name(each.name)}", store.attachments.content(each.sha256))
        for place, each in enumerate(files, 1)
    ]


def free_target(folder: Path, file: Attachment) -> Path:
    """Return where in a folder a file can be written without writing anything over."""
    return folder / free_name(safe_name(file.name), [each.name for each in folder.iterdir()])
