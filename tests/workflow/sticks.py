# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store with something in its outbox, for tests of sealed packages."""

from __future__ import annotations

import uuid
from pathlib import Path

from swclient.signing.demo import demo_identity
from swclient.signing.secrets import Secret, Secrets
from swclient.signing.signer import LocalSigner
from swclient.store import Store, open_store
from swclient.store.mail import OutboxEntry
from swclient.store.values import Move, NewDeclaration
from swclient.workflow.sealed.contents import QUEUE
from swclient.workflow.sealed.making import Made, Sealing, make_package, open_package

PHRASE = Secret("seven quiet horses at dawn")
CHEAP = 14
CANARY = b"CANARY-OF-THE-CONTENT"
XML = "application/xml; charset=utf-8"


def sealing(home: Path, phrase: Secret = PHRASE) -> Sealing:
    """Return who seals: the demo key of a home."""
    return Sealing(LocalSigner(demo_identity(home / "keys", Secrets())), phrase, "a declarant", CHEAP)


def queue(store: Store, content: bytes = CANARY * 20) -> str:
    """Put something into the outbox; return its key."""
    declaration, key = str(uuid.uuid4()), str(uuid.uuid4())
    store.create(NewDeclaration(declaration, "import", "KZ", "2025.1", {}), actor="test")
    store.move_state(Move(declaration, "draft", "signed"))
    entry = OutboxEntry(declaration, "customs", "declaration", key, content, XML, b"signature")
    store.move_state(Move(declaration, "signed", "queued", outbox=(entry,)))
    return key


def home_with(folder: Path, entries: int = 2) -> Store:
    """Return a store in a folder with so many entries in its outbox."""
    folder.mkdir(parents=True, exist_ok=True)
    store = open_store(folder / "declarations.db")
    for _ in range(entries):
        queue(store)
    return store


def sealed(store: Store, target: Path, *, again: bool = False) -> Made:
    """Seal a store's outbox onto a stick."""
    return make_package(store, sealing(store.path.parent), target, again=again)


if __name__ == "__main__":  # python -m tests.workflow.sticks STORE TARGET: seals once, for who strikes it from outside
    import sys

    from swclient.base.errors import SwError

    with open_store(Path(sys.argv[1])) as one:
        try:
            sealed(one, Path(sys.argv[2]))
        except SwError as error:
            print(type(error).__name__)
        else:
            open_package(Path(sys.argv[2]), PHRASE, QUEUE)
            print("made")
