# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors by audience: what the user can put right, what lies outside, and what is broken in our own data.

Anything that is not one of these is a bug and ends in the error report, never in silence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from swclient.base.messages import Message


class SwError(Exception):
    """Something went wrong that we foresaw; the text says what, where and what to do."""

    def __init__(self, message: Message | str, **args: Any) -> None:
        self.message = message if isinstance(message, Message) else Message(message, args)
        super().__init__(self.message.msgid)

    def __str__(self) -> str:
        return self.message.text()


class UserError(SwError):
    """The user can put it right: a file that cannot be read, a value that is missing."""


class OutsideError(SwError):
    """The network, a token or an authority did not do what was asked.

    Attributes:
        retry: whether trying again later makes sense.
    """

    def __init__(self, message: Message | str, *, retry: bool = True, **args: Any) -> None:
        super().__init__(message, **args)
        self.retry = retry


class DataError(SwError):
    """A profile, a list or another file that came with the program is broken.

    Attributes:
        file: the file at fault.
        row: the row, key or line in it, as a person would look for it.
    """

    def __init__(self, message: Message | str, *, file: Path | str, row: object = "", **args: Any) -> None:
        super().__init__(message, **args)
        self.file = str(file)
        self.row = str(row)

    def __str__(self) -> str:
        where = f"{self.file}: {self.row}" if self.row else self.file
        return f"{where}: {self.message.text()}"


def without_frames(error: BaseException) -> BaseException:
    """Return an error, it and what it came from without their frames: variables there held a secret.

    A traceback may be shown with all its variables, by a debugger or a reporter of crashes.
    """
    seen: BaseException | None = error
    while seen is not None:
        seen.__traceback__ = None
        seen = seen.__cause__ or seen.__context__
    return error
