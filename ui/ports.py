# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What verbs and seekers ask of whoever keeps the declarations, as a shape: so that they stand below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.base.messages import Message
    from swclient.workflow.application import Application
    from swclient.workflow.views import Row

    from .actions import Actions
    from .main_window import MainWindow
    from .pages.declaration import DeclarationPage
    from .pages.worklist import WorklistPage

T = TypeVar("T")


class Looks(Protocol):
    """What is looked for in the worklist."""

    def page(self, folder: str, after: Row | None = None) -> tuple[Row, ...]:
        """Return a page of a folder as it is filtered now, behind the line `after`."""


class Long(Protocol):
    """Long work with its count, one job at a time."""

    @property
    def going(self) -> bool:
        """Whether a job is under way."""

    def begin(
        self,
        job: Callable[[Callable[[int, int], object]], T],
        said: Callable[[int, int], Message],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Do a job behind the window; its tick is told what is done of the whole."""


class Office(Protocol):
    """The office of one window."""

    window: MainWindow
    application: Application
    worklist: WorklistPage
    actions: Actions

    @property
    def looks(self) -> Looks:
        """What is looked for in the worklist."""

    @property
    def long(self) -> Long:
        """Long work behind the window."""

    def do(self, identity: str) -> None:
        """Carry out an action."""

    def open(self, declaration: str) -> None:
        """Open a declaration."""

    def show_folder(self, folder: str) -> None:
        """Show a folder of the worklist."""

    def tell_law(self, view: DeclarationPage) -> None:
        """Show which country and version judges a declaration."""

    def say(self, text: str, level: str) -> None:
        """Say something in place."""

    def ask(self, question: str, offered: str, act: Callable[[str], object], verb: str = "") -> None:
        """Ask for a line of words in place, and do something with it."""

    def confirm(self, question: str, act: Callable[[], object], verb: str) -> None:
        """Ask in place whether to do something."""

    def forget(self, declaration: str) -> None:
        """Shut a declaration."""

    def offer(self) -> None:
        """Enable what can be done now."""

    def refresh(self) -> None:
        """Count the folders again; fill the one on show."""

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; say why in place, return whether it was done."""

    def state_words(self, state: str) -> str:
        """Return how a state reads."""

    def speak(self, code: str) -> None:
        """Change the language."""


class OfficeOfViews(Office, Protocol):
    """An office whose open declarations can be put away."""

    def forget_all(self) -> None:
        """Shut all open declarations."""
