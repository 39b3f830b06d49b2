# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pushes messages to the clients that asked for it: one after another, again after a while, and not for ever.

What is not delivered stays for pulling, and is tried anew when the client subscribes again.
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import ssl
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from swclient.training.faults import PUSHES, FaultPlan
from swclient.training.ledger_pushes import DELIVERED, DUE, GIVEN_UP, PushLedger
from swclient.training.ledger_rows import Notification, Push, Subscription

MOST_ATTEMPTS = 8
FIRST_PAUSE, LAST_PAUSE = 1.0, 60.0
LATE, BEHIND = 5.0, 1.0
"""Seconds, before the pace, by which a push comes late, or after the next one, as a fault on demand."""

_SHORTEST = 0.05
_SECONDS = 10.0
_GOOD = range(200, 300)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent in one push."""

    token: str
    conversation: str
    identity: str
    sequence: int
    content_type: str
    body: bytes


class Pusher:
    """The task that pushes. All methods belong to the thread of the event loop."""

    def __init__(self, ledger: PushLedger, faults: FaultPlan, pace: float) -> None:
        self.ledger = ledger
        self._faults = faults
        self._pace = pace
        self._task: asyncio.Task[None] | None = None
        self._tests: set[asyncio.Task[int]] = set()

    def resume(self) -> None:
        """Begin, or go on where a former run of the server stopped."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())
            self._task.add_done_callback(_ended)

    async def stop(self) -> None:
        """Push no more."""
        tasks = [*self._tests, *([self._task] if self._task is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def test(self, to: Subscription, conversation: str) -> None:
        """Push a test into a conversation, once."""
        identity = str(uuid.uuid4())
        body = f'<TestNotification Training="true"><ID>{identity}</ID></TestNotification>'.encode()
        letter = Letter(to.token, conversation, identity, 0, "application/xml; charset=utf-8", body)
        task = asyncio.get_running_loop().create_task(asyncio.to_thread(send, to, letter))
        self._tests.add(task)
        task.add_done_callback(self._tests.discard)

    async def _run(self) -> None:
        while True:
            for push in await asyncio.to_thread(self.ledger.due):
                await self._push(push)
            await asyncio.sleep(max(_SHORTEST, FIRST_PAUSE / 4 * self._pace))

    async def _push(self, push: Push) -> None:
        fault = self._faults.next(PUSHES) if not push.attempts else ""
        if fault in {"push_late", "push_reordered"}:
            await self._settle(push, DUE, (LATE if fault == "push_late" else BEHIND) * self._pace + _SHORTEST)
            await asyncio.to_thread(self.ledger.note, push, 0, fault)
            return
        if fault == "push_dropped":
            await asyncio.to_thread(self.ledger.note, push, 0, fault)
            await self._settle(push, DELIVERED)
            return
        status = await self._send(push, fault)
        if status in _GOOD:
            await self._settle(push, DELIVERED)
        elif push.attempts + 1 >= MOST_ATTEMPTS:
            await self._settle(push, GIVEN_UP)
        else:
            pause = min(FIRST_PAUSE * 2.0**push.attempts, LAST_PAUSE) * self._pace
            await self._settle(push, DUE, max(_SHORTEST, pause))

    async def _send(self, push: Push, fault: str) -> int:
        """Send a message, well or badly; return the status of the last answer, 0 for none."""
        status = 0
        for letter in _letters(push, fault):
            status = await asyncio.to_thread(send, push.subscription, letter)
            await asyncio.to_thread(self.ledger.note, push, status, fault)
        return status

    async def _settle(self, push: Push, state: str, later: float = 0.0) -> None:
        await asyncio.to_thread(self.ledger.settle, push, state, time.time() + later)


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("pushing stopped by a fault of the server", exc_info=error)


def _letters(push: Push, fault: str) -> list[Letter]:
    """Return what is sent for a message: once, or as the fault says."""
    right = _letter(push.subscription.token, push.notification)
    if fault == "push_wrong_token":
        return [_letter(str(uuid.uuid4()), push.notification)]
    if fault == "push_duplicated":
        return [right, right]
    if fault == "push_foreign":
        return [_letter(right.token, push.notification, str(uuid.uuid4()), str(uuid.uuid4())), right]
    return [right]


def _letter(token: str, told: Notification, conversation: str = "", identity: str = "") -> Letter:
    return Letter(
        token, conversation or told.conversation, identity or told.id, told.sequence, told.content_type, told.body
    )


def send(to: Subscription, letter: Letter) -> int:
    """Post a letter; return the status of the answer, 0 where none came. No redirect is followed."""
    parts = urlsplit(to.callback)
    try:
        line = _line(parts.scheme, parts.hostname or "", parts.port, to.certificates)
    except (OSError, ValueError):
        return 0
    headers = {
        "Authorization": f"Bearer {letter.token}",
        "Content-Type": letter.content_type,
        "X-Conversation-ID": letter.conversation,
        "X-Notification-ID": letter.identity,
        "X-Notification-Sequence": str(letter.sequence),
        "X-Training": "true",
    }
    try:
        line.request("POST", parts.path or "/", letter.body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException, ValueError):
        return 0
    finally:
        line.close()


def _line(scheme: str, host: str, port: int | None, certificates: str) -> http.client.HTTPConnection:
    if scheme != "https":
        return http.client.HTTPConnection(host, port, timeout=_SECONDS)
    context = ssl.create_default_context(cadata=certificates or None)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the client's own certificate may be all that is given
    return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=context)
