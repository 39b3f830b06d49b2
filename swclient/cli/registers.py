# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the user's registers of parties, goods and carriers: list, add, remove, bring back, import, export."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.files import write_file
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.store.registers import RegisterRow
    from swclient.workflow.registers.kept import Registers

_KEPT = N_("{new} new entries, {changed} changed.")
_WRITTEN = N_("{n} entries are in {file}.")


def add_registers(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for registers."""
    told = _("registers: parties, goods and carriers that fill many boxes at once")
    register = verbs.add_parser("register", help=told, description=told)
    actions = register.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    list_them = _verb(actions, "list", _("list the entries of a register, or of all"), listed)
    _kind(list_them, "?")
    list_them.add_argument("--find", default="", metavar="WORDS", help=_("only those with these words"))
    list_them.add_argument("--removed", action="store_true", help=_("list the removed ones"))
    keep = _verb(actions, "add", _("keep an entry; one of its name takes the new values"), add)
    _kind(keep)
    keep.add_argument("values", nargs="+", metavar="FIELD=VALUE", help=_("a field by its id or name, and its value"))
    for name, told, run in (
        ("remove", _("take an entry out of use; it is kept"), remove),
        ("restore", _("bring the last removed entry of a name back"), restore),
    ):
        verb = _verb(actions, name, told, run)
        _kind(verb)
        verb.add_argument("name", metavar="NAME", help=_("name or id of the entry"))
    take = _verb(actions, "import", _("keep the entries of a CSV file or a workbook"), import_them)
    _kind(take)
    take.add_argument("file", type=Path, metavar="FILE", help=_("the table, its first row the names of fields"))
    give = _verb(actions, "export", _("write a register as a CSV file"), export)
    _kind(give)
    give.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.csv", help=_("the file to write"))


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=run)
    return verb


def _kind(verb: argparse.ArgumentParser, nargs: str | None = None) -> None:
    verb.add_argument("kind", nargs=nargs, metavar="REGISTER", help=_("which register: parties, goods, carriers"))


@contextlib.contextmanager
def _registers() -> Iterator[Registers]:
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.registers.kept import Registers

    application = open_application()
    try:
        yield Registers(application)
    finally:
        application.close()


def _data(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def listed(words: argparse.Namespace) -> int:
    """List entries."""
    from swclient.workflow.registers.kept import register_named

    kind = register_named(words.kind).kind if words.kind else ""
    with _registers() as registers:
        rows = registers.listed(kind, words.find, removed=words.removed)
        if words.json:
            _data([_entry(registers, row) for row in rows])
            return 0
    for row in rows:
        print(f"{row.kind}  {row.name}  {row.changed_at.astimezone():%Y-%m-%d %H:%M}")
    return 0


def _entry(registers: Registers, row: RegisterRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "register": row.kind,
        "name": row.name,
        "changed_at": row.changed_at.isoformat(),
        "removed_at": row.removed_at.isoformat() if row.removed_at else None,
        "values": dict(registers.load(row.id).values),
    }


def add(words: argparse.Namespace) -> int:
    """Keep one entry."""
    from swclient.workflow.registers.files import typed_entry
    from swclient.workflow.registers.kept import register_named

    register = register_named(words.kind)
    with _registers() as registers:
        values = typed_entry(register, registers.profile(), words.values)
        return _report(*registers.keep(register.kind, [values]), [], as_data=words.json)


def import_them(words: argparse.Namespace) -> int:
    """Keep the entries of a table; what was left out is told, and the answer is 1 then."""
    from swclient.workflow.registers.files import read_entries
    from swclient.workflow.registers.kept import register_named

    register = register_named(words.kind)
    with _registers() as registers:
        read = read_entries(words.file, register, registers.profile())
        counts = registers.keep(register.kind, read.entries)
    return _report(*counts, [doubt.text() for doubt in read.doubts], as_data=words.json)


def _report(new: int, changed: int, doubts: list[str], *, as_data: bool) -> int:
    if as_data:
        _data({"new": new, "changed": changed, "doubts": doubts})
    else:
        print(Message(_KEPT, {"new": new, "changed": changed}).text())
        for doubt in doubts:
            print(doubt, file=sys.stderr)
    return int(bool(doubts))


def remove(words: argparse.Namespace) -> int:
    """Take an entry out of use."""
    return _move(words, N_("“{name}” removed; “register restore” brings it back."), removed=False)


def restore(words: argparse.Namespace) -> int:
    """Bring an entry back."""
    return _move(words, N_("“{name}” is in use again."), removed=True)


def _move(words: argparse.Namespace, told: str, *, removed: bool) -> int:
    from swclient.workflow.registers.kept import register_named

    with _registers() as registers:
        row = registers.named(words.name, register_named(words.kind).kind, removed=removed)
        (registers.restore if removed else registers.remove)(row.id)
    if words.json:
        _data({"id": row.id, "name": row.name, "removed": not removed})
    else:
        print(Message(told, {"name": row.name}).text())
    return 0


def export(words: argparse.Namespace) -> int:
    """Write a register as CSV."""
    from swclient.workflow.registers.files import written
    from swclient.workflow.registers.kept import register_named

    register = register_named(words.kind)
    with _registers() as registers:
        entries = [registers.load(row.id).values for row in registers.listed(register.kind)]
        content = written(register, registers.profile(), entries)
    write_file(words.output, content)
    if words.json:
        _data({"file": str(words.output), "entries": len(entries)})
    else:
        print(Message(_WRITTEN, {"n": len(entries), "file": str(words.output)}).text())
    return 0
