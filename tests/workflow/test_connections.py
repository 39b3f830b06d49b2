# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections of one's own: kept without a secret, chosen by country, tested step by step, and never mixed up."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.signing.secrets import Secret
from swclient.training import RunningTraining, TrainingOptions, start_process
from swclient.transport.problems import AnswerUnknownError
from swclient.workflow.application import Application
from swclient.workflow.connections import FILE, Connection, Register, read_register, write_register
from swclient.workflow.offices.linking import Linking
from swclient.workflow.offices.links import Links, watermark, way_of
from swclient.workflow.states import State
from tests.declarations import today
from tests.workflow.test_seven_countries import sample
from tests.workflow.test_way import carried

CANARY = "canary-of-a-secret"
OWN = Connection("customs", "wco", "https://office.example.org:8443", "us", name="Own", country="TJ")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTraining]:
    options = TrainingOptions(pace=0.01, client_id="us", client_secret=CANARY)
    with start_process(tmp_path_factory.mktemp("other"), options) as running:
        yield running


@pytest.fixture
def own(office: RunningTraining) -> Connection:
    """A connection to an office that is somebody else's, as far as the program knows."""
    return replace(OWN, address=office.address, ca_file=office.ca_file, path="/wco/customs")


def test_what_is_added_is_read_again_and_holds_no_secret(tmp_path: Path) -> None:
    linking = Linking(tmp_path)
    full = replace(OWN, path="/x", token_path="/t", scopes="a b", deadline=7.5, byte_cap=1 << 20, key_days=30)
    linking.put(full, secret=Secret(CANARY))
    assert read_register(tmp_path).connections == (full,)
    assert CANARY not in (tmp_path / FILE).read_text("utf-8")
    assert "secret" not in (tmp_path / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "name"),
        ({"name": "training"}, "already"),
        ({"address": "http://office.example.org"}, "https://"),
        ({"address": "https://us:secret@office.example.org"}, "https://"),
        ({"address": "https://"}, "https://"),
        ({"adapter": "gopher"}, "gopher"),
        ({"country": "XX"}, "XX"),
        ({"deadline": 0.0}, "deadline"),
        ({"byte_cap": 1}, "cap of bytes"),
        ({"key_days": -1}, "remembered"),
        ({"ca_file": Path("/nowhere.pem")}, "nowhere.pem"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name_and_nothing_is_kept(tmp_path: Path, wrong: dict, told: str) -> None:
    with pytest.raises(UserError, match=told):
        Linking(tmp_path).put(replace(OWN, **wrong))
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    "content", ["", "[]", '{"layout": 2}', '{"layout": 1, "connections": [{"name": 5}], "in_use": []}']
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(UserError, match="connections"):
        Linking(tmp_path).put(OWN)
    assert (tmp_path / FILE).read_text() == content


def test_the_connection_of_a_country_goes_before_that_of_all(tmp_path: Path) -> None:
    everybody = replace(OWN, name="All", country="")
    register = Register().with_connection(OWN).with_connection(everybody).using("Own").using("All")
    assert register.used_for("customs", "TJ") == OWN
    assert register.used_for("customs", "UZ") == everybody
    assert register.used_for("tax", "TJ") is None
    second = replace(OWN, name="Second")
    assert register.with_connection(second).using("Second").in_use == {"All", "Second"}
    assert register.without("Own").used_for("customs", "TJ") == everybody
    renamed = register.with_connection(replace(OWN, name="Renamed"), instead="Own")
    assert renamed.used_for("customs", "TJ").name == "Renamed"
    write_register(tmp_path, register)
    assert read_register(tmp_path) == register


def test_without_connections_each_country_goes_to_training_in_its_own_message(tmp_path: Path) -> None:
    ways = {code: way_of(tmp_path, load_profile(code)) for code in ("KZ", "KG", "TJ", "CN")}
    assert {code: way.message for code, way in ways.items()} == {
        "KZ": "eaeu-dt",
        "KG": "eaeu-dt",
        "TJ": "wco-dec",
        "CN": "wco-dec",
    }
    assert all(way.training for way in ways.values())


def test_a_connection_says_in_which_message_a_declaration_is_written(tmp_path: Path) -> None:
    linking = Linking(tmp_path)
    linking.put(replace(OWN, country="KZ"))
    linking.use("Own")
    assert way_of(tmp_path, load_profile("KZ")).message == "wco-dec"
    assert not way_of(tmp_path, load_profile("KZ")).training
    assert way_of(tmp_path, load_profile("KG")).training


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    made = Application(
        tmp_path / "home",
        today=today,
        start_offices=lambda folder: start_process(folder, TrainingOptions(pace=0.01)),
        ask=lambda _prompt: Secret(CANARY),
    )
    yield made
    made.close()


def test_a_declaration_goes_by_the_connection_and_is_nowhere_called_training(
    application: Application, own: Connection
) -> None:
    linking = Linking(application.home)
    linking.put(own)
    linking.use("Own")
    declaration_id = application.take(sample("tj-import-40"))
    carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    assert "not confirmed" in application.connection.text()
    assert "NOT CONFIRMED" in application.marks_of(declaration_id)["watermark"]
    facts = json.loads(next((application.home / "archive").rglob("manifest.json")).read_text("utf-8"))
    assert "not confirmed" in json.dumps(facts)
    for file in application.home.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes(), file


def test_what_was_signed_for_one_office_is_never_sent_to_another(application: Application, own: Connection) -> None:
    linking = Linking(application.home)
    linking.put(own)
    linking.use("Own")
    declaration_id = application.take(sample("tj-import-40"))
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    linking.remove("Own")
    links = Links(application.home, application.start_offices, application.store)
    try:
        channels = links.open()
        entry = application.store.outbox.entries(declaration_id)[0]
        with pytest.raises(OutsideError, match="Own"):
            channels["customs"].send(entry)
    finally:
        links.close()
    assert "NOT CONFIRMED" in watermark(application.store, declaration_id)


def test_an_office_that_forgets_keys_is_not_believed_when_it_has_nothing(
    application: Application, own: Connection
) -> None:
    linking = Linking(application.home)
    linking.put(replace(own, key_days=1))
    linking.use("Own")
    declaration_id = application.take(sample("tj-import-40"))
    session = application.open(declaration_id).session
    links = Links(application.home, application.start_offices, application.store, lambda _prompt: Secret(CANARY))
    try:
        application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
        entry = application.store.outbox.entries(declaration_id)[0]
        channel = links.open()["customs"]
        assert channel.ask(entry.entry.idempotency_key) is None
        old = replace(entry, created_at=entry.created_at - timedelta(days=2))
        links.entry_of = lambda *_told, **_named: old  # type: ignore[method-assign]  # two days go by
        with pytest.raises(AnswerUnknownError, match="remembers for 1 day what"):
            channel.ask(entry.entry.idempotency_key)
    finally:
        links.close()


def steps(connection: Connection, secret: str = CANARY) -> list[tuple[str, bool]]:
    linking = Linking(Path("/nowhere"))
    return [(step.name, step.good) for step in linking.test(connection, Secret(secret))]


def test_a_good_connection_passes_every_step(own: Connection) -> None:
    assert [good for _name, good in steps(own)] == [True] * 5


@pytest.mark.parametrize(
    ("change", "secret", "last"),
    [
        ({"address": "https://127.0.0.1:9"}, CANARY, "Line"),
        ({"ca_file": None}, CANARY, "Identity (TLS)"),
        ({}, "wrong", "Token"),
        ({"token_path": "/nowhere"}, CANARY, "Token"),
    ],
)
def test_the_step_that_fails_is_the_last_and_says_what_to_do(
    own: Connection, change: dict, secret: str, last: str
) -> None:
    found = list(Linking(Path("/nowhere")).test(replace(own, **change), Secret(secret)))
    assert found[-1].name == last
    assert found[-1].advice is not None
    assert found[-1].advice.text()
    assert all(step.good for step in found[:-1])
    told = " ".join(step.words.text() for step in found)
    assert CANARY not in told


def test_a_name_that_nobody_knows_is_told(own: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_knows(*_host: object, **_more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody_knows)
    found = list(Linking(Path("/nowhere")).test(replace(own, address="https://offise.example.org")))
    assert [step.name for step in found] == ["Name found"]
    assert "offise.example.org" in found[0].words.text()
    assert "letter by letter" in found[0].advice.text()


def test_nobody_to_ask_for_a_secret_is_told(own: Connection) -> None:
    found = list(Linking(Path("/nowhere"), lambda _prompt: None).test(own))
    assert found[-1].name == "Token"
    assert "secret" in found[-1].words.text()


def test_the_words_of_a_question_name_connection_and_address(own: Connection) -> None:
    asked: list[Message] = []
    list(Linking(Path("/nowhere"), asked.append).test(own))
    assert "Own" in asked[0].text()
    assert own.address in asked[0].text()
