# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pushes of the training office of the WCO data model: who may subscribe to what, retries and their end, and faults."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from swclient.training import RunningTraining, TrainingOptions, start_process
from swclient.training.pushing import MOST_ATTEMPTS
from tests.training.test_wco_office import Trader, declaration

TOKEN = "a-token-of-the-client-0123456789"


class Client:
    """Takes pushes as it is told to: each with the next status, the last again and again."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses) or [204]
        self.came: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        client = self

        class Line(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                client.came.append(dict(self.headers))
                client.bodies.append(body)
                good = self.headers["Authorization"] == f"Bearer {TOKEN}"
                status = client.statuses.pop(0) if len(client.statuses) > 1 else client.statuses[0]
                self.send_response(status if good else 401)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_told: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
        self.callback = f"http://127.0.0.1:{self.server.server_address[1]}/here"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def ids(self) -> list[str]:
        return [told["X-Notification-ID"] for told in self.came]


class Asker:
    """Asks an office as one of its clients."""

    def __init__(self, running: RunningTraining, name: str = "training") -> None:
        self._running = running
        form = {"grant_type": "client_credentials", "client_id": name, "client_secret": name}
        self._token = self.ask("POST", "/oauth/token", data=form).json()["access_token"]

    def ask(self, method: str, path: str, **told: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token}"} if hasattr(self, "_token") else {}
        url = self._running.address + path
        return requests.request(method, url, headers=headers, verify=str(self._running.ca_file), timeout=20, **told)

    def subscribe(self, callback: str, token: str = TOKEN, **more: str) -> requests.Response:
        told = {"callback": callback, "token": token, **more}
        return self.ask("PUT", "/wco/customs/subscription", json=told)

    def ledger(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("GET", "/ledger").json()
        return found


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., RunningTraining]]:
    running: list[RunningTraining] = []

    def start(**told: Any) -> RunningTraining:
        options = TrainingOptions(pace=0.01, clients={"second": "second"}, **told)
        running.append(start_process(tmp_path / f"office-{len(running)}", options))
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(*statuses: int) -> Client:
        made.append(Client(*statuses))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_what_is_pushed_is_what_is_pulled(office: Any, client: Any, tmp_path: Path) -> None:
    running, ours = office(), client()
    assert Asker(running).subscribe(ours.callback).status_code == 200
    trader = Trader(running, tmp_path)
    conversation = trader.send(declaration())
    trader.answers(conversation, "13")
    until(lambda: len(ours.came) == 3)
    pulled = trader.client.notifications(conversation)
    assert ours.ids() == [each.id for each in pulled]
    assert [int(told["X-Notification-Sequence"]) for told in ours.came] == [each.sequence for each in pulled]
    assert ours.bodies == [trader.client.fetch(each).content for each in pulled]
    assert {told["X-Conversation-ID"] for told in ours.came} == {conversation}


def test_each_client_is_told_of_its_own_only(office: Any, client: Any, tmp_path: Path) -> None:
    running, ours, theirs = office(), client(), client()
    Asker(running).subscribe(ours.callback)
    Asker(running, "second").subscribe(theirs.callback)
    trader = Trader(running, tmp_path)
    trader.answers(trader.send(declaration()), "13")
    until(lambda: len(ours.came) == 3)
    assert theirs.came == []


def test_a_client_that_cannot_take_it_is_tried_again_and_not_for_ever(office: Any, client: Any, tmp_path: Path) -> None:
    running, ours = office(), client(503)
    asker = Asker(running)
    asker.subscribe(ours.callback)
    trader = Trader(running, tmp_path)
    trader.answers(trader.send(declaration(exporter="")), "03")
    until(lambda: asker.ledger()["pushes"] == {"given up": 2})
    assert set(Counter(ours.ids()).values()) == {MOST_ATTEMPTS}
    assert asker.ledger()["push_attempts"] == {"503": 2 * MOST_ATTEMPTS}
    ours.statuses[:] = [204]
    asker.subscribe(ours.callback)  # it is back
    until(lambda: asker.ledger()["pushes"] == {"delivered": 2})


def test_after_a_restart_what_was_not_delivered_is_pushed(office: Any, client: Any, tmp_path: Path) -> None:
    folder, ours = tmp_path / "kept", client()
    with start_process(folder, TrainingOptions(pace=0.01)) as running:
        Asker(running).subscribe("http://127.0.0.1:1009/nobody")
        trader = Trader(running, tmp_path)
        trader.answers(trader.send(declaration(exporter="")), "03")
    with start_process(folder, TrainingOptions(pace=0.01)) as running:
        asker = Asker(running)
        asker.subscribe(ours.callback)
        until(lambda: asker.ledger()["pushes"] == {"delivered": 2})
    assert len(set(ours.ids())) == 2


def test_nothing_is_pushed_after_the_end_of_a_subscription(office: Any, client: Any, tmp_path: Path) -> None:
    running, ours = office(), client()
    asker = Asker(running)
    asker.subscribe(ours.callback)
    assert asker.ask("DELETE", "/wco/customs/subscription").status_code == 204
    assert asker.ask("DELETE", "/wco/customs/subscription").status_code == 204
    trader = Trader(running, tmp_path)
    trader.answers(trader.send(declaration()), "13")
    assert asker.ledger()["pushes"] == {}
    assert ours.came == []
    told = {"conversation": "test-1"}
    assert asker.ask("POST", "/wco/customs/subscription/tests", json=told).status_code == 404


@pytest.mark.parametrize(
    "told",
    [
        {"callback": "http://192.0.2.7:8080/x", "token": TOKEN},
        {"callback": "https://192.0.2.7:8080/x", "token": TOKEN},
        {"callback": "https://office.example.org:8080/x", "token": TOKEN},
        {"callback": "http://127.0.0.1:80/x", "token": TOKEN},
        {"callback": "http://127.0.0.1:8080/x", "token": "short"},
        {"callback": "http://127.0.0.1:8080/x", "token": TOKEN, "certificates": "none"},
        {"callback": "http://127.0.0.1:8080/x"},
        {"callback": "file:///etc/passwd", "token": TOKEN},
    ],
)
def test_a_callback_elsewhere_is_refused(office: Any, told: dict[str, str]) -> None:
    answer = Asker(office()).ask("PUT", "/wco/customs/subscription", json=told)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("TRAINING")


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        ("push_dropped", 2),
        ("push_duplicated", 4),
        ("push_reordered", 3),
        ("push_late", 3),
        ("push_wrong_token", 4),
        ("push_foreign", 4),
    ],
)
def test_a_fault_strikes_the_first_push_as_it_says(
    office: Any, client: Any, tmp_path: Path, fault: str, times: int
) -> None:
    running, ours = office(faults={fault: 1}), client()
    asker = Asker(running)
    asker.subscribe(ours.callback)
    trader = Trader(running, tmp_path)
    conversation = trader.send(declaration())
    trader.answers(conversation, "13")
    until(lambda: asker.ledger()["pushes"] == {"delivered": 3})
    pulled = [each.id for each in trader.client.notifications(conversation)]
    counts = Counter(ours.ids())
    assert len(ours.came) == times
    foreign = [told for told in ours.came if told["X-Conversation-ID"] != conversation]
    strange = [told for told in ours.came if told["Authorization"] != f"Bearer {TOKEN}"]
    assert len(foreign) == (fault == "push_foreign")
    assert len(strange) == (fault == "push_wrong_token")
    assert (pulled[0] in counts) == (fault != "push_dropped")
    assert set(pulled[1:]) <= set(counts)
    assert (ours.ids()[0] == pulled[1]) == (fault in {"push_dropped", "push_reordered", "push_late"})
    assert asker.ledger()["push_faults"][fault] >= 1


def test_with_pushing_only_there_is_nothing_to_pull(office: Any, client: Any, tmp_path: Path) -> None:
    running, ours = office(notify="push"), client()
    asker = Asker(running)
    asker.subscribe(ours.callback)
    trader = Trader(running, tmp_path)
    conversation = trader.send(declaration())
    until(lambda: len(ours.came) == 3)
    assert trader.client.notifications(conversation) == ()


def test_faults_of_lists_strike_this_office_too(office: Any, tmp_path: Path) -> None:
    running = office(faults={"duplicated": "100%"})
    trader = Trader(running, tmp_path)
    conversation = trader.send(declaration())
    trader.answers(conversation, "13")
    found = [each.id for each in trader.client.notifications(conversation)]
    assert len(found) == 2 * len(set(found)) == 6


def test_a_fault_of_pushes_has_no_other_place() -> None:
    from swclient.base.errors import UserError

    with pytest.raises(UserError):
        TrainingOptions(faults={"push_late@posts": 1})
