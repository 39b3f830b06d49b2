# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the keys that sign: add, list, use, remove, and sign a file with one."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.asking import ask_for_secret
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.workflow.signature.keys import Keys, Listed

_PURPOSES = ("declare", "pay")  # said here too, so that the command line need not load the keys to tell its words
_SETTING = N_("“{text}” is not a setting; write NAME=VALUE.")


def add_keys(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for keys."""
    told = _("keys that sign: those for declaring and those for paying")
    actions = verbs.add_parser("key", help=told, description=told).add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True
    )
    _adding(actions)
    show = _verb(actions, "list", _("list the keys, which of them are in use, and which end soon"), listed)
    show.add_argument("--json", action="store_true", help=_("answer as data"))
    put = _verb(actions, "use", _("put a key to use; “demo” puts the demo key back"), use)
    put.add_argument("name", metavar="NAME", help=_("name of the key"))
    put.add_argument("--for", dest="purpose", choices=_PURPOSES, default="", help=_("what it signs"))
    put.add_argument("--json", action="store_true", help=_("answer as data"))
    gone = _verb(actions, "remove", _("forget a key and its pass phrase; the key itself is not touched"), remove)
    gone.add_argument("name", metavar="NAME", help=_("name of the key"))
    gone.add_argument("--json", action="store_true", help=_("answer as data"))
    _signing(actions)


def _adding(actions: Verbs[argparse.ArgumentParser]) -> None:
    told = _("add a key; its pass phrase or PIN is asked for, or read as one line from standard input")
    new = _verb(actions, "add", told, add)
    new.add_argument("name", metavar="NAME", help=_("what the key is to be called"))
    new.add_argument("--for", dest="purpose", choices=_PURPOSES, default="declare", help=_("what it signs"))
    new.add_argument("--file", type=Path, metavar="KEY.p12", help=_("the key is in a PKCS#12 file"))
    new.add_argument("--module", metavar="LIBRARY", help=_("the key is on a token; the library of its maker (PKCS#11)"))
    new.add_argument("--token", metavar="LABEL", help=_("label of the token"))
    new.add_argument("--label", metavar="LABEL", help=_("label of the certificate, where the token has several"))
    new.add_argument("--kind", metavar="KIND", help=_("the key is opened by a plug-in of this name"))
    new.add_argument(
        "--set", dest="settings", action="append", default=[], metavar="NAME=VALUE", help=_("for a plug-in")
    )
    new.add_argument("--keep", action="store_true", help=_("let the key store of this computer keep the pass phrase"))
    new.add_argument("--json", action="store_true", help=_("answer as data"))


def _signing(actions: Verbs[argparse.ArgumentParser]) -> None:
    sign_file = _verb(actions, "sign", _("sign a file with a key"), sign)
    sign_file.add_argument("name", metavar="NAME", help=_("name of the key"))
    sign_file.add_argument("file", type=Path, metavar="FILE", help=_("the file to sign"))
    sign_file.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=_("the file to write"))
    forms = ("cms", "xades", "xades-beside")
    told = _("cms: beside the file (default); xades: inside the XML; xades-beside: XML beside the XML")
    sign_file.add_argument("--form", choices=forms, default=forms[0], help=told)


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.set_defaults(run=run)
    return verb


def _keys() -> Keys:
    from swclient.workflow.signature.keys import Keys

    return Keys(paths.user_data(), ask_for_secret)


def _place(words: argparse.Namespace) -> tuple[str, dict[str, str]]:
    """Return of what kind a key is and where it lies, as the words say."""
    place: dict[str, str] = {}
    for text in words.settings:
        name, sign_between, value = text.partition("=")
        if not sign_between or not name:
            raise UserError(_SETTING, text=text)
        place[name] = value
    ways = [bool(words.file), bool(words.module or words.token), bool(words.kind)]
    if sum(ways) != 1:
        raise UserError(N_("Say where the key is: --file, or --module and --token, or --kind; one of them."))
    if words.file:
        return "pkcs12", {"file": str(words.file.absolute())}
    for name in ("module", "token", "label"):
        value = getattr(words, name)
        place.update({name: value} if value else {})
    return words.kind or "pkcs11", place


def add(words: argparse.Namespace) -> int:
    """Add a key."""
    from swclient.workflow.signature.keys import NewKey

    kind, place = _place(words)
    added, told = _keys().add(NewKey(words.name, kind, words.purpose, place, words.keep))
    for message in told:
        print(message.text(), file=sys.stderr)
    if words.json:
        _print_data(_data(added))
        return 0
    print(_line(added))
    print(Message(N_("Key “{name}” added. “swclient key use {name}” puts it to use."), {"name": words.name}).text())
    return 0


def listed(words: argparse.Namespace) -> int:
    """List the keys; what ends soon is told behind them."""
    keys = _keys().listed()
    if words.json:
        _print_data([_data(key) for key in keys])
        return 0
    for key in keys:
        print(_line(key))
    for key in keys:
        if key.expiry is not None:
            print(key.expiry.message.text(), file=sys.stderr)
    for purpose in _PURPOSES:
        if not any(key.in_use and key.entry.purpose == purpose for key in keys):
            print(Message(N_("The demo key is in use for “{purpose}”."), {"purpose": purpose}).text())
    return 0


def _print_data(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _line(key: Listed) -> str:
    entry = key.entry
    words = ("*" if key.in_use else " ", f"{entry.name} ", f"{entry.purpose} ", f"{entry.kind} ")
    return " ".join((*words, f"{entry.not_after:%Y-%m-%d} ", f"{entry.serial} ", entry.holder))


def _data(key: Listed) -> dict[str, Any]:
    from swclient.workflow.signature.keys import entry_data

    soon = key.expiry
    told = {"step": soon.step, "days": soon.days, "text": soon.message.text()} if soon else None
    return {**entry_data(key.entry), "in_use": key.in_use, "expiry": told}


def use(words: argparse.Namespace) -> int:
    """Put a key to use."""
    purpose = _keys().use(words.name, words.purpose)
    if words.json:
        _print_data({"name": words.name, "purpose": purpose})
    else:
        print(Message(N_("Key “{name}” is in use for: {purpose}."), {"name": words.name, "purpose": purpose}).text())
    return 0


def remove(words: argparse.Namespace) -> int:
    """Forget a key."""
    _keys().remove(words.name)
    if words.json:
        _print_data({"removed": words.name})
    else:
        print(Message(N_("Key “{name}” removed; the file or token itself is as it was."), {"name": words.name}).text())
    return 0


def sign(words: argparse.Namespace) -> int:
    """Sign a file."""
    from swclient.base.files import write_file
    from swclient.workflow.signature.signing import signed_file

    try:
        content = words.file.read_bytes()
    except OSError as error:
        raise UserError(N_("{file} cannot be read: {reason}"), file=str(words.file), reason=error.strerror) from error
    write_file(words.output, signed_file(content, words.file.name, words.form, _keys().named(words.name)))
    print(Message(N_("{file}: signed with the key “{name}”."), {"file": str(words.output), "name": words.name}).text())
    return 0
