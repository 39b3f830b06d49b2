# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of a profile: those its rules files write, and those its boxes imply.

A box that must be filled, a code that must be in its list, a typed figure that must equal the worked-out one:
nobody writes these, they follow from the catalogue's rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from swclient.base.errors import DataError
from swclient.base.i18n import N_
from swclient.catalogue.field import Field
from swclient.catalogue.kinds import Code
from swclient.catalogue.profile import Profile
from swclient.engine.boxless import DIFFERS, MISSING, MISSING_DO, NOT_IN_LIST, said_of
from swclient.engine.finding import Level

_KEYS = {
    "each",
    "when",
    "check",
    "at",
    "say",
    "do",
    "level",
    "law",
    "confirmed",
    "with",
    "fix",
    "fix_say",
    "_file",
    "group",
    "instead",
    "valid_from",
    "valid_to",
}

# Codes of findings about codes that a list does not know; other lists make LIST-<box>.
_LIST_CODES = {
    "countries": "H022", "currencies": "V011", "declaration_features": "H037", "deal_natures": "V036",
    "directions": "H001", "document_kinds": "D001", "guarantee_kinds": "P011", "incoterms": "V002",
    "offices": "H025", "package_kinds": "G020", "payment_kinds": "P005", "preferences_duty": "G030",
    "preferences_excise": "G030", "preferences_fee": "G030", "preferences_vat": "G030",
    "previous_procedures": "G024", "transport_modes": "T001", "valuation_decisions": "V022",
    "valuation_methods": "V022",
}  # fmt: skip
_FIELD_CODES = {"header.inland_mode": "T002", "header.procedure": "H002", "item.procedure": "G024"}

NOT_IN_LIST_DO = N_("Choose a code from the list (F8).")
DIFFERS_DO = N_("Take the worked-out value, or correct what it is worked out from.")
CLEAR = "''"  # the fix that takes away what was typed
DIFFERS_FIX = N_("Take the worked-out value {computed}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as data.

    Attributes:
        table: section whose rows are checked; `header` for rules asked once.
        when: guard expression, empty for always.
        check: expression that must hold.
        at: field ids where the finding stands.
        values: expressions by name, for the text, over the section's row.
        fix: expression by field id; the literal '' clears.
        valid_from, valid_to: first and last day on which it holds, None for no bound.
        implied: the field this rule follows from, None for a written rule.
        imply: `need`, `list` or `differs` for implied rules.
    """

    code: str
    level: Level
    table: str
    when: str
    check: str
    at: tuple[str, ...]
    say: str
    do: str
    law: str = ""
    confirmed: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    fix: Mapping[str, str] = field(default_factory=dict)
    fix_say: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    implied: Field | None = None
    imply: str = ""


def rulebook(profile: Profile) -> tuple[Rule, ...]:
    """Return all rules of a profile, implied ones first.

    Raises:
        DataError: a rule lacks something or says something unknown.
    """
    written = [_written(code, row, profile) for code, row in profile.rules.items()]
    # A written rule may stand instead of an implied one, because it can say more or offer a mend.
    replaced = {(row["at"][0], row["instead"]) for row in profile.rules.values() if row.get("instead")}
    implied = [rule for rule in _implied(profile) if (rule.at[0], rule.imply) not in replaced]
    return (*implied, *written)


def _must_be_whole(code: str, row: Mapping[str, Any]) -> None:
    """Refuse a row that lacks something or says something unknown."""
    file = row.get("_file", "rules")
    if set(row) - _KEYS:
        raise DataError("Unknown keys {keys}", file=file, row=code, keys=", ".join(sorted(set(row) - _KEYS)))
    for key in ("check", "at", "say", "do", "level"):
        if not row.get(key):
            raise DataError("The rule lacks “{key}”", file=file, row=code, key=key)
    if row["level"] not in set(Level):
        raise DataError("The level must be error, warning or advice", file=file, row=code)
    for key in ("valid_from", "valid_to"):
        if not isinstance(row.get(key, date.min), date):
            raise DataError("“{key}” must be a day, like 2026-01-31 without quotes", file=file, row=code, key=key)


def _must_fit(code: str, row: Mapping[str, Any], profile: Profile) -> str:
    """Return the section of a rule; refuse one whose section or fields the profile does not have."""
    file, table = row.get("_file", "rules"), str(row.get("each", "header"))
    if table not in profile.tables:
        raise DataError("There is no section “{name}”", file=file, row=code, name=table)
    for field_id in (*row["at"], *row.get("fix", {})):
        if field_id not in profile.fields:
            raise DataError("There is no field “{name}”", file=file, row=code, name=field_id)
    return table


def _written(code: str, row: Mapping[str, Any], profile: Profile) -> Rule:
    _must_be_whole(code, row)
    table = _must_fit(code, row, profile)
    law = row.get("law") or profile.fields[row["at"][0]].law  # a neutral rule quotes the country's law of its box
    return Rule(
        code, Level(row["level"]), table, row.get("when", ""), row["check"], tuple(row["at"]), row["say"], row["do"],
        law, bool(row.get("confirmed", False)), row.get("with", {}), row.get("fix", {}), row.get("fix_say", ""),
        row.get("valid_from"), row.get("valid_to"),
    )  # fmt: skip


def _implied(profile: Profile) -> list[Rule]:
    rules: list[Rule] = []
    for each in profile.fields.values():
        if not each.shown:
            continue
        if each.need != "never":
            rules.append(_need(each, profile))
        if isinstance(each.kind, Code) and profile.code_list(each.list_name):
            rules.append(_listed(each, profile))
        if each.derived and each.differs:
            rules.append(_differs(each, profile))
    return rules


def _need(each: Field, profile: Profile) -> Rule:
    return Rule(
        code=each.need_code or f"NEED-{each.box or each.id}",
        level=Level.ERROR,
        table=each.table,
        when="" if each.need == "always" else each.need,
        check=f"filled({each.id})",
        at=(each.id,),
        say=said_of(each, MISSING),
        do=said_of(each, MISSING_DO),
        law=each.law,
        confirmed=profile.law_confirmed(each.law),
        implied=each,
        imply="need",
    )


def _listed(each: Field, profile: Profile) -> Rule:
    code = _FIELD_CODES.get(each.id) or _LIST_CODES.get(each.list_name)
    codes = profile.code_list(each.list_name)
    samples = codes is not None and any(e.more.get("is_sample") for e in codes.entries.values())
    return Rule(
        code=code or f"LIST-{each.box or each.id}",
        level=Level.WARNING if samples else Level.ERROR,  # a list of samples must not refuse a right code
        table=each.table,
        when="",
        check=f"in_list({each.id}, '{each.list_name}')",
        at=(each.id,),
        say=said_of(each, NOT_IN_LIST),
        do=NOT_IN_LIST_DO,
        law=each.law,
        confirmed=profile.law_confirmed(each.law),
        implied=each,
        imply="list",
    )


def _differs(each: Field, profile: Profile) -> Rule:
    return Rule(
        code=each.differs,
        level=Level.ERROR,
        table=each.table,
        when="",
        check=f"typed({each.id}) == computed({each.id})",
        at=(each.id,),
        say=said_of(each, DIFFERS),
        do=DIFFERS_DO,
        law=each.law,
        confirmed=profile.law_confirmed(each.law),
        fix={each.id: CLEAR},
        fix_say=DIFFERS_FIX,
        implied=each,
        imply="differs",
    )
