# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done from the command line to a declaration that was sent; TRAINING offices only."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from swclient.cli.reference_parser import Verbs
    from swclient.store.values import Row
    from swclient.workflow.application import Application

_NOBODY = N_("There is no declaration “{name}”; name it by its number or the first letters of its id.")
_SEVERAL = N_("“{name}” fits {n} declarations; write more of its id.")
_NOT_A_FILE = N_("Write a document as CODE=FILE, not “{text}”.")
_NOT_ATTACHED = N_("Write an attached file as CODE=FILE with its number or name, not “{text}”.")
_NOT_A_VALUE = N_("Write a value as PATH=VALUE, not “{text}”.")


@contextmanager
def opened() -> Iterator[Application]:
    """Open the program on the user's store, with the training offices at hand."""
    from swclient.cli.asking import ask_for_secret
    from swclient.training import start_process
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.ports import use_offices

    use_offices(start_process)
    application = open_application(ask=ask_for_secret)
    try:
        yield application
    finally:
        application.close()


def row_of(application: Application, name: str) -> Row:
    """Return the declaration that a number or the first letters of an id name.

    Raises:
        UserError: none or several.
    """
    rows = application.worklist()
    found = [row for row in rows if name and (row.number == name or row.id.startswith(name))]
    if not found:
        raise UserError(_NOBODY, name=name)
    if len(found) > 1:
        raise UserError(_SEVERAL, name=name, n=len(found))
    return found[0]


def status(words: argparse.Namespace) -> int:
    """Print how declarations stand: all of them, or the one named with its timeline."""
    with opened() as application:
        rows = [row_of(application, words.declaration)] if words.declaration else list(application.worklist())
        told = [_standing(application, row) for row in rows]
        if words.json:
            print(json.dumps(told, ensure_ascii=False, indent=1))
            return 0
        for each in told:
            print("  ".join(str(each[part]) for part in ("id", "number", "words", "next", "clock") if each[part]))
            print("".join(f"    {line}\n" for line in each["lines"]), end="")
        if words.declaration:
            _print_timeline(application, rows[0].id)
    return 0


def _standing(application: Application, row: Row) -> dict[str, Any]:
    from swclient.workflow.told.standing import prospect

    now = prospect(application.store, row.id)
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state,
        "words": now.words.text(),
        "next": str(now.expects or ""),
        "from": str(now.whom or ""),
        "clock": str(now.clock_words() or ""),
        "overdue": now.overdue,
        "lines": list(now.lines),
        "verbs": [str(verb) for verb, why in now.verbs if why is None],
    }


def _print_timeline(application: Application, declaration_id: str) -> None:
    from swclient.workflow.told.timeline import timeline

    for happening in timeline(application.store, declaration_id):
        print(f"{happening.at.astimezone():%Y-%m-%d %H:%M:%S}  {happening.title}")
        for line in happening.detail.splitlines():
            print(f"    {line}")


def letters(_words: argparse.Namespace) -> int:
    """Print the letters that belong to no declaration."""
    with opened() as application:
        for each in application.letters():
            print(f"{each.at.astimezone():%Y-%m-%d %H:%M:%S}  {each.title}\n    {each.detail}")
    return 0


def _tell(message: Message) -> None:
    print(message.text())


def _acted(words: argparse.Namespace, act: Callable[[Application, str], object]) -> int:
    """Do an act to the declaration named, send it, and with --wait follow until the user is needed."""
    from swclient.workflow.drafts.kept import kept_snapshot

    with opened() as application:
        named = row_of(application, words.declaration).id
        target = act(application, named)
        followed = target if isinstance(target, str) else named
        line = application.line
        line.open()
        if words.wait:
            snapshot = kept_snapshot(application.store, named)
            application.dealings.carrier(pays=False).carry(named, snapshot, (), _tell)
        else:
            line.turn()
        state = line.state(followed).value
        print(Message(N_("TRAINING: {id} stands at {state}"), {"id": followed, "state": state}).text())
    return 0


def pay(words: argparse.Namespace) -> int:
    """Pay what is due."""
    from swclient.workflow.acts import paying
    from swclient.workflow.drafts.kept import kept_snapshot

    def act(application: Application, named: str) -> None:
        snapshot = kept_snapshot(application.store, named)
        print(paying.pay(application.store, named, snapshot, application.keys).text())

    return _acted(words, act)


def withdraw(words: argparse.Namespace) -> int:
    """Ask for the withdrawal."""
    from swclient.workflow.acts import withdrawing

    def act(application: Application, named: str) -> None:
        withdrawing.withdraw(application.store, named, words.reason, application.keys)

    return _acted(words, act)


def reply(words: argparse.Namespace) -> int:
    """Send documents that are asked for."""
    from swclient.workflow.acts import replying
    from swclient.workflow.drafts.kept import kept_snapshot
    from swclient.workflow.files.attachments import file_named

    def act(application: Application, named: str) -> None:
        store, snapshot = application.store, kept_snapshot(application.store, named)
        pairs = [_pair(text, _NOT_A_FILE) for text in words.document]
        enclosed = [replying.from_file(Path(file), code, snapshot) for code, file in pairs]
        for code, name in [_pair(text, _NOT_ATTACHED) for text in words.attached]:
            file = file_named(store.attachments.of_declaration(named), name)
            enclosed.append(replying.from_attached(store, file, code, snapshot))
        replying.reply(application.store, named, enclosed, words.text, application.keys)

    return _acted(words, act)


def correct(words: argparse.Namespace) -> int:
    """Make a new draft of a rejected declaration and print what customs said."""
    from swclient.workflow.acts.correcting import correct as make

    with opened() as application:
        draft = make(application, row_of(application, words.declaration).id)
        print(Message(N_("A new draft: {id}"), {"id": draft}).text())
        for said in application.open(draft).session.said:
            print(f"    {said.finding.code}  {said.finding.message.text()}")
    return 0


def amend(words: argparse.Namespace) -> int:
    """Make an amending draft; with values and a reason change and send it."""
    from swclient.workflow.acts import amending
    from swclient.workflow.addresses import find

    def act(application: Application, named: str) -> str:
        draft = amending.amend(application, named)
        desk = application.open(draft)
        for text in words.set:
            path, value = _pair(text, _NOT_A_VALUE)
            desk.session.type_in(find(desk.session, path), value)
        desk.saving.snapshot().result()
        for each in amending.changes(application.store, draft, desk.session.snapshot()):
            print(f"    {amending.told(each)}")
        if words.reason:
            found = desk.session.findings()
            amending.send(application, draft, desk.session.snapshot(), found, words.reason, _tell)
        return draft

    return _acted(words, act)


def _pair(text: str, wrong: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UserError(wrong, text=text)
    return name, value


def add_life(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the words of this module to the command line."""
    told = verbs.add_parser("status", help=_("how declarations stand, what comes next and by when"))
    told.add_argument("declaration", nargs="?", default="", metavar="ID", help=_("number, or first letters of the id"))
    told.add_argument("--json", action="store_true", help=_("answer as data"))
    told.set_defaults(run=status)
    verbs.add_parser("letters", help=_("letters that belong to no declaration")).set_defaults(run=letters)
    _named(verbs, "pay", _("pay what customs asks for, with the key for paying"), pay)
    out = _named(verbs, "withdraw", _("ask customs to let a declaration be withdrawn"), withdraw)
    out.add_argument("--reason", required=True, help=_("why"))
    answer = _named(verbs, "reply", _("send documents that customs asks for"), reply)
    answer.add_argument("--document", action="append", default=[], metavar="CODE=FILE", help=_("a file and its code"))
    attached = _("an attached file by its number or name, and its code")
    answer.add_argument("--attached", action="append", default=[], metavar="CODE=FILE", help=attached)
    answer.add_argument("--text", default="", help=_("words to go with them"))
    _named(verbs, "correct", _("make a new draft of a rejected or refused declaration"), correct)
    change = _named(verbs, "amend", _("amend a registered or released declaration"), amend)
    change.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help=_("a value to be changed"))
    change.add_argument("--reason", default="", help=_("why; without it the draft is made and not sent"))


def _named(
    verbs: Verbs[argparse.ArgumentParser], name: str, help_text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=help_text, description=help_text)
    verb.add_argument("declaration", metavar="ID", help=_("number, or first letters of the id"))
    verb.add_argument("--wait", action="store_true", help=_("follow the answers until you are needed"))
    verb.set_defaults(run=run)
    return verb
