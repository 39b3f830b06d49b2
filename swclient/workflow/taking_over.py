# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that only looked at the declarations takes them over once the one that held them is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swclient.workflow.application import Application


def take_over(application: Application) -> bool:
    """Have a window work on what it only looked at; everything is off its desk. See `Holding.take_over`."""
    if not application.holding.take_over():
        return False
    application.store = application.templates.store = application.holding.store
    return True
