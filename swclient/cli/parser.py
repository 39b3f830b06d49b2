# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the command line and their help."""

from __future__ import annotations

import argparse
from pathlib import Path

from swclient import __version__
from swclient.base import i18n
from swclient.base.i18n import _
from swclient.catalogue.cldr import LANGUAGES
from swclient.cli import commands
from swclient.cli.attachments import add_attachments
from swclient.cli.backups import add_backups
from swclient.cli.bin import add_bin
from swclient.cli.connections import add_connections
from swclient.cli.keys import add_keys
from swclient.cli.life import add_life
from swclient.cli.office import add_office
from swclient.cli.packages import add_packages
from swclient.cli.people import add_people
from swclient.cli.permits import add_permits
from swclient.cli.reference_parser import Verbs, add_asking, add_packs, add_rates
from swclient.cli.registers import add_registers
from swclient.cli.search import add_search
from swclient.cli.taxes import add_taxes
from swclient.cli.templates import add_templates
from swclient.cli.vault import add_vault


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line, worded in the language in force."""
    top = argparse.ArgumentParser(
        "swclient",
        description=_("Prepare, check, print, sign and submit customs declarations, offline first."),
        epilog=_(
            "FILE is a declaration of this program (JSON), an EAEU message (XML) or a supplier's workbook (XLSX)."
        ),
    )
    top.add_argument("--version", action="version", version=f"swclient {__version__}")
    top.add_argument(
        "--language",
        choices=i18n.available(),
        help=_("language of the answers (default: the system's)"),
    )
    verbs = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    _looking(verbs)
    _making(verbs)
    _sending(verbs)
    add_life(verbs)
    add_attachments(verbs)
    _proving(verbs)
    add_asking(verbs)
    add_rates(verbs)
    add_packs(verbs)
    add_templates(verbs)
    add_registers(verbs)
    add_bin(verbs)
    add_keys(verbs)
    add_connections(verbs)
    add_backups(verbs)
    add_permits(verbs)
    add_taxes(verbs)
    add_search(verbs)
    add_vault(verbs)
    add_office(verbs)
    add_packages(verbs)
    add_people(verbs)
    return top


def _file(verbs: Verbs[argparse.ArgumentParser], name: str, help_text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=help_text, description=help_text)
    verb.add_argument("file", type=Path, metavar="FILE", help=_("the declaration"))
    verb.add_argument(
        "--profile",
        type=str.upper,
        default="",
        metavar="XX",
        help=_("country to declare in, when the file does not say or another is wanted"),
    )
    return verb


def _looking(verbs: Verbs[argparse.ArgumentParser]) -> None:
    check = _file(verbs, "check", _("check a declaration; exit 0 no errors, 1 errors, 2 cannot be read"))
    check.add_argument("--json", action="store_true", help=_("answer as data"))
    check.set_defaults(run=commands.check)
    listed = _file(verbs, "checklist", _("which documents and permits are needed, and how it stands with each"))
    listed.add_argument("--json", action="store_true", help=_("answer as data"))
    listed.set_defaults(run=commands.checklist)
    duties = _file(verbs, "duties", _("work out values, duties and taxes, item by item and in total"))
    duties.add_argument("--json", action="store_true", help=_("answer as data"))
    duties.set_defaults(run=commands.duties)
    explain = _file(
        verbs,
        "explain",
        _("tell why a figure is what it is, down to typed fields, rates and their sources"),
    )
    explain.add_argument(
        "path",
        metavar="PATH",
        help=_("item[2].customs_value, header.charges_total, or a box: 45/2"),
    )
    explain.set_defaults(run=commands.explain)


def _making(verbs: Verbs[argparse.ArgumentParser]) -> None:
    paper = _file(verbs, "print", _("print an official form as PDF"))
    paper.add_argument("--form", default="dt", help=_("which form: dt is the goods declaration (default)"))
    paper.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf", help=_("the file to write"))
    paper.add_argument(
        "--lang", choices=LANGUAGES, default="ru", help=_("language of the form's captions (default: ru)")
    )
    paper.add_argument(
        "--sign",
        action="store_true",
        help=_("sign the PDF with the key for declaring; readers of PDF files show whose it is"),
    )
    paper.set_defaults(run=commands.paper)
    convert = _file(verbs, "convert", _("write a declaration in another format"))
    convert.add_argument(
        "--to",
        required=True,
        metavar="FORMAT",
        help=_("swclient (our JSON), eaeu-dt (EAEU message), wco-dec (WCO data model) or asycuda-sad (ASYCUDA)"),
    )
    convert.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=_("the file to write"))
    convert.set_defaults(run=commands.convert)


def _sending(verbs: Verbs[argparse.ArgumentParser]) -> None:
    submit = _file(
        verbs,
        "submit",
        _("sign, queue and send a declaration to the TRAINING offices, or by a connection of your own"),
    )
    submit.add_argument("--to", required=True, choices=["training", "connection"], help=_("where to"))
    submit.add_argument(
        "--wait",
        action="store_true",
        help=_("wait for the answers, to the release and the archive"),
    )
    submit.add_argument(
        "--pay",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=_("with --wait: pay what customs asks for, with the key for paying (default); --no-pay stops there"),
    )
    submit.set_defaults(run=commands.submit)
    serve = verbs.add_parser(
        "serve-training",
        add_help=False,
        help=_("run the training customs and tax offices; prints address and CA file"),
    )
    serve.add_argument("rest", nargs=argparse.REMAINDER)
    serve.set_defaults(run=commands.serve_training)


def _proving(verbs: Verbs[argparse.ArgumentParser]) -> None:
    verify = verbs.add_parser("verify", help=_("verify an archive: every file, the seal, the signature"))
    verify.add_argument("archive", type=Path, metavar="ARCHIVE", help=_("the folder"))
    verify.add_argument("--json", action="store_true", help=_("answer as data"))
    verify.set_defaults(run=commands.verify)
    demo = verbs.add_parser(
        "demo",
        help=_("carry one import from a supplier's workbook to release, all on this machine"),
    )
    demo.add_argument(
        "--out",
        type=Path,
        default=Path("demo-results"),
        metavar="DIR",
        help=_("folder for the results (default: demo-results)"),
    )
    demo.add_argument(
        "--explain",
        nargs="?",
        const="header.charges_total",
        default="",
        metavar="PATH",
        help=_("explain a figure on the way"),
    )
    demo.set_defaults(run=commands.demo)
