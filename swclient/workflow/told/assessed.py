# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What customs assessed beside what was worked out here, kind by kind, with the answer that it comes from.

The answers that this program knows carry sums by kind of payment for the whole declaration, none by item; that is told
where somebody asks about an item. What customs expected in a box is told by its list of errors, and compared too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.decimals import read_decimal
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.charge import ChargeTotal
from swclient.document.path import SINGLE, Path
from swclient.engine.look import Explanation
from swclient.workflow.drafts.kept import in_force, kept_snapshot
from swclient.workflow.life.fold import Kind
from swclient.workflow.life.settling import letters_of

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.workflow.life.letters import Read

TOTALS = frozenset({"header.charges", "header.charges_total"})
ITEMS = frozenset({"item.charges", "item.charges_due", "item.charges_total"})
_BY_KIND_ONLY = N_("Customs told sums by kind for the whole declaration, not by item.")


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of payment: worked out here and assessed by customs; None where one side has none."""

    kind: str
    ours: Decimal | None
    theirs: Decimal | None

    @property
    def difference(self) -> Decimal:
        """Customs' amount less ours."""
        return (self.theirs or Decimal(0)) - (self.ours or Decimal(0))

    def words(self) -> str:
        """Return the difference with its sign and in words."""
        if not self.difference:
            return _("the same")
        if self.theirs is None:
            return _("customs asks for none")
        if self.ours is None:
            return _("not worked out here")
        sign = "+" if self.difference > 0 else "−"
        amount = f"{sign}{i18n.show(abs(self.difference))}"
        return f"{amount} {_('customs: more') if self.difference > 0 else _('customs: less')}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What customs assessed, and where it said so.

    Attributes:
        answer: title of the answer, with its number in brackets where it names one.
        at: when that came.
    """

    lines: tuple[Compared, ...]
    answer: str
    at: datetime

    @property
    def total(self) -> Compared:
        """All kinds together."""
        ours = [each.ours for each in self.lines if each.ours is not None]
        theirs = [each.theirs for each in self.lines if each.theirs is not None]
        return Compared("", sum(ours, Decimal(0)), sum(theirs, Decimal(0)))

    def source(self) -> str:
        """Return where the figures come from."""
        return f"{self.answer}, {self.at.astimezone():%d.%m.%Y %H:%M}"


def assessment(store: Store, declaration_id: str, totals: Iterable[ChargeTotal]) -> Assessment | None:
    """Return what customs assessed beside the sums worked out here; None as long as customs has not assessed."""
    asked: dict[str, Decimal] = {}
    last: Read | None = None
    settled = False
    for read in sorted(letters_of(store, declaration_id), key=lambda each: each.letter.order):
        if read.letter.kind is Kind.RECEIPT:
            settled = not read.letter.facts.get("due")
        elif read.letter.kind is Kind.DEMAND:
            due = _by_kind(read.letter.facts.get("due") or ())
            # What is asked for after everything was paid comes on top; before that, the later request replaces.
            asked = (
                {kind: asked.get(kind, Decimal(0)) + due.get(kind, Decimal(0)) for kind in {**asked, **due}}
                if settled
                else due
            )
            last, settled = read, False
    if last is None:
        return None
    ours: dict[str, Decimal] = {}
    for total in totals:
        ours[total.kind] = ours.get(total.kind, Decimal(0)) + total.amount
    lines = tuple(Compared(kind, ours.get(kind), asked.get(kind)) for kind in sorted({**ours, **asked}))
    parsed = last.kept.parsed or {}
    return Assessment(lines, str(parsed.get("title") or _("Answer received")), last.kept.received_at)


def totals_of(store: Store, declaration_id: str, session: Session) -> tuple[ChargeTotal, ...]:
    """Return the sums worked out here of the version in force: an accepted amendment's where there is one."""
    held = in_force(store, declaration_id)
    if held != declaration_id:
        return kept_snapshot(store, held).one("header").charge_totals()
    totals = session.value(Path("header", SINGLE, "charges"))
    return totals if isinstance(totals, tuple) else ()


def _by_kind(due: Iterable[dict[str, str]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in due:
        found[line["kind"]] = found.get(line["kind"], Decimal(0)) + (read_decimal(line["amount"]) or Decimal(0))
    return found


def compared_at(store: Store, declaration_id: str, session: Session, path: Path) -> Explanation | None:
    """Return what customs said of a value beside what stands here; None where it said nothing of it."""
    if path.field_id in TOTALS | ITEMS:
        held = assessment(store, declaration_id, totals_of(store, declaration_id, session))
        if held is not None:
            return _of_totals(held, whole=path.field_id in TOTALS)
    return _expected(store, declaration_id, session, path)


def _of_totals(held: Assessment, *, whole: bool) -> Explanation:
    parts = tuple(
        Explanation(each.kind, _shown(each.theirs), formula=each.words(), source=_here(each)) for each in held.lines
    )
    note = "" if whole else _(_BY_KIND_ONLY)
    told = " · ".join(filter(None, (held.total.words(), note)))
    return Explanation(
        _("Assessed by customs"), _shown(held.total.theirs), formula=told, source=held.source(), parts=parts
    )


def _here(line: Compared) -> str:
    return Message(N_("worked out here: {amount}"), {"amount": _shown(line.ours)}).text()


def _expected(store: Store, declaration_id: str, session: Session, path: Path) -> Explanation | None:
    """Return what the last list of errors expected in a box, each thing with what was declared."""
    field = session.profile.fields.get(path.field_id)
    rows = session.rows("item")
    number = rows.index(path.row) + 1 if path.table == "item" and path.row in rows else None
    for read in reversed(letters_of(store, declaration_id)):
        errors = read.letter.facts.get("errors") or ()
        found = [each for each in errors if field is not None and _is_about(each, field.box, number)]
        if found:
            title = str((read.kept.parsed or {}).get("title") or _("Answer received"))
            told = f"{title}, {read.kept.received_at.astimezone():%d.%m.%Y %H:%M}"
            parts = tuple(_expectation(each) for each in found)
            return Explanation(_("Expected by customs"), "", source=told, parts=parts)
    return None


def _expectation(error: dict[str, Any]) -> Explanation:
    here = Message(N_("declared: {value}"), {"value": error.get("actual") or "—"}).text()
    return Explanation(str(error["code"]), str(error["expected"]), formula=here)


def _is_about(error: dict[str, Any], box: str, number: int | None) -> bool:
    return bool(box and error.get("expected")) and error.get("box") == box and error.get("item") in {None, number}


def _shown(amount: Decimal | None) -> str:
    return "—" if amount is None else i18n.show(amount)
