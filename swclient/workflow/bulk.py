# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to many declarations one after another: check, print, send, archive.

Each function does one declaration whole, or leaves it as it was and returns why. So whoever stops between two of them
leaves nothing half done. For any thread but the one that types; what is open on a desk must be saved, and shut where
it is to be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.file_names import free_name, safe_name
from swclient.base.files import write_file
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.values import Snapshot
from swclient.workflow.drafts.saving import stored_body, summary_of
from swclient.workflow.states import State, Verb, editable, why_not

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.store.values import Row
    from swclient.workflow.application import Application

_ERRORS = N_("{n} errors; the first: {first}")
_SEALED = N_("It was signed already; a check is for drafts.")
_NO_RECEIPT = N_("The tax office has not answered yet; it goes to the archive by itself as soon as that comes.")
_NOWHERE = N_("The folder {folder} is not there or cannot be written to. Choose another one.")


def check(application: Application, row: Row) -> Message | None:
    """Check a draft and keep whether it is ready; return how many errors there are, None for none."""
    stored = application.store.load(row.id)
    if not editable(State(stored.row.state)):
        return Message(_SEALED)
    seen = stored.changes[-1].sequence if stored.changes else stored.sequence
    errors = application.aside(row.id).errors()
    checked = application.store.checked
    if not application.store.read_only:
        (checked.forget(row.id) if errors else checked.note(row.id, seen)).result()
    return Message(_ERRORS, {"n": len(errors), "first": errors[0].message}) if errors else None


def print_into(application: Application, row: Row, folder: Path) -> Message | None:
    """Write the form of a declaration into a folder as a PDF that takes the place of no other file.

    Raises:
        UserError: it cannot be made or written.
    """
    if not folder.is_dir():
        raise UserError(_NOWHERE, folder=folder)
    pdf = application.aside(row.id).print_pdf()
    name = safe_name(f"{row.number or row.title or row.id}".replace("/", "-") + ".pdf")
    write_file(folder / free_name(name, [file.name for file in folder.iterdir()]), pdf)
    return None


def send(application: Application, row: Row) -> Message | None:
    """Sign a draft and put it into the outbox, from where it goes by itself; return why it may not go.

    Raises:
        SwError: it cannot be signed; it stays a draft.
    """
    desk = application.aside(row.id)
    allowed, reason = desk.may("submit")
    if not allowed:
        errors = desk.errors() if editable(desk.state) else []
        return Message(_ERRORS, {"n": len(errors), "first": errors[0].message}) if errors else reason
    session = desk.session
    body = Snapshot(row.id, stored_body(session), summary_of(session))
    application.store.save_snapshot(body, actor=application.actor).result()
    application.line.lodge(row.id, session.snapshot(), session.findings(), lambda _told: None)
    application.dealings.courier.wake()
    return None


def archive(application: Application, row: Row) -> Message | None:
    """File a released declaration away now; return why it cannot go to the archive yet.

    Raises:
        SwError: the archive does not verify, or the statement for the tax office is refused.
    """
    reason = why_not(State(application.store.row(row.id).state), Verb.ARCHIVE)
    if reason is not None:
        return reason
    dealings = application.dealings
    there = dealings.courier.between(lambda: dealings.line.finish(row.id))
    return None if there else Message(_NO_RECEIPT)
