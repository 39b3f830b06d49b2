# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A class-room: several trainees at once, each with conversations of their own; an instructor who sees the counts."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import uuid

import pytest
import requests

from swclient.training import TrainingOptions, start_process
from swclient.training.command import main
from swclient.training.ledger import Ledger
from tests.training import sample
from tests.training.office_client import OfficeClient

CLIENTS = {"aigerim": "one", "bakyt": "two"}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with start_process(tmp_path_factory.mktemp("room"), TrainingOptions(pace=0.005, clients=CLIENTS)) as running:
        yield running


@pytest.fixture
def trainees(room):
    made = [OfficeClient(room, f"{name}:{secret}") for name, secret in CLIENTS.items()]
    yield made
    for client in made:
        client.close()


def test_answers_of_others_are_not_there(trainees, signer):
    ours, theirs = trainees
    body, key = sample.container(), str(uuid.uuid4())
    conversation = ours.declare(body, signer.sign(body), key).headers["X-Conversation-ID"]
    ours.messages(conversation, "PaymentRequest")
    row = ours.listed("customs", conversation)[0]
    assert theirs.listed("customs", conversation) == []
    assert all(one["conversation"] != conversation for one in theirs.listed("customs", ""))
    assert theirs.get(row["url"]).status_code == 404
    assert theirs.get(f"/customs/submissions/{key}").status_code == 404
    payment = {
        "conversation": conversation,
        "reference": "R",
        "payments": [{"kind": "1010", "amount": "1", "currency": "398"}],
    }
    assert theirs.pay(payment).status_code == 404
    assert ours.get(row["url"]).status_code == 200


def test_the_same_key_of_two_trainees_is_two_keys(trainees, signer):
    key = str(uuid.uuid4())
    found = []
    for client in trainees:
        body = sample.container()
        answer = client.declare(body, signer.sign(body), key)
        assert answer.status_code == 202
        found.append(answer.headers["X-Conversation-ID"])
        assert client.get(f"/customs/submissions/{key}").json()["conversation"] == found[-1]
    assert found[0] != found[1]


def test_the_instructor_sees_counts_for_each_trainee(trainees, signer):
    ours, _theirs = trainees
    before = ours.get("/ledger").json()["clients"].get("aigerim", {}).get("registrations", 0)
    body, key = sample.container(), str(uuid.uuid4())
    ours.messages(ours.declare(body, signer.sign(body), key).headers["X-Conversation-ID"], "PaymentRequest")
    counts = ours.get("/ledger").json()["clients"]
    assert counts["aigerim"]["registrations"] == before + 1
    assert {line["client"] for line in ours.keys(client="aigerim", limit=1000)} == {"aigerim"}


def test_each_name_goes_with_its_own_secret(room, trainees):
    for name, secret in (("aigerim", "two"), ("aigerim", ""), ("", "one"), ("nobody", "one")):
        form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
        answer = requests.post(room.address + "/oauth/token", data=form, verify=str(room.ca_file), timeout=10)
        assert answer.status_code == 401


def test_clients_may_stand_in_a_file(tmp_path, capsys):
    file = tmp_path / "clients.txt"
    file.write_text("# class 7\naigerim:one\n\nno-secret\n")
    assert main(["--directory", str(tmp_path / "d"), "--clients", str(file)]) == 2
    assert "no-secret is no client" in capsys.readouterr().err
    assert main(["--directory", str(tmp_path / "d"), "--clients", str(tmp_path / "none.txt")]) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the loopback has one address only")
def test_an_address_of_the_room_has_its_certificate(tmp_path):
    address = "127.0.0.5"  # stands for one of the room: not among the names that every certificate has
    with start_process(tmp_path, TrainingOptions(host=address)) as running:
        assert running.address.startswith(f"https://{address}:")
        found = requests.get(running.address + "/ledger", verify=str(running.ca_file), timeout=10)
        assert found.json()["training"] is True
        named = {"Authorization": f"Bearer {running.instructor}"}
        found = requests.get(running.address + "/faults", headers=named, verify=str(running.ca_file), timeout=10)
        assert found.status_code == 200


def test_a_ledger_of_the_first_version_goes_on(tmp_path, signer):
    body, key = sample.container(), str(uuid.uuid4())
    with start_process(tmp_path / "new", TrainingOptions(pace=0.005)) as running:
        client = OfficeClient(running)
        conversation = client.declare(body, signer.sign(body), key).headers["X-Conversation-ID"]
        client.messages(conversation, "PaymentRequest")
        client.close()
    made_old(tmp_path / "new" / "ledger.sqlite")
    shutil.copytree(tmp_path / "new", tmp_path / "old")
    with start_process(tmp_path / "old", TrainingOptions(pace=0.005)) as running:
        client = OfficeClient(running)
        assert client.get(f"/customs/submissions/{key}").json()["conversation"] == conversation
        assert client.listed("customs", conversation)
        assert client.declare(body, signer.sign(body), key).headers["X-Conversation-ID"] == conversation
        client.close()


def made_old(file) -> None:
    """Turn a ledger into what the first version wrote."""
    db = sqlite3.connect(file)
    db.executescript(
        """
        PRAGMA user_version=0;
        DROP INDEX submission_by; DROP INDEX submission_of; DROP INDEX conversation_of;
        ALTER TABLE submission RENAME TO s;
        CREATE TABLE submission (
            back_end TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, sha256 TEXT NOT NULL,
            conversation TEXT NOT NULL, received_at TEXT NOT NULL, body BLOB NOT NULL,
            signature TEXT NOT NULL, PRIMARY KEY (back_end, key)) STRICT;
        INSERT INTO submission SELECT back_end, key, kind, sha256, conversation, received_at, body, signature FROM s;
        DROP TABLE s;
        CREATE INDEX submission_of ON submission (conversation);
        ALTER TABLE conversation DROP COLUMN client;
        ALTER TABLE request DROP COLUMN client;
        ALTER TABLE request DROP COLUMN fault;
        """
    )
    db.close()


def test_a_ledger_of_nothing_counts_nothing(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert ledger.keys("", 0, 10) == []
    assert ledger.summary()["clients"] == {}
    ledger.close()
