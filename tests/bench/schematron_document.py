# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as XML for Schematron: an element for each row, an attribute for each value that counts.

Rows stand under the row that they belong to; what stands for all goods stands beside the items. Figures are
written without zeros at the end, so that equal ones have equal texts.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from swclient.base.decimals import trimmed
from swclient.document.value import Unread
from swclient.engine.live import LiveRow
from swclient.engine.session import Session
from tests.bench.documents import today

NUMBER = "row"


def declaration_xml(session: Session, further: Collection[str]) -> etree._Element:
    """Return what stands in a session; `further` are the fields of which typed and worked-out values are asked."""
    root = etree.Element("declaration", today=today().isoformat())
    made: dict[tuple[str, int], etree._Element] = {}
    for table, rows in session.live.rows.items():
        asked = [name for owner, _, name in (each.partition(".") for each in further) if owner == table]
        for row in rows.values():
            above = made[row.parent.table, row.parent.id] if row.parent is not None else root
            made[table, row.id] = _row(above, table, row, asked)
    return root


def _row(above: etree._Element, table: str, row: LiveRow, asked: list[str]) -> etree._Element:
    element = etree.SubElement(above, table)
    for name, value in row.values.items():
        if isinstance(value, tuple | list):
            element.set(name, "1")
            for line in value:
                etree.SubElement(element, name, _texts(line._asdict()))
        elif value is not None:
            element.set(name, text_of(value))
    for name in asked:
        for head, held in (("typed", row.typed), ("computed", row.computed)):
            if held.get(name) is not None:
                element.set(f"{head}.{name}", text_of(held[name]))
    for name, value in row.typed.items():
        if isinstance(value, Unread):
            element.set(f"unread.{name}", str(value))
    element.set(NUMBER, str(row.id))
    return element


def _texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: text_of(value) for name, value in values.items() if value is not None}


def text_of(value: Any) -> str:
    """Return a value as XML holds it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return trimmed(value) if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
