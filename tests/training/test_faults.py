# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand, byte by byte: each does what the contract says, as often as asked, and registers what it says."""

from __future__ import annotations

import gzip
import json
import time
import uuid
from email.utils import parsedate_to_datetime

import pytest
import requests

from swclient.base.errors import UserError
from swclient.training import TrainingOptions, start_process
from swclient.training.faults import FAULTS, FaultPlan, read_rule
from tests.training import sample
from tests.training.office_client import XML, OfficeClient
from tests.training.raw import exchange, request

REGISTERED = {name for name, when in FAULTS.items() if when == "after"}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with start_process(tmp_path_factory.mktemp("faulty"), TrainingOptions(pace=0.01)) as found:
        yield found


@pytest.fixture
def faulty(running):
    """A client of an office of which the instructor may ask anything."""
    made = OfficeClient(running)
    yield made
    answered_in_the_end(made)
    requests.delete(made.address + "/faults", headers=made.instructor, verify=made.session.verify, timeout=10)
    made.close()


@pytest.fixture
def post(faulty, signer):
    """Hand in a declaration by hand under a key; return what came back and whether the office has it."""

    def posting(key: str = "", body: bytes = b"", most: int = 1 << 20):
        body, key = body or sample.container(), key or str(uuid.uuid4())
        named = {"Content_Type": XML, "Idempotency_Key": key, "X_Signature": signer.sign(body)}
        answered = exchange(faulty, request(faulty, "POST", "/customs/declarations", body, **named), most)
        return answered, faulty.get(f"/customs/submissions/{key}").status_code == 200

    return posting


def answered_in_the_end(client):
    deadline = time.monotonic() + 20
    while not (found := exchange(client, request(client, "GET", "/ledger"))).raw and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def lodge(client, signer) -> str:
    body = sample.container()
    conversation = client.declare(body, signer.sign(body)).headers["X-Conversation-ID"]
    client.messages(conversation, "PaymentRequest")
    return conversation


@pytest.mark.parametrize("name", [name for name in FAULTS if name.startswith("drop")])
def test_a_cut_line_brings_no_byte(faulty, post, name):
    faulty.set_faults(**{name: "1"})
    answered, held = post()
    assert (answered.connected, answered.raw, held) == (True, b"", name in REGISTERED)
    assert post()[0].status == 202


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_trouble_of_a_server_or_its_gateway(faulty, post, status):
    faulty.set_faults(**{f"status{status}": "1"})
    answered, held = post()
    assert (answered.status, held) == (status, f"status{status}" in REGISTERED)
    assert answered.header("X-Training") == "true"


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("status429", lambda text: text == "1"),
        ("status429_date", parsedate_to_datetime),
        ("status429_bare", lambda text: text == ""),
        ("status429_absurd", lambda text: int(text) > 86400 * 365),
    ],
)
def test_too_many_requests_with_every_kind_of_retry_after(faulty, post, name, good):
    faulty.set_faults(**{name: "1"})
    answered, held = post()
    assert (answered.status, held) == (429, False)
    assert good(answered.header("Retry-After"))


class TestBrokenAnswers:
    def test_fewer_bytes_than_announced(self, faulty, post):
        faulty.set_faults(wrong_length="1")
        answered, held = post()
        assert (answered.status, held) == (202, True)
        assert int(answered.header("Content-Length")) > len(answered.body)

    def test_a_chunk_that_is_none(self, faulty, post):
        faulty.set_faults(bad_chunk="1")
        answered, held = post()
        assert (answered.header("Transfer-Encoding"), held) == ("chunked", True)
        with pytest.raises(ValueError, match="invalid literal"):
            int(answered.body.partition(b"\r\n")[0], 16)

    def test_a_gzip_that_is_none(self, faulty, post):
        faulty.set_faults(bad_gzip="1")
        answered, held = post()
        assert (answered.header("Content-Encoding"), len(answered.body), held) == ("gzip", 14, True)
        with pytest.raises(Exception, match=r"Error|invalid|ended"):
            gzip.decompress(answered.body)

    def test_truncated_is_one_of_the_three(self, faulty, post):
        faulty.set_faults(truncated="3")
        for _ in range(3):
            answered, held = post()
            assert (answered.status, held) == (202, True)
        dealt = faulty.set_faults().json()["dealt"]
        assert "truncated" not in dealt

    def test_a_list_that_is_cut_short(self, faulty, signer):
        conversation = lodge(faulty, signer)
        faulty.set_faults(wrong_length__lists="1")
        answered = exchange(faulty, request(faulty, "GET", f"/customs/notifications?conversation={conversation}"))
        assert int(answered.header("Content-Length")) > len(answered.body) > 100

    def test_a_slow_answer_is_whole_in_the_end(self, faulty, post):
        faulty.set_faults(slow="1")
        answered, held = post()
        assert (answered.status, held, answered.header("Content-Length")) == (202, True, "0")
        assert answered.seconds > len(answered.raw) * 0.5 * 0.01  # a byte each pause of this pace

    def test_a_giant_answer_goes_on_as_long_as_anybody_reads(self, faulty, post):
        faulty.set_faults(giant="1")
        answered, held = post(most=3 << 20)
        assert (int(answered.header("Content-Length")), held) == (1 << 30, True)
        assert len(answered.raw) >= 3 << 20
        assert post()[0].status == 202  # and the office lives on


class TestElsewhere:
    def test_a_captive_portal_says_200_and_knows_nothing(self, faulty, post):
        faulty.set_faults(captive_portal="1")
        answered, held = post()
        assert (answered.status, held) == (200, False)
        assert answered.header("Content-Type").startswith("text/html")

    def test_a_redirect_to_another_host(self, faulty, post):
        faulty.set_faults(redirect="1")
        answered, held = post()
        assert (answered.status, held) == (302, False)
        assert faulty.address not in answered.header("Location")

    def test_a_token_that_ends_in_the_middle_is_really_over(self, faulty, post, signer):
        faulty.set_faults(expired_token="1")
        body, key = sample.container(), str(uuid.uuid4())
        assert faulty.declare(body, signer.sign(body), key).status_code == 401
        assert faulty.get(f"/customs/submissions/{key}").status_code == 401
        faulty.log_in()
        assert faulty.get(f"/customs/submissions/{key}").status_code == 404
        assert faulty.declare(body, signer.sign(body), key).status_code == 202

    def test_an_outage_closes_every_door_and_ends(self, faulty, post):
        assert faulty.get("/ledger").status_code == 200  # this line stays open
        assert faulty.set_faults(outage=1.5).json()["outage"] > 0
        assert exchange(faulty, request(faulty, "GET", "/ledger")).raw == b""
        with pytest.raises(requests.ConnectionError):
            faulty.get("/ledger")
        assert answered_in_the_end(faulty).status == 200


class TestNotifications:
    def rows(self, faulty, conversation, fault, after=0):
        faulty.set_faults(**{fault: "1"})
        return faulty.listed("customs", conversation, after)

    def test_twice(self, faulty, signer):
        conversation = lodge(faulty, signer)
        good = faulty.listed("customs", conversation)
        assert self.rows(faulty, conversation, "duplicated") == [row for row in good for _ in range(2)]

    def test_in_another_order(self, faulty, signer):
        conversation = lodge(faulty, signer)
        good = faulty.listed("customs", conversation)
        orders = [self.rows(faulty, conversation, "reordered") for _ in range(10)]
        assert all(sorted(found, key=lambda row: row["sequence"]) == good for found in orders)
        assert any(found != good for found in orders)

    def test_once_more(self, faulty, signer):
        conversation = lodge(faulty, signer)
        good = faulty.listed("customs", conversation)
        found = self.rows(faulty, conversation, "replayed", after=good[1]["sequence"])
        assert [row["id"] for row in found] == [row["id"] for row in good]

    def test_of_somebody_else_and_of_nobody(self, faulty, signer):
        other, conversation = lodge(faulty, signer), lodge(faulty, signer)
        found = self.rows(faulty, conversation, "foreign")
        strange = {row["conversation"] for row in found} - {conversation}
        assert len(strange) == 1
        known = {row["conversation"] for row in faulty.listed("customs", "")}
        assert strange <= known
        assert other in known
        found = self.rows(faulty, conversation, "stranger")
        assert not ({row["conversation"] for row in found} - {conversation}) & known


class TestRules:
    def test_counts_come_first_and_in_order_then_chance_by_its_seed(self):
        rules = [read_rule("drop_before_commit", "20%"), read_rule("status500", 2), read_rule("status503", "30%")]
        plans = [FaultPlan(rules, seed) for seed in (1, 1, 2)]
        first, again, other = ([plan.next("posts") for _ in range(2000)] for plan in plans)
        assert first == again
        assert first != other
        assert first[:2] == ["status500", "status500"]
        assert 300 < first.count("drop_before_commit") < 500
        assert 480 < first.count("status503") < 720

    def test_a_place_may_be_named(self):
        plan = FaultPlan([read_rule("status500@asks", 1), read_rule("slow@all", 1)])
        assert [plan.next(where) for where in ("posts", "asks", "tokens")] == ["slow", "status500", ""]

    @pytest.mark.parametrize(
        ("name", "much"),
        [("nonsense", 1), ("slow", "-1"), ("slow", "101%"), ("slow@nowhere", 1), ("duplicated@posts", 1), ("slow", "")],
    )
    def test_what_is_no_rule_is_refused(self, name, much):
        with pytest.raises(UserError, match="Unknown fault"):
            read_rule(name, much)


class TestInstructor:
    def test_only_the_instructor_sets_faults(self, faulty):
        answer = faulty.session.post(faulty.address + "/faults", json={"faults": {"slow": "1"}}, timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED")
        assert faulty.get("/ledger/keys").status_code == 401

    @pytest.mark.parametrize(
        "order", [{"faults": {"slow": "x"}}, {"faults": {"none": "1"}}, {"outage": -1}, {"odd": 1}]
    )
    def test_an_order_that_is_none_is_refused(self, faulty, order):
        answer = requests.post(
            faulty.address + "/faults", json=order, headers=faulty.instructor, verify=faulty.session.verify, timeout=10
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "BAD_REQUEST")

    def test_faults_are_told_and_cleared(self, faulty):
        told = faulty.set_faults(slow="3", truncated__asks="15%").json()
        assert [(rule["name"], rule["where"], rule["left"]) for rule in told["rules"]] == [
            ("slow", "posts", 3),
            ("truncated", "asks", None),
        ]
        answer = requests.delete(
            faulty.address + "/faults", headers=faulty.instructor, verify=faulty.session.verify, timeout=10
        )
        assert answer.json()["rules"] == []


def test_the_ledger_counts_what_it_saw_key_by_key(faulty, post):
    body, key = sample.container(), str(uuid.uuid4())
    faulty.set_faults(drop_before_commit="2", drop_after_commit="1")
    for _ in range(5):
        post(key, body)
    other = sample.container()
    assert post(key, other)[0].status == 409
    (line,) = [one for one in faulty.keys(limit=1000) if one["key"] == key]
    counted = {name: line[name] for name in ("attempts", "bodies", "taken", "repeated", "conflicts", "unanswered")}
    assert counted == {"attempts": 6, "bodies": 2, "taken": 1, "repeated": 2, "conflicts": 1, "unanswered": 3}
    faulty.messages(line["conversation"], "NotifGTDRegistration")
    (line,) = [one for one in faulty.keys(limit=1000) if one["key"] == key]
    assert (line["registrations"], line["kind"], line["client"]) == (1, "declaration", "training")
    assert line["number"].startswith("55301000/")


def test_the_ledger_sees_a_declaration_registered_twice_under_two_keys(faulty, post):
    before = faulty.get("/ledger").json()["duplicates"]
    body = sample.container()
    for _ in range(2):
        conversation = post(body=body)[0].header("X-Conversation-ID")
        faulty.messages(conversation, "NotifGTDRegistration")
    assert faulty.get("/ledger").json()["duplicates"] == before + 1


def test_the_order_of_faults_is_json(faulty):
    assert json.loads(faulty.set_faults().text)["training"] is True
