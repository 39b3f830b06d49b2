# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checklist: which documents and permits a declaration needs, and how it stands with each.

What is needed is read from the rules, and what is missing from their verdict: the list can say nothing else than the
findings do. Documents that nothing asks for stand at its end, with how long they are in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from swclient.base.i18n import _
from swclient.document.path import SINGLE, Path
from swclient.engine.live import POSITION, Live, LiveRow
from swclient.engine.paper_names import kind_name, kinds_that_do, named, reasons, stated
from swclient.engine.paper_state import Amount, State, Status, of_validity, state_of
from swclient.engine.papers import DOCUMENT, PAPERS, Demand, demands
from swclient.engine.seen import Seen, Sheaf

_ITEM = "item"
_RANK = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist; words are in the language in force.

    Attributes:
        level: of the rule that asks: `error`, `warning`, `advice`; empty where nothing asks.
        what: the document, or the permit as the list of permits calls it.
        why: the values because of which it is asked for.
        code: of the rule that asks, and of its finding while it is missing.
        law: what the rule goes by; `source` is that of the list row behind it.
        confirmed: whether both are.
        items: numbers of the goods items it is for; none for the whole declaration.
        table: `document` or `previous`.
        kinds: codes of the kinds that would do.
        given: where it stands: documents, or the box that is filled instead.
        stated: number of what is given.
        parent: the item under which a new row would stand, None for the whole declaration.
        fills: what a new row would have to say, by field.
    """

    status: Status
    level: str
    what: str
    why: tuple[str, ...] = ()
    code: str = ""
    law: str = ""
    source: str = ""
    confirmed: bool = False
    items: tuple[int, ...] = ()
    table: str = DOCUMENT
    kinds: tuple[str, ...] = ()
    given: tuple[Path, ...] = ()
    stated: str = ""
    valid_until: date | None = None
    promised: date | None = None
    amount: Amount | None = None
    parent: int | None = None
    fills: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Answer:
    """How one row answers a demand: the documents that meet it, or the box that is filled instead."""

    row: LiveRow
    missing: bool
    papers: tuple[LiveRow, ...]
    instead: str = ""


def checklist(live: Live) -> tuple[Line, ...]:
    """Return the checklist of a declaration, the gravest first."""
    return _Checking(live).lines()


class _Checking:
    """Goes once through the demands, then through the documents that no demand met."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.items = list(live.rows[_ITEM].values())
        self._met: dict[int, set[int]] = {}  # items for which a document of the whole declaration is asked
        self._told: set[tuple[str, int]] = set()
        self._sheaves = {table: Sheaf(live, table) for table in PAPERS}
        self._pools: dict[Any, list[LiveRow]] = {}  # rows of one permit, which may stand under several items
        for row in (row for table in PAPERS for row in live.rows[table].values()):
            if row.values.get("number") is not None:
                self._pools.setdefault(_pool(row), []).append(row)

    def lines(self) -> tuple[Line, ...]:
        """Return all lines."""
        found = [(demand, self._answers(demand)) for demand in demands(self.live.plan)]
        for demand, answers in found:
            self._note(demand, answers)
        lines = [line for demand, answers in found for line in self._asked(demand, answers)]
        lines += self._others()
        return tuple(sorted(lines, key=lambda line: (_RANK[line.status], not line.code, line.items)))

    # -- what is asked for

    def _answers(self, demand: Demand) -> list[_Answer]:
        found = []
        seen = Seen(self.live, demand, self._sheaves[demand.table])
        for row in self.live.rows[demand.rule.table].values():
            missing = row.mask > 0 and bool(row.mask >> demand.bit & 1)
            if not missing and not demand.applies(row, self.live):
                continue
            papers = () if missing else seen.meeting(row)
            instead = "" if missing or papers else self._filled(demand, row)
            if missing or papers or instead:
                found.append(_Answer(row, missing, papers, instead))
        return found

    def _filled(self, demand: Demand, row: LiveRow) -> str:
        held = (name for name, holds in demand.instead if holds(row, self.live))
        return next((name for name in held if self._value(name, row) is not None), "")

    def _value(self, field_id: str, row: LiveRow) -> Any:
        table, _sign, name = field_id.partition(".")
        held = row if table == row.table else self.live.singles.get(table)
        return held.values.get(name) if held is not None else None

    def _note(self, demand: Demand, answers: list[_Answer]) -> None:
        for answer in answers:
            for paper in answer.papers:
                if answer.row.table == _ITEM:
                    self._met.setdefault(paper.id, set()).add(answer.row.id)

    def _asked(self, demand: Demand, answers: list[_Answer]) -> list[Line]:
        """Return the lines of a demand; items that are answered alike share one."""
        groups: dict[Any, list[_Answer]] = {}
        for answer in answers:
            basis = demand.basis.key(answer.row, self.live) if demand.basis else ""
            wanted = "" if demand.basis else tuple(answer.row.values.get(name) for name in demand.reads)
            alike = (answer.missing, tuple(each.id for each in answer.papers), answer.instead, basis, wanted)
            groups.setdefault(alike, []).append(answer)
        return [self._line(demand, alike) for alike in groups.values()]

    def _line(self, demand: Demand, answers: list[_Answer]) -> Line:
        first, rule = answers[0], demand.rule
        kinds = kinds_that_do(self.live, demand, first.row)
        fills = _fills(self.live, demand, first.row, kinds)
        entry, codes = self._basis(demand, first.row)
        line = Line(
            status=Status.MISSING if first.missing else Status.PRESENT,
            level=rule.level.value,
            what=entry.name() if entry else named(self.live, demand, kinds, fills.get("number", "")),
            why=reasons(self.live, demand, first.row),
            code=rule.code,
            law=rule.law,
            source=codes.source if codes else "",
            confirmed=rule.confirmed and (codes is None or codes.confirmed),
            items=tuple(each.row.values[POSITION] for each in answers) if first.row.table == _ITEM else (),
            table=demand.table,
            kinds=kinds,
            parent=self._parent(demand, answers),
            fills=fills,
        )
        if first.papers:
            return self._with_paper(line, first.papers)
        return self._with_box(line, first.row, first.instead) if first.instead else line

    def _basis(self, demand: Demand, row: LiveRow) -> tuple[Any, Any]:
        codes = self.live.plan.profile.code_list(demand.basis.list_name) if demand.basis else None
        if demand.basis is None or codes is None:
            return None, None
        return codes.get(demand.basis.key(row, self.live)), codes

    def _parent(self, demand: Demand, answers: list[_Answer]) -> int | None:
        """Return the item under which a new row belongs; one document may stand for several goods."""
        row = answers[0].row
        if row.table == _ITEM and (len(answers) == 1 or demand.table != DOCUMENT):
            return row.id
        return self.items[0].id if demand.table != DOCUMENT and self.items else None

    # -- what is given

    def _with_paper(self, line: Line, papers: tuple[LiveRow, ...]) -> Line:
        states = [(self._state(paper), paper) for paper in papers]
        best, paper = max(states, key=lambda each: _RANK[each[0].status])
        alike = [each for state, each in states if each is paper or (state == best and state.amount is None)]
        self._told |= {(each.table, each.id) for each in alike}  # others differ, and have a line of their own
        given = tuple(Path(each.table, each.id, "kind") for each in papers)
        what = line.what if line.source else kind_name(self.live, paper)
        line = replace(
            line, what=what, given=(Path(paper.table, paper.id, "kind"), *(p for p in given if p.row != paper.id))
        )
        return _stating(line, best, stated(self.live, paper))

    def _with_box(self, line: Line, row: LiveRow, field_id: str) -> Line:
        table, _sign, name = field_id.partition(".")
        fields = self.live.plan.profile.fields
        field, until = fields[field_id], self._value(f"{table}.{name.removesuffix('_number')}_until", row)
        words = f"{field.kind.show(self._value(field_id, row))} ({_('box {box}').format(box=field.box or field.id)})"
        state = State(of_validity(self.live, until), until)
        place = Path(table, row.id if table == row.table else SINGLE, name)
        return _stating(replace(line, given=(place,)), state, words)

    def _state(self, row: LiveRow) -> State:
        return state_of(self.live, row, self._served(row) if row.values.get("quantity_unit") else ())

    def _served(self, row: LiveRow) -> Iterable[LiveRow]:
        """Return the items that share a document: those under which its number stands, or that ask for it.

        For which goods one of the whole declaration is that none asks for, nobody knows, unless there is but one item.
        """
        alike = self._pools.get(_pool(row), [row])
        ids = {each.parent.id for each in alike if each.parent is not None}
        whole = [each for each in alike if each.parent is None]
        if whole:
            asking = {item for each in whole for item in self._met.get(each.id, ())}
            ids |= asking or {item.id for item in self.items[:1] if len(self.items) == 1}
        return [item for item in self.items if item.id in ids]

    def _others(self) -> list[Line]:
        """Return a line for each document that no line has told of yet."""
        return [
            self._other(row)
            for table in PAPERS
            for row in self.live.rows[table].values()
            if (table, row.id) not in self._told and any(row.typed.values())
        ]

    def _other(self, row: LiveRow) -> Line:
        kind, what = row.values.get("kind"), kind_name(self.live, row)
        items = (row.parent.values[POSITION],) if row.parent is not None else ()
        line = Line(
            Status.PRESENT, "", what, items=items, table=row.table, kinds=(kind,) if kind else (), confirmed=True,
            given=(Path(row.table, row.id, "kind"),), parent=row.parent.id if row.parent else None,
        )  # fmt: skip
        return _stating(line, self._state(row), stated(self.live, row))


def _pool(row: LiveRow) -> tuple[Any, ...]:
    return row.table, row.values.get("kind"), row.values.get("number")


def _stating(line: Line, state: State, words: str) -> Line:
    return replace(
        line,
        status=state.status,
        stated=words,
        valid_until=state.valid_until,
        promised=state.promised,
        amount=state.amount,
    )


def _fills(live: Live, demand: Demand, row: LiveRow, kinds: tuple[str, ...]) -> dict[str, str]:
    """Return what a new row begins with, as it would be typed."""
    fields = live.plan.profile.table_fields(demand.table)
    found = {name: ask(row, live) for name, ask in demand.fills.items()}
    made = {name: fields[name].kind.store(value) for name, value in found.items() if value is not None}
    return {"kind": kinds[0], **made} if kinds else made
