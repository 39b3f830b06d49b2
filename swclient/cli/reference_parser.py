# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the commands about data: profiles, rules, lookup, rates, pack."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from swclient.base.i18n import _
from swclient.catalogue.cldr import LANGUAGES
from swclient.cli import packs, rates, reference

Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add_asking(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands that answer about the data."""
    profiles = _verb(verbs, "profiles", _("how far the data of each country goes"))
    _json(profiles)
    profiles.set_defaults(run=reference.profiles)
    rules = _verb(verbs, "rules", _("the rules of a country, a line each; with a code everything about it"))
    rules.add_argument("code", nargs="?", metavar="CODE", help=_("code of a rule: G010"))
    _profile(rules)
    _json(rules)
    rules.set_defaults(run=reference.rules)
    lookup = _verb(verbs, "lookup", _("look a code up by code, beginning, word or misspelt word, in nine languages"))
    lookup.add_argument("list", metavar="LIST", help=_("boxes, hs, countries, currencies, units, offices, ..."))
    lookup.add_argument("text", nargs="+", metavar="TEXT", help=_("what is looked for"))
    lookup.add_argument("--lang", choices=LANGUAGES, help=_("language of the names (default: that of the answers)"))
    lookup.add_argument("--limit", type=_count, default=50, metavar="N", help=_("how many at most (default: 50)"))
    lookup.add_argument(
        "--country", dest="profile", type=str.upper, default="", metavar="XX", help=_("the same as --profile")
    )
    _profile(lookup)
    _json(lookup)
    lookup.set_defaults(run=reference.lookup)


def add_rates(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for exchange rates."""
    top = _verb(
        verbs, "rates", _("exchange rates by day: list them, import them, fetch them from a bank's public list")
    )
    actions = top.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    listed = _verb(actions, "list", _("the rates in force on a day, each with its source"))
    _country(listed)
    listed.add_argument("--currency", default="", metavar="CCC", help=_("of this currency only: USD"))
    listed.add_argument("--day", type=_day, metavar="DAY", help=_("the day (default: today in that country)"))
    _json(listed)
    listed.set_defaults(run=rates.listed)
    take = _verb(actions, "import", _("import a table of rates (date, currency, units, rate), all rows or none"))
    _country(take)
    take.add_argument("file", type=Path, metavar="FILE", help=_("CSV or XLSX; or the bank's list saved as XML or JSON"))
    take.add_argument("--source", default="", metavar="TEXT", help=_("where the figures come from"))
    _json(take)
    take.set_defaults(run=rates.take)
    fetch = _verb(actions, "fetch", _("fetch the rates of a day from the public list of the country's bank"))
    _country(fetch)
    fetch.add_argument("--day", type=_day, metavar="DAY", help=_("the day (default: the latest there are)"))
    _json(fetch)
    fetch.set_defaults(run=rates.fetch)


def add_packs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the commands for reference packs."""
    pack = _verb(verbs, "pack", _("reference packs: tariff, rates, lists and rules of a country as one signed file"))
    actions = pack.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    _make(actions)
    verify = _verb(actions, "verify", _("verify a pack; exit 0 good, 1 must not be used, 2 no pack"))
    _file(verify)
    _json(verify)
    verify.set_defaults(run=packs.verify)
    told = _("install a pack, after telling which drafts and templates it breaks and why")
    install = _verb(actions, "install", told)
    _file(install)
    install.add_argument("--yes", action="store_true", help=_("install although drafts or templates are broken"))
    _json(install)
    install.set_defaults(run=packs.install)
    listed = _verb(actions, "list", _("list the installed packs, each verified anew"))
    _json(listed)
    listed.set_defaults(run=packs.listed)
    trust = _verb(actions, "trust", _("trust a publisher: packs signed with this key may be installed"))
    trust.add_argument("file", type=Path, metavar="KEY", help=_("the publisher's public key (PEM)"))
    trust.set_defaults(run=packs.trust)
    key = _verb(actions, "key", _("make a DEMO key for signing packs"))
    key.add_argument("file", type=Path, metavar="NEW.pem", help=_("the file to write"))
    key.add_argument("--name", default="DEMO", metavar="NAME", help=_("whose key it is"))
    key.set_defaults(run=packs.key)


def _make(actions: Verbs[argparse.ArgumentParser]) -> None:
    make = _verb(actions, "make", _("make a pack of a country folder, or of a national tariff in CSV or XLSX"))
    folder = _("a country folder, laid out as those in resources/profiles")
    make.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=folder)
    make.add_argument("--tariff", type=Path, metavar="TABLE", help=_("CSV or XLSX with code, name_.., unit, duty"))
    make.add_argument("--source", default="", metavar="WORDS", help=_("where the table was taken from"))
    make.add_argument("--country", required=True, type=str.upper, metavar="XX", help=_("the country's folder"))
    make.add_argument("--version", required=True, metavar="V", help=_("figures and points, later is newer: 2026.12"))
    make.add_argument("--valid-from", required=True, type=_day, metavar="DAY", help=_("first day: 2026-12-01"))
    make.add_argument("--key", required=True, type=Path, metavar="KEY", help=_("the publisher's private key (PEM)"))
    make.add_argument("--locked", action="store_true", help=_("ask for the pass phrase of the key"))
    make.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.swpack", help=_("the file to write"))
    make.set_defaults(run=packs.make)


def _verb(verbs: Verbs[argparse.ArgumentParser], name: str, help_text: str) -> argparse.ArgumentParser:
    return verbs.add_parser(name, help=help_text, description=help_text)


def _file(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path, metavar="FILE", help=_("the pack"))


def _profile(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--profile",
        type=str.upper,
        default="",
        metavar="XX",
        help=_("country (default: the one that holds for new ones)"),
    )


def _country(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "country", type=str.upper, metavar="COUNTRY", help=_("the country whose rates they are: two letters")
    )


def _json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help=_("answer as data"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is not a day; write 2026-11-20").format(text=text)) from None


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number from 1 on").format(text=text))
    return int(text)
