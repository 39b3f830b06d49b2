# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do about one open declaration beside typing: let a warning stand, sign off, look who changed what.

What customs made of it is asked for here too.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.workflow.signature import signing_off
from swclient.workflow.states import State, editable

if TYPE_CHECKING:
    from swclient.document.path import Path
    from swclient.engine.finding import Finding
    from swclient.engine.look import Explanation
    from swclient.engine.session import Session
    from swclient.workflow.ports import Office
    from swclient.workflow.told.assessed import Assessment
    from swclient.workflow.told.past import Turn
    from swclient.workflow.told.timeline import Happening


class Reviewing:
    """The reviewing half of a desk.

    Attributes:
        application: where it stands.
        id: of the declaration.
        session: the declaration.
        state: how it stands.
    """

    application: Office
    id: str
    session: Session
    state: State

    def acknowledge(self, finding: Finding, why: str) -> None:
        """Let a warning stand for a reason, under the name of who works now.

        Raises:
            UserError: it is no warning, no reason is given, or the declaration cannot be changed.
        """
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        self.session.acknowledge(finding, self.application.actor, why, at)

    def review(self) -> signing_off.Review:
        """Return who changed it last, and who signed it off since."""
        return signing_off.review(self.application.store, self.id)

    def second_person(self) -> str:
        """Return how a draft stands with the second person, empty where none is wanted."""
        try:
            wanted = editable(self.state) and self.application.people.four_eyes
        except UserError as error:  # the option cannot be read, so nothing goes out
            return str(error)
        return self.review().words(self.session.snapshot()).text() if wanted else ""

    def sign_off(self) -> signing_off.SignOff:
        """Sign it off under the name of who works now.

        Raises:
            UserError: errors bar the way, it is no draft, or who works now changed it last.
        """
        self.session.settle()
        store, who = self.application.store, self.application.actor
        return signing_off.sign_off(store, self.id, who, self.session.snapshot(), self.session.findings())

    def past(self, who: str = "") -> tuple[Turn, ...]:
        """Return who changed what, the oldest first; of one person where one is named."""
        from swclient.workflow.told.past import past

        return past(self.application.store, self.id, self.session, who)

    def changed_by(self) -> tuple[str, ...]:
        """Return who changed it, in the order of their first change."""
        from swclient.workflow.told.past import people_of

        return people_of(self.application.store, self.id)

    def changes_of(self, who: str) -> tuple[Happening, ...]:
        """Return what a person changed, for the timeline; of everybody where none is named."""
        from swclient.workflow.told.timeline import of_turns

        return of_turns(self.past(who))

    def compared(self, path: Path) -> Explanation | None:
        """Return what customs said of a value beside what stands here, None where it said nothing of it."""
        from swclient.workflow.told.assessed import compared_at

        return None if editable(self.state) else compared_at(self.application.store, self.id, self.session, path)

    def assessed(self) -> Assessment | None:
        """Return what customs assessed beside what was worked out here, None as long as it has not."""
        from swclient.workflow.told.assessed import assessment, totals_of

        if editable(self.state):
            return None
        return assessment(self.application.store, self.id, totals_of(self.application.store, self.id, self.session))
