# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for what goes from customs to the tax administration: the tax pack, and the invoice of an onward sale."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.files import write_file
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.reference_parser import Verbs

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Snapshot
    from swclient.workflow.tax.pack import Handed, Pack

_NOT_MADE = N_("The folder {folder} cannot be made: {reason}")
_NEVER_SENT = N_("Prepared only: nothing was sent to anybody. The service checks more than this program knows.")
_DRAFT = N_("DRAFT: no sale was given, so there is no buyer and the price is what the goods cost landed.")


def add_taxes(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for taxes."""
    told = _("what goes from customs to the tax administration, as files; nothing is sent")
    actions = verbs.add_parser("tax", help=told, description=told).add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), required=True
    )
    pack_told = _("items, payments and what is due when: CSV, JSON and a calendar")
    made = actions.add_parser("pack", help=pack_told, description=pack_told)
    made.add_argument("declaration", metavar="DECL", help=_("id or number of a registered declaration"))
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("the folder to write to"))
    made.set_defaults(run=pack)
    invoice_told = _("prepare the electronic invoice of a sale of the goods; it is never sent")
    sold = actions.add_parser("invoice", help=invoice_told, description=invoice_told)
    sold.add_argument("declaration", metavar="DECL", help=_("id or number of a registered declaration"))
    sold.add_argument("--out", type=Path, required=True, metavar="FILE.xml", help=_("the file to write"))
    sold.add_argument("--sale", type=Path, metavar="SALE.json", help=_("buyer, days and prices; without it a draft"))
    sold.set_defaults(run=invoice)


@contextlib.contextmanager
def _handed(words: argparse.Namespace) -> Iterator[tuple[Snapshot, Profile, Handed]]:
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.tax.pack import handed_over
    from swclient.workflow.told.naming import declaration_named

    application = open_application()
    try:
        found = declaration_named(application.store, words.declaration)
        handed = handed_over(application.store, found)
        session = application.open(found).session
        yield session.snapshot(), session.profile, handed
    finally:
        application.close()


def pack(words: argparse.Namespace) -> int:
    """Write the tax pack of a declaration."""
    from swclient.workflow.tax.pack import make_pack, pack_files

    with _handed(words) as held:
        made = make_pack(*held)
    try:
        words.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(_NOT_MADE, folder=str(words.out), reason=error.strerror or str(error)) from error
    for name, content in pack_files(made).items():
        write_file(words.out / name, content)
        print(words.out / name)
    print("\n".join(_due_lines(made)))
    return 0


def _due_lines(made: Pack) -> list[str]:
    from swclient.base import i18n

    lines = []
    for reminder in made.reminders:
        day = i18n.show(reminder.due) if reminder.due else _("no day is known")
        sure = "" if reminder.flow.confirmed else f" ({_('not confirmed')})"
        lines.append(f"{day}: {reminder.flow.title()}{sure}")
    return lines


def invoice(words: argparse.Namespace) -> int:
    """Write the invoice of an onward sale and the envelopes of its way, and say that nothing is sent."""
    from swclient.workflow.tax.invoice import draft_sale, prepare_invoice, read_sale

    with _handed(words) as (snapshot, profile, handed):
        sale = read_sale(words.sale, profile) if words.sale else draft_sale(date.today())  # noqa: DTZ011 - the user's day
        parts = prepare_invoice(snapshot, profile, handed.number, sale)
    for part, content in parts.items():
        target = words.out if part == "message" else words.out.with_suffix(f".{part}.xml")
        write_file(target, content)
        print(target)
    if not words.sale:
        print(Message(_DRAFT).text())
    print(Message(_NEVER_SENT).text())
    return 0
