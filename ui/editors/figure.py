# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures: right-aligned, grouped while nobody types, plain under the fingers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from .base import LineEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from swclient.workflow.views import Look


class FigureEditor(LineEditor):
    """Money, mass, quantity, rate or count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def at_rest(self, look: Look) -> str:
        """Return the figure grouped as the language groups."""
        return look.shown


class GivenEditor(FigureEditor):
    """Lines that only calculation gives: shown, never typed."""

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show what was worked out."""
        super().present(look, typed=typed)
        self.setReadOnly(True)
