# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do with findings: go to the first wrong box, let a warning stand for a reason, tell a box's history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.engine.finding import Finding

    from ..pages.declaration import DeclarationPage
    from ..ports import Office

_WHY = N_("Why may {code} stand?")


def first_wrong(view: DeclarationPage, office: Office) -> str:
    """Bring the cursor to the first box with an error; return words that say so, empty where there is none."""
    findings = office.window.column.findings
    wrong = findings.first_wrong()
    if wrong is None:
        return ""
    view.jump(wrong.paths[0])
    return Message(
        N_("The cursor is at the first: {where}."), {"where": " ".join(findings.model.where(wrong).split())}
    ).text()


def acknowledge(view: DeclarationPage, office: Office) -> None:
    """Ask in place why the current warning may stand; of one that does, take that back."""
    finding = _current(view, office)
    if finding is None or str(finding.level) != "warning":
        view.line.notice.say(_("Put the cursor on a warning first; errors are to be corrected."), "advice")
    elif finding.acknowledged is not None:
        view.stage.attempt(lambda: view.stage.session.take_back_acknowledgement(finding))
        office.window.column.findings.settle()
    else:
        question = Message(_WHY, {"code": finding.code}).text()
        office.ask(question, "", lambda why: _acknowledged(view, office, finding, why), N_("Acknowledge"))


def _acknowledged(view: DeclarationPage, office: Office, finding: Finding, why: str) -> None:
    view.desk.acknowledge(finding, why)
    view.line.notice.hide()
    office.window.column.findings.settle()


def _current(view: DeclarationPage, office: Office) -> Finding | None:
    """Return the warning of the box that has the cursor, else what is current in the list."""
    box = view.focused_box()
    here = box.look.findings if box is not None and box.look is not None else ()
    warnings = [each for each in here if str(each.level) == "warning"]
    current = office.window.column.findings.current()
    if not warnings or (current is not None and current.warned in {each.warned for each in warnings}):
        return current
    return warnings[0]


def history_of_box(view: DeclarationPage, office: Office) -> None:
    """Show who changed the value at the cursor."""
    if view.stage.path is None:
        view.line.notice.say(_("Put the cursor into a box first."), "advice")
        return
    office.window.column.show()
    office.window.column.why.ask_past(view.stage.path)


def sign_off(view: DeclarationPage, _office: Office) -> None:
    """Sign the declaration off as a second person."""

    def signed() -> None:
        told = view.desk.sign_off()
        view.line.notice.say(Message(N_("Signed off by {who}"), {"who": told.who}).text(), "advice")
        view.follow()

    view.stage.check()
    view.stage.attempt(signed)


VERBS: dict[str, Callable[[DeclarationPage, Office], object]] = {
    "acknowledge": acknowledge,
    "history_of_box": history_of_box,
    "sign_off": sign_off,
}
