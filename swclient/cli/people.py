# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several people on one computer, from the command line: who works, who changed what, and the sign-off."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.life import opened, row_of

if TYPE_CHECKING:
    from swclient.cli.reference_parser import Verbs


def people(words: argparse.Namespace) -> int:
    """Print who works here; change that, or whether a second person must sign off, where it is asked for."""
    with opened() as application:
        held = application.people
        if words.who:
            held.work_as(words.who)
        if words.four_eyes:
            held.want_four_eyes(wanted=words.four_eyes == "on")
        for name in held.known:
            print(f"{'*' if name == held.name else ' '} {name}")
        if held.four_eyes:
            print(_("A declaration goes out only after another person than its last editor has signed it off."))
        else:
            print(_("A declaration goes out without a second person."))
    return 0


def sign_off(words: argparse.Namespace) -> int:
    """Sign a draft off in the name of a person."""
    from swclient.workflow.drafts.kept import kept_session
    from swclient.workflow.signature.signing_off import sign_off as sign

    with opened() as application:
        row = row_of(application, words.declaration)
        session = kept_session(application.store, row.id, application.today)
        held = sign(application.store, row.id, words.who, session.snapshot(), session.findings())
        print(Message(N_("Signed off by {who}"), {"who": held.who}).text())
    return 0


def history(words: argparse.Namespace) -> int:
    """Print who changed what and when."""
    from swclient.workflow.addresses import find
    from swclient.workflow.drafts.kept import kept_session
    from swclient.workflow.told.past import past, past_of

    with opened() as application:
        row = row_of(application, words.declaration)
        session = kept_session(application.store, row.id, application.today)
        turns = past(application.store, row.id, session, words.who)
        if words.box:
            lines = [(turn, edit.text()) for turn, edit in past_of(turns, find(session, words.box))]
        else:
            lines = [(turn, turn.title()) for turn in turns]
        for turn, text in lines:
            print(f"{turn.at.astimezone():%Y-%m-%d %H:%M:%S}  {turn.who}  {text}")
            if not words.box and len(turn.edits) > 1:
                print("".join(f"    {edit.text()}\n" for edit in turn.edits), end="")
    return 0


def add_people(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    text = _("who works on this computer, and whether a second person must sign off")
    who = verbs.add_parser("people", help=text, description=text)
    who.add_argument("--as", dest="who", default="", metavar="NAME", help=_("work under this name from now on"))
    who.add_argument("--four-eyes", choices=["on", "off"], help=_("whether a second person must sign off"))
    who.set_defaults(run=people)
    text = _("sign a draft off as a second person")
    sign = verbs.add_parser("signoff", help=text, description=text)
    sign.add_argument("declaration", metavar="ID", help=_("its number, or the first letters of its id"))
    sign.add_argument("--as", dest="who", required=True, metavar="NAME", help=_("who signs it off"))
    sign.set_defaults(run=sign_off)
    text = _("who changed what in a declaration, and when")
    past = verbs.add_parser("history", help=text, description=text)
    past.add_argument("declaration", metavar="ID", help=_("its number, or the first letters of its id"))
    past.add_argument("--by", dest="who", default="", metavar="NAME", help=_("only what this person changed"))
    past.add_argument("--box", default="", metavar="PATH", help=_("only one value: item[2].net_mass, or a box: 38/2"))
    past.set_defaults(run=history)
