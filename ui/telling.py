# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells on the top bar how the line to the offices stands, and how much waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from swclient.workflow.application import Application

    from .main_window import MainWindow


def tell_line(window: MainWindow, application: Application) -> None:
    """Say how the line stands, and how many declarations wait."""
    waiting = application.folders()["to_send"]
    words = application.connection.text()
    queue = Message(N_("{n} waiting"), {"n": waiting}).text() if waiting else ""
    told = ", ".join(part for part in (words, queue) if part)
    window.top.line.say(told, _("The line to the training offices"))
