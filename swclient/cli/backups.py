# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for copies of the store: make, list and verify them, put one back, save what a damaged store still holds."""

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
    from swclient.store.backups.restoring import Ahead
    from swclient.store.backups.shelf import Copy
    from swclient.store.backups.verifying import Verdict

LATEST = "latest"
_NONE = N_("There is no copy of this store in {folder}. “swclient backup make” makes one.")

_SEVERAL = N_("There are copies of several stores in {folder}, and yours cannot be read. Name the one that you want.")


def add_backups(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for copies of the store."""
    told = _("copies of the store of declarations: make, list, verify, restore; save what a damaged store still holds")
    top = verbs.add_parser("backup", help=told, description=told)
    actions = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    _verb(actions, "make", _("make a copy now, in the second folder too where one is set"), make)
    _verb(actions, "list", _("list the copies, and tell how many edits are in none"), listed)
    check = _verb(
        actions, "verify", _("verify copies: size, digest, structure, log; exit 1 when one is not as made"), verify
    )
    check.add_argument("copies", nargs="*", metavar="COPY", help=_("which ones (default: all)"))
    back = _verb(
        actions, "restore", _("put a copy in the place of the store; the present store is kept beside it"), restore
    )
    back.add_argument("copy", metavar="COPY", help=_("its name or file, or “latest”"))
    save = _verb(actions, "recover", _("save what can be read of a damaged store into a new one"), recover)
    save.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("the damaged store (default: yours)"))
    save.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.db", help=_("the new store"))


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=run)
    return verb


def _say(msgid: str, **args: object) -> None:
    print(Message(msgid, dict(args)).text())


def _print(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _store_file() -> Path:
    """Return where the store lies; its key, if it is encrypted, is found when it is needed."""
    from swclient.workflow.house.vault import Vault
    from swclient.workflow.house.whereabouts import own_file

    vault = Vault(own_file(paths.user_data()), ask_for_secret)
    vault.ready()
    return vault.store


def _folders() -> list[Path]:
    """Return where copies may lie: the user's folder, and the second one where it is set and there."""
    from swclient.store.backups.policy import FOLDER, read_policy

    home = paths.user_data()
    second = read_policy(home).second
    return [home / FOLDER, *([second] if second is not None and second.is_dir() else [])]


def _data(copy: Copy) -> dict[str, Any]:
    note = copy.note
    return {
        "file": str(copy.file),
        "made_at": note.made_at.isoformat() if note else None,
        "records": note.extent.sequence if note else None,
        "size": note.size if note else None,
        "sha256": note.sha256 if note else None,
        "whole": copy.whole,
    }


def make(words: argparse.Namespace) -> int:
    """Make a copy now."""
    from swclient.workflow.house.backups import make_now

    made = make_now(_store_file())
    copies = [copy for copy in (made.copy, made.second) if copy is not None]
    if words.json:
        _print({"copies": [_data(copy) for copy in copies]})
    else:
        for copy in copies:
            _say(N_("Copied and verified: {file}"), file=copy.file)
    return 0


def listed(words: argparse.Namespace) -> int:
    """List the copies, the newest first."""
    from swclient.store.backups.making import standing
    from swclient.store.backups.shelf import copies_in

    folders = _folders()
    copies = [copy for folder in folders for copy in copies_in(folder)]
    store = _store_file()
    try:
        now = standing(store, folders[0]) if store.exists() else None
    except UserError as error:
        print(f"swclient: {error}", file=sys.stderr)
        now = None
    last = now.last if now is not None else None
    if words.json:
        at = last.note.made_at.isoformat() if last is not None and last.note is not None else None
        behind = now.behind if now is not None else None
        _print({"last_copied": at, "behind": behind, "copies": [_data(copy) for copy in copies]})
        return 0
    for copy in copies:
        _line(copy)
    if last is not None and last.note is not None and now is not None:
        _say(N_("Last copied {when}, {n} edits behind."), when=last.note.made_at.astimezone(), n=now.behind)
    elif now is not None:
        _say(N_("Not copied yet; {n} edits are in no copy."), n=now.behind)
    return 0


def _line(copy: Copy) -> None:
    note = copy.note
    if note is None:
        state = _("its note is missing")
    elif not copy.whole:
        state = _("truncated")
    else:
        state = Message(N_("{n} records"), {"n": note.extent.sequence}).text()
    when = f"{note.made_at.astimezone():%Y-%m-%d %H:%M:%S}" if note else "?"
    print(f"{copy.file.name}  {when}  {state}  {copy.file.parent}")


def _named(name: str) -> Path:
    """Return the copy that is called so: a file, a name in one of the folders, or the newest that can be used.

    Raises:
        UserError: there is none.
    """
    folders = _folders()
    if name == LATEST:
        return _latest(folders)
    return next((folder / name for folder in folders if (folder / name).is_file()), Path(name))


def _latest(folders: list[Path]) -> Path:
    """Return the last good copy of the user's store; a folder may hold those of other stores too.

    Raises:
        UserError: there is none, or the store cannot be read and there are copies of several.
    """
    from swclient.store.backups.making import store_of
    from swclient.store.backups.shelf import copies_in
    from swclient.store.backups.verifying import verify as judged

    mine = store_of(_store_file())
    for folder in folders:
        copies = [(copy.file, copy.note.extent.store) for copy in copies_in(folder) if copy.note is not None]
        copies = [(file, store) for file, store in copies if not mine or store == mine]
        if len({store for _file, store in copies}) > 1:
            raise UserError(_SEVERAL, folder=folder)
        for file, _store in copies:
            if judged(file).good:
                return file
    raise UserError(_NONE, folder=folders[0])


def verify(words: argparse.Namespace) -> int:
    """Verify copies; 1 when one is not as it was made."""
    from swclient.store.backups.shelf import copies_in
    from swclient.store.backups.verifying import verify as judged

    named = [_named(name) for name in words.copies]
    files = named or [copy.file for folder in _folders() for copy in copies_in(folder)]
    _store_file()  # a copy may be encrypted
    if not files:
        raise UserError(_NONE, folder=_folders()[0])
    verdicts = [judged(file) for file in files]
    if words.json:
        _print([_verdict(each) for each in verdicts])
    else:
        for each in verdicts:
            print(each.message.text())
    return int(not all(each.good for each in verdicts))


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "file": str(verdict.file),
        "good": verdict.good,
        "state": verdict.state,
        "records": verdict.records,
        "message": verdict.message.text(),
    }


def restore(words: argparse.Namespace) -> int:
    """Put a copy in the place of the store."""
    from swclient.store.backups.restoring import restore as put_back

    done = put_back(_store_file(), _named(words.copy))
    if words.json:
        _print(
            {
                "restored": str(done.copy),
                "warning": done.warning.text() if done.warning else None,
                "kept": str(done.kept) if done.kept else None,
                "more_records": done.more,
                "ahead": None if done.ahead is None else [_ahead(each) for each in done.ahead],
            }
        )
        return 0
    if done.warning is not None:
        print(done.warning.text(), file=sys.stderr)
    _say(N_("Restored: {file}"), file=done.copy)
    if done.kept is not None:
        _say(N_("The store that was there is kept: {file}"), file=done.kept)
    if done.more:
        _say(N_("It has {n} records of the log more than the restored one."), n=done.more)
    if done.ahead is None:
        _say(N_("It cannot be read, so what it had more cannot be told; “swclient backup recover” saves what it can."))
    for each in done.ahead or ():
        _say_ahead(each)
    return 0


def _ahead(each: Ahead) -> dict[str, str]:
    return {"id": each.id, "title": each.title, "state": each.state, "restored": each.restored}


def _say_ahead(each: Ahead) -> None:
    title = each.title or each.id
    if not each.restored:
        told = Message(N_("only in the kept store: {title} ({state})"), {"title": title, "state": each.state})
    else:
        told = Message(
            N_("further on in the kept store: {title} ({state}; here: {restored})"),
            {"title": title, "state": each.state, "restored": each.restored},
        )
    print(f"  {told.text()}")


def recover(words: argparse.Namespace) -> int:
    """Save what can be read of a damaged store; 1 when that is not everything."""
    from swclient.store.backups.found import WHOLE
    from swclient.store.backups.salvage import salvage

    report = salvage(words.file or _store_file(), words.output)
    if words.json:
        rows = [
            {"id": each.id, "title": each.title, "state": each.state, "condition": each.condition,
             "message": each.message.text()}
            for each in report.declarations
        ]  # fmt: skip
        lost = [{"declaration": each.declaration_id, "name": each.name} for each in report.lost_files]
        _print({"file": str(report.file), "records": report.records, "lost_records": list(report.lost_records),
                "lost_rows": report.lost_rows, "declarations": rows,
                "lost_files": lost})  # fmt: skip
    else:
        for each in report.declarations:
            print(each.message.text())
        for file in report.lost_files:
            print(file.message.text())
        for table, count in report.lost_rows.items():
            _say(N_("{n} rows of “{table}” cannot be read or do not fit their digest."), n=count, table=table)
        _say(N_("{file}: {n} records of the log saved, {lost} lost."),
             file=report.file, n=report.records, lost=len(report.lost_records))  # fmt: skip
    whole = all(each.condition == WHOLE for each in report.declarations)
    return int(not whole or bool(report.lost_records or report.lost_rows))
