# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries one declaration as far as it goes in one call: for commands and the demonstration, which wait.

The window does not wait: there the courier takes turns for all declarations, and the user pays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.acts.handing_over import tax_receipt
from swclient.workflow.acts.paying import pay
from swclient.workflow.states import OUT, STANDINGS, State, final

if TYPE_CHECKING:
    from swclient.document.snapshot import Snapshot
    from swclient.engine.finding import Finding
    from swclient.store import Store
    from swclient.store.values import Event
    from swclient.workflow.acts.lodging import Tell
    from swclient.workflow.line.line import Line
    from swclient.workflow.signature.keys import Keys

PATIENCE_SECONDS = 120.0
_BREATH_SECONDS = 0.15
_NOTHING_YET = N_("No answer yet; the program goes on asking when it is started again.")
NEEDS_USER = frozenset({State.PAYMENT_DUE, State.DOCUMENTS})


class Carrier:
    """Waits for what comes, step by step.

    Args:
        line: the line to the offices.
        keys: who pays.
        stopping: tells whether the program is closing.
        pays: whether what is due is paid without asking.
    """

    def __init__(
        self, line: Line, store: Store, keys: Keys, stopping: Callable[[], bool], *, pays: bool = True
    ) -> None:
        self._line = line
        self._store = store
        self._keys = keys
        self._stopping = stopping
        self._pays = pays

    def carry(self, declaration_id: str, snapshot: Snapshot, findings: Iterable[Finding], tell: Tell) -> State:
        """Carry a declaration as far as it goes: to the archive, or to where the user is needed.

        Raises:
            UserError: errors bar the way, or the tax office refuses.
            OutsideError: the offices cannot be reached or do not answer; everything stays kept and queued.
        """
        if self._line.state(declaration_id) in {State.DRAFT, State.SIGNED}:
            self._line.lodge(declaration_id, snapshot, findings, tell)
        self._line.open()
        state = self.follow(declaration_id, snapshot, tell)
        if state in OUT:
            self._finish(declaration_id, tell)
        return self._line.state(declaration_id)

    def follow(self, declaration_id: str, snapshot: Snapshot, tell: Tell) -> State:
        """Send what is due and take in answers until nothing more is expected, the user is needed, or patience ends.

        Raises:
            OutsideError: nothing was heard for as long as patience lasts.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        told = len(self._store.events(declaration_id))
        while not final(state := self._line.state(declaration_id)) and not self._stopping():
            if state is State.PAYMENT_DUE and self._pays:
                tell(pay(self._store, declaration_id, snapshot, self._keys))
            elif state in NEEDS_USER:
                break
            self._line.pump(declaration_id)
            news = self._store.events(declaration_id)[told:]
            told += len(news)
            _tell_news(news, tell)
            until = time.monotonic() + PATIENCE_SECONDS if news else until
            self._breathe(until)
        return state

    def _breathe(self, until: float) -> None:
        if time.monotonic() > until:
            raise self._line.last_error or OutsideError(_NOTHING_YET)
        time.sleep(_BREATH_SECONDS)

    def _finish(self, declaration_id: str, tell: Tell) -> None:
        until, told = time.monotonic() + PATIENCE_SECONDS, False
        while not self._stopping():
            done = self._line.finish(declaration_id)
            receipt = tax_receipt(self._store, declaration_id)
            if receipt and not told:
                told = True
                tell(Message(N_("Tax receipt {number}"), {"number": receipt}))
            if done:
                folder = self._store.events(declaration_id)[-1].detail.get("text", "")
                tell(Message(N_("Archived and verified: {folder}"), {"folder": folder}))
                return
            self._line.pump(declaration_id)
            self._breathe(until)


def _tell_news(news: Iterable[Event], tell: Tell) -> None:
    for event in news:
        if event.after and event.kind != "paid":
            state = Message(STANDINGS[State(event.after)].name)
            tell(Message(N_("{state}  {text}"), {"state": state, "text": event.detail.get("text", "")}))
