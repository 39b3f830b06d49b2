# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Earlier values of a box as a tree: who, when, from what to what, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.workflow.told.past import past_of
from swclient.workflow.views import Explanation

from ..words import clock

if TYPE_CHECKING:
    from swclient.document.path import Path
    from swclient.workflow.desk.desk import Desk


def history_of(desk: Desk, path: Path) -> Explanation:
    """Return the history of a value; without a part where nobody changed it here."""
    found = past_of(desk.past(), path)
    parts = tuple(
        Explanation(
            turn.who,
            edit.after or "—",
            formula=clock(turn.at),
            source=Message(N_("before: {value}"), {"value": edit.before or "—"}).text(),
        )
        for turn, edit in reversed(found)
    )
    field = desk.session.profile.fields[path.field_id]
    note = "" if parts else _("nobody has changed it since the draft was made")
    return Explanation(field.called.text(), desk.session.text_at(path) or "—", formula=note, parts=parts)
