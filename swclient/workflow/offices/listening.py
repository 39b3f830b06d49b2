# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a connection listens, and what its office is told of it.

A connection that says where it listens is subscribed to at its office while the line is open, and while it is tested.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from swclient.base.errors import SwError, UserError
from swclient.base.i18n import N_
from swclient.transport.listener import Listener, Listening, is_everywhere, is_loopback, read_place
from swclient.transport.subscription import Subscriptions, certificates_in
from swclient.workflow.connections import Connection
from swclient.workflow.offices.adapters import prefix_of

if TYPE_CHECKING:
    from swclient.transport.http import Caller
    from swclient.transport.pushed import Pushed

PUSHING = ("wco",)
_ONLY_WCO = N_("Only offices that speak “wco” push their answers; leave “{listen}” blank here.")
_NO_FILE = N_("The file {file} is not there. Choose the file of your own certificate, and that of its key.")
_CALLBACK = N_("The office must reach us by https://, not by “{callback}”.")
_EVERYWHERE = N_("Say under which address the office reaches {place}: it is that of every network of this computer.")


def where_of(connection: Connection) -> Listening:
    """Return where a connection listens.

    Raises:
        UserError: its place is none, or other machines would reach it in the clear.
    """
    host, port = read_place(connection.listen)
    cap, deadline = connection.byte_cap, connection.deadline
    return Listening(host, port, connection.listen_cert, connection.listen_key, cap, deadline)


def check(connection: Connection) -> None:
    """See whether a connection can listen where it says.

    Raises:
        UserError: it cannot; says why.
    """
    if not connection.listen:
        return
    if connection.adapter not in PUSHING:
        raise UserError(_ONLY_WCO, listen=connection.listen)
    where = where_of(connection)
    for file in (connection.listen_cert, connection.listen_key):
        if file is not None and not file.is_file():
            raise UserError(_NO_FILE, file=str(file))
    parts = urlsplit(connection.callback)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if connection.callback and not (safe and parts.hostname):
        raise UserError(_CALLBACK, callback=connection.callback)
    if not connection.callback and is_everywhere(where.host):
        raise UserError(_EVERYWHERE, place=connection.listen)


def token_of(connection: Connection) -> str:
    """Return the token that the office is to show: that of the key store, else a new one, kept there if it can be."""
    from secrets import token_urlsafe

    from swclient.signing.secrets import Secret, Secrets

    name = connection.push_secret_name
    kept = Secrets().get(name)
    if kept is None:
        kept = Secret(token_urlsafe(32))
        Secrets().keep(name, kept)
    return kept.reveal()


@dataclass
class Post:
    """One connection that listens: the listener, and what the office was told.

    Attributes:
        subscribed: whether the office took the subscription.
        trouble: why it did not, None where it did or was not asked.
        tests: conversations of tests that were asked for, and who waits for each.
    """

    connection: Connection
    listener: Listener
    token: str = field(repr=False)
    office: Subscriptions
    subscribed: bool = False
    trouble: SwError | None = None
    asked_at: float = 0.0
    tests: dict[str, threading.Event] = field(default_factory=dict)

    def subscribe(self) -> None:
        """Tell the office where we listen.

        Raises:
            SwError: it does not push, or was not reached.
        """
        held = self.connection
        callback = held.callback or self.listener.address
        known = certificates_in(held.listen_cert) if held.listen_cert is not None and not held.callback else ""
        self.asked_at = time.monotonic()
        self.subscribed, self.trouble = False, None
        try:
            self.office.subscribe(callback, self.token, known)
        except SwError as error:
            self.trouble = error
            raise
        self.subscribed = True

    def leave(self) -> None:
        """Have nothing pushed any more, as far as the office can be reached."""
        try:
            self.office.unsubscribe()
        except SwError as error:
            self.trouble = error
        self.subscribed = False


_OPEN: dict[str, Post] = {}
"""The posts of this program, by the place where they listen: a test must not ask for a place that is our own."""


def post_at(place: str) -> Post | None:
    """Return the post of this program that listens at a place."""
    return _OPEN.get(place)


def posted(post: Post) -> None:
    """Let a test find the post of the line."""
    _OPEN[post.connection.listen] = post


def taken_down(post: Post) -> None:
    """Let no test find it any more."""
    if _OPEN.get(post.connection.listen) is post:
        del _OPEN[post.connection.listen]


def opened(connection: Connection, keep: Callable[[Pushed], None], caller: Caller) -> Post:
    """Return a post that listens and whose office knows nothing of it yet.

    Raises:
        UserError: it cannot be listened there.
    """
    token = token_of(connection)
    tests: dict[str, threading.Event] = {}

    def taken(pushed: Pushed) -> None:
        waiting = tests.get(pushed.conversation)
        if waiting is None:
            keep(pushed)
        else:
            waiting.set()

    listener = Listener(where_of(connection), lambda: token, taken)
    office = Subscriptions(caller, prefix_of(connection))
    return Post(connection, listener, token, office, tests=tests)
