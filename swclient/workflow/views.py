# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types that a window meets when it looks at a declaration, named in one place.

A window knows the workflow and not the workshops behind it; what the workflow hands over it may call by name.
"""

from swclient.engine.look import Choice, Explanation, Look
from swclient.engine.session import Changed, Session
from swclient.store.values import Row, TemplateRow
from swclient.workflow.told.listing import Wish

__all__ = ["Changed", "Choice", "Explanation", "Look", "Row", "Session", "TemplateRow", "Wish"]
