# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attached files from the command line: attach, list, write out, remove, bring back."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from swclient.cli.reference_parser import Verbs
    from swclient.document.declaration import Declaration
    from swclient.store import Store
    from swclient.store.attachments import Attachment
    from swclient.workflow.files.attachments import Attached
    from swclient.workflow.files.limits import Limits

_ATTACHED = N_("Attached as file number {number}: {name}, {size} bytes, {digits}")
_WRITTEN = N_("Written: {file}")
_RUNS = N_("“{name}” is of a kind that runs something when it is opened. Open it only if you trust who made it.")
_REMOVED = N_("Removed: {name}. “swclient attached restore” brings it back.")
_BACK = N_("Brought back: {name}")
_NONE = N_("No files are attached.")
_WHOLE = N_("the whole declaration")
_LOST = N_("a document that is no longer in box 44")


def _limits() -> Limits:
    from swclient.workflow.files.limits import limits_on

    return limits_on(date.today())  # noqa: DTZ011 - the user's day


@contextmanager
def _opened(words: argparse.Namespace) -> Iterator[tuple[Store, str]]:
    from swclient.cli.asking import ask_for_secret
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.told.naming import declaration_named

    application = open_application(ask=ask_for_secret)
    try:
        yield application.store, declaration_named(application.store, words.declaration)
    finally:
        application.close()


def _declaration(store: Store, declaration_id: str) -> Declaration:
    from swclient.workflow.drafts.kept import kept_session

    return kept_session(store, declaration_id).declaration


def _named(store: Store, declaration_id: str, name: str, *, removed: bool = False) -> Attachment:
    from swclient.workflow.files.attachments import file_named

    return file_named(store.attachments.of_declaration(declaration_id, removed=removed), name)


def _warn(name: str) -> None:
    if _limits().runs(name):
        print(Message(_RUNS, {"name": name}).text(), file=sys.stderr)


def attach(words: argparse.Namespace) -> int:
    """Attach a file to a declaration, or to one document of its box 44."""
    from swclient.workflow.files import attachments

    with _opened(words) as (store, named):
        row = attachments.document_named(_declaration(store, named), words.document) if words.document else None
        kept = attachments.attach(store, named, words.file, _limits(), row)
        told = {"number": kept.id, "name": kept.name, "size": kept.size, "digits": kept.sha256[: attachments.DIGITS]}
        print(Message(_ATTACHED, told).text())
        _warn(kept.name)
    return 0


def listed(words: argparse.Namespace) -> int:
    """Print the files of a declaration, or those that were removed."""
    from swclient.workflow.files.attachments import seen

    with _opened(words) as (store, named):
        files = store.attachments.of_declaration(named, removed=words.removed)
        rows = seen(files, _declaration(store, named), _limits())
    if words.json:
        print(json.dumps([_as_data(row) for row in rows], ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row.file.id}  {row.file.name}  {row.file.size} B  {row.digits}  {_whose(row)}")
    if not rows:
        print(_(_NONE))
    return 0


def _whose(row: Attached) -> str:
    return _(_LOST) if row.lost else row.document or _(_WHOLE)


def _as_data(row: Attached) -> dict[str, object]:
    told = {"number": row.file.id, "name": row.file.name, "size": row.file.size, "sha256": row.file.sha256}
    return {**told, "media_type": row.file.media_type, "document": row.document, "runs": row.runs}


def export(words: argparse.Namespace) -> int:
    """Write attached files out: the one named, or all of them into a folder."""
    from swclient.workflow.files import attachments

    with _opened(words) as (store, named):
        if words.name:
            chosen = [(_named(store, named, words.name), words.output)]
        else:
            chosen = [(each, None) for each in store.attachments.of_declaration(named)]
        for file, place in chosen:
            target = place or attachments.free_target(words.output, file)
            print(Message(_WRITTEN, {"file": str(attachments.export(store, file, target, over=words.force))}).text())
            _warn(file.name)
    return 0


def remove(words: argparse.Namespace) -> int:
    """Take a file off its declaration."""
    from swclient.workflow.files import attachments

    with _opened(words) as (store, named):
        file = _named(store, named, words.name)
        attachments.remove(store, file)
        print(Message(_REMOVED, {"name": file.name}).text())
    return 0


def restore(words: argparse.Namespace) -> int:
    """Bring a removed file back."""
    from swclient.workflow.files import attachments

    with _opened(words) as (store, named):
        file = _named(store, named, words.name, removed=True)
        attachments.restore(store, file, _limits())
        print(Message(_BACK, {"name": file.name}).text())
    return 0


def add_attachments(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the words of this module to the command line."""
    one = verbs.add_parser("attach", help=_("attach a file to a declaration or to a document of its box 44"))
    one.add_argument("file", type=Path, metavar="FILE", help=_("the file"))
    one.add_argument("declaration", metavar="ID", help=_("number, or first letters of the id"))
    one.add_argument("--document", default="", metavar="ROW", help=_("place of the document in box 44, or its number"))
    one.set_defaults(run=attach)
    room = verbs.add_parser("attached", help=_("attached files: list, export, remove, restore"))
    acts = room.add_subparsers(metavar="WHAT", required=True)
    told = acts.add_parser("list", help=_("number, name, bytes, digest and document of each"))
    out = acts.add_parser("export", help=_("write one out, or all into a folder"))
    off = acts.add_parser("remove", help=_("take one off the declaration; it can be brought back"))
    back = acts.add_parser("restore", help=_("bring a removed one back"))
    for verb, run in ((told, listed), (out, export), (off, remove), (back, restore)):
        verb.add_argument("declaration", metavar="ID", help=_("number, or first letters of the id"))
        verb.set_defaults(run=run)
    told.add_argument("--removed", action="store_true", help=_("those that were removed"))
    told.add_argument("--json", action="store_true", help=_("answer as data"))
    out.add_argument("name", nargs="?", default="", metavar="FILE", help=_("number or name of the attached file"))
    out.add_argument("-o", "--output", type=Path, default=Path(), metavar="OUT", help=_("file or folder to write"))
    out.add_argument("--force", action="store_true", help=_("write over a file that is there"))
    for verb in (off, back):
        verb.add_argument("name", metavar="FILE", help=_("number or name of the attached file"))
