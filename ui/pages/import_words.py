# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What taking a file over would do, in lines: what goes, what is doubtful, before and after, what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import Path

from ..forms.preview import Told
from ..words import box_number, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from swclient.workflow.intake.import_plan import Importing, ImportPlan, PlannedRow
    from swclient.workflow.intake.importing import Doubt

WHY = {
    "same": N_("The columns are read as you set them last time for “{supplier}”."),
    "supplier": N_("The columns are read as last set for “{supplier}”, whose file looked otherwise: look them over."),
    "layout": N_("The columns are read as last set for a file with the same headings from another supplier."),
    "beside": N_("The columns are read as the mapping says that lies beside the file."),
    "suggested": N_("The columns are read as their headings suggest; nobody has looked them over yet."),
    "chosen": N_("The columns are read as you say; that is remembered for “{supplier}” once you take the file over."),
    "none": N_("No table of goods was recognised. Say in one row of goods which box each value belongs to."),
}
_OPENING = N_("{name}: opening the file")
_GONE_THROUGH = N_("{name}: gone through {done} of {whole} KB")
_ROWS = N_("{name}: {done} of {whole} rows read")
_KIB = 1024
_COUNTS = (
    (N_("{n} new items"), "new"),
    (N_("{n} items change"), "changed"),
    (N_("{n} items are removed"), "gone"),
    (N_("{n} doubtful cells are kept as they stand and marked"), "doubts"),
)


def counted(plan: ImportPlan) -> str:
    """Return the counts of a plan."""
    counts = {"new": plan.new, "changed": plan.changed, "gone": len(plan.gone), "doubts": len(plan.doubts)}
    told = [Message(text, {"n": counts[key]}).text() for text, key in _COUNTS if counts[key]]
    return " · ".join(told) or _("Nothing changes")


def lines_of(act: Importing, plan: ImportPlan) -> list[Told]:
    """Return a plan in lines: items that go first, then what is doubtful, what changes, and what comes."""
    return [*_gone(act, plan), *(_doubt(act, each) for each in plan.doubts), *_changes(act, plan), *_new(act, plan)]


def _gone(act: Importing, plan: ImportPlan) -> Iterator[Told]:
    for number, row in enumerate(plan.gone, 1):
        where = Message(N_("Item {n}"), {"n": number}).text()
        texts = (act.session.look(Path("item", row, name)).text for name in ("code", "description"))
        yield Told("warning", where, _("removed"), " ".join("  ".join(filter(None, texts)).split()), "–")


def _doubt(act: Importing, doubt: Doubt) -> Told:
    field = act.session.profile.fields.get(doubt.field)
    label = f"{box_number(field)} {label_of(field)}".strip() if field is not None else ""
    return Told("warning", f"{doubt.sheet} {doubt.cell}".strip(), label, "", doubt.text, doubt.reason.text())


def _changes(act: Importing, plan: ImportPlan) -> Iterator[Told]:
    """Yield what changes in sections and rows that are there."""
    number = {row: n for n, row in enumerate(act.session.rows("item"), 1)}
    for top in plan.rows:
        if top.row is None:
            continue
        for each in top.walk():
            spec = act.session.profile.tables[each.table]
            item = number.get(top.row) if top.table == "item" else None
            where = Message(N_("Item {n}"), {"n": item}).text() if item else Message(spec.label).text()
            for name, before, after in each.changes:
                field = act.session.profile.fields[f"{each.table}.{name}"]
                label = f"{box_number(field)} {label_of(field)}".strip()
                yield Told("", where, label, _one_line(before) or ("–" if item else ""), _one_line(after))


def _new(act: Importing, plan: ImportPlan) -> Iterator[Told]:
    """Yield rows that come, each as one line."""
    past = len(act.session.rows("item")) - len(plan.gone)
    for each in plan.rows:
        if each.row is not None:
            continue
        if each.table == "item":
            past += 1
            where = Message(N_("New {n}"), {"n": past}).text()
            yield Told("", where, each.texts.get("code", ""), "", _in_short(each))
        else:
            label = Message(act.session.profile.tables[each.table].label).text()
            yield Told("", label, "", "", " · ".join(_one_line(text) for text in each.texts.values()))


def _in_short(row: PlannedRow) -> str:
    first = ("description", "description_foreign", "quantity", "gross_mass", "net_mass", "price", "origin")
    return " · ".join(_one_line(row.texts[name]) for name in first if row.texts.get(name))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def reading_said(name: str, done: int, whole: int, rows: list[bool]) -> Message:
    """Return how far the reading of a file has come; `rows` is empty while the file is only being opened."""
    if not whole:
        return Message(_OPENING, {"name": name})
    if rows:
        return Message(_ROWS, {"name": name, "done": done, "whole": whole})
    return Message(_GONE_THROUGH, {"name": name, "done": done // _KIB, "whole": whole // _KIB})
