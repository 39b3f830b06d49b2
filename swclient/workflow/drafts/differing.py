# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between two versions of a declaration, box by box: typed values and worked-out ones alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.document.path import Path

if TYPE_CHECKING:
    from swclient.catalogue.kinds import Kind
    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Record, Snapshot

GOODS = "item"


@dataclass(frozen=True, slots=True)
class Difference:
    """One box that differs.

    Attributes:
        box: its number on the form.
        item: number of the goods item, None outside goods.
        old: the value before, as it is typed; empty where there was none.
        new: the value after.
    """

    path: Path
    box: str
    item: int | None
    label: str
    old: str
    new: str


def differences(before: Snapshot, after: Snapshot, profile: Profile) -> tuple[Difference, ...]:
    """Return every box that differs, in the order of the catalogue; rows are the same where their numbers are."""
    return tuple(_all(before, after, profile))


def _all(before: Snapshot, after: Snapshot, profile: Profile) -> Iterator[Difference]:
    for table in profile.tables:
        olds = {record.id: record for record in before.tables.get(table, ())}
        news = {record.id: record for record in after.tables.get(table, ())}
        for row in dict.fromkeys((*news, *olds)):
            side = after if row in news else before
            number = _item(table, (news.get(row) or olds[row]), side)
            yield from _of_row(table, row, number, (olds.get(row), news.get(row)), profile)


def _of_row(
    table: str, row: int, item: int | None, both: tuple[Record | None, Record | None], profile: Profile
) -> Iterator[Difference]:
    for name, field in profile.table_fields(table).items():
        if not field.box:
            continue
        old, new = (_text(None if each is None else each.get(name), field.kind) for each in both)
        if old != new:
            yield Difference(Path(table, row, name), field.box, item, field.called.text(), old, new)


def _item(table: str, record: Record, side: Snapshot) -> int | None:
    rows = [each.id for each in side.tables.get(GOODS, ())]
    wanted = record.id if table == GOODS else record.parent
    return rows.index(wanted) + 1 if wanted in rows else None


def _text(value: object, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(f"{line.kind} {line.amount:f}" for line in value)
    return kind.edit(value)
