# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One declaration on the desk: its session, its state, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.events import Signal
from swclient.base.messages import Message
from swclient.engine.finding import Finding, Level
from swclient.workflow.desk.reviewing import Reviewing
from swclient.workflow.drafts import law
from swclient.workflow.drafts.saving import Saving
from swclient.workflow.life.own_side import AMENDS
from swclient.workflow.states import State, Verb, editable, why_not

if TYPE_CHECKING:
    from swclient.document.history import Step
    from swclient.engine.session import Session
    from swclient.store.values import Row
    from swclient.workflow.desk.attached import AttachedDesk
    from swclient.workflow.desk.permits import PermitDesk
    from swclient.workflow.drafts.law import LawChange
    from swclient.workflow.ports import Office
    from swclient.workflow.printing import Preview, Tick
    from swclient.workflow.told.standing import Prospect
    from swclient.workflow.told.timeline import Happening


class Desk(Reviewing):
    """An open declaration.

    Attributes:
        session: what is typed into.
        state_changed: told the new state whenever it moves.
        law_changed: told when a new date brought another version of the law.
        barred: why another program is to change this draft and not this one, None where it may.
        outdated: whether the declaration must be opened anew, because the law of its date has other fields.
    """

    def __init__(self, application: Office, declaration_id: str, session: Session, state: str) -> None:
        self.application = application
        self.id = declaration_id
        self.session = session
        self.state_changed: Signal[str] = Signal()
        self.saving = Saving(
            application.store, declaration_id, session, lambda: application.actor, application.jobs.post
        )
        self.state = State(state)
        self.barred = application.holding.barred(declaration_id) if editable(self.state) else None
        session.read_only = not self._typed_into
        session.read_only_because = self.barred
        self.law_changed: Signal[LawChange] = Signal()
        self.outdated = False
        self._row: Row | None = None
        session.history.stepped.connect(self._follow_law)

    @property
    def _typed_into(self) -> bool:
        return editable(self.state) and self.barred is None

    def _follow_law(self, step: Step) -> None:
        if law.dates_anew(step):
            change = law.follow_date(self.session, self.session.live.today)
            self.outdated = change is not None and change.anew
            if change is not None:
                self.law_changed.emit(change)

    @property
    def saved_changed(self) -> Signal[Any]:
        """Told whenever everything typed is on the disk, or why it is not."""
        return self.saving.saved

    @property
    def title(self) -> str:
        """What the declaration is called on the desk."""
        header = self.session.live.singles["header"].values
        words = [str(header.get(name) or "") for name in ("direction", "procedure")]
        return " ".join(word for word in words if word) + (
            f" · {header['reference']}" if header.get("reference") else ""
        )

    @property
    def permits(self) -> PermitDesk:
        """The permits of this declaration."""
        from swclient.workflow.desk.permits import PermitDesk

        return PermitDesk(self.application, self.id, self.session, lambda: self.state)

    @property
    def attached(self) -> AttachedDesk:
        """The files attached to this declaration."""
        from swclient.workflow.desk.attached import AttachedDesk

        return AttachedDesk(self.application, self.id, self.session)

    @property
    def number(self) -> str:
        """The registration number, empty before registration."""
        return self.application.number_of(self.id)

    def standing(self) -> Message:
        """How the state reads."""
        from swclient.workflow.told.standing import state_words

        return state_words(self.row())

    def row(self) -> Row:
        """Return the line of the worklist: state, number, what it is to its parent, when what comes next is due.

        As it was at the last move: who types must not wait for the store at every key.
        """
        if self._row is None:
            self._row = self.application.store.row(self.id)
        return self._row

    def prospect(self) -> Prospect:
        """Return how it stands, what comes next and by when, and what may be done now."""
        from swclient.workflow.told.standing import prospect

        findings = self.session.findings() if editable(self.state) else None
        now = prospect(self.application.store, self.id, findings)
        told = self.second_person()
        return replace(now, lines=(*now.lines, told)) if told else now

    def moved(self, state: str) -> None:
        """Take note that the state has moved."""
        self._row = None
        self.state = State(state)
        self.session.read_only = not self._typed_into
        self.state_changed.emit(state)

    def errors(self) -> list[Finding]:
        """Return the findings that bar the way."""
        self.session.settle()
        return [each for each in self.session.findings() if each.level is Level.ERROR]

    def note_checked(self) -> None:
        """Keep for the worklist whether the draft, just checked, has no error; does not wait for the disk."""
        if self._typed_into and not self.application.store.read_only:
            checked = self.application.store.checked
            done = checked.forget(self.id) if self.errors() else checked.note(self.id)
            done.add_done_callback(lambda _done: self.application.heard("worklist", self.id))

    def may(self, verb: str) -> tuple[bool, Message | None]:
        """Tell whether a verb can be done now, and if not, why."""
        if verb in {"check", "print", "export", "copy"}:
            return True, None
        if self.barred is not None:
            return False, self.barred
        if verb == "submit":
            reason = Message(law.BARRED) if self.outdated else why_not(self.state, Verb.SIGN)
            if reason is None and self.errors():
                reason = Message(
                    "{n} errors bar the way; they stand in the list of findings.",
                    {"n": len(self.errors())},
                )
            if reason is None and self.application.people.four_eyes:
                reason = self.review().reason(self.session.snapshot())
            return reason is None, reason
        reason = why_not(self.state, Verb(verb))
        return reason is None, reason

    def refuse(self, verb: str) -> None:
        """Say why a verb cannot be done now.

        Raises:
            UserError: it cannot.
        """
        allowed, reason = self.may(verb)
        if not allowed and reason is not None:
            raise UserError(reason)

    def verbs(self) -> frozenset[str]:
        """Return the verbs that its state allows now."""
        looking = self.application.store.read_only
        return frozenset(str(verb) for verb in Verb if not looking and why_not(self.state, verb) is None)

    def submit(
        self,
        done: Callable[[State], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[Message], None] | None = None,
    ) -> None:
        """Sign, queue, send, and follow the answers, in the background.

        Raises:
            UserError: errors bar the way, or the declaration is not a draft.
        """
        self.refuse("submit")
        self.application.submit(self, done, failed, progress)

    def print_pdf(self, language: str = "") -> bytes:
        """Return the form as PDF, in the language that the user wishes for unless another is named."""
        return self.printing(language)(lambda _done, _whole: None)

    def printing(self, language: str = "") -> Callable[[Tick], bytes]:
        """Return what prints the declaration as it stands now, on any thread; the tick is told of each sheet."""
        from swclient.workflow.printing import printing

        return printing(self.session.snapshot(), self.session.profile, self.marks(), self.application.paper, language)

    def print_signed(self, target: Path, done: Callable[[Path], None], failed: Callable[[BaseException], None]) -> None:
        """Write the form as PDF, signed with the key for declaring, in the background: the key may ask something."""
        from swclient.base.files import write_file
        from swclient.workflow.printing import sign_printed

        pdf = self.print_pdf()

        def work() -> Path:
            write_file(target, sign_printed(pdf, self.application.keys))
            return target

        self.application.jobs.run(work, done, failed)

    def preview(self, language: str = "") -> Preview:
        """Return the form as pictures with the boxes' places, for the window; `language` as for `print_pdf`."""
        from swclient.workflow.printing import Preview

        wished = self.application.paper
        return Preview(
            self.session.snapshot(),
            self.session.profile,
            self.marks(),
            language or wished.language,
            wished.descriptions,
        )

    def marks(self) -> dict[str, str]:
        """Return what stands across and under every sheet: training, draft, number, hash of the message."""
        return self.application.marks_of(self.id)

    def export(self, format_name: str) -> bytes:
        """Return the declaration in another format."""
        from swclient.workflow.intake.converting import written

        return written(self.session, format_name)

    def timeline(self) -> tuple[Happening, ...]:
        """Return what happened so far, the oldest first."""
        from swclient.workflow.told.timeline import differing, timeline

        store = self.application.store
        rows = timeline(store, self.id)
        if editable(self.state) and self.row().relation == AMENDS:
            rows = (*rows, differing(store, self.id, self.session.snapshot()))
        return rows

    def new_draft_from_this(self) -> str:
        """Make a new draft of this declaration and return its id."""
        return self.application.copy_of(self)

    def close(self) -> None:
        """Keep a snapshot and let go."""
        if self._typed_into:
            self.saving.snapshot().result()
