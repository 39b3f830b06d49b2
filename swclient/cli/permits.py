# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for permits: which are needed and how it stands with each, apply for them, take them into box 44."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.workflow.application import Application
    from swclient.workflow.desk.desk import Desk
    from swclient.workflow.permits.needs import Need

_NO_NEED = N_("Nothing fits: no permit is needed there, or it cannot be done as it stands. See: swclient permit list")
_KEPT_AS = N_("{file} is kept as draft {id}")


def add_permits(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for permits."""
    told = _("permits of agencies: which are needed, apply for them, take them into box 44")
    actions = verbs.add_parser("permit", help=told, description=told).add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True
    )
    show = _verb(actions, "list", _("the permits that are needed, and how it stands with each"), listed)
    show.add_argument("--json", action="store_true", help=_("answer as data"))
    ask = _verb(
        actions, "apply", _("sign and send applications; TRAINING agencies only, nothing is filed with one"), apply
    )
    ask.add_argument("--to", required=True, choices=["training"], help=_("where to"))
    ask.add_argument("--wait", action="store_true", help=_("wait for the answers"))
    _choosing(ask)
    put = _verb(actions, "take", _("put granted permits into box 44; what stands there is not replaced"), take)
    _choosing(put)


def _verb(actions: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = actions.add_parser(name, help=told, description=told)
    verb.add_argument("declaration", metavar="DECL", help=_("id or number of a declaration in the store, or a file"))
    verb.set_defaults(run=run)
    return verb


def _choosing(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--agency", default="", metavar="NAME", help=_("of this agency only"))
    verb.add_argument("--item", type=int, default=0, metavar="N", help=_("for this item only"))


@contextlib.contextmanager
def opened(words: argparse.Namespace) -> Iterator[tuple[Application, Desk]]:
    """Open the declaration that is named; a file becomes a draft first, and that is told."""
    from swclient.cli.asking import ask_for_secret
    from swclient.document.body import to_body
    from swclient.training import start_process
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.intake.converting import open_file
    from swclient.workflow.ports import use_offices
    from swclient.workflow.told.naming import declaration_named

    use_offices(start_process)
    file = Path(words.declaration)
    session = open_file(file, "").session if file.is_file() else None
    application = open_application(ask=ask_for_secret)
    try:
        if session is None:
            found = declaration_named(application.store, words.declaration)
        else:
            found = application.take(to_body(session.declaration))
            print(Message(_KEPT_AS, {"file": file.name, "id": found}).text(), file=sys.stderr)
        yield application, application.open(found)
    finally:
        application.close()


def listed(words: argparse.Namespace) -> int:
    """Print the permits that are needed; 1 when one of them is still to be seen to."""
    from swclient.workflow.permits.words import Standing, as_data, lines_of

    with opened(words) as (_application, desk):
        needs = desk.permits.needs()
        lacking = sum(need.standing is not Standing.TAKEN for need in needs)
        if words.json:
            print(json.dumps({"declaration": desk.id, "permits": as_data(needs)}, ensure_ascii=False, indent=1))
        else:
            print("\n".join(lines_of(needs)) if needs else _("No permit of an agency is needed."))
    return int(bool(lacking))


def apply(words: argparse.Namespace) -> int:
    """Apply for what is needed and may be applied for; 1 when not all of it is granted after waiting."""
    from swclient.workflow.desk.permits import ask_once, ask_until_told
    from swclient.workflow.permits.words import AGAIN, Standing, lines_of

    with opened(words) as (application, desk):
        chosen = _chosen(words, [need for need in desk.permits.needs() if need.standing in AGAIN])
        count = desk.permits.apply(chosen)
        print(Message(N_("TRAINING: {n} applications queued"), {"n": count}).text())
        (ask_until_told if words.wait else ask_once)(application.line, application.store, desk.id)
        needs = tuple(_chosen(words, desk.permits.needs()))
        print("\n".join(lines_of(needs)))
    return int(words.wait and any(need.standing is not Standing.GRANTED for need in needs))


def take(words: argparse.Namespace) -> int:
    """Put granted permits into box 44."""
    from swclient.workflow.permits.words import Standing

    with opened(words) as (_application, desk):
        for need in _chosen(words, [each for each in desk.permits.needs() if each.standing is Standing.GRANTED]):
            taken = desk.permits.take(need)
            number = need.permit.number if need.permit else ""
            told = Message(N_("Permit {number}: {n} rows of box 44"), {"number": number, "n": len(taken.rows)})
            print("\n".join([told.text(), *(f"    {each.text()}" for each in taken.kept)]))
    return 0


def _chosen(words: argparse.Namespace, needs: list[Need] | tuple[Need, ...]) -> list[Need]:
    """Return the needs that the words name.

    Raises:
        UserError: there is none.
    """
    found = [
        need for need in needs if words.agency in {"", need.decider.agency.channel} and words.item in {0, *need.numbers}
    ]
    if not found:
        raise UserError(_NO_NEED)
    return found
