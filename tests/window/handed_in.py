# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files handed in at the window, and what stands in their room."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from swclient.document.body import to_body
from tests.exchange.workbooks import workbook_of
from tests.window.hands import Hands
from ui.pages.importing import ImportPage

HEADS = ["No.", "HS code", "Description of goods", "Quantity", "Gross weight", "Amount USD", "Farbe"]
BUTTON, ACTION = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction


def line(number: int, **other: Any) -> list[Any]:
    cells = {"code": f"84818081{number % 100:02d}", "name": f"Valve {number}", "pcs": "12 pcs", "kg": 10.5,
             "amount": 100 + number, "colour": "red"}  # fmt: skip
    return [number, *(cells | other).values()]


def invoice(folder: Path, *lines: list[Any], seller: str = "Primer Valves", name: str = "invoice.xlsx") -> Path:
    rows = [[f"Seller: {seller}"], [], HEADS, *(lines or (line(1), line(2)))]
    (folder / name).write_bytes(workbook_of(rows, names=("Invoice",)))
    return folder / name


def content(hands: Hands) -> bytes:
    return json.dumps(to_body(hands.session.declaration), ensure_ascii=False).encode()


def room(hands: Hands) -> ImportPage:
    found = hands.window.room
    assert isinstance(found, ImportPage)
    return found


def hand_in(hands: Hands, path: Path) -> ImportPage:
    """Hand a file in and wait until it is shown."""
    hands.program.office.files.take_file(path)
    hands.qtbot.waitUntil(lambda: isinstance(hands.window.room, ImportPage), timeout=20_000)
    hands.qtbot.waitUntil(lambda: not hands.program.office.long.going)
    return room(hands)


def drop(hands: Hands, target: QWidget, *paths: Path) -> bool:
    """Drop files on a widget, as the system does; return whether anybody takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), ACTION, data, BUTTON, none)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), ACTION, data, BUTTON, none))
    return enter.isAccepted()


def goes(page: ImportPage) -> list[str]:
    return [page.table.held.goes(place) for place in range(page.table.held.columnCount())]
