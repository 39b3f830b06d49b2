# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a failing rule into a finding: puts the row's values into its text, offers its fix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from swclient.base.i18n import N_
from swclient.base.messages import Message, places
from swclient.catalogue.field import Field
from swclient.document.path import SINGLE, Path
from swclient.engine.finding import Finding, Fix, Level
from swclient.engine.live import Live, LiveRow
from swclient.engine.plan import value_function
from swclient.engine.rulebook import CLEAR, Rule

Ask = Callable[[Any, Any], Any]
NOT_CHECKED = "CHECK-FAILED"
TAKE_PROPOSED = N_("Take the proposed value")


class Wording:
    """Words findings of one live declaration; keeps the compiled expressions of texts and fixes."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._asked: dict[tuple[str, str], Ask] = {}

    def finding(self, rule: Rule, row: LiveRow) -> Finding:
        """Return what a failing rule has to say about a row."""
        args = self._implied_args(rule, row) if rule.implied else self._args(rule, row)
        paths = tuple(path for path in (self._path(field_id, row) for field_id in rule.at) if path is not None)
        return Finding(
            code=rule.code,
            level=rule.level,
            paths=paths or (Path(row.table, row.id, ""),),
            message=Message(rule.say, args),
            advice=Message(rule.do, args),
            law=rule.law,
            confirmed=rule.confirmed,
            fix=self._fix(rule, row, args),
        )

    def _implied_args(self, rule: Rule, row: LiveRow) -> dict[str, Any]:
        field = rule.implied
        if field is None:
            return {}
        return {
            "box": self._where(field.box_shown, row),
            "label": self._label(field, row),
            "value": field.kind.show(row.values.get(field.name)),
            "computed": field.kind.show(row.computed.get(field.name)),
        }

    def _label(self, field: Field, row: LiveRow) -> Message:
        number = _item_number(row)
        if field.box or not number:  # the box tells which item
            return field.called
        return Message(N_("{label} of item {number}"), {"label": field.called, "number": number})

    def _where(self, box: str, row: LiveRow) -> str:
        number = _item_number(row)
        return f"{box}/{number}" if number else box

    def _args(self, rule: Rule, row: LiveRow) -> dict[str, Any]:
        args = {name: self._value(rule.table, source, row) for name, source in rule.values.items()}
        for place in places(rule.say) | places(rule.do) | places(rule.fix_say):
            if place not in args:
                args[place] = self._place(place, rule, row)
        return args

    def _place(self, place: str, rule: Rule, row: LiveRow) -> str:
        """A place in a text may name a field: {item.number}, {header.date}; {box} and {v} mean the first box."""
        fields, first = self.live.plan.profile.fields, rule.at[0]
        if place in fields:
            return self._shown(place, row)
        if place == "box":
            return self._where(fields[first].box_shown, row)
        return self._shown(first, row) if place == "v" else ""

    def _shown(self, field_id: str, row: LiveRow) -> str:
        path = self._path(field_id, row)
        if path is None:
            return ""
        value = self.live.rows[path.table][path.row].values.get(path.field)
        return self.live.plan.profile.fields[field_id].kind.show(value)

    def _value(self, table: str, source: str, row: LiveRow) -> Any:
        key = (table, source)
        if key not in self._asked:
            self._asked[key] = value_function(self.live.plan, table, source)
        return self._asked[key](row, self.live)

    def _path(self, field_id: str, row: LiveRow) -> Path | None:
        table, _, name = field_id.partition(".")
        if table == row.table:
            return Path(table, row.id, name)
        if row.parent is not None and table == row.parent.table:
            return Path(table, row.parent.id, name)
        if table in self.live.singles:
            return Path(table, SINGLE, name)
        mine = [
            each
            for each in self.live.rows[table].values()
            if each.parent is row or each.parent is None or row.table == "header"
        ]
        return Path(table, mine[0].id, name) if mine else None

    def _fix(self, rule: Rule, row: LiveRow, args: dict[str, Any]) -> Fix | None:
        mends = [self._mend(field_id, source, rule, row) for field_id, source in rule.fix.items()]
        changes = tuple(mend for mend in mends if mend is not None)
        if not changes or len(changes) < len(mends):  # half a fix is none
            return None
        return Fix(Message(rule.fix_say or TAKE_PROPOSED, args), changes)

    def _mend(self, field_id: str, source: str, rule: Rule, row: LiveRow) -> tuple[Path, str | None] | None:
        path = self._path(field_id, row)
        if path is None or source == CLEAR:
            return None if path is None else (path, None)
        value = self._value(rule.table, source, row)
        return None if value is None else (path, self.live.plan.profile.fields[field_id].kind.store(value))


def _item_number(row: LiveRow) -> Any:
    item = row if row.table == "item" else row.parent
    return item.values.get("number") if item is not None and item.table == "item" else None


def not_checked(row: LiveRow) -> Finding:
    """Return what is told of a row whose checks crashed."""
    words = N_("The checks of this row could not be made; the reason stands in the log.")
    advice = N_("Report it; the other rows are checked.")
    return Finding(NOT_CHECKED, Level.WARNING, (Path(row.table, row.id, ""),), Message(words), Message(advice))
