# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user has going with the authorities: the line, the courier that works it, and the user's own acts.

An act signs and queues, in the background; the courier does the rest. So no act waits for the network, and none is
lost with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from swclient.base.messages import Message
from swclient.store.values import Wanted
from swclient.workflow.states import UNDER_WAY, State, editable

if TYPE_CHECKING:
    from swclient.workflow.desk.desk import Desk
    from swclient.workflow.line.carrying import Carrier
    from swclient.workflow.line.courier import Courier
    from swclient.workflow.line.line import Line
    from swclient.workflow.ports import Office

T = TypeVar("T")
Failed = Callable[[BaseException], None]
_MANY = 100_000


class Dealings:
    """Made with the application, idle until something is under way.

    Attributes:
        trouble: why the line does not work, None where it does or nobody has tried.
    """

    def __init__(self, application: Office) -> None:
        self._application = application
        self._line: Line | None = None
        self._courier: Courier | None = None
        self.trouble: BaseException | None = None

    @property
    def line(self) -> Line:
        """The line, made when first asked for: it loads the network's libraries."""
        if self._line is None:
            from swclient.workflow.line.line import Line

            held = self._application
            stopping = held.jobs.stopping.is_set
            self._line = Line(held.store, held.home, held.start_offices, held.moved, stopping, held.keys)
            self._line.pushes.heard = self.moved
        return self._line

    @property
    def words(self) -> Message:
        """How the line stands, in words."""
        return self._line.words if self._line else Message("offline")

    @property
    def not_pushed(self) -> Message | None:
        """Why an office does not push its answers although it should; None where all is well."""
        return self._line.pushes.trouble if self._line else None

    @property
    def courier(self) -> Courier:
        """Who works the line for the window."""
        if self._courier is None:
            from swclient.workflow.line.courier import Courier

            self._courier = Courier(lambda: self.line, self._told)
        return self._courier

    def _told(self, trouble: BaseException | None) -> None:
        if str(trouble) != str(self.trouble):
            self.trouble = trouble
            self._application.heard("connection")

    def carrier(self, *, pays: bool = True) -> Carrier:
        """Return who carries one declaration through while somebody waits, for commands."""
        from swclient.workflow.line.carrying import Carrier

        held = self._application
        return Carrier(self.line, held.store, held.keys, held.jobs.stopping.is_set, pays=pays)

    def submit(
        self,
        desk: Desk,
        done: Callable[[State], None],
        failed: Failed,
        progress: Callable[[Message], None] | None,
    ) -> None:
        """Sign and queue a declaration in the background."""
        snapshot, findings = desk.session.snapshot(), desk.session.findings()
        desk.session.read_only = True
        desk.saving.snapshot().result()

        def told(message: Message) -> None:
            if progress is not None:
                self._application.jobs.post(lambda: progress(message))

        def work() -> State:
            self.line.lodge(desk.id, snapshot, findings, told)
            return self.line.state(desk.id)

        def stopped(error: BaseException) -> None:
            desk.session.read_only = not editable(desk.state)
            failed(error)

        self.act(work, done, stopped)

    def act(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Do something that the user asked for in the background; then the courier goes."""

        def finished(result: T) -> None:
            self.courier.wake()
            done(result)

        self._application.jobs.run(work, finished, failed)

    def ask_again(self) -> None:
        """The user wants to know now: send what waits, and try again what had failed."""
        if self._line is not None:
            self._line.stuck.clear()
            self._line.pushes.hurry()
        self._application.store.outbox.hurry()
        self.courier.wake()

    def resume(self) -> int:
        """Let the courier take up what is under way; return how many declarations that are."""
        from swclient.workflow.permits.asking import worth_asking

        under_way = len(self._application.store.worklist(Wanted(states=UNDER_WAY, limit=_MANY)))
        if under_way:
            self.courier.wake()
        held = self._application
        held.jobs.run(lambda: worth_asking(held.store), lambda found: self.courier.wake() if found else None, _silent)
        return under_way

    def moved(self) -> None:
        """Something moved: more may follow at once."""
        if self._courier is not None:
            self._courier.wake()

    def stop(self) -> None:
        """Take no more turns; the one under way ends."""
        self._application.jobs.stopping.set()
        if self._courier is not None:
            self._courier.close()

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            self._line.close()


def _silent(_error: BaseException) -> None:
    """Say nothing: what cannot be read is told by the check of the store."""
