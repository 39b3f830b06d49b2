# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gets a public file from a stranger's server, over the same guarded line as an office: in time, within a cap, by TLS.

Nothing is sent but the address; no redirect is followed, so no answer can lead us to another host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.transport import problems
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Call, Caller
from swclient.transport.problems import AnswerUnknownError, NotSentError

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE = 20.0  # seconds for the whole of it
BYTE_CAP = 8 << 20
_FINE, _MOVED, _TROUBLE = 200, range(300, 400), 500
# What a call to an office says, in words for somebody who only wanted to read.
_WORDS = {
    problems.UNREACHABLE: N_("{address} cannot be reached: {reason}. Nothing was changed."),
    problems.NOT_BELIEVED: N_(
        "The computer at {address} could not prove who it is: {reason}. Nothing was taken from it. If the clock of this"
        " computer is wrong, put it right."
    ),
    problems.NO_CERTIFICATES: N_("The file of trusted certificates {file} cannot be read: {reason}."),
    problems.NO_TIME: N_("{address} did not answer within {seconds} s. Nothing was changed."),
    problems.LATE: N_("{address} gave no whole answer within {seconds} s. Nothing was changed."),
    problems.CUT_OFF: N_("The answer of {address} broke off: {reason}. Nothing was changed."),
    problems.TOO_MUCH: N_("{address} answered with more than {cap} bytes. Nothing was taken of it."),
    problems.ODD: N_("{address} answered in a way that is not understood ({what}). Nothing was taken of it."),
}
_ELSEWHERE = N_(
    "{address} sends to another address ({there}), which is not followed. Nothing was changed. If it has moved, write"
    " the new address into the settings of that source."
)
_REFUSED = N_("{address} answered with status {status}. Nothing was changed.")


def download(address: str, path: str, method: str = "GET", ca_file: Path | None = None) -> bytes:
    """Return the bytes of a public file.

    Args:
        address: `https://host`, with a port if need be.
        path: path and query, from the slash on.
        method: `GET`, or `POST` with an empty body.
        ca_file: certificates to believe instead of the public ones.

    Raises:
        UserError: the address is not an https address.
        OutsideError: no whole answer came that can be used; says why.
    """
    caller = Caller(Endpoint(address, ca_file, deadline=DEADLINE, byte_cap=BYTE_CAP))
    try:
        reply = caller.call(Call(method, path, {"Accept": "*/*"}))
    except (NotSentError, AnswerUnknownError) as error:
        said = error.message
        raise OutsideError(Message(_WORDS.get(said.msgid, said.msgid), said.args), retry=error.retry) from error
    finally:
        caller.close()
    if reply.status in _MOVED:
        raise OutsideError(_ELSEWHERE, address=address, there=(reply.header("location") or "—")[:200], retry=False)
    if reply.status != _FINE:
        raise OutsideError(_REFUSED, address=address, status=reply.status, retry=reply.status >= _TROUBLE)
    return reply.body
