# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells on the desktop what an authority's answer changed while the window was not looked at: once for each change.

What happens while the window is looked at is seen there, and what the user did is known. Where the desktop has no place
for such words, the window asks for attention in the bar of tasks.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt

from swclient.workflow.told.news import Newsroom

from .. import icons, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QSystemTrayIcon, QWidget

    from swclient.workflow.application import AppEvent, Application
    from swclient.workflow.told.news import News

_SIZE = 64


class DesktopNews(QObject):
    """Listens to the application; `show` says one piece of news outside the window."""

    def __init__(
        self,
        window: QWidget,
        application: Application,
        opened: Callable[[str], object],
        show: Callable[[News], object] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._opened, self._application = window, opened, application
        self._newsroom = Newsroom(application.store, datetime.now(UTC))
        self._tray: QSystemTrayIcon | None = None
        self._last = ""
        self.show = show or self._show
        application.listen.connect(self._heard)

    def _heard(self, event: AppEvent) -> None:
        if event.kind != "state":
            return
        found = self._newsroom.of(event.declaration)  # also while one looks: what was seen is not told later
        if self._application.tells_news and not self._window.isActiveWindow():
            for news in found:
                self.show(news)

    def _show(self, news: News) -> None:
        from PySide6.QtWidgets import QApplication, QSystemTrayIcon

        self._last = news.declaration
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            QApplication.alert(self._window)
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(_picture(), self)
            self._tray.messageClicked.connect(self._come)
            self._tray.activated.connect(self._come)
            self._tray.setToolTip("swclient")
            self._tray.show()
        self._tray.showMessage(news.state.text(), news.title, QSystemTrayIcon.MessageIcon.Information)

    def _come(self, *_why: object) -> None:
        """Bring the window up with the declaration that was told of last."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()
        if self._last:
            self._opened(self._last)


def _picture() -> QIcon:
    from PySide6.QtGui import QIcon, QPainter, QPixmap

    made = QPixmap(_SIZE, _SIZE)
    made.fill(theme.colours().accent)
    painter = QPainter(made)
    icons.draw(painter, QRectF(0, 0, _SIZE, _SIZE), "stamp", theme.colours().on_accent, _SIZE * 3 // 4)
    painter.end()
    return QIcon(made)
