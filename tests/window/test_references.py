# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""PySide6 6.12 loses references to None on Python below 3.12 and dies of it; this guards the version that is used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QIdentityProxyModel
from PySide6.QtWidgets import QLineEdit

from tests.window.hands import Hands
from ui.pages.goods import GoodsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_setting_text_loses_no_reference_to_none(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    before = sys.getrefcount(None)
    for _time in range(100_000):
        line.setText("x")
    assert sys.getrefcount(None) - before > -100


def test_asking_a_model_for_nothing_loses_no_reference_to_none(sample: Hands) -> None:
    page = sample.view.page(3)
    assert isinstance(page, GoodsPage)
    proxy = QIdentityProxyModel()
    proxy.setSourceModel(page.list.cells)
    cell = proxy.index(0, 0)
    before = sys.getrefcount(None)
    for _time in range(20_000):
        proxy.data(cell, 7)
    assert sys.getrefcount(None) - before > -100
