# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows the law of open declarations: says when a new date brought another one, opens anew where its boxes differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from swclient.workflow.drafts.law import DATE

if TYPE_CHECKING:
    from swclient.document.path import Path
    from swclient.workflow.drafts.law import LawChange

    from ..pages.declaration import DeclarationPage
    from ..ports import Office

_ASK_THE_LAW = {"check", "submit", "print", "export", "form", "save_template", "new_from_this"}


class LawWatch:
    """Watches over the views of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def follow(self, view: DeclarationPage) -> None:
        """Watch over an open declaration from now on."""
        view.desk.law_changed.connect(lambda change: self._heard(view, change))
        view.stage.entered.connect(lambda path: self._entered(view, path))

    def before(self, verb: str) -> None:
        """Have the open declaration judged by the law of its date before a verb that asks the law."""
        view = self._shown()
        if verb in _ASK_THE_LAW and view is not None:
            self._renew(view)

    def _heard(self, view: DeclarationPage, change: LawChange) -> None:
        view.line.notice.say(change.words.text(), "warning" if change.anew or change.trouble else "advice")
        if self._shown() is view:
            self._office.tell_law(view)

    def _entered(self, view: DeclarationPage, path: Path) -> None:
        if view.desk.outdated and path.field_id != DATE:
            QTimer.singleShot(0, lambda: self._renew(view))

    def _shown(self) -> DeclarationPage | None:
        return self._office.window.view

    def _renew(self, view: DeclarationPage) -> None:
        """Open a declaration anew if it must be; page and cursor stay where they were."""
        if not view.desk.outdated or self._shown() is not view:
            return
        page, path = view.tabs.currentIndex(), view.stage.path
        words = view.line.notice.label.text()
        self._office.open(view.desk.id)
        anew = self._shown()
        if anew is None or anew is view:
            return
        anew.show_page(page)
        if path is not None and path.field_id in anew.stage.session.profile.fields:
            anew.jump(path)
        anew.line.notice.say(words, "advice")
