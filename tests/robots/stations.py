# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form as trained hands know it: which box follows which on each page, and which number Ctrl+G leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ui.forms.box import Box
from ui.forms.grid import Grid
from ui.pages.declaration import PAGES
from ui.panels.hits import box_hits

if TYPE_CHECKING:
    from ui.pages.declaration import DeclarationPage


class Stop(NamedTuple):
    """One place that Enter comes to.

    Attributes:
        field: id of the field of a box; empty for a table or something else.
        table: section of a table; empty for a box or something else.
        columns: fields of the table.
    """

    field: str = ""
    table: str = ""
    columns: tuple[str, ...] = ()


class Form(NamedTuple):
    """What trained hands remember.

    Attributes:
        pages: names of the pages, each with its stops in the order of Enter.
        numbers: what to type after Ctrl+G to come to a field.
    """

    pages: dict[str, tuple[Stop, ...]]
    numbers: dict[str, str]


def learn(view: DeclarationPage) -> Form:
    """Go through the pages of an open declaration with an item in it, and remember them."""
    pages: dict[str, tuple[Stop, ...]] = {}
    for index, kind in enumerate(PAGES):
        if view.tabs.isTabVisible(index):
            view.show_page(index)
            room: Any = view.page(index)
            pages[kind.NAME] = tuple(_stop(widget) for widget in room.chain if _takes_cursor(widget, room))
    return Form(pages, _numbers(view))


def _takes_cursor(widget: Any, room: Any) -> bool:
    return bool(widget.isEnabled() and widget.isVisibleTo(room))


def _stop(widget: Any) -> Stop:
    above = widget.parentWidget()
    if isinstance(above, Box):
        return Stop(field=above.field.id)
    if isinstance(widget, Grid):
        return Stop(table=widget.table, columns=tuple(field.name for field in widget.cells.fields))
    return Stop()


def _numbers(view: DeclarationPage) -> dict[str, str]:
    """Return the numbers that lead to their fields at once: the first that the search offers is the field itself."""
    profile = view.stage.session.profile
    found: dict[str, str] = {}
    for field in profile.fields.values():
        hits = box_hits(profile, field.box, lambda field_id, _item: field_id) if field.box else []
        if hits and hits[0].go() == field.id:
            found[field.id] = field.box
    return found
