# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client that is killed in mid-send: the real store, sender and receiver, until every declaration has its number.

    python -m tests.bench.submissions_client STORE ADDRESS CA        the client
    python -m tests.bench.submissions_client naive STORE ADDRESS CA  the control: each attempt with a new key

It says `ready` when it begins, a line for each move of a declaration, and `done` when nothing is left; what it knows is
in the store alone.
"""

from __future__ import annotations

import sqlite3
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.store import Store, open_store
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Caller
from swclient.transport.tokens import ClientCredentials
from swclient.workflow.line.receiving import Receiver
from swclient.workflow.line.sending import Sender
from swclient.workflow.offices.adapters import CustomsChannel

if TYPE_CHECKING:
    from swclient.workflow.ports import BackEnd

_NOW_IS_LATER = timedelta(days=30)  # nobody waits here for the back-off: what is due in a month is due
_BUSY_TRIES = 50
_MOST_IDLE = 200  # rounds in which nothing moved, however bad the line


def _caller(address: str, ca: str) -> Caller:
    endpoint = Endpoint(address, Path(ca), "training", deadline=10.0)
    return Caller(endpoint, ClientCredentials(Caller(endpoint), lambda: "training"))


def work(store: Store, channels: dict[str, BackEnd], path: str) -> None:
    """Send, ask, pull and apply until every declaration is registered."""

    def moved(_declaration: str, state: str) -> None:
        print(state, flush=True)

    sender, receiver = Sender(store, channels, moved), Receiver(store, channels, moved)
    waiting, idle = left(path), 0
    while waiting:
        sender.send_due(datetime.now(UTC) + _NOW_IS_LATER)
        for _declaration, conversation in unnumbered(path):
            try:
                receiver.pull("customs", conversation)
            except OutsideError:
                continue  # the next round asks again
        receiver.apply_all()
        former, waiting = waiting, left(path)
        idle = idle + 1 if waiting == former else 0
        if idle > _MOST_IDLE:
            raise RuntimeError("no declaration moves any more", waiting)


def unnumbered(path: str) -> list[tuple[str, str]]:
    """Return declarations that the office has and whose number is not known yet, with their conversations."""
    return _rows(
        path,
        "SELECT d.id, o.conversation FROM declaration d JOIN outbox o ON o.declaration_id=d.id "
        "WHERE d.number IS NULL AND o.conversation IS NOT NULL ORDER BY o.id",
    )


def left(path: str) -> int:
    """Return how many declarations have no number yet."""
    return int(_rows(path, "SELECT count(*) FROM declaration WHERE number IS NULL")[0][0])


def _rows(path: str, query: str) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path, timeout=10)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def naive(path: str, address: str, ca: str) -> None:
    """Send each declaration until there is an answer, each attempt with a new key, as programs without a store do."""
    client = CustomsClient(_caller(address, ca))
    for content, signature in _rows(path, "SELECT content, signature FROM outbox ORDER BY id"):
        for _ in range(_BUSY_TRIES):
            try:
                client.submit_declaration(content, str(uuid.uuid4()), signature)
                break
            except OutsideError:
                continue


def main(words: list[str]) -> int:
    """Work to the end."""
    if words[0] == "naive":
        naive(*words[1:])
        return 0
    path, address, ca = words
    with open_store(Path(path)) as store:
        print("ready", flush=True)
        work(store, {"customs": CustomsChannel(_caller(address, ca))}, path)
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
