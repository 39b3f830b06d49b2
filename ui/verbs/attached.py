# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do to attached files: the page of documents is turned to, and its list does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pages.declaration import DeclarationPage
    from ..panels.attached import AttachedFiles
    from ..ports import Office


def _room(view: DeclarationPage) -> AttachedFiles:
    from ..pages.declaration import PAGES
    from ..pages.documents import DocumentsPage

    index = PAGES.index(DocumentsPage)
    view.show_page(index)
    page = view.page(index)
    assert isinstance(page, DocumentsPage)  # noqa: S101 - the table of pages says so
    return page.attached


VERBS: dict[str, Callable[[DeclarationPage, Office], object]] = {
    "attach": lambda view, _office: _room(view).attach(),
    "export_attached": lambda view, _office: _room(view).export(),
    "remove_attached": lambda view, _office: _room(view).remove(),
    "restore_attached": lambda view, _office: _room(view).restore(),
}
