# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that answer about the data: which countries, which rules, which codes."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.loader import default_profile, load_profile

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.engine.rulebook import Rule

BOXES = "boxes"  # what `lookup` calls the boxes of the form
_UNKNOWN_RULE = N_("There is no rule “{code}” in the profile {profile}.")


def _data(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def profiles(words: argparse.Namespace) -> int:
    """Print how far each country's data goes."""
    from swclient.workflow.coverage import LEVELS, coverage

    found = coverage()
    if words.json:
        _data({code: each.as_data() for code, each in found.items()})
        return 0
    line = N_(
        "{code}  L{level} {words}: {boxes} boxes, {rules} rules, {lists} lists, {tariff} tariff lines; {doubt} rows not"
        " confirmed; data {version}"
    )
    for code, each in found.items():
        told = {
            "code": code, "level": each.level, "words": _(LEVELS[each.level]), "boxes": each.boxes[0],
            "rules": each.rules[0], "lists": each.lists[0], "tariff": each.tariff,
            "doubt": sum(each.unconfirmed.values()), "version": each.profile.version,
        }  # fmt: skip
        print(Message(line, told).text())
        for lack in each.lacks:
            print("    " + Message(N_("for the next level: {what}"), {"what": lack}).text())
    return 0


@dataclass(frozen=True, slots=True)
class _Told:
    """A rule as it is told: its text with what is known beforehand filled in."""

    rule: Rule
    profile: Profile

    @property
    def boxes(self) -> list[str]:
        fields = [self.profile.fields[each] for each in self.rule.at]
        return [field.box or field.id for field in fields] or ["*"]

    def text(self, msgid: str) -> str:
        first = self.rule.implied
        known = {"box": first.box or first.id, "label": Message(first.label)} if first else {}
        return Message(msgid, known).text()

    def as_data(self) -> dict[str, Any]:
        rule = self.rule
        return {
            "code": rule.code, "level": rule.level.value, "section": rule.table,
            "boxes": self.boxes, "at": list(rule.at),
            "when": rule.when, "check": rule.check, "say": self.text(rule.say), "do": self.text(rule.do),
            "valid_from": str(rule.valid_from or ""), "valid_to": str(rule.valid_to or ""),
            "law": rule.law, "confirmed": rule.confirmed, "fix": dict(rule.fix), "follows_from_box": bool(rule.implied),
        }  # fmt: skip


def rules(words: argparse.Namespace) -> int:
    """Print the rules of a country, a line each, or everything about one code."""
    from swclient.engine.rulebook import rulebook
    from swclient.engine.texts import TEXT_RULES

    profile = load_profile(words.profile or default_profile())
    wanted = (words.code or "").casefold()
    told = [
        _Told(rule, profile)
        for rule in (*rulebook(profile), *TEXT_RULES)
        if not wanted or rule.code.casefold() == wanted
    ]
    if not told:
        raise UserError(_UNKNOWN_RULE, code=words.code, profile=profile.code)
    told.sort(key=lambda each: each.rule.code)
    if words.json:
        _data([each.as_data() for each in told])
    elif wanted:
        print("\n\n".join("\n".join(_everything(each)) for each in told))
    else:
        for each in told:
            print(
                f"{each.rule.code}  {_(each.rule.level.value)}  [{', '.join(each.boxes)}]  {each.text(each.rule.say)}"
            )
    return 0


def _everything(told: _Told) -> list[str]:
    rule = told.rule
    law = rule.law or _("source not known")
    lines = [
        f"{rule.code}  {_(rule.level.value)}  [{', '.join(told.boxes)}]",
        f"    {told.text(rule.say)}",
        f"    {told.text(rule.do)}",
        f"    {_('Law')}: {law}" + ("" if rule.confirmed else f" ({_('not confirmed')})"),
        f"    {_('Asked for')}: {_('every row of “{name}”').format(name=rule.table)}",
        f"    {_('Must hold')}: {rule.check}",
    ]
    lines += [f"    {_('Only when')}: {rule.when}"] if rule.when else []
    lines += [f"    {_('In force from')}: {rule.valid_from}"] if rule.valid_from else []
    lines += [f"    {_('In force until')}: {rule.valid_to}"] if rule.valid_to else []
    lines += [f"    {_('Offered')}: {field} = {text}" for field, text in rule.fix.items()]
    return lines


def lookup(words: argparse.Namespace) -> int:
    """Print codes for a text, the best first; 1 when there is none."""
    from swclient.catalogue.search import search_of

    profile, text = load_profile(words.profile or default_profile()), " ".join(words.text)
    if words.list.casefold() == BOXES:
        return _boxes(profile, text, words)
    hits = search_of(profile).find(words.list, text, words.lang, words.limit)
    if words.json:
        _data([{"code": hit.code, "name": hit.name, "how": hit.how.value} for hit in hits])
    else:
        for hit in hits:
            print(f"{hit.code}  {hit.name}")
    return int(not hits)


def _boxes(profile: Profile, text: str, words: argparse.Namespace) -> int:
    """Print the boxes that a text may mean: number, label, official wording, field."""
    from swclient.catalogue.boxes import find_boxes

    found = find_boxes(profile, text)[: words.limit]
    if words.json:
        _data([_box_data(field, words.lang) for field in found])
    else:
        for field in found:
            titles = " / ".join(field.titles.values())
            told = (field.box or "—", field.called.text(words.lang), titles, field.id)
            print("  ".join(each for each in told if each))
    return int(not found)


def _box_data(field: Field, language: str | None) -> dict[str, Any]:
    label = field.called.text(language)
    return {"field": field.id, "box": field.box, "label": label, "titles": dict(field.titles), "wco": field.wco}
