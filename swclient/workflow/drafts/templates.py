# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's templates: kept from an open declaration, and new drafts made of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.document.journal import whole_to_data
from swclient.document.provenance import TEMPLATE, mark_all, source_text
from swclient.store.values import NewTemplate
from swclient.workflow.drafts.drafting import DATED
from swclient.workflow.drafts.template_draft import Made, draft_of

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.store.values import TemplateRow

LONGEST = 120
_NAMELESS = N_("A template needs a name of 1 to {n} characters.")
_NONE = N_("There is no template “{name}”. There are: {known}.")
_NONE_REMOVED = N_("There is no removed template “{name}”. There are: {known}.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A template that was saved.

    Attributes:
        replaced: whether another of its name went to the removed ones for it.
    """

    id: str
    name: str
    replaced: bool


class Templates:
    """Keeps, lists and uses templates. Removed ones are kept and can be brought back.

    Args:
        store: where they are.
        actor: who does what is done, for the log.
        today: the date of new drafts.
        changed: told after every change.
    """

    def __init__(
        self,
        store: Store,
        actor: Callable[[], str],
        today: Callable[[], date],
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self.store = store
        self._actor = actor
        self._today = today
        self._changed = changed

    def save(self, session: Session, name: str) -> Kept:
        """Keep a declaration, as it was typed, as a template; one of the same name is replaced and kept aside.

        Raises:
            UserError: the name is empty or too long.
        """
        profile, plain = session.profile, _tidy(name)
        body = whole_to_data(session.declaration)
        body.pop("acknowledged", None)  # said of one shipment
        new = NewTemplate(str(uuid.uuid4()), plain, profile.code, profile.version, body)
        former = self.store.templates.keep(new, actor=self._actor())
        self._changed()
        return Kept(new.id, plain, former is not None)

    @staticmethod
    def suggested_name(session: Session) -> str:
        """Return a name to begin with: direction and procedure, and whose goods they are."""
        header, exporter = (session.live.singles[table].values for table in ("header", "exporter"))
        kind = " ".join(str(header[name]) for name in ("direction", "procedure") if header.get(name))
        return " · ".join(part for part in (kind, str(exporter.get("name") or "")) if part)[:LONGEST]

    def listed(self) -> tuple[TemplateRow, ...]:
        """Return the templates in use, by name."""
        return self.store.templates.listed()

    def removed(self) -> tuple[TemplateRow, ...]:
        """Return the removed ones, the last removed first."""
        return self.store.templates.listed(removed=True)

    def named(self, name: str, *, removed: bool = False) -> TemplateRow:
        """Return the template of a name: the one in use, or the last removed one.

        Raises:
            UserError: there is none; says which there are.
        """
        rows, wish = self.removed() if removed else self.listed(), name.strip().casefold()
        found = next((row for row in rows if row.name.casefold() == wish), None)
        if found is None:
            known = ", ".join(f"“{row.name}”" for row in rows) or "—"
            raise UserError(_NONE_REMOVED if removed else _NONE, name=name, known=known)
        return found

    def draft(self, template_id: str) -> Made:
        """Return a draft of today made of a template; it is not yet kept anywhere.

        Raises:
            UserError: there is no such template, or it cannot be read.
        """
        kept, day = self.store.templates.load(template_id), self._today()
        made = draft_of(kept.body, load_profile(kept.row.profile, day=day), day)
        mark_all(made.session.sources, source_text(TEMPLATE, kept.row.name), but=DATED)
        return made

    def rename(self, template_id: str, name: str) -> None:
        """Give a template another name.

        Raises:
            UserError: the name is empty, too long, or another template has it.
        """
        self.store.templates.rename(template_id, _tidy(name), actor=self._actor())
        self._changed()

    def remove(self, template_id: str) -> None:
        """Take a template out of use; it stands among the removed ones until it is brought back."""
        self.store.templates.remove(template_id, actor=self._actor())
        self._changed()

    def restore(self, template_id: str) -> None:
        """Bring a removed template back.

        Raises:
            UserError: another template has its name by now.
        """
        self.store.templates.restore(template_id, actor=self._actor())
        self._changed()


def _tidy(name: str) -> str:
    plain = " ".join(name.split())
    if not 0 < len(plain) <= LONGEST:
        raise UserError(_NAMELESS, n=LONGEST)
    return plain
