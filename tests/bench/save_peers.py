# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other ways to keep an edit: a line at the end of a file, a row through an ORM, the whole document written anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

_EDITS = 60
_WHOLES = 5
_LINE = b"x" * 149 + b"\n"
_ROWS = 999
_FIELDS = 60

Contestant = Callable[[], float]


def _middle(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append((perf_counter() - begun) * 1e3)
    return median(taken)


@contextmanager
def appended(folder: Path) -> Iterator[Contestant]:
    """Append 150 bytes to a file and wait until they are on the disk: nothing durable costs less."""
    file = os.open(folder / "appended", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def append() -> None:
        os.write(file, _LINE)
        os.fdatasync(file)

    try:
        yield lambda: _middle(append, _EDITS)
    finally:
        os.close(file)


class _Base(DeclarativeBase):
    """The tables of the ORM."""


class _Logged(_Base):
    """One edit."""

    __tablename__ = "change_log"
    sequence: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[str]
    record: Mapped[str]


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def durable(connection: object, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]  # the driver's own connection
        connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]  # as above

    _Base.metadata.create_all(engine)
    return engine


@contextmanager
def by_orm(folder: Path) -> Iterator[Contestant]:
    """Add an object and commit, one session kept open."""
    engine = _engine(folder / "orm.db")
    text = "x" * 150
    with Session(engine) as session:

        def commit() -> None:
            session.add(_Logged(declaration_id="one", record=text))
            session.commit()

        yield lambda: _middle(commit, _EDITS)
    engine.dispose()


@contextmanager
def whole_file(folder: Path) -> Iterator[Contestant]:
    """Write the whole document beside the old one, sync it, put it in its place, sync the folder."""
    document = [{f"field{number}": "a value of a box" for number in range(_FIELDS)} for _ in range(_ROWS)]
    place = os.open(folder, os.O_RDONLY)

    def save() -> None:
        beside = folder / "whole.json.new"
        with beside.open("w", encoding="utf-8") as stream:
            json.dump(document, stream)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(folder / "whole.json")
        os.fsync(place)

    try:
        yield lambda: _middle(save, _WHOLES)
    finally:
        os.close(place)
