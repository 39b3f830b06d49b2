# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start and what it leads to: three questions, the sample of the country, the tour, the user's own firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.registers import kinds_of
from swclient.workflow.registers.beginning import PARTIES, Habits, roles

from ..watch.tour import TourWatch
from ..words import OWN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..pages.first_start import Answers, FirstStartPage
    from ..ports import Office
    from ..settings.remember import Memory

_NO_PARTY = N_("Put the cursor into a box of your own firm, as consignee or declarant, then choose this again.")
_KEPT = N_("“{name}” is kept as your own firm. New declarations have it filled in.")
_KEPT_ONLY = N_("“{name}” is kept as your own firm. It is filled into new declarations once you say what you do.")
_CLASS = N_(
    "One training office serves a whole class: start it on your computer with “swclient serve-training --directory"
    " FOLDER --host ADDRESS --clients FILE”, a line NAME:SECRET in the file for each trainee. Each trainee adds"
    " it under “Connections to offices”: the address it prints, its file ca.pem, name and secret."
)


class FirstSteps:
    """The verbs of beginning.

    Attributes:
        tour: the tour of the window.
        page: the page of the questions, None before it is wanted.
    """

    def __init__(self, office: Office, memory: Memory) -> None:
        self._office, self._memory = office, memory
        self.page: FirstStartPage | None = None
        self.follow()
        self.tour = TourWatch(office, memory)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {
            "first_start": self.ask,
            "tour": self.begin_tour,
            "own_firm": self.keep_own,
            "class": self.show_class,
        }

    def follow(self) -> None:
        """Have new declarations follow what is remembered."""
        application = self._office.application
        application.country = self._memory.text("country")
        application.habits = Habits(self._memory.text("role"), self._memory.text("own"))

    def asks(self) -> bool:
        """Ask the three questions where nobody has worked here yet; return whether they are asked."""
        application = self._office.application
        if self._memory.text("country") or application.holding.looking is not None:
            return False
        if any(application.folders().values()):
            return False
        self.ask()
        return True

    def ask(self) -> None:
        """Show the three questions, with what was answered before or is likely."""
        from ..pages.first_start import Answers, FirstStartPage

        if self.page is None:
            self.page = FirstStartPage(OWN_NAMES)
            self.page.language_wanted.connect(self._office.speak)
            self.page.answered.connect(self._answered)
        self.page.propose(Answers("", self._memory.text("country"), self._memory.text("role")))
        window = self._office.window
        window.column.show_stage(None)
        window.show_room(self.page)
        window.rail.mark("")
        self._memory.keep(open="")
        self._office.offer()
        self.page.start()

    def _answered(self, answers: Answers, sample: bool) -> None:  # noqa: FBT001 - a Qt signal
        self._memory.keep(country=answers.country, role=answers.role, language=answers.language)
        self.follow()
        if sample:
            self._office.attempt(self.begin_tour)
        else:
            self._office.show_folder("drafts")
        if roles()[answers.role].teaches:
            self._office.say(_(_CLASS), "advice")

    def begin_tour(self) -> None:
        """Open a fresh sample of the country, and begin the tour over it."""
        declaration = self._office.application.open_sample()
        self.tour.begin(declaration)
        self._office.open(declaration)

    def keep_own(self) -> None:
        """Keep the party that the cursor is in as the user's own firm, in the register and in mind.

        Raises:
            UserError: the cursor is in no party, or the party has no name yet.
        """
        from swclient.workflow.registers.kept import Registers

        view = self._office.window.view
        box = view.focused_box() if view is not None else None
        path = box.path if box is not None else view.stage.path if view is not None else None
        if view is None or path is None or PARTIES not in {each.kind for each in kinds_of(path.table)[:1]}:
            raise UserError(_NO_PARTY)
        registers = Registers(self._office.application)
        _register, name, _counts = registers.keep_from(view.stage.session, path)
        self._memory.keep(own=registers.named(name, PARTIES).id)
        self.follow()
        told = _KEPT if self._office.application.habits.fills else _KEPT_ONLY
        self._office.say(Message(told, {"name": name}).text(), "advice")

    def show_class(self) -> None:
        """Show where a class is connected, and say how its training office is started."""
        self._office.do("connections")
        room: Any = self._office.window.room
        room.notice.say(_(_CLASS), "advice")
