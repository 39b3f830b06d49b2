# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The column at the right: findings, why, help, one under another, all following the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..parts.frames import Splitter
from ..parts.plain import Panel
from .explain import Why
from .findings import Findings
from .help import Help

if TYPE_CHECKING:
    from ..forms.stage import Stage

WIDE = 300


class Column(Panel):
    """The three panels on one ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings, self.why, self.help = Findings(), Why(), Help()
        self.split = Splitter(Qt.Orientation.Vertical)
        for each in (self.findings, self.why, self.help):
            self.split.addWidget(each)
        self.split.setSizes([300, 220, 180])
        for place, stretch in enumerate((5, 4, 3)):
            self.split.setStretchFactor(place, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self.setMinimumWidth(220)

    def show_stage(self, stage: Stage | None) -> None:
        """Follow another declaration, or none."""
        for each in (self.findings, self.why, self.help):
            each.show_stage(stage)
