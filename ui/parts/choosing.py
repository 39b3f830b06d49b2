# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader chooses in a list or table becomes the current line, as a key or the mouse would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, QTimer

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection
    from PySide6.QtWidgets import QAbstractItemView


def follow_choice(view: QAbstractItemView) -> None:
    """Have a single line or cell that is chosen from outside become the current one; for a view that has its model."""

    def chosen(selected: QItemSelection, _gone: QItemSelection) -> None:
        indexes = selected.indexes()
        if len(indexes) == 1 and indexes[0] != view.currentIndex():
            place = QPersistentModelIndex(indexes[0])
            QTimer.singleShot(0, view, lambda: _stand_on(view, place))  # keys and mouse have moved the cursor by then

    view.selectionModel().selectionChanged.connect(chosen)


def _stand_on(view: QAbstractItemView, place: QPersistentModelIndex) -> None:
    model, index = view.selectionModel(), view.model().index(place.row(), place.column())
    if place.isValid() and model.isSelected(index) and index != view.currentIndex():
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
