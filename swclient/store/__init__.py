# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that must outlive the program: declarations, changes, what was sent and answered.

SQLite, written by one thread. Opening, drafting and the worklist need nothing but the standard
library; SQLAlchemy is loaded when something else is first asked for. See docs/handbook/store.md.
"""

from __future__ import annotations

from swclient.store.chain import Health
from swclient.store.mail import (
    ACKNOWLEDGED,
    FAILED,
    QUEUED,
    SENDING,
    SENT_UNKNOWN,
    Attempt,
    KeptAnswer,
    NewAnswer,
    OutboxEntry,
    QueuedEntry,
)
from swclient.store.problems import StaleStateError, StoreError, UnsavedGapError
from swclient.store.registers import NewEntry, RegisterEntry, RegisterRow
from swclient.store.store import Store, open_store
from swclient.store.values import (
    Artefact,
    Event,
    KeptArtefact,
    LoggedChange,
    Move,
    NewDeclaration,
    NewTemplate,
    Party,
    Row,
    Snapshot,
    Stored,
    Summary,
    Template,
    TemplateRow,
    Wanted,
)

__all__ = [
    "ACKNOWLEDGED",
    "FAILED",
    "QUEUED",
    "SENDING",
    "SENT_UNKNOWN",
    "Artefact",
    "Attempt",
    "Event",
    "Health",
    "KeptAnswer",
    "KeptArtefact",
    "LoggedChange",
    "Move",
    "NewAnswer",
    "NewDeclaration",
    "NewEntry",
    "NewTemplate",
    "OutboxEntry",
    "Party",
    "QueuedEntry",
    "RegisterEntry",
    "RegisterRow",
    "Row",
    "Snapshot",
    "StaleStateError",
    "Store",
    "StoreError",
    "Stored",
    "Summary",
    "Template",
    "TemplateRow",
    "UnsavedGapError",
    "Wanted",
    "open_store",
]
