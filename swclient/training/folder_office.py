# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TRAINING customs office behind a folder, as ASYCUDA is worked with: takes files from `out`, puts exports into `in`.

Each step is in the ledger before its file appears, and a file that a crash kept back appears at the next turn, with the
same bytes: the office may be killed at any moment.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.exchange.xmlread import MAX_BYTES, local, read_xml, value
from swclient.training.folder_checks import faults, figure, taxes
from swclient.training.ledger import now
from swclient.training.ledger_rows import Conversation, Submission
from swclient.training.signature import SignatureRefusedError, verify

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from swclient.training.ledger import Ledger

BACK_END = "asycuda"
OUT, DONE, IN = "out", "done", "in"
TAKEN, REGISTERED, ASSESSED, ENDED = "taken", "registered", "assessed", "ended"
REFUSED = "ASYCUDA: REFUSED"
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_SUFFIXES = {".xml": "declaration", ".json": "payment"}
_SERIAL, _ASSESSED = "T", "A"
_FAILED = N_("The training folder {folder} failed: {reason}")


class FolderOffice:
    """The office of one folder.

    Args:
        folder: what the client watches; its folders are made if missing.
        ledger: what was seen and said.
    """

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder, self._ledger = folder, ledger
        for name in (OUT, DONE, IN):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def turn(self) -> int:
        """Take what lies there, bring every conversation one step on; return how many files were taken or put out."""
        taken = sum(self._take(file) for file in sorted((self._folder / OUT).iterdir()))
        for name in self._ledger.conversations(BACK_END):
            for step in (self._deliver, self._advance):
                talk = self._ledger.conversation(name)
                taken += step(talk) if talk is not None else 0
        return taken

    def _take(self, file: Path) -> bool:
        kind = _SUFFIXES.get(file.suffix)
        if kind is None or not _KEY.fullmatch(file.stem) or file.is_symlink() or not file.is_file():
            return False
        signature = file.with_suffix(".p7s")
        content = file.read_bytes() if file.stat().st_size <= MAX_BYTES else b""
        seal = base64.b64encode(signature.read_bytes()).decode() if signature.is_file() else ""
        self._receive(file.stem, kind, content, seal)
        for each in (file, signature):
            with contextlib.suppress(FileNotFoundError):
                each.replace(self._folder / DONE / each.name)
        return True

    def _receive(self, key: str, kind: str, content: bytes, seal: str) -> None:
        if self._ledger.submission(BACK_END, key) is not None:
            return  # the same file once more; other bytes under a name that was taken are nobody's
        talk = key if kind == "declaration" else _named(content)
        digest = hashlib.sha256(content).hexdigest()
        with self._ledger.transaction():
            held = self._ledger.conversation(talk)
            if kind == "payment" and (held is None or held.stage != ASSESSED):
                return
            self._ledger.keep_submission(Submission(BACK_END, key, kind, digest, talk, now(), content, seal, ""))
            if held is None:
                self._ledger.keep_conversation(Conversation(talk, BACK_END, TAKEN, {}))
            else:
                paid = Decimal(held.facts.get("paid", "0")) + _paid(content)
                self._ledger.keep_conversation(
                    Conversation(talk, BACK_END, held.stage, {**held.facts, "paid": f"{paid:f}"})
                )

    def _advance(self, talk: Conversation) -> int:
        """Bring a conversation one step on, if it is to go on by itself."""
        if talk.stage == ENDED:
            return 0
        sent = self._ledger.opening(talk.id)
        root, wrong = _opened(sent)
        if wrong:
            return self._say(talk, ENDED, {}, ("errors", "\n".join([REFUSED, *wrong, "END\n"]).encode()))
        if talk.stage == TAKEN:
            return self._register(talk, root)
        if talk.stage == REGISTERED:
            _put(root, "Identification/Assessment", _numbered(_ASSESSED, talk.facts["number"], talk.facts["day"]))
            due = f"{taxes(root):f}"
            return self._say(talk, ASSESSED, {"due": due}, ("assessed", _export(root, talk)))
        if Decimal(talk.facts.get("paid", "0")) < Decimal(talk.facts["due"]):
            return 0
        _put(root, "Identification/Assessment", _numbered(_ASSESSED, talk.facts["number"], talk.facts["day"]))
        _put(root, "Export_release", {"Date_of_exit": _slashed(datetime.now(UTC))})
        return self._say(talk, ENDED, {}, ("released", _export(root, talk)))

    def _register(self, talk: Conversation, root: Element) -> int:
        office = value(root, "Identification/Office_segment/Customs_clearance_office_code")
        moment = datetime.now(UTC)
        with self._ledger.transaction():
            number = self._ledger.register(office, f"{moment:%Y-%m-%d}", talk.id)
            facts = {"number": str(number), "day": _slashed(moment)}
            fresh = Conversation(talk.id, BACK_END, REGISTERED, {**talk.facts, **facts})
            return self._say(fresh, REGISTERED, {}, ("registered", _export(root, fresh)))

    def _say(self, talk: Conversation, stage: str, facts: dict[str, Any], said: tuple[str, bytes]) -> int:
        name, body = said
        fresh = Conversation(talk.id, BACK_END, stage, {**talk.facts, **facts})
        kind = "text/plain" if name == "errors" else "application/xml"
        with self._ledger.transaction():
            self._ledger.keep_conversation(fresh)
            self._ledger.notify(fresh, name, kind, body)
        return 1

    def _deliver(self, talk: Conversation) -> int:
        """Put into `in` what is in the ledger and was not put there yet."""
        done = int(talk.facts.get("delivered", 0))
        waiting = self._ledger.notifications(BACK_END, talk.id, (done, 100))
        for notice in waiting:
            whole = self._ledger.notification(BACK_END, notice.id)
            suffix = "txt" if notice.content_type == "text/plain" else "xml"
            part = self._folder / IN / f".{talk.id}.{notice.sequence}.part"
            part.write_bytes(whole.body if whole else b"")
            part.replace(part.with_name(f"{talk.id}.{notice.sequence:04}.{suffix}"))
            fresh = self._ledger.conversation(talk.id) or talk
            with self._ledger.transaction():
                facts = {**fresh.facts, "delivered": notice.sequence}
                self._ledger.keep_conversation(Conversation(talk.id, BACK_END, fresh.stage, facts))
        return len(waiting)


def _opened(sent: Submission) -> tuple[Element, list[str]]:
    """Return the document of a submission, and what is wrong with it."""
    nothing = ElementTree.Element("ASYCUDA")
    try:
        root = read_xml(sent.body, "file")
        verify(sent.signature, sent.body, datetime.fromisoformat(sent.received_at))
    except UserError as error:
        return nothing, [f"TRA-001 /: TRAINING: the file cannot be read: {error}"]
    except SignatureRefusedError as error:
        return nothing, [f"{error.code} /: TRAINING: {error.reason}"]
    if local(root.tag) != "ASYCUDA":
        return nothing, ["TRA-002 /: TRAINING: this is no document of ASYCUDA"]
    return root, faults(root)


def _named(content: bytes) -> str:
    order = _order(content)
    return str(order.get("conversation", ""))


def _paid(content: bytes) -> Decimal:
    payments = _order(content).get("payments")
    amounts = [figure(str(row.get("amount"))) for row in payments or [] if isinstance(row, dict)]
    return sum((amount for amount in amounts if amount is not None and amount > 0), Decimal(0))


def _order(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _slashed(moment: datetime) -> str:
    return f"{moment.month}/{moment.day}/{moment:%y}"


def _numbered(serial: str, number: str, day: str) -> dict[str, str]:
    return {"Serial_number": serial, "Number": number, "Date": day}


def _put(root: Element, path: str, texts: dict[str, str]) -> None:
    """Put texts under a path, which is made where it is not there."""
    place = root
    for name in path.split("/"):
        found = place.find(name)
        place = ElementTree.SubElement(place, name) if found is None else found
    for name, text in texts.items():
        found = place.find(name)
        (ElementTree.SubElement(place, name) if found is None else found).text = text


def _export(root: Element, talk: Conversation) -> bytes:
    _put(root, "Identification/Registration", _numbered(_SERIAL, talk.facts["number"], talk.facts["day"]))
    _put(root, "General_information", {"Comments_free_text": "TRAINING - filed with no authority"})
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def run(folder: Path, directory: Path, pace: float, *, announce: Any, stopped: Any) -> None:
    """Play the office until somebody stops it.

    Args:
        folder: what the client watches.
        directory: where the ledger is kept.
        pace: factor on the half second between two turns.
        announce: gets one JSON line with `folder` and `ledger` when the office is open.
        stopped: an event; the office closes when it is set.

    Raises:
        UserError: another office holds the ledger, or the folder cannot be used.
    """
    from swclient.training.ledger import Ledger

    directory.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.closing(Ledger(directory / "ledger.sqlite")) as ledger:
            office = FolderOffice(folder, ledger)
            announce(json.dumps({"folder": os.fspath(folder), "ledger": os.fspath(directory / "ledger.sqlite")}))
            while not stopped.wait(0.5 * pace):
                office.turn()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            N_("The training folder {folder} failed: {reason}"), folder=str(folder), reason=reason
        ) from error
