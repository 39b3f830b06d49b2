# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who changed what in a declaration, and when: the log of changes told box by box, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.kinds.base import Unread
from swclient.document.path import Path
from swclient.workflow.signature.signing_off import RECORD

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.store.values import LoggedChange

_ROWS = {
    "insert": N_("Row added: {table}"),
    "remove": N_("Row removed: {table}"),
    "move": N_("Row moved: {table}"),
}
_NONE = "—"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that somebody changed.

    Attributes:
        path: the value; None where a row came, went or moved, or no value was changed.
        what: the box with its label, or what happened to a row.
        before: the value before, as people read it; empty where there was none.
        after: the value after.
    """

    path: Path | None
    what: str
    before: str = ""
    after: str = ""

    def text(self) -> str:
        """Return it as one line."""
        return self.what if self.path is None else f"{self.what}: {self.before or _NONE} → {self.after or _NONE}"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person did in one step.

    Attributes:
        kind: `created`, `change`, `acknowledged` or `signed_off`.
    """

    at: datetime
    who: str
    kind: str
    edits: tuple[Edit, ...] = ()

    def title(self) -> str:
        """Return it in one line."""
        if self.kind == "created":
            return _("The whole declaration was kept")
        if self.kind == "signed_off":
            return Message(N_("Signed off by {who}"), {"who": self.who}).text()
        if len(self.edits) == 1:
            return self.edits[0].text()
        return Message(N_("{n} changes in one step"), {"n": len(self.edits)}).text()


def past(store: Store, declaration_id: str, session: Session, who: str = "") -> tuple[Turn, ...]:
    """Return who did what, the oldest first, with the numbers that items have now; of one person where one is named."""
    told = (_turn(record, session) for record in store.history(declaration_id))
    return tuple(turn for turn in told if turn is not None and who in {"", turn.who})


def people_of(store: Store, declaration_id: str) -> tuple[str, ...]:
    """Return who changed a declaration, each once, in the order of their first change."""
    return tuple(dict.fromkeys(record.actor for record in store.history(declaration_id)))


def past_of(turns: tuple[Turn, ...], path: Path) -> tuple[tuple[Turn, Edit], ...]:
    """Return the changes of one value."""
    return tuple((turn, edit) for turn in turns for edit in turn.edits if edit.path == path)


def _turn(record: LoggedChange, session: Session) -> Turn | None:
    if record.whole:
        return Turn(record.at, record.actor, "created")
    if RECORD in record.body:
        return Turn(record.at, record.actor, "signed_off")
    changes = record.body.get("changes") or ()
    kind = "acknowledged" if any(each.get("do") == "acknowledge" for each in changes) else "change"
    edits = tuple(edit for each in changes for edit in _edits(each, session))
    return Turn(record.at, record.actor, kind, edits) if edits else None


def _edits(change: Mapping[str, Any], session: Session) -> Iterator[Edit]:
    if change["do"] == "set":
        path = Path(*change["at"])
        yield _edit(path, change["before"], change["after"], session)
    elif change["do"] == "acknowledge":
        after = change["after"]
        words = N_("Warning {code} acknowledged: {why}") if "who" in after else N_("Warning {code} is open again")
        yield Edit(None, Message(words, {"code": after["code"], "why": after.get("why", "")}).text())
    elif change["do"] in _ROWS:
        spec = session.profile.tables.get(change["table"])
        label = Message(spec.label) if spec is not None else change["table"]
        yield Edit(None, Message(_ROWS[change["do"]], {"table": label}).text())
        for name, text in (change.get("values") or {}).items():
            came = change["do"] == "insert"
            path = Path(change["table"], change["row"], name)
            yield _edit(path, None if came else text, text if came else None, session)


def _edit(path: Path, before: str | None, after: str | None, session: Session) -> Edit:
    field = session.profile.fields.get(path.field_id)
    if field is None:  # of a law that had this field
        return Edit(path, path.field_id, before or "", after or "")
    shown = ["" if text is None else _shown(field, text) for text in (before, after)]
    number = _item_number(path, session)
    box = f"{field.box}/{number}" if field.box and number else field.box
    label = field.called.text() if field.box or not number else f"{field.called.text()} ({number})"
    return Edit(path, f"{box} {label}".strip(), *shown)


def _shown(field: Field, text: str) -> str:
    """Return a kept value as people read it; one that its field could not read as it was typed."""
    value = field.kind.load(text)
    return str(value) if isinstance(value, Unread) else field.kind.show(value)


def _item_number(path: Path, session: Session) -> int:
    """Return the number that an item has now; 0 outside goods and for one that is gone."""
    rows = session.rows("item")
    held = session.declaration.tables.get(path.table, {}).get(path.row)
    wanted = path.row if path.table == "item" else held.parent if held is not None else None
    return rows.index(wanted) + 1 if wanted in rows else 0
