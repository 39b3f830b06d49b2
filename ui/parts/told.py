# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small muted caption with words beneath it; away while there is nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import theme
from .plain import words, wrapped

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout


class Told:
    """Words under a caption: two labels in somebody's layout, for a widget around them would be laid out twice."""

    def __init__(self, layout: QBoxLayout, size: int = theme.BODY) -> None:
        self.caption = words(size=theme.CAPTION, muted=True)
        self.caption.setWordWrap(True)
        self.caption.setContentsMargins(0, theme.S, 0, 0)
        self.body = wrapped(size=size)
        layout.addWidget(self.caption)
        layout.addWidget(self.body)

    def say(self, caption: str, text: str) -> None:
        """Say something under a caption; nothing to say, nothing to see."""
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption and text))
        self.body.setText(text)
        self.body.setVisible(bool(text))

    def text(self) -> str:
        """Return the words."""
        return self.body.text()
