# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random acts of a user: texts that mostly fit their field, sometimes nonsense, sometimes rows, undo and redo."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from swclient.catalogue.field import Field
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session

NONSENSE = ("", "не число", "x" * 300, "0", "99.99.2026", "?")
WORDS = ("Клапан шаровой учебный", "Насос, UN 1203", "ОТСУТСТВУЕТ", "abc", "QZDU2030419", "CSQU3054384", "240140000011")
CODES = ("8481808199", "8482109008", "6911100000", "6404199000", "8481", "1234567890")
DAYS = ("2026-11-20", "2026-11-01", "05.12.2026", "2027-06-30")
STRUCTURE = ("item", "package", "document", "cost", "container", "charge", "arrival_means", "payment", "previous")


def fitting(session: Session, field: Field, chance: random.Random) -> str:
    """Return a text as somebody might type it into a field."""
    found = session.profile.code_list(field.list_name) if field.list_name else None
    if found is not None and found.entries:
        return chance.choice(list(found.entries))
    if field.list_name == "tariff":
        return chance.choice(CODES)
    make = _FITTING.get(field.kind.name)
    return make(chance) if make else chance.choice(WORDS)


_FITTING: dict[str, Callable[[random.Random], str]] = {
    "money": lambda chance: str(Decimal(chance.randrange(1, 2_000_000)) / 100),
    "mass": lambda chance: str(Decimal(chance.randrange(1, 2_000_000)) / 1000),
    "quantity": lambda chance: str(chance.randrange(1, 20_000)),
    "rate": lambda chance: str(Decimal(chance.randrange(1, 90_000)) / 100),
    "count": lambda chance: str(chance.randrange(90)),
    "date": lambda chance: chance.choice(DAYS),
    "flag": lambda chance: chance.choice("01"),
    "digits": lambda chance: chance.choice(("000", "123", "7")),
}


def typable(session: Session) -> list[Field]:
    """Return the fields that somebody can type into."""
    return [each for each in session.profile.fields.values() if each.kind.name not in {"charges", "totals"}]


def keystroke(session: Session, fields: list[Field], chance: random.Random) -> tuple[Path, str] | None:
    """Choose a place and a text; None where the section has no rows."""
    field = chance.choice(fields)
    rows = list(session.declaration.tables[field.table]) if session.profile.tables[field.table].many else [SINGLE]
    if not rows:
        return None
    text = chance.choice(NONSENSE) if chance.random() < 0.1 else fitting(session, field, chance)
    return Path(field.table, chance.choice(rows), field.name), text


def act(session: Session, fields: list[Field], chance: random.Random) -> str:
    """Do something: mostly typing, sometimes rows, sometimes undo and redo; return what was done, empty for nothing."""
    dice = chance.random()
    if dice < 0.06:
        return "undone" if session.undo() else ""
    if dice < 0.09:
        return "redone" if session.redo() else ""
    if dice < 0.19:
        change = _add if dice < 0.14 else _remove if dice < 0.17 else _move
        return change(session, chance)
    chosen = keystroke(session, fields, chance)
    if chosen is not None:
        session.type_in(*chosen)
    return "typed" if chosen is not None else ""


def _add(session: Session, chance: random.Random) -> str:
    table = chance.choice(STRUCTURE)
    spec = session.profile.tables[table]
    if spec.max and len(session.rows(table)) >= spec.max:
        return ""
    parents = session.rows(spec.parent) if spec.parent else []
    loose = spec.loose and chance.random() < 0.5
    if not spec.parent or (parents and not loose):
        session.add_row(table, chance.choice(parents) if parents else None)
    elif spec.loose:
        session.add_row(table)
    else:
        return ""
    return "rows added"


def _remove(session: Session, chance: random.Random) -> str:
    table = chance.choice(STRUCTURE)
    rows = session.rows(table)
    if rows:
        session.remove_row(table, chance.choice(rows))
    return "rows removed" if rows else ""


def _move(session: Session, chance: random.Random) -> str:
    table = chance.choice(STRUCTURE)
    rows = session.rows(table)
    if len(rows) > 1:
        session.move_row(table, chance.choice(rows), chance.randrange(len(rows)))
    return "rows moved" if len(rows) > 1 else ""
