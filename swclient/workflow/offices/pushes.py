# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What offices push to us: kept as it comes, applied at the next turn; and when it is worth pulling all the same.

It is kept raw before the office is answered, under the same identities as what is pulled, so nothing counts twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from swclient.base.errors import SwError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.answers import nameless
from swclient.store.mail import NewAnswer
from swclient.workflow.offices.listening import Post, opened, posted, taken_down

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.transport.http import Caller
    from swclient.transport.pushed import Pushed
    from swclient.workflow.connections import Connection

FIRST_PULL, LAST_PULL = 1.0, 60.0
"""Seconds between two pulls of a conversation whose answers are pushed: doubled each time that nothing came."""

_AGAIN, _RENEW = 60.0, 600.0
_NO_PUSH = N_("“{name}” cannot push its answers to us: {reason} They are pulled instead.")
Signal = Callable[[], None]
GoesBy = Callable[[str, str], str]


class Pushes:
    """What is pushed on one line.

    Args:
        store: where it is kept.
        goes_by: tells by which connection a declaration goes on a channel.
        call: returns what calls the office of a connection.

    Attributes:
        heard: called, from any thread, when something was pushed and kept.
    """

    def __init__(self, store: Store, goes_by: GoesBy, call: Callable[[Connection], Caller]) -> None:
        self._store = store
        self._goes_by = goes_by
        self._call = call
        self._posts: dict[str, Post] = {}
        self._failed: dict[str, SwError] = {}
        self._shut_out: dict[Connection, float] = {}  # where it could not be listened, and when that was tried
        self._lock = threading.Lock()
        self._arrived: dict[tuple[str, str], None] = {}
        self._rests: dict[tuple[str, str], tuple[float, float]] = {}
        self.heard: Signal = lambda: None

    def follow(self, wanted: Mapping[str, Connection]) -> None:
        """Listen for these connections and for no other; nothing is raised, see `trouble`."""
        for name in [name for name, post in self._posts.items() if wanted.get(name) != post.connection]:
            self._shut(self._posts.pop(name), leave=True)
        self._failed = {name: error for name, error in self._failed.items() if name in wanted}
        for name, connection in wanted.items():
            post = self._posts.get(name)
            if post is None:
                if time.monotonic() - self._shut_out.get(connection, -_AGAIN) >= _AGAIN:
                    self._open(connection)
            elif time.monotonic() - post.asked_at > (_RENEW if post.subscribed else _AGAIN):
                self._subscribe(post)

    def _open(self, connection: Connection) -> None:
        try:
            post = opened(connection, lambda pushed: self._keep(connection, pushed), self._call(connection))
        except SwError as error:
            self._failed[connection.name] = error
            self._shut_out[connection] = time.monotonic()
            return
        self._failed.pop(connection.name, None)
        self._posts[connection.name] = post
        posted(post)
        self._subscribe(post)

    def _subscribe(self, post: Post) -> None:
        try:
            post.subscribe()
        except SwError as error:
            self._failed[post.connection.name] = error
        else:
            self._failed.pop(post.connection.name, None)

    def _shut(self, post: Post, *, leave: bool) -> None:
        if leave:
            post.leave()
        post.listener.close()
        taken_down(post)

    def close(self) -> None:
        """Listen no more. The office keeps the subscription; what it cannot push meanwhile is pulled later."""
        for post in self._posts.values():
            self._shut(post, leave=False)
        self._posts.clear()

    def _keep(self, connection: Connection, pushed: Pushed) -> None:
        """Keep a message; one about a declaration that goes to another office is a stranger's, whatever it says."""
        channel, store = connection.channel, self._store
        entry = store.outbox.of_conversation(channel, pushed.conversation)
        whose = entry.entry.declaration_id if entry is not None else None
        identity = pushed.identity or nameless(pushed.content)
        if whose is not None and self._goes_by(channel, whose) != connection.name:
            whose, pushed = None, replace(pushed, conversation=f"{connection.name}: {pushed.conversation}")
        new = NewAnswer(
            channel, pushed.conversation, identity, pushed.content_type, pushed.content, pushed.sequence, whose
        )  # fmt: skip
        store.answers.keep_answer(new)
        with self._lock:
            self._arrived[channel, pushed.conversation] = None
            self._rests[channel, pushed.conversation] = (time.monotonic() + FIRST_PULL, FIRST_PULL)
        self.heard()

    def arrived(self) -> tuple[tuple[str, str], ...]:
        """Return channel and conversation of what was pushed since this was last asked."""
        with self._lock:
            found = tuple(self._arrived)
            self._arrived.clear()
        return found

    def rests(self, name: str, channel: str, conversation: str) -> bool:
        """Tell whether a conversation need not be pulled now: its office pushes, and was asked not long ago."""
        post = self._posts.get(name)
        if post is None or not post.subscribed:
            return False
        with self._lock:
            until, pause = self._rests.get((channel, conversation), (0.0, FIRST_PULL / 2))
            moment = time.monotonic()
            if moment < until:
                return True
            pause = min(pause * 2, LAST_PULL)
            self._rests[channel, conversation] = (moment + pause, pause)
        return False

    def hurry(self) -> None:
        """Let everything be pulled again at the next turn: somebody wants to know."""
        with self._lock:
            self._rests.clear()

    @property
    def trouble(self) -> Message | None:
        """Why an office does not push although it should, for the user; None where all is well."""
        for name, error in self._failed.items():
            return Message(_NO_PUSH, {"name": name, "reason": error.message})
        return None
