# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do to the open declaration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.files import write_file
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from . import attached, findings, hints, life
from .findings import first_wrong

if TYPE_CHECKING:
    from ..pages.declaration import DeclarationPage
    from ..ports import Office


def do(identity: str, view: DeclarationPage, office: Office) -> None:
    """Carry out an action on an open declaration."""
    VERBS[identity](view, office)


def _with_grid(view: DeclarationPage, verb: str) -> None:
    grid = view.focused_grid()
    if grid is None:
        view.line.notice.say(_("Put the cursor into a table first."), "advice")
    else:
        getattr(grid, verb)()


def take_fix(view: DeclarationPage, office: Office) -> None:
    """Take the fix offered for the box that has the cursor, else for the current finding of the list."""
    box = view.focused_box()
    fixes = (
        [each.fix for each in box.look.findings if each.fix is not None]
        if box is not None and box.look is not None
        else []
    )
    if fixes:
        fix = fixes[0]
        view.stage.attempt(lambda: view.stage.session.accept(fix))
    else:
        office.window.column.findings.take_fix()


def check(view: DeclarationPage, office: Office) -> None:
    """Work everything out to its end and say how it stands."""
    view.stage.check()
    view.desk.note_checked()
    findings = office.window.column.findings
    findings.settle()
    levels = [str(each.level) for each in findings.model.rows if each.acknowledged is None]
    args = {"errors": levels.count("error"), "warnings": levels.count("warning")}
    if args["errors"] or args["warnings"]:
        told = Message(N_("Checked: {errors} errors, {warnings} warnings."), args).text()
        view.line.notice.say(" ".join((told, first_wrong(view, office))), "error" if args["errors"] else "warning")
    else:
        view.line.notice.say(_("Checked: nothing found wrong."), "advice")


def save(office: Office, title: str, suffix: str, make: Callable[[], bytes]) -> None:
    """Ask where a file goes and write it there."""
    target = _where(office, title, suffix)
    if target is None:
        return
    try:
        write_file(target, make())
    except UserError as error:
        office.say(str(error), "error")
        return
    _written(office, target)


def print_form(view: DeclarationPage, office: Office) -> None:
    """Ask where the form goes; it is drawn behind the window, sheet by sheet, and written only when it is whole."""
    target = _where(office, _("Print the form"), "pdf")
    if target is None:
        return
    printing = view.desk.printing()

    def job(tick: Callable[[int, int], object]) -> None:
        write_file(target, printing(tick))

    def said(done: int, whole: int) -> Message:
        return Message(N_("Printing: {done} of {whole} sheets"), {"done": done, "whole": whole})

    def done(_made: object) -> None:
        _written(office, target)

    if office.long.going:  # it is not to be stopped by this
        job(lambda _done, _whole: None)
        done(None)
    else:
        office.long.begin(job, said, done, lambda error: office.say(str(error), "error"))


def print_signed(view: DeclarationPage, office: Office) -> None:
    """Ask where the signed form goes; it is made behind the window, where a key may ask for its pass phrase."""
    target = _where(office, _("Print and sign the form"), "pdf")
    if target is not None:
        view.desk.print_signed(
            target, lambda file: _written(office, file), lambda error: office.say(str(error), "error")
        )


def _where(office: Office, title: str, suffix: str) -> Path | None:
    from PySide6.QtWidgets import QFileDialog

    name, _kind = QFileDialog.getSaveFileName(office.window, title, f"declaration.{suffix}", f"*.{suffix}")
    return Path(name) if name else None


def _written(office: Office, target: Path) -> None:
    office.say(Message(N_("Written: {file}"), {"file": str(target)}).text(), "advice")


VERBS: dict[str, Callable[[DeclarationPage, Office], object]] = {
    "undo": lambda view, _office: view.stage.attempt(view.stage.session.undo),
    "redo": lambda view, _office: view.stage.attempt(view.stage.session.redo),
    "copy_above": lambda view, _office: view.copy_above(),
    "add_row": lambda view, _office: _with_grid(view, "add_row"),
    "remove_row": lambda view, _office: _with_grid(view, "remove_rows"),
    "duplicate_row": lambda view, _office: _with_grid(view, "duplicate_row"),
    "sort_rows": lambda view, _office: _with_grid(view, "sort_here"),
    "group_items": lambda view, _office: view.group_items(),
    "take_fix": take_fix,
    "next_item": lambda view, _office: view.turn_item(1, add=True),
    "previous_item": lambda view, _office: view.turn_item(-1),
    "next_finding": lambda _view, office: office.window.column.findings.step(1),
    "previous_finding": lambda _view, office: office.window.column.findings.step(-1),
    "next_page": lambda view, _office: view.turn(1, land=True),
    "previous_page": lambda view, _office: view.turn(-1),
    "help": lambda _view, office: office.window.column.turn_help(),
    "check": check,
    "print": print_form,
    "print_signed": print_signed,
    "export": lambda view, office: save(office, _("Save as a file"), "json", lambda: view.desk.export("swclient")),
    "new_from_this": lambda view, office: office.open(view.desk.new_draft_from_this()),
    **attached.VERBS,
    **findings.VERBS,
    **hints.VERBS,
    **life.VERBS,
}
