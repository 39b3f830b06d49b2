# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telling an office where its answers are to be pushed to, and with which token."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.transport.http import Call
from swclient.transport.office import Office, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.transport.http import Reply

_OK, _ACCEPTED, _GONE = 200, 202, {200, 204, 404}
_PATH = "/subscription"
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
_NO_CERTIFICATE = N_("There is no certificate in {file}: it must be PEM.")
_UNREADABLE = N_("{file} cannot be read: {reason}.")


class Subscriptions(Office):
    """The subscription that we have with an office: one, or none."""

    def subscribe(self, callback: str, token: str, certificates: str = "") -> None:
        """Have answers pushed to an address from now on; the same again changes nothing.

        Args:
            callback: the whole address, as the office reaches it.
            token: what it is to show there.
            certificates: what it is to believe there instead of the public authorities, PEM.

        Raises:
            OutsideError: the office was not reached, or does not push.
        """
        asked = {"callback": callback, "token": token}
        asked |= {"certificates": certificates} if certificates else {}
        self._wanted(self._said("PUT", _PATH, asked), {_OK})

    def unsubscribe(self) -> None:
        """Have nothing pushed any more.

        Raises:
            OutsideError: the office was not reached.
        """
        self._wanted(self._said("DELETE", _PATH, None), _GONE)

    def ask_for_test(self, conversation: str) -> None:
        """Have a test pushed, under a conversation that nobody began.

        Raises:
            OutsideError: the office was not reached, or knows no subscription of ours.
        """
        self._wanted(self._said("POST", f"{_PATH}/tests", {"conversation": conversation}), {_ACCEPTED})

    def _said(self, method: str, path: str, asked: dict[str, Any] | None) -> Reply:
        headers = {"Accept": "application/json"}
        if asked is None:
            return self._caller.call(Call(method, self._prefix + path, headers))
        headers["Content-Type"] = "application/json"
        return self._caller.call(Call(method, self._prefix + path, headers, json.dumps(asked).encode()))

    def _wanted(self, reply: Reply, good: set[int]) -> None:
        if reply.status not in good:
            raise refusal(self._address, reply)


def certificates_in(file: Path) -> str:
    """Return the certificates of a PEM file, and nothing else of it: a key may stand beside them.

    Raises:
        UserError: there is none, or the file cannot be read.
    """
    try:
        found = _CERTIFICATE.findall(file.read_bytes())
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error.strerror or str(error)) from error
    if not found:
        raise UserError(_NO_CERTIFICATE, file=str(file))
    return "".join(part.decode("ascii") + "\n" for part in found)
