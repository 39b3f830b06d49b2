# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as XML for Schematron: an element for each row, a child or an attribute for each value that counts.

Rows stand under the row that they belong to; what stands for all goods stands beside the items. Figures are
written without zeros at the end, so that equal ones have equal texts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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
Put = Callable[[etree._Element, str, str], None]


def declaration_xml(session: Session, further: Collection[str], sign: str) -> etree._Element:
    """Return what stands in a session.

    Args:
        further: fields of which typed and worked-out values are asked too.
        sign: `@` for values as attributes, else they are children.
    """
    put = _attribute if sign else _child
    root = etree.Element("declaration", today=today().isoformat())
    made: dict[tuple[str, int], etree._Element] = {}
    for table, rows in session.live.rows.items():
        asked = [name for owner, _, name in (each.partition(".") for each in further) if owner == table]
        for row in rows.values():
            above = made[row.parent.table, row.parent.id] if row.parent is not None else root
            made[table, row.id] = _row(etree.SubElement(above, table, {NUMBER: str(row.id)}), row, asked, put)
    return root


def _attribute(element: etree._Element, name: str, text: str) -> None:
    element.set(name, text)


def _child(element: etree._Element, name: str, text: str) -> None:
    etree.SubElement(element, name).text = text


def _row(element: etree._Element, row: LiveRow, asked: list[str], put: Put) -> etree._Element:
    for name, value in row.values.items():
        if isinstance(value, tuple | list):
            _lines(etree.SubElement(element, name), value, put)
        elif value is not None:
            put(element, name, text_of(value))
    _further(element, row, asked, put)
    return element


def _further(element: etree._Element, row: LiveRow, asked: list[str], put: Put) -> None:
    """Put what was typed and what was worked out, and texts that cannot be read."""
    for name in asked:
        for head, held in (("typed", row.typed), ("computed", row.computed)):
            if held.get(name) is not None:
                put(element, f"{head}.{name}", text_of(held[name]))
    for name, value in row.typed.items():
        if isinstance(value, Unread):
            put(element, f"unread.{name}", str(value))


def _lines(element: etree._Element, lines: Iterable[Any], put: Put) -> None:
    for line in lines:
        made = etree.SubElement(element, "due")
        for name, value in line._asdict().items():
            if value is not None:
                put(made, name, text_of(value))


def text_of(value: Any) -> str:
    """Return a value as XML holds it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return trimmed(value) if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)
