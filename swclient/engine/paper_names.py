# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the checklist: which kinds of document would do, what they are called, and why they are asked for."""

from __future__ import annotations

from typing import Any

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.codelist import CodeList
from swclient.engine.live import Live, LiveRow
from swclient.engine.paper_state import day_of
from swclient.engine.papers import PREVIOUS, Demand
from swclient.engine.seen import Glimpse

_NAMED = 3  # so many kinds are named, the others are counted


def kinds_that_do(live: Live, demand: Demand, row: LiveRow) -> tuple[str, ...]:
    """Return the codes of the kinds that would be what is asked for, the usual one first.

    None where the kind does not matter, as with a document that must have a certain number.
    """
    codes = _kinds(live, demand.table)
    if codes is None or demand.table == PREVIOUS:
        return ()
    must = {name: ask(row, live) for name, ask in demand.fills.items()}
    known = dict.fromkeys(live.plan.profile.table_fields(demand.table)) | must
    parent = row if row.table == "item" else None
    good = [code for code, entry in codes.entries.items() if entry.good_on(day_of(live))]
    seen = ((code, Glimpse(demand.table, {**known, "kind": code}, parent)) for code in good)
    found = [code for code, glimpse in seen if demand.meets(glimpse, live)]
    usual = _usual(live, demand, row)
    return tuple(sorted(found, key=lambda code: (usual.get(code, len(usual)), code))) if len(found) < len(good) else ()


def _usual(live: Live, demand: Demand, row: LiveRow) -> dict[str, int]:
    """Return the place of kinds as the rule, or the row of the list behind it, names them."""
    named_there: tuple[str, ...] = demand.literals
    basis = demand.basis
    codes = live.plan.profile.code_list(basis.list_name) if basis else None
    entry = codes.get(basis.key(row, live)) if basis and codes else None
    if basis and entry:
        named_there = tuple(entry.more.get(basis.column, "").split("/"))
    return {code: place for place, code in reversed(tuple(enumerate(named_there)))}


def _kinds(live: Live, table: str) -> CodeList | None:
    return live.plan.profile.code_list(live.plan.profile.fields[f"{table}.kind"].list_name)


def named(live: Live, demand: Demand, kinds: tuple[str, ...], number: str = "") -> str:
    """Return what is asked for in words: “CMR road note or TIR carnet”, or by the number that it must have."""
    codes = _kinds(live, demand.table)
    names = [codes.entries[code].name() for code in kinds[:_NAMED]] if codes else []
    if not names:
        wanted = Message(N_("Document with the number {number}"), {"number": number or "—"}).text()
        return _("Previous document") if demand.table == PREVIOUS else wanted
    more = len(kinds) - _NAMED
    if more > 0:
        return Message(N_("{names} or {n} other kinds"), {"names": ", ".join(names), "n": more}).text()
    first, last = ", ".join(names[:-1]), names[-1]
    return Message(N_("{names} or {last}"), {"names": first, "last": last}).text() if first else last


def kind_name(live: Live, row: LiveRow) -> str:
    """Return what a document is: the name of its kind, else what is typed as its name."""
    codes, kind = _kinds(live, row.table), row.values.get("kind")
    entry = codes.get(kind) if codes else None
    return entry.name() if entry else str(row.values.get("name") or kind or _("A document without a kind"))


def reasons(live: Live, demand: Demand, row: LiveRow) -> tuple[str, ...]:
    """Return the values because of which a rule asks, each as “Commodity code 0203110000”."""
    names = dict.fromkeys(name for name, unless in demand.reasons if unless is None or not unless(row, live))
    return tuple(words for words in (_reason(live, name, row) for name in names) if words)


def _reason(live: Live, field_id: str, row: LiveRow) -> str:
    table, _sign, name = field_id.partition(".")
    held = row if table == row.table else live.singles.get(table)
    value = held.values.get(name) if held is not None else None
    field = live.plan.profile.fields.get(field_id)
    if value is None or field is None:
        return ""
    return f"{field.called.text()}: {_shown(live, field, value)}"


def _shown(live: Live, field: Any, value: Any) -> str:
    codes = live.plan.profile.code_list(field.list_name) if field.kind.list_name else None
    entry = codes.get(value) if codes else None
    return f"{value} {entry.name()}" if entry else str(field.kind.show(value))


def stated(live: Live, row: LiveRow) -> str:
    """Return number and day of a document: “KZ-1, 1 October 2026”."""
    fields = live.plan.profile.table_fields(row.table)
    shown = [fields[name].kind.show(row.values.get(name)) for name in ("number", "date") if name in fields]
    return ", ".join(each for each in shown if each) or i18n.show(None)
