# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other ways to keep an edit: a line at the end of a file, a row through an ORM, the whole document written anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Column, Engine, Integer, Table, Text, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

_EDITS = 60
_WHOLES = 5
_LINE = b"x" * 149 + b"\n"
_ROWS = 999
_FIELDS = 60
_BOX = "box7"

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


class _Item(_Base):
    """A goods item with a column for each box."""

    __table__ = Table(
        "item",
        _Base.metadata,
        Column("id", Integer, primary_key=True),
        *(Column(f"box{number}", Text) for number in range(_FIELDS)),
    )


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
    """Set a box of an item, add the edit to the log, commit: one session kept open, rows of 60 columns."""
    engine = _engine(folder / "orm.db")
    text = "x" * 150
    with Session(engine) as session:
        session.add_all(
            [_Item(id=number, **{f"box{box}": "a value of a box" for box in range(_FIELDS)}) for number in range(_ROWS)]
        )
        session.commit()
        numbers = cycle(range(_ROWS))

        def commit() -> None:
            number = next(numbers)
            setattr(session.get_one(_Item, number), _BOX, f"{number}.{next(edits)}")
            session.add(_Logged(declaration_id="one", record=text))
            session.commit()

        edits = count()

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
