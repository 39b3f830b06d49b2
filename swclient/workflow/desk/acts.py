# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user does to an open declaration after it was sent: each act signs and queues in the background.

`done` is told words for the user, `failed` the reason why nothing was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from swclient.base.messages import Message
from swclient.workflow.acts import amending, paying, replying, withdrawing
from swclient.workflow.acts.replying import Asking, Enclosed
from swclient.workflow.files.attachments import code_of, file_named
from swclient.workflow.states import STANDINGS, State, editable

if TYPE_CHECKING:
    from swclient.store.attachments import Attachment
    from swclient.workflow.desk.desk import Desk

Done = Callable[[Message], None]
Failed = Callable[[BaseException], None]
File = TypeVar("File", Path, "Attachment")


def pay(desk: Desk, done: Done, failed: Failed) -> None:
    """Order the payment of what is due, with the key for paying."""
    held, snapshot = desk.application, desk.session.snapshot()
    _act(desk, lambda: paying.pay(held.store, desk.id, snapshot, held.keys), done, failed)


def withdraw(desk: Desk, reason: str, done: Done, failed: Failed) -> None:
    """Ask customs to let the declaration be withdrawn."""
    held = desk.application
    _act(desk, lambda: _told(withdrawing.withdraw(held.store, desk.id, reason, held.keys)), done, failed)


def asked_for(desk: Desk) -> tuple[Asking, ...]:
    """Return the requests for documents that are open."""
    return replying.asked_for(desk.application.store, desk.id)


def matched(files: Sequence[File], asking: Asking) -> tuple[tuple[File, str], ...]:
    """Give each file the code of a document that is asked for: the one in its name, else the next in order."""
    codes = list(dict.fromkeys(each.code for each in asking.wanted))
    left = [code for code in codes if not any(code in file.name for file in files)] or codes
    found: list[tuple[File, str]] = []
    for file in files:
        named = next((code for code in codes if code in file.name), "")
        taken = sum(code in left for _file, code in found)
        found.append((file, named or left[min(taken, len(left) - 1)]))
    return tuple(found)


def attached_answers(desk: Desk, asking: Asking) -> tuple[Attachment, ...]:
    """Return the attached files whose documents of box 44 have a code that is asked for."""
    codes = {each.code for each in asking.wanted}
    return tuple(each for each in attached_to(desk) if code_of(desk.session.declaration, each) in codes)


def attached_to(desk: Desk) -> tuple[Attachment, ...]:
    """Return all files attached to the declaration."""
    return desk.application.store.attachments.of_declaration(desk.id)


def attached_matched(desk: Desk, text: str, asking: Asking) -> tuple[tuple[Attachment, str], ...]:
    """Return the attached files that words name, by number or name with commas between, each with its code.

    That is the code of its document of box 44 where that is asked for, else as `matched` finds it.

    Raises:
        UserError: a word names no attached file, or several.
    """
    files = attached_to(desk)
    named = [file_named(files, word.strip()) for word in text.split(",") if word.strip()]
    codes = {each.code for each in asking.wanted}
    found = dict(matched(named, asking))
    own = {file: code_of(desk.session.declaration, file) for file in named}
    return tuple((file, own[file] if own[file] in codes else code) for file, code in found.items())


def reply(desk: Desk, chosen: Sequence[tuple[File, str]], text: str, done: Done, failed: Failed) -> None:
    """Send files of the disk or attached ones as documents of the codes given with them, with words of the user's."""
    held, snapshot = desk.application, desk.session.snapshot()

    def enclosed_of(file: Path | Attachment, code: str) -> Enclosed:
        if isinstance(file, Path):
            return replying.from_file(file, code, snapshot)
        return replying.from_attached(held.store, file, code, snapshot)

    def work() -> Message:
        enclosed = [enclosed_of(file, code) for file, code in chosen]
        return _told(replying.reply(held.store, desk.id, enclosed, text, held.keys))

    _act(desk, work, done, failed)


def send_amendment(desk: Desk, reason: str, done: Done, failed: Failed) -> None:
    """Sign an amending draft and queue it, with the reason for it."""
    held = desk.application
    snapshot, findings = desk.session.snapshot(), desk.session.findings()
    desk.session.read_only = True
    desk.saving.snapshot().result()

    def work() -> Message:
        told: list[Message] = []
        amending.send(held, desk.id, snapshot, findings, reason, told.append)
        return told[-1]

    def stopped(error: BaseException) -> None:
        desk.session.read_only = not editable(desk.state)
        failed(error)

    _act(desk, work, done, stopped)


def _told(state: State) -> Message:
    return Message(STANDINGS[state].name)


def _act(desk: Desk, work: Callable[[], Message], done: Done, failed: Failed) -> None:
    held = desk.application

    def whole() -> Message:
        words = work()
        row = held.store.row(desk.id)
        held.moved(desk.id, row.state)
        if row.parent_id is not None:
            held.moved(row.parent_id, held.store.row(row.parent_id).state)
        return words

    held.acting.act(whole, done, failed)
