# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes version-1.db: a store as version 1 left it. Run once; the file is kept for ever.

    python -m tests.store.files.make_version_1

Everything in it is made up. A later version of the tables gets a script and a file of its own.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from swclient.store import (
    Artefact,
    Move,
    NewAnswer,
    NewDeclaration,
    OutboxEntry,
    Party,
    Snapshot,
    Summary,
    open_store,
)

HERE = Path(__file__).parent
ID = "11111111-2222-4333-8444-555555555555"
OTHER = "66666666-7777-4888-8999-000000000000"


def make(path: Path) -> None:
    """Fill a new store with a little of everything."""
    seconds = count()
    start = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
    with open_store(path, clock=lambda: start + timedelta(seconds=next(seconds))) as store:
        face = Summary("TRAINING shoes", "TRAINING Importer LLP", "7,246,246.80 KZT")
        for one in (ID, OTHER):
            new = NewDeclaration(one, "import", "KZ", "2025.1", {"header": {}}, summary=face)
            store.create(new, actor="declarant")
        body = {"header": {"office": "55301000"}, "item": [{"gross_mass": "12.500"}]}
        store.append_change(ID, {"value": "12.500"}, label="Масса", actor="declarant")
        store.save_snapshot(Snapshot(ID, body, face), actor="declarant").result()
        store.append_change(ID, {"value": "12.750"}, label="Масса", actor="declarant").result()
        live(store)
        store.parties.keep(Party("p1", "TRAINING Shoe Factory 鞋", "CN", "91330100TRAINING00"))
        store.mappings.keep("Shoe factory", {"A": "item.description"})


def live(store) -> None:
    """Send the first declaration and have it answered."""
    content = "<TRAINING>Обувь</TRAINING>".encode()
    entry = OutboxEntry(ID, "customs", "declaration", "key-0001", content, "application/xml", b"sig")
    form = Artefact(ID, "form.pdf", "application/pdf", b"%PDF- TRAINING")
    store.move_state(Move(ID, "draft", "queued", outbox=(entry,), artefacts=(form,)))
    claimed = store.outbox.claim(1)
    store.outbox.acknowledge(claimed.id, "conversation-1")
    answer = NewAnswer("customs", "conversation-1", "remote-1", "application/xml", b"<TRAINING/>", 1, ID)
    number, _ = store.answers.keep_answer(answer)
    store.answers.mark_parsed(number, {"number": "55301000/040325/0000001"})
    store.move_state(Move(ID, "queued", "registered", number="55301000/040325/0000001", applied=number))


if __name__ == "__main__":
    for old in HERE.glob("version-1.db*"):
        old.unlink()
    make(HERE / "version-1.db")
