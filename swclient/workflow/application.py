# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program without its window: the store, the open declarations, the line to the authorities."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.events import Signal
from swclient.base.messages import Message
from swclient.store.values import NewDeclaration, Row
from swclient.workflow.desk import rescuing
from swclient.workflow.desk.dealings import Dealings
from swclient.workflow.desk.desk import Desk
from swclient.workflow.drafts import drafting
from swclient.workflow.drafts.saving import stored_body, summary_of
from swclient.workflow.drafts.templates import Templates
from swclient.workflow.house.people import AtWork, People
from swclient.workflow.house.windows import Holding
from swclient.workflow.jobs import Jobs, Post, call_now
from swclient.workflow.life.own_side import AMENDS, CORRECTS
from swclient.workflow.ports import StartOffices
from swclient.workflow.printing import Paper
from swclient.workflow.registers.beginning import SAMPLE, Habits, usual_profile
from swclient.workflow.states import State
from swclient.workflow.told import listing
from swclient.workflow.told.listing import PAGE, Wish

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.workflow.bin import Bin
    from swclient.workflow.house.backups import Backups
    from swclient.workflow.intake.importing import Imported
    from swclient.workflow.line.line import Line
    from swclient.workflow.signature.keys import Asking, Keys
    from swclient.workflow.told.timeline import Happening


@dataclass(frozen=True, slots=True)
class AppEvent:
    """Something happened: `worklist`, `templates`, `registers`, `state`, `answer`, `connection`; to `declaration`."""

    kind: str
    declaration: str = ""


class Application(AtWork):
    """What the window and the commands talk to. Made by `swclient.workflow.bootstrap`.

    Attributes:
        people: who works here, by local names.
        listen: told whenever something changes that a screen may show.
        templates: from which new drafts are made.
        ask: asks the user for a pass phrase, from any thread; None = nobody can be asked.
        country, habits: profile of new declarations, empty for the shipped one; the user's role and own firm.
        tells_news: whether the desktop is told what answers changed.
        paper: how the user wishes forms to be printed.
        holding: whether this window works on the store or only looks at it.
    """

    def __init__(
        self,
        home: Path,
        post: Post = call_now,
        today: Callable[[], date] = date.today,
        start_offices: StartOffices | None = None,
        ask: Asking | None = None,
        *,
        window: bool = False,
    ) -> None:
        self.home, self.today = home, today
        self.ask, self.start_offices, self.paper = ask, start_offices, Paper()
        self.country, self.tells_news = "", True
        self.people, self.listen = People(home), Signal[AppEvent]()
        self.jobs, self.habits = Jobs(post), Habits()
        self.holding = Holding(home, ask, window=window)
        self.store: Store = self.holding.store
        day = lambda: self.today()  # noqa: E731, PLW0108 - who changes the clock changes it for templates too
        self.templates = Templates(self.store, lambda: self.actor, day, lambda: self.listen.emit(AppEvent("templates")))
        self.dealings = Dealings(self)
        self._desks: dict[str, Desk] = {}
        self._backups: Backups | None = None

    # -- worklist

    def worklist(
        self,
        folder: str = "",
        text: str = "",
        *,
        limit: int = PAGE,
        after: Row | None = None,
        wish: Wish | None = None,
    ) -> tuple[Row, ...]:
        """Return a page of a folder, latest first, of what holds every word of a text; of all but the bin for none."""
        return listing.page(self.store, folder, wish or Wish(text), limit=limit, after=after)

    def folders(self) -> dict[str, int]:
        """Return how many declarations stand in each folder, and how many templates there are."""
        return listing.counts(self.store, len(self.templates.listed()))

    def late(self) -> dict[str, int]:
        """Return how many declarations are overdue in each folder."""
        return listing.late(self.store)

    def letters(self) -> tuple[Happening, ...]:
        """Return the letters that belong to no declaration, the oldest first."""
        from swclient.workflow.told.timeline import strangers

        return strangers(self.store)

    def number_of(self, declaration_id: str) -> str:
        """Return the registration number of a declaration, empty when it has none."""
        return self.store.row(declaration_id).number or ""

    # -- opening

    def new_draft(self, profile: str = "") -> str:
        """Make an empty declaration, in the user's profile unless one is named, with the own firm; return its id."""
        return self.keep(self.habits.new_session(profile or usual_profile(self.country), self.today, self.store))

    def take(self, body: dict[str, Any], parent: str | None = None) -> str:
        """Make a draft of a body in our exchange format and return its id."""
        return self.keep(drafting.session_of_body(body, today=self.today), parent, "copy" if parent else "")

    def open_sample(self) -> str:
        """Make a draft of the sample declaration of the user's country, marked as a sample, and return its id."""
        from swclient.workflow.intake.converting import sample_body

        sample = drafting.session_of_body(sample_body(usual_profile(self.country)), today=self.today)
        return self.keep(sample, relation=SAMPLE)

    def new_from_template(self, template_id: str) -> tuple[str, tuple[str, ...]]:
        """Make a draft of a template; return its id, and the fields that the law of today does not know.

        Raises:
            UserError: there is no such template, or it cannot be read.
        """
        made = self.templates.draft(template_id)
        return self.keep(made.session), made.left_out

    def keep(self, session: Session, parent: str | None = None, relation: str = "") -> str:
        """Keep a session as a new draft, which stands to its parent in a relation; return its id."""
        declaration_id = str(uuid.uuid4())
        kind = str(session.live.singles["header"].values.get("procedure") or "")
        new = NewDeclaration(
            declaration_id,
            kind,
            session.profile.code,
            session.profile.version,
            stored_body(session),
            summary=summary_of(session),
            parent_id=parent,
            relation=relation,
        )
        self.holding.made.add(declaration_id)
        self.store.create(new, actor=self.actor)
        self.listen.emit(AppEvent("worklist", declaration_id))
        return declaration_id

    def open(self, declaration_id: str) -> Desk:
        """Put a declaration on the desk; the same desk when it is there already."""
        if declaration_id not in self._desks:
            self._desks[declaration_id] = self.aside(declaration_id)
        return self._desks[declaration_id]

    def aside(self, declaration_id: str) -> Desk:
        """Return a desk of its own for a declaration as the store holds it, at which nobody types; from any thread."""
        session, stored, version = drafting.reopened(self.store, declaration_id, self.today)
        if stored.row.relation in {AMENDS, CORRECTS} and not version:
            from swclient.workflow.acts.correcting import said_by_customs

            session.said = said_by_customs(self.store, declaration_id)
        return Desk(self, declaration_id, session, stored.row.state)

    def shut(self, declaration_id: str) -> None:
        """Take a declaration off the desk, saved."""
        desk = self._desks.get(declaration_id)
        if desk is not None:
            desk.close()  # where that fails, it stays on the desk
            del self._desks[declaration_id]
            self.listen.emit(AppEvent("worklist", declaration_id))

    def copy_of(self, desk: Desk) -> str:
        """Make a new draft of an open declaration."""
        name = desk.row().number or desk.row().title
        return self.keep(drafting.copied(desk.session, name, self.today), desk.id, "copy")

    def read_workbook(self, path: Path) -> Imported:
        """Read a supplier's workbook: what it says, and the cells that cannot be read. Nothing is changed."""
        from swclient.workflow.intake.importing import read_workbook

        return read_workbook(path)

    def import_into_new(self, path: Path, profile: str = "") -> tuple[str, Imported]:
        """Make a draft of a supplier's workbook; return its id and what was read."""
        from swclient.workflow.intake.importing import lay_over

        imported = self.read_workbook(path)
        declaration_id = self.new_draft(profile)
        lay_over(self.open(declaration_id).session, imported)
        self.listen.emit(AppEvent("worklist", declaration_id))
        return declaration_id, imported

    # -- the line to the authorities

    @property
    def line(self) -> Line:
        """The line to the authorities; made when first asked for, since it loads the network's libraries."""
        return self.dealings.line

    @property
    def bin(self) -> Bin:
        """What was put aside to be deleted."""
        from swclient.workflow.bin import Bin

        return Bin(self)

    @property
    def keys(self) -> Keys:
        """The user's keys."""
        from swclient.workflow.signature.keys import Keys

        return Keys(self.home, self.ask)

    @property
    def connection(self) -> Message:
        """How the line stands, in words."""
        return self.dealings.words

    @property
    def acting(self) -> Dealings:
        """Where the user's acts towards the authorities are done."""
        return self.dealings

    def submit(
        self,
        desk: Desk,
        done: Callable[[State], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[Message], None] | None,
    ) -> None:
        """Sign and queue a declaration in the background; the courier sends and follows it."""
        self.dealings.submit(desk, done, failed, progress)

    def resume(self) -> int:
        """Take up what was under way when the program was closed; return how many declarations that are."""
        return self.dealings.resume() if self.holding.looking is None else 0

    def heard(self, kind: str, declaration_id: str = "") -> None:
        """Tell the screens that something happened; callable from any thread."""
        self.jobs.post(lambda: self.listen.emit(AppEvent(kind, declaration_id)))

    def moved(self, declaration_id: str, state: str) -> None:
        """Tell desk and screens that a declaration has moved; callable from any thread."""

        def tell() -> None:
            if declaration_id in self._desks:
                self._desks[declaration_id].moved(state)
            self.listen.emit(AppEvent("state", declaration_id))

        self.dealings.moved()
        self.jobs.post(tell)

    def marks_of(self, declaration_id: str) -> dict[str, str]:
        """Return the marks of a declaration's sheets."""
        from swclient.workflow.offices.links import watermark

        stored = self.store.row(declaration_id)
        sent = self.store.artefacts.latest(declaration_id, "message.xml") if stored.state != State.DRAFT else None
        return {
            "watermark": watermark(self.store, declaration_id) if stored.number or sent else "DRAFT · ПРОЕКТ",
            "registration": stored.number or "",
            "message_hash": sent.sha256 if sent else "",
        }

    @property
    def backups(self) -> Backups:
        """The copies of the store; made when first asked for."""
        if self._backups is None:
            from swclient.workflow.house.backups import Backups

            self._backups = Backups(self.store.path, self.jobs.post, shared=self.store.shared)
        return self._backups

    def close(self) -> None:
        """Save everything on the desk, stop the line, close the store."""
        if self._backups is not None:
            self._backups.close()
        for desk in self._desks.values():
            rescuing.close(desk, self.home)
        self.dealings.stop()
        for each in (self.jobs, self.dealings, self.holding):
            each.close()
