# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for templates: list them, save a declaration as one, make new declarations of them."""

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
    from swclient.store.values import TemplateRow
    from swclient.workflow.drafts.templates import Templates


def add_templates(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for templates."""
    told = _("templates: declarations from which new ones are made")
    template = verbs.add_parser("template", help=told, description=told)
    actions = template.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    list_them = _verb(actions, "list", _("list the templates by name"), listed)
    list_them.add_argument("--removed", action="store_true", help=_("list the removed ones"))
    list_them.add_argument("--json", action="store_true", help=_("answer as data"))
    keep = _verb(actions, "save", _("save a declaration as a template; one of the same name is set aside"), save)
    _name(keep)
    keep.add_argument("file", type=Path, metavar="FILE", help=_("the declaration"))
    make = _verb(actions, "new", _("make a declaration of today of a template"), new)
    _name(make)
    make.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.json", help=_("the file to write"))
    call = _verb(actions, "rename", _("give a template another name"), rename)
    _name(call)
    call.add_argument("other", metavar="OTHER", help=_("its new name"))
    _name(_verb(actions, "remove", _("take a template out of use; it is kept"), remove))
    _name(_verb(actions, "restore", _("bring the last removed template of a name back"), restore))


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, told: str, run: object) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told)
    verb.set_defaults(run=run)
    return verb


def _name(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", metavar="NAME", help=_("name of the template"))


@contextlib.contextmanager
def _templates() -> Iterator[Templates]:
    from swclient.workflow.bootstrap import open_application

    application = open_application()
    try:
        yield application.templates
    finally:
        application.close()


def _say(msgid: str, **args: object) -> None:
    print(Message(msgid, dict(args)).text())


def listed(words: argparse.Namespace) -> int:
    """List the templates, or the removed ones."""
    with _templates() as templates:
        rows = templates.removed() if words.removed else templates.listed()
    if words.json:
        print(json.dumps([_data(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row.name}  {row.profile}  {row.changed_at.astimezone():%Y-%m-%d %H:%M}")
    return 0


def _data(row: TemplateRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "profile": row.profile,
        "profile_version": row.profile_version,
        "changed_at": row.changed_at.isoformat(),
        "removed_at": row.removed_at.isoformat() if row.removed_at else None,
    }


def save(words: argparse.Namespace) -> int:
    """Save a declaration from a file as a template."""
    from swclient.workflow.intake.converting import open_file

    opened = open_file(words.file)
    for what in opened.unread:
        _warn(N_("{file}: not read: {what}"), file=words.file.name, what=what)
    with _templates() as templates:
        kept = templates.save(opened.session, words.name)
    _say(N_("Template “{name}” saved."), name=kept.name)
    if kept.replaced:
        _say(N_("The former template “{name}” stands among the removed ones."), name=kept.name)
    return 0


def new(words: argparse.Namespace) -> int:
    """Write a declaration of today made of a template."""
    from swclient.workflow.intake.converting import written

    with _templates() as templates:
        made = templates.draft(templates.named(words.name).id)
    write_file(words.output, written(made.session, "swclient"))
    for field in made.left_out:
        _warn(N_("The law of today does not know the field {field}; its value was left out."), field=field)
    _say(N_("{file}: a new declaration; what belonged to one shipment is blank."), file=str(words.output))
    return 0


def rename(words: argparse.Namespace) -> int:
    """Give a template another name."""
    with _templates() as templates:
        templates.rename(templates.named(words.name).id, words.other)
    return 0


def remove(words: argparse.Namespace) -> int:
    """Take a template out of use."""
    with _templates() as templates:
        templates.remove(templates.named(words.name).id)
    _say(N_("Template “{name}” removed; “template restore” brings it back."), name=words.name)
    return 0


def restore(words: argparse.Namespace) -> int:
    """Bring a removed template back."""
    with _templates() as templates:
        templates.restore(templates.named(words.name, removed=True).id)
    return 0


def _warn(msgid: str, **args: object) -> None:
    print(Message(msgid, dict(args)).text(), file=sys.stderr)
