# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth 2 client credentials: a token is fetched when needed, kept in memory, and fetched anew before it ends."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from swclient.transport import problems
from swclient.transport.http import Call
from swclient.transport.office import json_object, refusal
from swclient.transport.problems import AnswerUnknownError, SignInError

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.transport.http import Caller, Reply

TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
_EARLY = 30.0
_OK, _BAD_REQUEST, _UNAUTHORIZED = 200, 400, 401


class ClientCredentials:
    """Fetches tokens with our name and secret. May be used by several threads at once.

    Args:
        caller: makes the call; must not itself want a token.
        secret: returns the client secret when it is needed; it is kept nowhere here.
        clock: seconds that never go back.
        path: where tokens are given, if not at the usual place.
        scopes: what the token is to be good for; empty to leave that to the office.
    """

    def __init__(
        self,
        caller: Caller,
        secret: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
        *,
        path: str = "",
        scopes: str = "",
    ) -> None:
        self._path = path or TOKEN_PATH
        self._scopes = scopes
        self._caller = caller
        self._secret = secret
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._good_until = 0.0

    def token(self) -> str:
        """Return a token that is good for some seconds yet.

        Raises:
            SignInError: the office does not know us.
            OutsideError: it could not be asked.
        """
        with self._lock:
            if not self._token or self._clock() >= self._good_until:
                self._fetch()
            return self._token

    def forget(self) -> None:
        """Drop the token: the office did not take it."""
        with self._lock:
            self._token = ""

    def _fetch(self) -> None:
        begun = self._clock()
        reply = self._caller.call(self._call())
        self._token, life = self._read(reply)
        self._good_until = begun + max(life - _EARLY, life / 2)

    def _call(self) -> Call:
        """Return the call for a token; the secret is in its body only, and in no variable while it is made."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self._caller.endpoint.client_id,
            "client_secret": self._secret(),
        }
        if self._scopes:
            form["scope"] = self._scopes
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        return Call("POST", self._path, headers, urlencode(form).encode())

    def _read(self, reply: Reply) -> tuple[str, float]:
        address = self._caller.endpoint.address
        if reply.status in {_BAD_REQUEST, _UNAUTHORIZED}:
            raise SignInError(problems.STRANGER, address=address, status=reply.status)
        if reply.status != _OK:
            raise refusal(address, reply)
        answer = json_object(address, reply)
        token, kind, life = (answer.get(name) for name in ("access_token", "token_type", "expires_in"))
        good = isinstance(token, str) and token.isascii() and token.isprintable() and token
        if not good or str(kind).lower() != "bearer" or not isinstance(life, int | float) or life <= 0:
            del answer, token
            raise AnswerUnknownError(problems.ODD, address=address, what="no token")
        return str(token), float(life)
