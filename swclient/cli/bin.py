# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the bin: what lies in it, put there, taken back, deleted for ever."""

from __future__ import annotations

import argparse
import contextlib
import json
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from swclient.store.values import Row
    from swclient.workflow.application import Application

_LINE = N_("{id}  {title}, deleted for ever on {day}")
_STAYS = N_("{id}  {title}, stays until it is deleted by hand")
_PUT = N_("{id} lies in the bin; “bin back” takes it back.")
_BACK = N_("{id} is taken back from the bin.")
_GONE = N_(
    "Declarations deleted for ever: {n}. Copies of the store made before still hold them until they are rotated."
)


def add_bin(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for the bin."""
    told = _("the bin: drafts that were put aside, and their deletion for ever")
    top = verbs.add_parser("bin", help=told, description=told)
    actions = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    _verb(actions, "list", _("list what lies in the bin, and when it is deleted"), listed)
    _one(_verb(actions, "put", _("put a declaration into the bin"), put))
    _one(_verb(actions, "back", _("take a declaration back from the bin"), back))
    gone = _verb(actions, "purge", _("delete for ever: one declaration, or what has lain there for its time"), purge)
    gone.add_argument("id", nargs="?", default="", metavar="ID", help=_("the declaration, by its id in the store"))


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=run)
    return verb


def _one(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("id", metavar="ID", help=_("the declaration, by its id in the store"))


@contextlib.contextmanager
def _application() -> Iterator[Application]:
    from swclient.workflow.bootstrap import open_application

    application = open_application()
    try:
        yield application
    finally:
        application.close()


def listed(words: argparse.Namespace) -> int:
    """List what lies in the bin, the latest changed first."""
    with _application() as application:
        rows = _all(application)
        days = [application.bin.leaves(row) for row in rows]
    if words.json:
        print(json.dumps([_data(*each) for each in zip(rows, days, strict=True)], ensure_ascii=False, indent=1))
        return 0
    for row, day in zip(rows, days, strict=True):
        told = {"id": row.id, "title": row.title or _("Untitled declaration"), "day": day.isoformat() if day else ""}
        print(Message(_LINE if day else _STAYS, told).text())
    return 0


def _all(application: Application) -> list[Row]:
    rows: list[Row] = []
    while page := application.worklist("bin", after=rows[-1] if rows else None):
        rows += page
    return rows


def _data(row: Row, day: date | None) -> dict[str, str | None]:
    return {
        "id": row.id,
        "title": row.title,
        "profile": row.profile,
        "state": row.state,
        "removed_at": row.removed_at.isoformat() if row.removed_at else None,
        "deleted_on": day.isoformat() if day else None,
    }


def put(words: argparse.Namespace) -> int:
    """Put a declaration into the bin."""
    with _application() as application:
        application.bin.put(words.id)
    return _told(words, {"id": words.id, "in_bin": True}, _PUT)


def back(words: argparse.Namespace) -> int:
    """Take a declaration back."""
    with _application() as application:
        application.bin.back(words.id)
    return _told(words, {"id": words.id, "in_bin": False}, _BACK)


def purge(words: argparse.Namespace) -> int:
    """Delete one declaration for ever, or all that have lain in the bin for their time."""
    from swclient.workflow.bin import keep_days

    with _application() as application:
        if words.id:
            application.bin.purge(words.id)
        else:
            keep_days(application.home)  # settings that cannot be read are told, not passed over
        gone = 1 if words.id else application.bin.sweep()
    return _told(words, {"n": gone}, _GONE)


def _told(words: argparse.Namespace, told: dict[str, object], msgid: str) -> int:
    print(json.dumps(told) if words.json else Message(msgid, told).text())
    return 0
