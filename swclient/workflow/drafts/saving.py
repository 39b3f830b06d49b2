# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals every step of a session at once: the change is handed to the store before the next key is pressed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING, Any

from swclient.base.events import Signal
from swclient.document.change import SetValue
from swclient.document.history import Step
from swclient.document.journal import change_to_data, whole_to_data
from swclient.document.path import SINGLE
from swclient.document.provenance import to_data
from swclient.store.values import Snapshot, Summary
from swclient.workflow.drafts.held_rates import HELD, held_rates

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.store import Store

STEPS_A_SNAPSHOT = 200


class Saving:
    """Keeps one open declaration safe.

    Attributes:
        saved: told the time whenever everything typed so far is on the disk, or the reason why it is not.
    """

    def __init__(
        self,
        store: Store,
        declaration_id: str,
        session: Session,
        actor: Callable[[], str],
        post: Callable[[Callable[[], None]], None],
    ) -> None:
        self.saved: Signal[datetime | BaseException] = Signal()
        self.last: datetime | BaseException | None = None
        self._store = store
        self._id = declaration_id
        self._session = session
        self._actor = actor
        self._post = post
        self._waiting = 0
        self._steps = 0
        self._gap = False
        session.history.stepped.connect(self._keep)

    @property
    def pending(self) -> int:
        """How many steps are not yet on the disk."""
        return self._waiting

    def _keep(self, step: Step) -> None:
        self._waiting += 1
        self._steps += 1
        if self._gap:  # after a step that could not be kept only a whole body tells the truth again
            self.snapshot().add_done_callback(self._landed)
            return
        profile = self._session.profile
        data: dict[str, Any] = {"changes": [change_to_data(each, profile) for each in step.changes]}
        paths = [change.path for change in step.changes if isinstance(change, SetValue)]
        sources = to_data((path, source) for path in paths if (source := self._session.sources.get(path)))
        if sources:
            data["sources"] = sources
        future = self._store.append_change(self._id, data, label=step.label.msgid, actor=self._actor())
        future.add_done_callback(self._landed)
        if self._steps >= STEPS_A_SNAPSHOT:
            self.snapshot()

    def _landed(self, future: Future[int]) -> None:
        error = future.exception()
        self._gap = error is not None
        self._post(lambda: self._tell(error))

    def _tell(self, error: BaseException | None) -> None:
        self._waiting -= 1
        self.last = error if error is not None else datetime.now().astimezone()
        if not self._waiting or error is not None:
            self.saved.emit(self.last)

    def snapshot(self) -> Future[int]:
        """Keep the whole declaration, so that the journal after it stays short."""
        self._steps = 0
        return self._store.save_snapshot(
            Snapshot(self._id, stored_body(self._session), summary_of(self._session)),
            actor=self._actor(),
        )


def stored_body(session: Session) -> dict[str, Any]:
    """Return what the store keeps of a session as one body."""
    body = whole_to_data(session.declaration)
    body["profile_version"] = session.profile.version  # what was signed stays judged by it
    held = held_rates(session)
    if held:
        body[HELD] = held
    sources = to_data(session.sources.items())
    if sources:
        body["sources"] = sources
    return body


def summary_of(session: Session) -> Summary:
    """Return what the worklist shows of a declaration."""
    header = session.live.singles["header"].values
    items = session.rows("item")
    first = session.live.rows["item"][items[0]].values.get("description") if items else ""
    words = [str(header.get(name) or "") for name in ("direction", "procedure", "reference")]
    consignee = str(session.live.rows["consignee"][SINGLE].values.get("name") or "")
    title = " ".join(word for word in words if word) + (f" · {first}" if first else "")
    total = header.get("charges_total")
    return Summary(title=title[:120], consignee=consignee, total="" if total is None else str(total))
