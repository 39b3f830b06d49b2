# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moves the conversations of an office in the background, one task for each of them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Protocol

from swclient.training.ledger import Ledger
from swclient.training.ledger_rows import Conversation

log = logging.getLogger(__name__)


class Office(Protocol):
    """What an office must be able to do; it keeps its state in the ledger only."""

    back_end: str

    def delay(self, conversation: Conversation) -> float | None:
        """Return seconds until the next step, None where nothing is to be done."""

    def advance(self, identifier: str) -> None:
        """Take one step and keep it."""


class Clockwork:
    """Background tasks of one office. All methods belong to the thread of the event loop.

    Whatever comes in for a conversation is seen to at once, also while its task waits for a time that is hours away.
    """

    def __init__(self, office: Office, ledger: Ledger, pace: float) -> None:
        self.office = office
        self._ledger = ledger
        self._pace = pace
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._woken: dict[str, asyncio.Event] = {}

    def resume(self) -> None:
        """Go on with every conversation that a former run of the server left unfinished."""
        for identifier in self._ledger.conversations(self.office.back_end):
            if self._next(identifier) is not None:
                self.wake(identifier)

    def wake(self, identifier: str) -> None:
        """See to a conversation: something came in for it."""
        self._woken.setdefault(identifier, asyncio.Event()).set()
        if identifier not in self._tasks:
            task = asyncio.get_running_loop().create_task(self._run(identifier, self._woken[identifier]))
            self._tasks[identifier] = task
            task.add_done_callback(lambda done: self._ended(identifier, done))

    async def stop(self) -> None:
        """End all tasks; what they have not kept they will do after the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, identifier: str, woken: asyncio.Event) -> None:
        while woken.is_set():
            woken.clear()
            while (pause := await asyncio.to_thread(self._next, identifier)) is not None:
                if not await _rung(woken, pause * self._pace):
                    await asyncio.to_thread(self.office.advance, identifier)

    def _next(self, identifier: str) -> float | None:
        conversation = self._ledger.conversation(identifier)
        return self.office.delay(conversation) if conversation else None

    def _ended(self, identifier: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop(identifier, None)
        woken = self._woken.pop(identifier, None)
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            log.error("conversation %s stopped by a fault of the server", identifier, exc_info=error)
        elif woken is not None and woken.is_set():  # woken between the last look and this call
            self.wake(identifier)


async def _rung(woken: asyncio.Event, seconds: float) -> bool:
    """Wait; tell whether something came in meanwhile, so that the step must be thought over."""
    woken.clear()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await woken.wait()
    return woken.is_set()
