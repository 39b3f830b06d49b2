# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for reference packs: make, verify, install, list, and whom to trust."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.files import write_file
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from swclient.packs.archive import Pack
    from swclient.store import Store
    from swclient.workflow.packs.taking_in import Installation, Verdict

_FACTS = N_("{country} {version}, in force from {day}, {n} files, made by {publisher} (key {key})")
_DEMO = N_("DEMO: signed with a key for training; it has no authority.")
_SHOWN = 10  # lines told of one draft


def _say(msgid: str, **args: object) -> None:
    print(Message(msgid, dict(args)).text())


def _told(pack: Pack) -> dict[str, Any]:
    told = pack.manifest
    return {
        "country": told.country, "version": told.version,
        "valid_from": told.valid_from.isoformat(), "whole": told.whole,
        "publisher": pack.publisher.name or told.publisher, "key": told.key, "demo": pack.demo,
        "files": [each.path for each in told.files],
    }  # fmt: skip


def _describe(pack: Pack) -> None:
    facts = _told(pack)
    day, files = facts["valid_from"], facts["files"]
    who = facts["publisher"] or _("an unnamed publisher")
    _say(_FACTS, **(facts | {"day": day, "n": len(files), "publisher": who}))
    if pack.demo:
        _say(_DEMO)


def key(words: argparse.Namespace) -> int:
    """Make a DEMO key for signing packs."""
    from swclient.packs.publisher import make_key

    publisher = make_key(words.file, words.name)
    _say(N_("DEMO key {id} made: {file} is secret, the .pub.pem beside it is for those who trust it."),
         id=publisher.id, file=str(words.file))  # fmt: skip
    return 0


def trust(words: argparse.Namespace) -> int:
    """Trust a publisher."""
    from swclient.packs.publisher import trust as add

    publisher = add(words.file)
    _say(
        N_("Packs signed with the key {id} ({name}) are trusted from now on."),
        id=publisher.id,
        name=publisher.name or "—",
    )
    if publisher.demo:
        _say(_DEMO)
    return 0


def make(words: argparse.Namespace) -> int:
    """Make a pack of a country folder or of a tariff table."""
    from swclient.workflow.packs.making import Order
    from swclient.workflow.packs.making import make as made

    if words.folder is None and words.tariff is None:
        raise UserError(N_("Name a country folder, or a table with --tariff."))
    order = Order(
        words.country, words.version, words.valid_from, words.key, words.folder, words.tariff, words.source
    )  # fmt: skip
    content = made(order, _phrase(words))
    write_file(words.output, content)
    _say(N_("{file}: {country} {version}, {n} bytes"),
         file=str(words.output), country=words.country, version=words.version, n=len(content))  # fmt: skip
    return 0


def _phrase(words: argparse.Namespace) -> str:
    """Ask for the pass phrase of a locked key; it is never a word of the command line."""
    import getpass

    return getpass.getpass(_("Pass phrase of the key") + ": ") if words.locked else ""


def verify(words: argparse.Namespace) -> int:
    """Verify a pack; 1 when it must not be used, 2 when it is none."""
    from swclient.packs.refusal import RefusedError
    from swclient.workflow.packs.taking_in import read_pack

    try:
        pack = read_pack(words.file)
    except RefusedError as error:
        if words.json:
            print(json.dumps({"good": False, "problem": str(error)}, ensure_ascii=False, indent=1))
        else:
            print(error)
        return 1
    if words.json:
        print(json.dumps({"good": True, **_told(pack)}, ensure_ascii=False, indent=1))
    else:
        _describe(pack)
        _say(N_("The signature and every file are as their publisher made them."))
    return 0


@contextlib.contextmanager
def _store() -> Iterator[Store | None]:
    """Open the user's declarations for looking only; there may be none yet."""
    from swclient.cli.asking import ask_for_secret
    from swclient.workflow.house.whereabouts import Whereabouts, opened

    home = paths.user_data()
    if not paths.store_file().exists() and not Whereabouts(home).address():
        yield None
        return
    store = opened(home, ask_for_secret, read_only=True)
    try:
        yield store
    finally:
        store.close()


def install(words: argparse.Namespace) -> int:
    """Install a pack: 0 installed, 1 refused or left, 2 no pack."""
    from swclient.packs.refusal import RefusedError
    from swclient.workflow.packs.taking_in import installing, read_pack

    try:
        pack = read_pack(words.file)
        if not words.json:
            _describe(pack)
        with _store() as store, installing(pack, store) as ready:
            if not words.json:
                _report(ready)
            agreed = words.yes or not ready.breaks or (not words.json and _agreed())
            version = ready.install() if agreed else None
    except RefusedError as error:
        if words.json:
            print(json.dumps({"installed": False, "problem": str(error)}, ensure_ascii=False, indent=1))
        else:
            print(error, file=sys.stderr)
        return 1
    if words.json:
        print(json.dumps(_outcome(ready, installed=version is not None), ensure_ascii=False, indent=1))
    elif version is None:
        _say(N_("Not installed; nothing was changed. Say --yes to install it all the same."))
    else:
        _say(N_("Installed: {country} {version}, in force from {day}."),
             country=version.country, version=version.version, day=version.valid_from.isoformat())  # fmt: skip
    return int(version is None)


def _report(ready: Installation) -> None:
    _say(N_("{judged} drafts would be judged by it, {broken} of them otherwise than now."),
         judged=ready.drafts.judged, broken=len(ready.drafts.broken))  # fmt: skip
    _name(ready.drafts)
    _say(N_("{judged} templates would be judged by it, {broken} of them otherwise than now."),
         judged=ready.templates.judged, broken=len(ready.templates.broken))  # fmt: skip
    _name(ready.templates)


def _name(verdict: Verdict) -> None:
    for each in verdict.broken:
        print(f"  {each.title or each.declaration}")
        for line in each.lines[:_SHOWN]:
            print(f"    {line.text()}")
        if len(each.lines) > _SHOWN:
            print("    " + Message(N_("and {n} more"), {"n": len(each.lines) - _SHOWN}).text())


def _outcome(ready: Installation, *, installed: bool) -> dict[str, Any]:
    return {
        **_told(ready.pack),
        "installed": installed,
        "drafts": _verdict_data(ready.drafts),
        "templates": _verdict_data(ready.templates),
    }


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    broken = [
        {"id": each.declaration, "title": each.title, "changes": [line.text() for line in each.lines]}
        for each in verdict.broken
    ]
    return {"judged": verdict.judged, "broken": broken}


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    return input(_("Install it all the same? [y/N]") + " ").strip().casefold() in {"y", "yes", "д", "да"}


def listed(words: argparse.Namespace) -> int:
    """List the installed packs; 1 when one is not as its publisher made it."""
    from swclient.workflow.packs.taking_in import shelved

    found = shelved()
    if words.json:
        rows = [{**each.manifest, "whole": each.whole, "good": each.good} for each in found]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for each in found:
            told = each.manifest
            mark = " DEMO" if told.get("demo") else ""
            state = "" if each.good else "  " + _("NOT as its publisher made it, or the publisher is not trusted")
            print(f"{told['country']} {told['version']}  {told['valid_from']}  {told['publisher']}{mark}{state}")
    return int(not all(each.good for each in found))
