# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far each country's data goes: counted from the data itself, never typed.

Levels build on each other: L1 prepare, L2 check, L3 work out duties, L4 print, L5 exchange messages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.catalogue.reference import Reference
from swclient.engine.rulebook import rulebook

if TYPE_CHECKING:
    from swclient.catalogue.codelist import CodeList
    from swclient.catalogue.profile import Profile

_NO_TITLES = N_("no box has a national title")
_NO_LISTS = N_("these lists are not there: {names}")
_NO_RULES = N_("there are no rules of the country")
_NO_CHARGES = N_("profile.toml has no [charges]")
_NO_RATES = N_("there are no rates")
_NO_TARIFF = N_("there is no tariff")
_NO_FORM = N_("there is no form to print")
_NO_MESSAGE = N_("there is no message to send")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a profile has.

    Attributes:
        level: 0 to 5.
        lacks: what bars the next level; none at the highest.
        boxes: fields with a box of the form, and among them those with a national title.
        rules: all rules, and among them those written for the country or its parents.
        lists: code lists and their rows.
        unconfirmed: rows whose source is not confirmed, by what they are.
    """

    profile: Profile
    level: int
    lacks: tuple[Message, ...]
    boxes: tuple[int, int]
    rules: tuple[int, int]
    lists: tuple[int, int]
    tariff: int
    rates: int
    unconfirmed: dict[str, int]

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        facts = self.profile.facts
        return {
            "name": facts.get("name", {}), "version": self.profile.version, "level": f"L{self.level}",
            "lacks": [each.text() for each in self.lacks], "languages": facts.get("languages", []),
            "boxes": self.boxes[0], "boxes_titled": self.boxes[1],
            "rules": self.rules[0], "rules_written": self.rules[1],
            "lists": self.lists[0], "list_rows": self.lists[1], "tariff_lines": self.tariff, "rates": self.rates,
            "unconfirmed": sum(self.unconfirmed.values()), "unconfirmed_by_kind": self.unconfirmed,
        }  # fmt: skip


def coverage() -> dict[str, Coverage]:
    """Return the coverage of every profile that one can declare in, by its code."""
    return {code: coverage_of(load_profile(code)) for code in profile_codes()}


def coverage_of(profile: Profile) -> Coverage:
    """Count what a profile has."""
    reference = Reference(profile)
    boxed = [field for field in profile.fields.values() if field.shown and field.box]
    rules = rulebook(profile)
    lists = _lists(profile)
    rates = [row for name in profile.rates for row in reference.rate_rows(name)]
    lines, doubtful = _tariff(profile)
    unconfirmed = {
        "rules": sum(not rule.confirmed for rule in rules),
        "list_rows": sum(len(each.entries) for each in lists if not each.confirmed),
        "rates": sum(not row.confirmed for row in rates),
        "tariff_lines": doubtful,
    }
    level, lacks = _level(profile)
    return Coverage(
        profile, level, lacks,
        boxes=(len(boxed), sum(bool(field.titles) for field in boxed)),
        rules=(len(rules), len(_national(profile))),
        lists=(len(lists), sum(len(each.entries) for each in lists)),
        tariff=lines, rates=len(rates), unconfirmed=unconfirmed,
    )  # fmt: skip


def _lists(profile: Profile) -> list[CodeList]:
    names = sorted({path.stem for folder in profile.folders for path in (folder / "lists").glob("*.csv")})
    return [found for name in names if (found := profile.code_list(name)) is not None]


def _tariff(profile: Profile) -> tuple[int, int]:
    """Return the number of lines to declare under that have not ended, and of those whose source is not confirmed."""
    reference = Reference(profile)
    found = [reference.tariff_line(code, date.max) for code in reference.tariff_codes()]
    lines = [line for line in found if line is not None and line.final]
    return len(lines), sum(not line.confirmed for line in lines)


def _national(profile: Profile) -> list[str]:
    """Return the codes of rules that the country, its parents or a set that it takes say, not the neutral ones."""
    neutral = str(profile.folders[-1] / "rules")
    return [code for code, row in profile.rules.items() if not str(row.get("_file", "")).startswith(neutral)]


def _level(profile: Profile) -> tuple[int, tuple[Message, ...]]:
    for level, lacks in enumerate(_STEPS):
        found = lacks(profile)
        if found:
            return level, tuple(found)
    return len(_STEPS), ()


def _to_prepare(profile: Profile) -> list[Message]:
    shown = [field for field in profile.fields.values() if field.shown and field.box]
    wanted = {field.list_name for field in shown if field.list_name and field.list_name != "tariff"}
    missing = sorted(name for name in wanted if profile.code_list(name) is None)
    lacks = [] if any(field.titles for field in shown) else [Message(_NO_TITLES)]
    return lacks + ([Message(_NO_LISTS, {"names": ", ".join(missing)})] if missing else [])


def _to_check(profile: Profile) -> list[Message]:
    return [] if _national(profile) else [Message(_NO_RULES)]


def _to_work_out(profile: Profile) -> list[Message]:
    lacks = [] if profile.facts.get("charges") else [Message(_NO_CHARGES)]
    lacks += [] if profile.rates else [Message(_NO_RATES)]
    return lacks + ([] if _tariff(profile)[0] else [Message(_NO_TARIFF)])


def _to_print(profile: Profile) -> list[Message]:
    forms = [path for folder in profile.folders for path in (folder / "print").glob("*.toml") if path.stem != "words"]
    return [] if forms else [Message(_NO_FORM)]


def _to_exchange(profile: Profile) -> list[Message]:
    messages = [path for folder in profile.folders for path in (folder / "message").glob("*.xml")]
    return [] if messages and profile.find("exchange.toml") else [Message(_NO_MESSAGE)]


_STEPS: tuple[Callable[[Profile], list[Message]], ...] = (
    _to_prepare,
    _to_check,
    _to_work_out,
    _to_print,
    _to_exchange,
)
LEVELS = (N_("nothing"), N_("prepare"), N_("check"), N_("work out duties"), N_("print"), N_("exchange messages"))
