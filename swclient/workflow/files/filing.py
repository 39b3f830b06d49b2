# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files a released declaration away: gathers what was sent and answered, writes the archive, verifies it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.document.snapshot import Snapshot
from swclient.workflow.files.archiving import Piece, Verdict, verify_archive, write_archive
from swclient.workflow.files.attachments import for_archive
from swclient.workflow.life.own_side import AMENDS
from swclient.workflow.life.settling import Step, life, settle
from swclient.workflow.offices.links import watermark, went_to_training
from swclient.workflow.printing import print_declaration
from swclient.workflow.signature import signing
from swclient.workflow.signature.keys import demo_signer
from swclient.workflow.told.timeline import of_people

if TYPE_CHECKING:
    from swclient.store import Store

FORM_FILE = "print/dt1.toml"
TRAINING_NOTE = "TRAINING - filed with no authority"
OWN_NOTE = "sent by a connection of the user's own; not confirmed by this program"


def file_away(store: Store, declaration_id: str, snapshot: Snapshot, home: Path) -> Path:
    """Write the archive of a released declaration, verify it, and move the declaration to its last state.

    After an amendment another archive is written beside the first, with the amended declaration and its message too.

    Raises:
        UserError: the archive does not verify; nothing is moved.
    """
    row = store.row(declaration_id)
    pieces = _pieces(store, declaration_id, snapshot, row.number or "")
    seal = demo_signer(home)
    made = datetime.now(UTC)
    facts: dict[str, Any] = {"declaration": declaration_id, "number": row.number, "profile": row.profile}
    facts |= {"profile_version": snapshot.profile_version, "archived_at": made.isoformat(timespec="seconds")}
    signed = [event.at for event in store.events(declaration_id) if event.kind == "signed"]
    facts |= {"signed_at": signed[-1].isoformat() if signed else None}
    training = went_to_training(store, declaration_id)
    facts |= {"training": training, "note": TRAINING_NOTE if training else OWN_NOTE}
    amendments = life(store, declaration_id).amendments
    name = (row.number or declaration_id).replace("/", "_") + (f"-{len(amendments):02}" if amendments else "")
    folder = home / "archive" / name
    if not folder.exists():  # it is there where the program died just after writing it
        write_archive(folder, pieces, facts, seal.sign)
    verdict = verify(folder)
    if not verdict.good:
        raise UserError(
            N_("The archive {folder} does not verify: {first}"),
            folder=str(folder),
            first=verdict.problems[0],
        )
    settle(store, declaration_id, Step("archived", {"text": str(folder), "amendments": len(amendments)}))
    return folder


def _pieces(store: Store, declaration_id: str, snapshot: Snapshot, number: str) -> list[Piece]:
    pieces = []
    for name in ("message.xml", "message.p7s"):
        kept = store.artefacts.latest(declaration_id, name)
        if kept is not None:
            pieces.append(Piece(name, kept.artefact.content))
    sent = store.artefacts.latest(declaration_id, "message.xml")
    for count, child in enumerate(store.children(declaration_id, AMENDS), 1):
        for name in ("message.xml", "message.p7s"):
            kept = store.artefacts.latest(child, name)
            pieces += [Piece(f"amendments/{count:02}-{name}", kept.artefact.content)] if kept is not None else []
    for entry in store.outbox.entries(declaration_id):
        if entry.entry.verb != "declaration":
            name = f"sent/{entry.id:02}-{entry.entry.verb}"
            pieces.append(Piece(f"{name}.json", entry.entry.content))
            pieces += [Piece(f"{name}.p7s", entry.entry.signature)] if entry.entry.signature else []
    for count, answer in enumerate(store.answers.of_declaration(declaration_id), 1):
        suffix = "json" if "json" in answer.answer.content_type else "xml"
        pieces.append(Piece(f"answers/{count:02}-{answer.answer.channel}.{suffix}", answer.answer.raw))
    owners = (declaration_id, *store.children(declaration_id, AMENDS))
    pieces += [Piece(name, content) for name, content in for_archive(store, owners)]
    marks = {
        "watermark": watermark(store, declaration_id),
        "registration": number,
        "message_hash": sent.sha256 if sent else "",
    }
    told = [Piece("timeline.json", _timeline(store, declaration_id)), *reviewed(store, declaration_id)]
    return [*pieces, *_printed(snapshot, marks), *told]


def reviewed(store: Store, declaration_id: str) -> list[Piece]:
    """Return who let which warning stand and why, and who signed off; nothing where nobody did."""
    rows = [
        {"at": each.at.isoformat(), "kind": each.kind, "what": each.title, "detail": each.detail}
        for each in of_people(store, declaration_id)
    ]
    return [Piece("reviewed.json", json.dumps(rows, ensure_ascii=False, indent=1).encode())] if rows else []


def _printed(snapshot: Snapshot, marks: dict[str, str]) -> list[Piece]:
    """Return the form; not every country has its form yet, and the message is what counts."""
    profile = load_profile(snapshot.profile, version=snapshot.profile_version)
    if profile.find(FORM_FILE) is None:
        return []
    return [Piece("form.pdf", print_declaration(snapshot, profile, marks).pdf)]


def _timeline(store: Store, declaration_id: str) -> bytes:
    rows: list[dict[str, Any]] = [
        {
            "at": event.at.isoformat(),
            "kind": event.kind,
            "before": event.before,
            "after": event.after,
            "detail": dict(event.detail),
        }
        for event in store.events(declaration_id)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def verify(folder: Path) -> Verdict:
    """Verify an archive: every file against the manifest, manifest and message against their signatures.

    Raises:
        UserError: this is not an archive of ours.
    """
    return verify_archive(folder, signing.why_bad)
