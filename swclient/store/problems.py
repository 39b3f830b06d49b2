# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong in a store, said for the user: what happened, what it means, what to do."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = {
    sqlite3.SQLITE_FULL: N_(
        "The disk is full, so the last change was not saved. Free some space; what you typed is still on the screen."
    ),
    sqlite3.SQLITE_BUSY: N_(
        "Another program is holding the store of declarations, so the last change was not saved. "
        "Close it and try again."
    ),
    sqlite3.SQLITE_IOERR: N_(
        "The disk reported an error, so the last change was not saved. Check the disk before you go on working."
    ),
    sqlite3.SQLITE_READONLY: N_(
        "The store of declarations cannot be written to, so the last change was not saved. Check "
        "its folder's permissions."
    ),
    sqlite3.SQLITE_CANTOPEN: N_(
        "The store of declarations cannot be opened. Check that its folder exists and that you may write there."
    ),
    sqlite3.SQLITE_NOTADB: N_("The file {file} is not a store of declarations of this program. It was left as it is."),
    sqlite3.SQLITE_CORRUPT: N_(
        "The store of declarations is damaged. Copy its folder before anything else, then restore the last backup."
    ),
}
_REMOVED = N_(
    "The store {file} is no longer where it was: it was removed or exchanged, or its disk was taken out. The last "
    "change was not saved. What you typed is still on the screen: save it as a file in another place."
)
_RESCUED = N_(
    "The store {file} is no longer where it was: it was removed or exchanged, or its disk was taken out. The last "
    "change was not saved in it. Everything up to it was copied to {rescued}. Save the open declaration as a file too, "
    "close this window, and put that copy back with “swclient backup restore”."
)
_ON_SERVER = {
    "full": N_(
        "The disk of the office store {name} is full, so the last change was not saved. Tell its administrator."
    ),
    "busy": N_(
        "The office store {name} is busy with somebody else's work, so the last change was not saved. Try again."
    ),
    "readonly": N_(
        "You may not change the office store {name}, so the last change was not saved. Ask its administrator: {reason}."
    ),
}
_OTHERWISE = N_("The store of declarations could not do this: {reason}. The last change was not saved.")
_PRIMARY_CODE = 0xFF


class RemovedError(sqlite3.OperationalError):
    """The file that is written to is not the one at the store's place any more.

    Attributes:
        rescued: where everything that could still be read was copied to; None for nowhere.
    """

    def __init__(self, rescued: Path | None) -> None:
        super().__init__("the store was removed")
        self.rescued = rescued


class StoreError(UserError):
    """The store could not do what was asked; nothing of it was kept.

    Attributes:
        code: SQLite's primary result code, 0 where it has none.
    """

    def __init__(self, message: Message, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


class StaleStateError(UserError):
    """A declaration is no longer in the state that the caller believed it to be in."""


class UnsavedGapError(UserError):
    """A change failed to be saved; later ones are refused until a whole body is saved."""


class LockedError(UserError):
    """A store that opens only by something that a person must say.

    Attributes:
        prompt: what that is, in a word or two (a msgid).
    """

    prompt = N_("Recovery key")


class PasswordError(LockedError):
    """An office's store whose password is not to be had."""

    prompt = N_("Password")


def told(error: Exception, path: Path) -> StoreError:
    """Return what a database error means to the user."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & _PRIMARY_CODE
    if isinstance(error, RemovedError):
        text = _REMOVED if error.rescued is None else _RESCUED
        return StoreError(Message(text, {"file": path, "rescued": error.rescued}), code)
    text = _TEXTS.get(code, _OTHERWISE)
    reason = str(error) or type(error).__name__  # a MemoryError has no words
    return StoreError(Message(text, {"file": path.name, "reason": reason}), code)


def is_of_the_disk(error: object) -> bool:
    """Whether an error says that the disk failed, and not only that it is full or somebody else's."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & _PRIMARY_CODE == sqlite3.SQLITE_IOERR


def in_words(kind: str, name: str, reason: str) -> StoreError:
    """Return what an error of an office's server means: `full`, `busy`, `readonly`; else what the server says."""
    code = {"full": sqlite3.SQLITE_FULL, "busy": sqlite3.SQLITE_BUSY, "readonly": sqlite3.SQLITE_READONLY}.get(kind, 0)
    return StoreError(Message(_ON_SERVER.get(kind, _OTHERWISE), {"name": name, "reason": reason}), code)
