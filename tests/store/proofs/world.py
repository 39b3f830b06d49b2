# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store with something of everything in it, and all that can be read of one as plain values."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.store import (
    Artefact,
    Move,
    NewAnswer,
    NewDeclaration,
    NewEntry,
    NewTemplate,
    OutboxEntry,
    Party,
    Snapshot,
    Store,
    Summary,
    Wanted,
    open_store,
)

IDS = tuple(f"{number:08d}-2222-4333-8444-555555555555" for number in range(1, 7))
TABLES = ("errand", "blob", "attachment", "attempt")
"""Tables that the rooms below do not show whole."""


def fill(path: Path, edits: int = 15, files: int = 20_000) -> None:
    """Make a store with declarations, a life, answers, files, parties, mappings, templates and registers."""
    with open_store(path) as store:
        for place, one in enumerate(IDS):
            body = {"header": {"office": f"5530{place}"}, "item": [{"gross_mass": f"{n}.500"} for n in range(40)]}
            face = Summary(f"TRAINING shoes {place}", "TRAINING Importer LLP", f"{place},246.80 KZT")
            store.create(NewDeclaration(one, "import", "KZ", "2026.1", body, summary=face), actor="declarant")
            for number in range(edits):
                store.append_change(one, {"value": f"{number}.25"}, label="Mass", actor="declarant")
            if place % 2:
                store.save_snapshot(Snapshot(one, body | {"n": place}, face), actor="declarant").result()
            store.append_change(one, {"value": "last"}, label="Mass", actor="declarant").result()
            _live(store, one, place, files)
        for number in range(8):
            store.parties.keep(Party(f"p{number}", f"TRAINING Factory {number}", "CN", f"TRAINING{number:08d}"))
            store.mappings.keep(f"Factory {number}", {"A": "item.description"})
            template = NewTemplate(f"t{number}", f"Shoes {number}", "KZ", "2026.1", {"n": number, "t": "x" * 300})
            store.templates.keep(template, actor="declarant")
            party = {"exporter.name": f"TRAINING Mill {number}", "exporter.country": "CN"}
            entry = NewEntry(f"r{number}", "parties", f"TRAINING Mill {number}", f"training mill {number}\ncn", party)
            store.registers.keep([entry], actor="declarant")
        store._desk.write(_attach).result()


def _live(store: Store, one: str, place: int, files: int) -> None:
    content = b"<TRAINING>" + hashlib.sha256(one.encode()).hexdigest().encode() * 20
    entry = OutboxEntry(one, "customs", "declaration", f"key-{place}", content, "application/xml", b"sig" * 20)
    form = Artefact(one, "form.pdf", "application/pdf", b"%PDF-TRAINING" * (files // 13))
    store.move_state(Move(one, "draft", "queued", outbox=(entry,), artefacts=(form,)))
    if place % 3 == 0:
        return
    claimed = store.outbox.claim(store.outbox.entries(one)[0].id)
    assert claimed is not None
    store.outbox.acknowledge(claimed.id, f"conversation-{place}")
    answer = NewAnswer("customs", f"conversation-{place}", f"remote-{place}", "application/xml", content, place, one)
    number, _ = store.answers.keep_answer(answer)
    store.answers.mark_parsed(number, {"number": f"55301000/0000{place}"})
    store.move_state(Move(one, "queued", "registered", number=f"55301000/0000{place}", applied=number))


def _attach(connection: sqlite3.Connection) -> None:
    content = b"TRAINING invoice " * 800
    digest = hashlib.sha256(content).hexdigest()
    connection.execute("INSERT INTO blob VALUES (?, ?, ?)", (digest, len(content), content))
    for number, one in enumerate(IDS):
        row = (
            number + 1,
            one,
            digest,
            f"invoice-{number}.pdf",
            "application/pdf",
            3,
            "2026-11-23T09:00:00.000000Z",
            None,
        )
        connection.execute("INSERT INTO attachment VALUES (?,?,?,?,?,?,?,?)", row)


def everything(store: Store) -> dict[str, Any]:
    """Return all values that the program can show of a store, by what they are; a part that is refused is an error."""
    return {name: _or_error(read) for name, read in _parts(store).items()}


def _parts(store: Store) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "worklist": lambda: store.worklist(Wanted(limit=1000)),
        "found": lambda: tuple(row.id for row in store.worklist(Wanted(text="shoes 3"))),
        "queued": lambda: tuple(row.id for row in store.worklist(Wanted(states=("queued",)))),
        "parties": lambda: store.parties.find("", 1000),
        "mappings": lambda: tuple((name, store.mappings.get(name)) for name in store.mappings.names()),
        "templates": lambda: tuple(store.templates.load(row.id) for row in store.templates.listed()),
        "registers": lambda: tuple(store.registers.load(row.id) for row in store.registers.listed()),
        "unapplied": store.answers.unapplied,
    }
    for one in IDS:
        parts |= {
            f"load {one}": lambda one=one: store.load(one),
            f"history {one}": lambda one=one: store.history(one),
            f"events {one}": lambda one=one: store.events(one),
            f"outbox {one}": lambda one=one: store.outbox.entries(one),
            f"answers {one}": lambda one=one: store.answers.of_declaration(one),
            f"artefacts {one}": lambda one=one: store.artefacts.of_declaration(one),
        }
    for table in TABLES:
        query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608 - our own names
        parts[table] = lambda query=query: tuple(store._desk.read(lambda held: held.execute(query).fetchall()))
    return parts


class Refused:
    """What stands for a part that the program refused to show; equal to no value."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _or_error(read: Any) -> Any:
    try:
        return read()
    except (UserError, sqlite3.Error, ValueError, TypeError, KeyError, AttributeError) as error:
        return Refused(error)


def plain(path: Path) -> dict[str, Any]:
    """Return every row as a program without digests reads it, the control; what SQLite refuses is left out."""
    found: dict[str, Any] = {}
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return found
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table != "seal":
                query = f"SELECT * FROM {table}"  # noqa: S608 - our own names
                found[table] = _or_error(lambda query=query: connection.execute(query).fetchall())
    except (sqlite3.Error, ValueError) as error:
        found["all"] = Refused(error)
    finally:
        connection.close()
    return found
