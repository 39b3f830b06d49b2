# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong on the way to an office, told apart by the one thing that matters: may it have arrived?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from swclient.base.messages import Message


class NotSentError(OutsideError):
    """Surely nothing of the request reached the office. It may be sent as if for the first time."""


class AnswerUnknownError(OutsideError):
    """The request may have arrived. Ask by its key before sending again.

    Attributes:
        retry_after: seconds after which the office wants to be asked, or None.
    """

    def __init__(self, message: Message | str, *, retry_after: float | None = None, **args: object) -> None:
        super().__init__(message, retry=True, **args)
        self.retry_after = retry_after


class BusyError(OutsideError):
    """The office took nothing and wants the same request again later.

    Attributes:
        retry_after: seconds it asked for, capped; None where it did not say.
    """

    def __init__(self, message: Message | str, *, retry_after: float | None = None, **args: object) -> None:
        super().__init__(message, retry=True, **args)
        self.retry_after = retry_after


class SignInError(OutsideError):
    """The office does not know us, or no longer. It took nothing; the queue waits until we have signed in."""

    def __init__(self, message: Message | str, **args: object) -> None:
        super().__init__(message, retry=False, **args)


class RefusedError(OutsideError):
    """The office refused for good and registered nothing; the same bytes would be refused again.

    Attributes:
        status: the HTTP status.
        code: the office's own code, such as `BAD_REQUEST`; empty where it gave none.
        details: the office's own list of what is wrong: (code, words).
    """

    def __init__(self, status: int, code: str, words: str, details: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(REFUSED, retry=False, status=status, code=code, words=words or "-")
        self.status = status
        self.code = code
        self.details = details


REFUSED = N_("The office refused it ({status} {code}): {words}. Nothing was registered.")
UNREACHABLE = N_("The office at {address} cannot be reached: {reason}. Nothing was sent; it will be tried again.")
NOT_BELIEVED = N_(
    "The computer at {address} could not prove that it is the office: {reason}. Nothing was sent. "
    "If the clock of this computer is wrong, put it right; otherwise ask the office."
)
NO_CERTIFICATES = N_("The file of trusted certificates {file} cannot be read: {reason}. Nothing was sent.")
NO_TIME = N_("The office at {address} did not take the call within {seconds} s. Nothing was sent.")
LATE = N_("The office at {address} gave no whole answer within {seconds} s. Whether it has it will be asked.")
CUT_OFF = N_("The answer of the office at {address} broke off: {reason}. Whether it has it will be asked.")
TOO_MUCH = N_("The office at {address} answered with more than {cap} bytes. Whether it has it will be asked.")
ODD = N_("The office at {address} answered in a way that is not understood ({what}). Whether it has it will be asked.")
BUSY = N_("The office at {address} is busy ({status}). It took nothing; it will be tried again.")
TROUBLE = N_("The office at {address} reports trouble of its own ({status}). Whether it has it will be asked.")
STRANGER = N_("The office at {address} does not accept our client name or secret ({status}). Nothing was registered.")
