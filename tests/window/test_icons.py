# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every icon that is asked for is in the family: one that is not would leave a gap that nobody is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ui import actions, icons
from ui.panels.rail import FOLDERS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _loaded(qapp: QApplication) -> None:
    assert icons.load()


@pytest.mark.parametrize("name", sorted({act.icon for act in actions.TABLE if act.icon}))
def test_the_icon_of_an_action_is_there(name: str) -> None:
    assert name in icons._names


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.id)
def test_the_icon_of_a_folder_is_there(folder: object) -> None:
    assert folder.icon in icons._names


def test_an_icon_that_is_not_there_is_seen() -> None:
    assert "plugs" not in icons._names
