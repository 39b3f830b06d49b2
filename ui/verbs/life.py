# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do to a declaration that was sent: pay, reply with documents, correct, amend, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .findings import first_wrong

if TYPE_CHECKING:
    from swclient.workflow.acts.replying import Asking

    from ..pages.declaration import DeclarationPage
    from ..ports import Office

AMENDS = "amends"


def _done(view: DeclarationPage) -> Callable[[Message], None]:
    def told(words: Message) -> None:
        view.line.notice.say(words.text(), "advice")
        view.follow()

    return told


def _failed(view: DeclarationPage) -> Callable[[BaseException], None]:
    def told(error: BaseException) -> None:
        view.line.notice.say(str(error), "error")
        view.follow()

    return told


def pay(view: DeclarationPage, _office: Office) -> None:
    """Pay what is due."""
    from swclient.workflow.desk import acts

    acts.pay(view.desk, _done(view), _failed(view))


def withdraw(view: DeclarationPage, office: Office) -> None:
    """Ask why, then ask customs."""
    from swclient.workflow.desk import acts

    office.ask(
        _("Why is it withdrawn?"),
        "",
        lambda words: acts.withdraw(view.desk, words, _done(view), _failed(view)),
        "Sign",
    )


def reply(view: DeclarationPage, office: Office) -> None:
    """Choose what answers the request, among the attached files or on the disk, ask for words to go along, send."""
    from swclient.workflow.desk import acts

    asking = acts.asked_for(view.desk)
    if not asking:
        return
    if not acts.attached_to(view.desk):
        _from_disk(view, office, asking[0])
        return
    fitting = ", ".join(str(each.id) for each in acts.attached_answers(view.desk, asking[0]))

    def choose(names: str) -> None:
        if names.strip():
            chosen = acts.attached_matched(view.desk, names, asking[0])
            QTimer.singleShot(0, lambda: _send(view, office, chosen, [file.name for file, _code in chosen]))
        else:
            _from_disk(view, office, asking[0])

    office.ask(
        _("Attached files to send, by number or name (nothing: files of the disk):"), fitting, choose, N_("Next")
    )


def _from_disk(view: DeclarationPage, office: Office, asking: Asking) -> None:
    from PySide6.QtWidgets import QFileDialog

    from swclient.workflow.desk import acts

    names, _kind = QFileDialog.getOpenFileNames(office.window, _("Files that answer the request"))
    if names:
        chosen = acts.matched([Path(name) for name in names], asking)
        QTimer.singleShot(0, lambda: _send(view, office, chosen, [file.name for file, _code in chosen]))


def _send(view: DeclarationPage, office: Office, chosen: Sequence[tuple[Any, str]], names: list[str]) -> None:
    """Show which file goes as what and ask for words to go along, after the question before this one is gone."""
    from swclient.workflow.desk import acts

    told = ", ".join(f"{code} {name}" for (_file, code), name in zip(chosen, names, strict=True))
    question = Message(N_("Send {files} with these words:"), {"files": told}).text()
    office.ask(question, "", lambda words: acts.reply(view.desk, chosen, words, _done(view), _failed(view)), "Sign")


def correct(view: DeclarationPage, office: Office) -> None:
    """Open a new draft with what customs found wrong beside its boxes."""
    from swclient.workflow.acts.correcting import correct as make

    office.open(make(office.application, view.desk.id))
    office.say(_("A new draft; what customs found wrong stands beside its boxes."), "advice")


def amend(view: DeclarationPage, office: Office) -> None:
    """Open a draft of an amendment."""
    from swclient.workflow.acts.amending import amend as make

    office.open(make(office.application, view.desk.id))
    office.say(_("Change what is to be amended, then submit: the differences go with your reason."), "advice")


def submit(view: DeclarationPage, office: Office) -> None:
    """Submit a declaration; of an amendment ask for the reason, saying how much differs."""
    view.stage.check()
    office.window.column.findings.settle()
    if first_wrong(view, office):
        view.stage.attempt(lambda: view.desk.refuse("submit"))
        return
    if view.desk.row().relation != AMENDS:
        words = lambda message: view.line.notice.say(message.text(), "advice")  # noqa: E731 - it has no name of its own

        def queued(_state: object) -> None:
            view.line.notice.hide()  # from here on the timeline tells
            view.follow()

        if view.stage.attempt(lambda: view.desk.submit(queued, _failed(view), words)):
            view.show_timeline()
            view.follow()
        return
    from swclient.workflow.acts.amending import changes
    from swclient.workflow.desk import acts

    differ = len(changes(office.application.store, view.desk.id, view.desk.session.snapshot()))
    question = Message(N_("{n} values differ. Why are they amended?"), {"n": differ}).text()

    def send(words: str) -> None:
        acts.send_amendment(view.desk, words, _done(view), _failed(view))
        view.show_timeline()

    office.ask(question, "", send, "Sign")


def refresh(view: DeclarationPage, office: Office) -> None:
    """Ask for answers now, and send what waits."""
    office.application.dealings.ask_again()
    view.follow()


VERBS: dict[str, Callable[[DeclarationPage, Office], object]] = {
    "pay": pay,
    "reply": reply,
    "correct": correct,
    "amend": amend,
    "withdraw": withdraw,
    "submit": submit,
    "refresh": refresh,
}
