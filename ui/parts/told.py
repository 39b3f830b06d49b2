# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small muted caption with words beneath it; away while there is nothing to say."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from .. import theme
from .plain import words, wrapped


class Told(QWidget):
    """Words under a caption."""

    def __init__(self, size: int = theme.BODY, *, muted: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = words(size=theme.CAPTION, muted=True)
        self.caption.setWordWrap(True)
        self.body = wrapped(size=size, muted=muted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.XS, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.caption)
        whole.addWidget(self.body)

    def say(self, caption: str, text: str) -> None:
        """Say something under a caption; nothing to say, nothing to see."""
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption))
        self.body.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return the words."""
        return self.body.text()
