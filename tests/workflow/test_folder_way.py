# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration goes from the draft to its release by files alone, through the training office behind a folder."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from swclient.document.path import Path as FieldPath
from swclient.training.folder_office import FolderOffice
from swclient.training.ledger import Ledger
from swclient.workflow.acts.lodging import queueing_step, signing_step
from swclient.workflow.acts.paying import due_now, pay
from swclient.workflow.application import Application
from swclient.workflow.connections import CUSTOMS, Connection
from swclient.workflow.intake.converting import written
from swclient.workflow.life.settling import settle
from swclient.workflow.line.receiving import Receiver
from swclient.workflow.line.sending import Sender
from swclient.workflow.offices.adapters import back_end
from swclient.workflow.signature.keys import DECLARE
from swclient.workflow.signature.signing import SignedMessage
from swclient.workflow.states import State
from tests.declarations import today


class Way:
    """A post, a folder, and the office behind it."""

    def __init__(self, application: Application, folder: Path) -> None:
        self.application, self.store = application, application.store
        self.ledger = Ledger(folder.parent / "ledger.sqlite")
        self.office = FolderOffice(folder, self.ledger)
        channels = {CUSTOMS: back_end(Connection(CUSTOMS, "file", str(folder)))}
        self.sender = Sender(self.store, channels, application.moved)
        self.receiver = Receiver(self.store, channels, application.moved)

    def queue(self, session: Any, declaration_id: str) -> str:
        content = written(session, "asycuda-sad")
        signature = self.application.keys.signer(DECLARE).sign(content)
        ids = str(uuid.uuid4()), str(uuid.uuid4())
        settle(self.store, declaration_id, signing_step(declaration_id, SignedMessage(*ids, content, signature, "")))
        settle(self.store, declaration_id, queueing_step(self.store, declaration_id))
        return self.store.outbox.entries(declaration_id)[0].entry.idempotency_key

    def turn(self, declaration_id: str, times: int = 1) -> State:
        for _ in range(times):
            self.sender.send_due()
            self.office.turn()
            for entry in self.store.outbox.entries(declaration_id):
                if entry.conversation:
                    self.receiver.pull(CUSTOMS, entry.conversation)
            self.receiver.apply_all()
        return State(self.store.load(declaration_id).row.state)


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    application = Application(tmp_path / "home", today=today)
    made = Way(application, tmp_path / "folder")
    yield made
    made.ledger.close()
    application.close()


def test_a_declaration_is_registered_assessed_paid_and_released_by_files(way: Way) -> None:
    declaration_id = way.application.open_sample()
    session = way.application.open(declaration_id).session
    key = way.queue(session, declaration_id)
    assert way.turn(declaration_id, 5) is State.PAYMENT_DUE
    number = way.application.number_of(declaration_id)
    assert number.startswith("50001/")
    assert [line["kind"] for line in due_now(way.store, declaration_id)] == ["1010", "2010", "5010"]
    pay(way.store, declaration_id, session.snapshot(), way.application.keys)
    assert way.turn(declaration_id, 4) is State.RELEASED
    counts = way.ledger.summary()
    assert counts["submissions"] == {"declaration": 1, "payment": 1}
    assert counts["registrations"] == 1
    kept = [answer.answer.conversation for answer in way.store.answers.of_declaration(declaration_id)]
    assert kept == [key] * 3


def test_an_export_that_says_all_at_once_catches_up_on_what_came_before(way: Way, tmp_path: Path) -> None:
    declaration_id = way.application.open_sample()
    session = way.application.open(declaration_id).session
    way.queue(session, declaration_id)
    way.sender.send_due()
    for _ in range(4):
        way.office.turn()
    answers = sorted((tmp_path / "folder" / "in").iterdir())
    assert len(answers) == 2
    answers[0].unlink()  # nobody exported it when it was registered; it was assessed at once
    assert way.turn(declaration_id, 2) is State.PAYMENT_DUE
    assert way.application.number_of(declaration_id)


def test_what_the_office_refuses_comes_back_with_its_boxes(way: Way) -> None:
    declaration_id = way.application.open_sample()
    session = way.application.open(declaration_id).session
    session.type_in(FieldPath("item", session.rows("item")[1], "net_mass"), "999999")
    way.queue(session, declaration_id)
    assert way.turn(declaration_id, 3) is State.REJECTED
    told = [h for h in way.application.open(declaration_id).timeline() if h.level == "error" and h.raw]
    assert "TRA-301" in told[0].detail
    assert "35/2" in told[0].detail


def test_a_signature_over_other_bytes_is_refused(way: Way, tmp_path: Path) -> None:
    declaration_id = way.application.open_sample()
    key = way.queue(way.application.open(declaration_id).session, declaration_id)
    way.sender.send_due()
    file = tmp_path / "folder" / "out" / f"{key}.xml"
    file.write_bytes(file.read_bytes().replace(b"<Item_price>", b"<Item_price>1", 1))
    assert way.turn(declaration_id, 3) is State.REJECTED
    assert way.ledger.summary()["registrations"] == 0


def test_the_office_killed_between_any_two_turns_says_the_same_once(way: Way, tmp_path: Path) -> None:
    declaration_id = way.application.open_sample()
    way.queue(way.application.open(declaration_id).session, declaration_id)
    for _ in range(8):
        way.turn(declaration_id)
        way.ledger.close()
        way.ledger = Ledger(tmp_path / "ledger.sqlite")
        way.office = FolderOffice(tmp_path / "folder", way.ledger)
    assert State(way.store.load(declaration_id).row.state) is State.PAYMENT_DUE
    assert way.ledger.summary()["notifications"] == {"assessed": 1, "registered": 1}
    assert len(way.store.answers.of_declaration(declaration_id)) == 2


def test_the_command_plays_the_office_until_its_input_closes(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    words = ["--directory", str(tmp_path / "ledger"), "--folder", str(folder), "--pace", "0.01", "--until-stdin-closes"]
    run = [sys.executable, "-m", "swclient.training", *words]
    root = Path(__file__).parents[2]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as office:
        said = json.loads(office.stdout.readline())
        assert said["folder"] == str(folder)
        assert (folder / "out").is_dir()
        office.stdin.close()
        assert office.wait(30) == 0
