# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do to templates: saved from the open declaration, used, renamed, removed, brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.views import TemplateRow

    from ..ports import Office

FOLDER = "templates"
_SAVED = N_("Template “{name}” saved. New declarations are made of it by Ctrl+T, or in the search by its name.")
_REPLACED = N_("Template “{name}” saved; the former one of that name stands among the removed ones.")
_MADE = N_(
    "Made of the template “{name}”. Numbers, dates and rates of one shipment are blank; F7 tells what is lacking."
)
_LEFT = N_("The law of today does not know these fields, and their values were left out: {fields}.")
_BACK = N_("Template “{name}” is in use again.")
_REMOVED = N_("Template “{name}” removed. It stays in this list and can be brought back.")


class TemplateVerbs:
    """The verbs about templates of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {
            "save_template": self.save,
            "new_from_template": self.choose,
            "rename_template": self.rename,
            "remove_template": self.remove,
            "restore_template": self.restore,
        }

    def rows(self) -> tuple[TemplateRow, ...]:
        """Return what stands in the folder: the templates in use, then the removed ones."""
        shelf = self._office.application.templates
        return (*shelf.listed(), *shelf.removed())

    def current(self) -> TemplateRow | None:
        """Return the template that is chosen in the worklist, None when it shows something else."""
        office = self._office
        return office.worklist.template if office.window.room is office.worklist else None

    def held(self) -> frozenset[str]:
        """Return what is chosen, as the table of actions names it."""
        row = self.current()
        return frozenset() if row is None else frozenset({"template" if row.removed_at is None else "removed"})

    def take(self, template: str) -> None:
        """Use a line of the folder: make a declaration of it, or bring it back."""
        row = self.current()
        if row is not None and row.removed_at is not None:
            self._office.attempt(self.restore)
        else:
            self._office.attempt(lambda: self.new(template))

    def save(self) -> None:
        """Ask for a name and save the open declaration under it."""
        view = self._office.window.view
        if view is None:
            return
        shelf = self._office.application.templates
        session = view.stage.session

        def keep(name: str) -> None:
            kept = shelf.save(session, name)
            told = _REPLACED if kept.replaced else _SAVED
            self._office.say(Message(told, {"name": kept.name}).text(), "advice")

        self._office.ask(_("Name of the template"), shelf.suggested_name(session), keep)

    def choose(self) -> None:
        """Make a declaration of the template chosen in the worklist, or show the templates to choose from."""
        row = self.current()
        if row is None:
            self._office.show_folder(FOLDER)
        elif row.removed_at is None:
            self.new(row.id)
        else:
            self._office.say(_("This template was removed; bring it back first."), "advice")

    def new(self, template: str) -> None:
        """Make a declaration of a template and open it."""
        application = self._office.application
        declaration, left_out = application.new_from_template(template)
        name = next((row.name for row in application.templates.listed() if row.id == template), "")
        self._office.open(declaration)
        told = Message(_MADE, {"name": name}).text()
        if left_out:
            told += "\n" + Message(_LEFT, {"fields": ", ".join(left_out)}).text()
        self._office.say(told, "warning" if left_out else "advice")

    def rename(self) -> None:
        """Ask for another name of the chosen template."""
        row = self.current()
        if row is not None:
            shelf = self._office.application.templates
            self._office.ask(_("New name of the template"), row.name, lambda name: shelf.rename(row.id, name))

    def remove(self) -> None:
        """Take the chosen template out of use."""
        row = self.current()
        if row is not None and row.removed_at is None:
            self._office.application.templates.remove(row.id)
            self._office.say(Message(_REMOVED, {"name": row.name}).text(), "advice")

    def restore(self) -> None:
        """Bring the chosen template back."""
        row = self.current()
        if row is not None and row.removed_at is not None:
            self._office.application.templates.restore(row.id)
            self._office.say(Message(_BACK, {"name": row.name}).text(), "advice")
