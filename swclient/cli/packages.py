# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for sealed packages: seal the queue onto a stick, look into one, send it, bring its answers back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.asking import ask_for_secret
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.workflow.sealed.post import SealedPost

_PATIENCE = 60.0
MADE = N_("{file}: entries sealed: {n}. They are asked about before this machine sends them itself.")
LEFT = N_("{n} more wait in earlier packages; --again puts them into this one too.")
LOOKED = N_("Made {at} by {sender}, signed by “{signer}”. Entries: {n}")
STANDS = N_("{taken} of {all} taken by the offices, {refused} refused, {open} not known yet; {answers} answers here")
ANSWERED = N_("{file}: answers sealed: {n}. Take them in on the machine that made the package.")
TAKEN_IN = N_("Entries settled: {settled}, known already: {known}, still open: {open}. New answers taken in: {new}.")


def add_packages(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for sealed packages."""
    told = _("sealed packages: the queue on a stick, sent by another machine; answers come back the same way")
    actions = verbs.add_parser("package", help=told, description=told).add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True
    )
    new = _verb(actions, "make", _("seal what waits in the outbox into one file; its pass phrase is asked for"), make)
    new.add_argument("target", type=Path, metavar="TARGET", help=_("folder on the stick, or the file to write"))
    new.add_argument("--again", action="store_true", help=_("what is in earlier packages too"))
    _opening(actions, "look", _("tell what is in a package; nothing is done with it"), look)
    way = _opening(actions, "send", _("send somebody's package, gather the answers; may be said again"), send)
    way.add_argument(
        "--wait", type=float, default=_PATIENCE, metavar="SECONDS", help=_("how long to wait for answers (60)")
    )
    way.add_argument("--answers", type=Path, metavar="TARGET", help=_("then seal the answers, as “answers” does"))
    back = _opening(actions, "answers", _("seal the answers to a package that was sent from here"), answers)
    back.add_argument("target", type=Path, metavar="TARGET", help=_("folder on the stick, or the file to write"))
    _opening(actions, "take", _("take in the answers to our own package"), take)


def _verb(
    verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=run)
    return verb


def _opening(
    verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    verb = _verb(verbs, name, told, run)
    verb.add_argument("file", type=Path, metavar="PACKAGE", help=_("the package; its pass phrase is asked for"))
    return verb


@contextmanager
def _post() -> Iterator[SealedPost]:
    from swclient.training import start_process
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.ports import use_offices
    from swclient.workflow.sealed.post import SealedPost

    use_offices(start_process)
    application = open_application(ask=ask_for_secret)
    try:
        yield SealedPost(application)
    finally:
        application.close()


def _answer(words: argparse.Namespace, data: object, *lines: Message) -> None:
    if words.json:
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        print("\n".join(line.text() for line in lines))


def _aside(message: Message) -> None:
    print(message.text(), file=sys.stderr)


def make(words: argparse.Namespace) -> int:
    """Seal the queue."""
    with _post() as post:
        made = post.make(words.target, post.new_phrase(), again=words.again)
    data = {"file": str(made.file), "id": made.id, "entries": made.entries, "left": made.left}
    _answer(words, data, Message(MADE, {"file": str(made.file), "n": made.entries}))
    if made.left:
        _aside(Message(LEFT, {"n": made.left}))
    return 0


def look(words: argparse.Namespace) -> int:
    """Tell what is in a package."""
    with _post() as post:
        seen = post.look(words.file, post.phrase_of(words.file))
    head = {"at": seen.made_at, "sender": seen.sender, "signer": seen.signed_by, "n": len(seen.entries)}
    lines = [Message("{line}", {"line": f"  {e.country}  {e.channel}  {e.verb}  {e.title}"}) for e in seen.entries]
    _answer(words, asdict(seen), Message(LOOKED, head), *lines)
    return 0


def send(words: argparse.Namespace) -> int:
    """Send somebody's package; 1 while something of it is not settled."""
    with _post() as post:
        phrase = post.phrase_of(words.file)
        stands = post.send(words.file, phrase, _aside, words.wait)
        made = post.answers(words.file, phrase, words.answers) if words.answers else None
    data = {**asdict(stands), "open": stands.open}
    lines = [Message(STANDS, data)]
    if made is not None:
        lines.append(Message(ANSWERED, {"file": str(made.file), "n": made.entries}))
        data["file"] = str(made.file)
    _answer(words, data, *lines)
    return int(bool(stands.open))


def answers(words: argparse.Namespace) -> int:
    """Seal the answers to a package."""
    with _post() as post:
        made = post.answers(words.file, post.phrase_of(words.file), words.target)
    data = {"file": str(made.file), "id": made.id, "answers": made.entries}
    _answer(words, data, Message(ANSWERED, {"file": str(made.file), "n": made.entries}))
    return 0


def take(words: argparse.Namespace) -> int:
    """Take in answers; 1 when something of them was refused."""
    with _post() as post:
        done = post.take(words.file, post.phrase_of(words.file))
    for problem in done.problems:
        _aside(problem)
    counts = {"settled": done.settled, "known": done.known, "open": done.open, "new": done.new}
    data = {**counts, "problems": [each.text() for each in done.problems]}
    _answer(words, data, Message(TAKEN_IN, counts))
    return int(bool(done.problems))
