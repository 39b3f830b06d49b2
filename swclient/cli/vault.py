# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the encryption of the store: on, off, another key, the recovery key, and unlocking by it."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.asking import ask_for_secret
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.workflow.house.vault import Changed, Vault

_WRITE_DOWN = N_(
    "This is the recovery key. Write it down and keep it apart from this computer. Without it, a lost computer or key "
    "store means lost declarations:"
)
_CONFIRM = N_("Type its last group to confirm that it is written down:")
_DONE = N_("{file} is encrypted: {records} records, {rows} rows compared.")
_OPEN = N_("{file} is not encrypted any more: {records} records, {rows} rows compared.")
_IN_STORE = N_("The key store of this computer keeps the key; nothing need be typed at the start.")
_ASKED = N_("This computer has no key store that takes the key; the recovery key will be asked for at each start.")
_KEPT = N_("The store as it was before lies at {file}.")
_LEFT = N_("These are still as they were, plain or with the former key. Remove them when you need them no more:")
_NEEDS_KEY = N_("No recovery key was given; nothing was changed.")


def add_vault(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for the encryption of the store."""
    told = _("the store of declarations as an encrypted file: on, off, another key, recovery")
    top = verbs.add_parser("store", help=told, description=told)
    actions = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    _changing(actions, "encrypt", _("encrypt the store; shows the recovery key once"), encrypt)
    _changing(actions, "decrypt", _("make the store a plain file again"), decrypt)
    _changing(actions, "rekey", _("give the encrypted store another key"), rekey)
    _verb(actions, "recovery", _("show the recovery key again"), recovery)
    told = _("open the store with its recovery key, and give the key to the key store of this computer")
    _verb(actions, "unlock", told, unlock)


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=run)
    return verb


def _changing(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> None:
    verb = _verb(verbs, name, told, run)
    verb.add_argument("--keep", action="store_true", help=_("keep the store as it is now under another name"))
    if name != "decrypt":
        verb.add_argument(
            "--yes", action="store_true", help=_("do not ask whether the recovery key has been written down")
        )


def _vault() -> Vault:
    from swclient.workflow.house.vault import Vault
    from swclient.workflow.house.whereabouts import own_file

    vault = Vault(own_file(paths.user_data()), ask_for_secret)
    vault.ready()
    return vault


def _aside(words: argparse.Namespace) -> Path | None:
    """Return where the store as it is now is to be kept, if it is."""
    store = paths.store_file()
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    return store.with_name(f"{store.name}.kept-{moment}Z") if words.keep else None


def _shown(words: argparse.Namespace, recovery_key: str) -> bool:
    """Show the recovery key; whether it has been written down."""
    target = sys.stderr if words.json else sys.stdout
    print(Message(_WRITE_DOWN).text(), f"\n  {recovery_key}\n", sep="\n", file=target)
    if words.yes:
        return True
    given = ask_for_secret(Message(_CONFIRM))
    return given is not None and given.reveal().strip().upper() == recovery_key.rsplit(maxsplit=1)[-1]


def encrypt(words: argparse.Namespace) -> int:
    """Encrypt the store."""
    return _told(words, _vault().encrypt(lambda text: _shown(words, text), _aside(words)), _DONE)


def rekey(words: argparse.Namespace) -> int:
    """Give the store another key."""
    return _told(words, _vault().rekey(lambda text: _shown(words, text), _aside(words)), _DONE)


def decrypt(words: argparse.Namespace) -> int:
    """Make the store a plain one."""
    return _told(words, _vault().decrypt(_aside(words)), _OPEN)


def _told(words: argparse.Namespace, done: Changed, text: str) -> int:
    recast = done.recast
    if words.json:
        kept = str(recast.kept) if recast.kept else None
        told = {"records": recast.records, "rows": recast.rows, "kept": kept, "in_key_store": done.in_key_store}
        print(json.dumps({**told, "leftovers": [str(file) for file in done.leftovers]}, ensure_ascii=False, indent=1))
        return 0
    print(Message(text, {"file": paths.store_file(), "records": recast.records, "rows": recast.rows}).text())
    if text is _DONE:
        print(Message(_IN_STORE if done.in_key_store else _ASKED).text())
    if recast.kept is not None:
        print(Message(_KEPT, {"file": recast.kept}).text())
    if done.leftovers:
        print(Message(_LEFT).text(), *(f"  {file}" for file in done.leftovers), sep="\n")
    return 0


def recovery(words: argparse.Namespace) -> int:
    """Show the recovery key."""
    text = _vault().recovery()
    if words.json:
        print(json.dumps({"recovery_key": text}))
    else:
        print(Message(_WRITE_DOWN).text(), f"\n  {text}", sep="\n")
    return 0


def unlock(words: argparse.Namespace) -> int:
    """Open the store with its recovery key."""
    from swclient.workflow.house.vault import PROMPT

    given = ask_for_secret(Message(PROMPT, {"file": paths.store_file().name}))
    if given is None:
        raise UserError(_NEEDS_KEY)
    in_key_store = _vault().unlock(given.reveal())
    if words.json:
        print(json.dumps({"unlocked": True, "in_key_store": in_key_store}))
    else:
        print(Message(N_("{file} opens with this key."), {"file": paths.store_file().name}).text())
        print(Message(_IN_STORE if in_key_store else _ASKED).text())
    return 0
