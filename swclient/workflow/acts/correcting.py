# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new draft of what customs did not take, with what customs found wrong pinned to the boxes it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.path import SINGLE, Path
from swclient.engine.finding import Finding, Level
from swclient.engine.said import ANY_VALUE, Said
from swclient.exchange.pinning import field_of
from swclient.exchange.replies import CustomsError
from swclient.store.values import Artefact
from swclient.workflow.drafts.kept import kept_session
from swclient.workflow.life.fold import Kind
from swclient.workflow.life.own_side import AMENDS, CORRECTS, signed_of
from swclient.workflow.life.settling import letters_of
from swclient.workflow.states import State, Verb, why_not

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.workflow.ports import Office

PINS_FILE = "customs-errors.json"
_SAID = N_("Customs said: {text}")
_EXPECTED = N_("Customs said: {text} Expected: {expected}; declared: {actual}.")
_ADVICE = N_("Change this value; what customs said of it then goes away. Whether the new one is right, customs tells.")
_NO_BOX = N_("Customs did not say which box is meant; read it through before you send the declaration again.")
_NOWHERE = Path("header", SINGLE, "direction")


def correct(application: Office, declaration_id: str) -> str:
    """Make a new draft of a rejected or refused declaration or amendment; return its id.

    Raises:
        UserError: it was not rejected.
    """
    store = application.store
    row = store.row(declaration_id)
    reason = why_not(State(row.state), Verb.CORRECT)
    if reason is not None:
        raise UserError(reason)
    session = kept_session(store, declaration_id, application.today)
    amends = row.relation == AMENDS
    made = application.keep(session, row.parent_id if amends else declaration_id, AMENDS if amends else CORRECTS)
    pins = [*_pins(store, declaration_id, session)]
    store.artefacts.keep(Artefact(made, PINS_FILE, "application/json", json.dumps(pins, ensure_ascii=False).encode()))
    return made


def said_by_customs(store: Store, declaration_id: str) -> tuple[Said, ...]:
    """Return what customs found wrong in the declaration that a draft corrects."""
    kept = store.artefacts.latest(declaration_id, PINS_FILE)
    pins: list[dict[str, Any]] = json.loads(kept.artefact.content) if kept is not None else []
    return tuple(_said(pin) for pin in pins)


def _said(pin: dict[str, Any]) -> Said:
    place = pin["path"]
    path = Path(place[0], place[1], place[2]) if place else _NOWHERE
    words = Message(_EXPECTED if pin["expected"] or pin["actual"] else _SAID, {**pin})
    advice = Message(_ADVICE if place else _NO_BOX)
    finding = Finding(pin["code"], Level.WARNING, (path,), words, advice, pin["law"])
    return Said(finding, pin["value"] if place else ANY_VALUE)


def _pins(store: Store, declaration_id: str, session: Session) -> Iterable[dict[str, Any]]:
    container = signed_of(store, declaration_id).container
    for read in letters_of(store, declaration_id):
        if read.letter.about == container and read.letter.kind is Kind.ERRORS:
            for told in read.letter.facts["errors"]:
                yield _pin(CustomsError(**told), session)
        elif _against(read.letter.kind, read.letter.facts) and read.letter.about == container:
            yield _unplaced("—", read.told.text.replace("\n", " "))
    for event in store.events(declaration_id):
        if event.kind == "refused":  # at the door: never registered, so no letter came
            yield _unplaced("—", str(event.detail.get("text", "")).replace("\n", " "))


def _against(kind: Kind, facts: Any) -> bool:
    if kind is Kind.MARK:
        return facts.get("decision") in {"82", "90"}
    return kind is Kind.AMENDMENT and not facts.get("accepted")


def _unplaced(code: str, text: str) -> dict[str, Any]:
    return {"path": None, "code": code, "text": text, "expected": "", "actual": "", "law": "", "value": ""}


def _pin(error: CustomsError, session: Session) -> dict[str, Any]:
    spot = field_of(error, session.profile)
    path = _path(spot[0], spot[1], session) if spot is not None else None
    text = error.text.replace("\n", ". ").rstrip(".") + "."
    told = {"code": error.code, "text": text, "expected": error.expected, "actual": error.actual, "law": error.law}
    return {**told, "path": path, "value": session.text_at(Path(*path)) if path else ""}


def _path(field_id: str, item: int | None, session: Session) -> tuple[str, int, str] | None:
    """Return where a field stands: of the item of that number, else the first row of its section."""
    table, _, field = field_id.partition(".")
    spec = session.profile.tables[table]
    if not spec.many:
        return table, SINGLE, field
    items = session.rows("item")
    owner = items[item - 1] if item is not None and 0 < item <= len(items) else None
    rows = [owner] if table == "item" else session.rows(table, owner) or session.rows(table)
    row = next(iter(rows), None)
    return None if row is None else (table, row, field)
