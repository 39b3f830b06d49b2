# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for connections to offices: add, list, test, use, remove."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.asking import ask_for_secret
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.workflow.connections import Connection
    from swclient.workflow.offices.linking import Linking

_ADAPTERS = (
    "eaeu",
    "wco",
    "file",
    "tax",
)  # said here too, so that the command line need not load the network to tell its words
_FAILED = 1


def add_connections(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for connections."""
    told = _("connections to offices; without any, the TRAINING offices of this machine are meant")
    actions = verbs.add_parser("connection", help=told, description=told).add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True
    )
    _adding(actions)
    show = _verb(actions, "list", _("list the connections and which of them are in use"), listed)
    show.add_argument("--json", action="store_true", help=_("answer as data"))
    _named(_verb(actions, "test", _("test a connection step by step; nothing is handed in"), test))
    _named(_verb(actions, "use", _("put a connection to use; “training” puts the TRAINING offices back"), use))
    _named(_verb(actions, "remove", _("forget a connection and its secret"), remove))


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.set_defaults(run=run)
    return verb


def _named(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help=_("name of the connection"))
    verb.add_argument("--json", action="store_true", help=_("answer as data"))


def _adding(actions: Verbs[argparse.ArgumentParser]) -> None:
    told = _("add a connection; its client secret is asked for, or read as one line from standard input")
    new = _verb(actions, "add", told, add)
    new.add_argument("name", metavar="NAME", help=_("what the connection is to be called"))
    new.add_argument("--speaks", choices=_ADAPTERS, required=True, help=_("what is spoken there"))
    new.add_argument(
        "--address",
        required=True,
        metavar="https://HOST:PORT",
        help=_("where the office is; of “file” the path of the folder"),
    )
    new.add_argument("--country", type=str.upper, default="", metavar="XX", help=_("for this country only"))
    new.add_argument("--client", default="", metavar="ID", help=_("our client name, for OAuth 2"))
    new.add_argument(
        "--ca", type=Path, metavar="FILE.pem", help=_("certificates to believe instead of the public ones")
    )
    new.add_argument("--path", default="", metavar="/PATH", help=_("path of the service, if not the usual one"))
    new.add_argument("--token-path", default="", metavar="/PATH", help=_("where tokens are given"))
    new.add_argument("--scopes", default="", help=_("what the token is to be good for"))
    new.add_argument("--deadline", type=float, default=20.0, metavar="SECONDS", help=_("for a whole call"))
    new.add_argument("--cap", type=int, default=8 << 20, metavar="BYTES", help=_("of an answer at most"))
    told = _("days for which the office remembers what it took under a key; 0 for ever")
    new.add_argument("--key-days", type=int, default=0, metavar="DAYS", help=told)
    _listening(new)
    new.add_argument("--keep", action="store_true", help=_("let the key store of this computer keep the secret"))
    new.add_argument("--json", action="store_true", help=_("answer as data"))


def _listening(new: argparse.ArgumentParser) -> None:
    told = _("where the office may push its answers to; without it they are pulled")
    new.add_argument("--listens", default="", metavar="127.0.0.1:PORT", help=told)
    told = _("our own certificate for that; without it only this machine is listened to")
    new.add_argument("--listen-cert", type=Path, metavar="FILE.pem", help=told)
    new.add_argument("--listen-key", type=Path, metavar="FILE.pem", help=_("its key, if that is in another file"))
    told = _("by which address the office reaches us there, if it is another")
    new.add_argument("--callback", default="", metavar="https://HOST:PORT/notifications", help=told)


def _linking() -> Linking:
    from swclient.workflow.offices.linking import Linking

    return Linking(paths.user_data(), ask_for_secret)


def _connection(words: argparse.Namespace) -> Connection:
    from swclient.workflow.connections import Connection
    from swclient.workflow.offices.adapters import CHANNEL_OF

    return Connection(
        CHANNEL_OF[words.speaks],
        words.speaks,
        words.address.rstrip("/"),
        words.client,
        words.ca.absolute() if words.ca else None,
        name=words.name,
        country=words.country,
        path=words.path,
        token_path=words.token_path,
        scopes=words.scopes,
        deadline=words.deadline,
        byte_cap=words.cap,
        key_days=words.key_days,
        listen=words.listens,
        listen_cert=words.listen_cert.absolute() if words.listen_cert else None,
        listen_key=words.listen_key.absolute() if words.listen_key else None,
        callback=words.callback,
    )


def add(words: argparse.Namespace) -> int:
    """Add a connection."""
    new = _connection(words)
    secret = None
    if words.keep and words.client:
        secret = ask_for_secret(Message(N_("Client secret of the connection “{name}”:"), {"name": new.name}))
    for message in _linking().put(new, secret=secret):
        print(message.text(), file=sys.stderr)
    if words.json:
        _print_data(new)
        return 0
    told = N_("Connection “{name}” added. “swclient connection use {name}” puts it to use.")
    print(Message(told, {"name": new.name}).text())
    return 0


def _print_data(connection: Connection) -> None:
    from swclient.workflow.connections import connection_data

    print(json.dumps(connection_data(connection), ensure_ascii=False, indent=1))


def listed(words: argparse.Namespace) -> int:
    """List the connections."""
    from swclient.workflow.connections import connection_data

    register = _linking().register()
    if words.json:
        rows = [{**connection_data(each), "in_use": each.name in register.in_use} for each in register.connections]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for each in register.connections:
        used = "*" if each.name in register.in_use else " "
        print(" ".join((used, f"{each.name} ", f"{each.adapter} ", f"{each.country or '*'} ", each.address)))
    if not register.in_use:
        print(_("The TRAINING offices of this machine are meant for everything."))
    else:
        print(_("Offices of your own settings are not confirmed by this program; for the rest, TRAINING is meant."))
    return 0


def test(words: argparse.Namespace) -> int:
    """Test a connection; exit 0 when every step went well, 1 when one did not."""
    linking = _linking()
    steps = []
    for step in linking.test(linking.register().named(words.name)):
        steps.append(step)
        if not words.json:
            print(f"{'+' if step.good else '!'} {_(step.name)}: {step.words.text()}")
            if step.advice is not None:
                print(f"  {step.advice.text()}")
    if words.json:
        rows = [
            {
                "step": step.name,
                "good": step.good,
                "text": step.words.text(),
                "advice": step.advice.text() if step.advice else "",
            }
            for step in steps
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    return 0 if all(step.good for step in steps) else _FAILED


def use(words: argparse.Namespace) -> int:
    """Put a connection to use."""
    _linking().use(words.name)
    _done(words, N_("Connection “{name}” is in use."))
    return 0


def remove(words: argparse.Namespace) -> int:
    """Forget a connection."""
    _linking().remove(words.name)
    _done(words, N_("Connection “{name}” removed."))
    return 0


def _done(words: argparse.Namespace, told: str) -> None:
    if words.json:
        print(json.dumps({"name": words.name}))
    else:
        print(Message(told, {"name": words.name}).text())
