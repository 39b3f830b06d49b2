# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests whether an office reaches us: we listen, subscribe, and ask for a test, which must come back."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.offices.listening import Post, opened, post_at

if TYPE_CHECKING:
    from swclient.transport.http import Caller
    from swclient.transport.pushed import Pushed
    from swclient.workflow.connections import Connection

_CAME_BACK = N_("subscribed; a test came back to {address}")
_NOTHING_CAME = N_("The office took the subscription, but no test came to {address} within {seconds} s.")
_NOT_NOW = N_("This is a test; nothing is kept.")


def pushed_back(connection: Connection, caller: Caller) -> Message:
    """Return the words of a test that came back. The office forgets us again, unless the line listens there itself.

    Raises:
        UserError: it cannot be listened there.
        OutsideError: the office does not push, or does not reach us.
    """
    running = post_at(connection.listen)
    post = running or opened(connection, _refuse, caller)
    try:
        return _tried(post, connection)
    finally:
        if running is None:
            post.leave()
            post.listener.close()


def _tried(post: Post, connection: Connection) -> Message:
    post.subscribe()
    conversation, came = str(uuid.uuid4()), threading.Event()
    post.tests[conversation] = came
    address = connection.callback or post.listener.address
    try:
        post.office.ask_for_test(conversation)
        if not came.wait(connection.deadline):
            raise OutsideError(_NOTHING_CAME, address=address, seconds=round(connection.deadline))
    finally:
        del post.tests[conversation]
    return Message(_CAME_BACK, {"address": address})


def _refuse(_pushed: Pushed) -> None:
    """Let the office keep what it has for us: only the line takes it in."""
    raise OutsideError(_NOT_NOW)
