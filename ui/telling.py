# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells on the top bar how the line to the offices stands, how much waits for it, when one was last heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .words import clock

if TYPE_CHECKING:
    from swclient.workflow.application import Application

    from .main_window import MainWindow

_ROOMY = 1180  # a narrower window tells it in the hint only


def tell_line(window: MainWindow, application: Application) -> None:
    """Say how the line stands, how many declarations wait to be sent, and when an office was last heard."""
    waiting = application.folders()["to_send"]
    queue = Message(N_("{n} waiting to be sent"), {"n": waiting}).text() if waiting else ""
    heard = application.store.glance.contact()
    contact = Message(N_("last contact {time}"), {"time": clock(heard)}).text() if heard is not None else ""
    seen = contact if window.width() >= _ROOMY else ""
    told = ", ".join(part for part in (application.connection.text(), queue, seen) if part)
    why = _("The line to the training offices")
    not_pushed = application.acting.not_pushed
    more = [contact, not_pushed.text() if not_pushed is not None else ""]
    window.top.line.say(told, ", ".join(filter(None, (why, *more))))
    window.top.line.setAccessibleDescription(", ".join(filter(None, more)))
