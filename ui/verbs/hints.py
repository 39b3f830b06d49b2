# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to a box in a few keys: a key for each page, and letters over the boxes of the page on show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from swclient.base.i18n import _

from .. import actions
from ..forms.jump_places import named, places
from ..panels.jump_hints import ACTION, JumpHints

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..pages.declaration import DeclarationPage
    from ..pages.page import Page
    from ..ports import Office


def jump_hints(view: DeclarationPage, office: Office) -> None:
    """Lay letters over the boxes of the page, or put them away; where there are no boxes, ask for a box by number."""
    room: Any = view.stack.currentWidget()
    if not hasattr(room, "chain") or not room.isVisible():
        office.do("go_to_box")
        return
    lying = next((each for each in room.findChildren(JumpHints) if each.isVisible()), None)  # one may be going yet
    if lying is not None:
        lying.put_away()
    else:
        _lay(room)


def _lay(room: Page) -> None:
    JumpHints(room, room.area, named(list(places(room.chain, room))))


def turn_to(index: int, view: DeclarationPage, _office: Office) -> None:
    """Turn to a page and bring the cursor to its first box; say so where the country has no such page."""
    if not view.tabs.isTabVisible(index):
        view.line.notice.say(_("The form of this country has no such page."), "advice")
        return
    view.tabs.setCurrentIndex(index)
    view.start()


VERBS: dict[str, Callable[[DeclarationPage, Office], object]] = {
    ACTION: jump_hints,
    **{each.id: partial(turn_to, index) for index, each in enumerate(actions.PAGES)},
}
