# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the store of an office: have it on a server, have it in a file again, see which."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.asking import ask_for_secret
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.workflow.house.whereabouts import Whereabouts

_PROMPT = N_("Password for {address} (empty for none):")
_NOT_KEPT = N_("This computer has no key store that takes the password; it will be asked for each time.")


def add_office(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for the store of an office."""
    told = _("the store of declarations on an office's server (PostgreSQL), shared by several people")
    top = verbs.add_parser("office", help=told, description=told)
    actions = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    put = _verb(actions, "use", _("have the store on a server from now on; its password is asked for"), use)
    put.add_argument("address", metavar="ADDRESS", help=_("postgresql://USER@HOST:PORT/DATABASE, without a password"))
    _verb(actions, "show", _("show where the store is"), show)
    _verb(actions, "leave", _("have the store in a file of this computer again"), leave)


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=run)
    return verb


def _whereabouts() -> Whereabouts:
    from swclient.workflow.house.whereabouts import Whereabouts

    return Whereabouts(paths.user_data())


def use(words: argparse.Namespace) -> int:
    """Have the store on a server."""
    from swclient.store.office.address import told_to_driver

    told_to_driver(words.address)  # nobody types a password for an address that is none
    password = ask_for_secret(Message(_PROMPT, {"address": words.address}))
    kept = _whereabouts().use(words.address, password)
    if words.json:
        print(json.dumps({"store": words.address, "in_key_store": kept}))
        return 0
    print(Message(N_("The store is {address} from now on."), {"address": words.address}).text())
    if password is not None and not kept:
        print(Message(_NOT_KEPT).text())
    return 0


def show(words: argparse.Namespace) -> int:
    """Show where the store is."""
    where = _whereabouts().address() or str(paths.store_file())
    print(json.dumps({"store": where}) if words.json else where)
    return 0


def leave(words: argparse.Namespace) -> int:
    """Have the store in a file again."""
    _whereabouts().leave()
    where = str(paths.store_file())
    print(
        json.dumps({"store": where})
        if words.json
        else Message(N_("The store is {file} again."), {"file": where}).text()
    )
    return 0
