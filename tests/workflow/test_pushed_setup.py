# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting up that answers are pushed: tested, refused where it cannot be, and gone when it is out of use."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.signing.secrets import Secret
from swclient.workflow.application import Application
from swclient.workflow.connections import Connection, read_register
from swclient.workflow.offices.linking import Linking
from swclient.workflow.offices.listening import post_at, token_of
from swclient.workflow.sealed.post import SealedPost
from tests.declarations import today
from tests.signing.test_keys import InMemory, key_store
from tests.transport.authority import Authority
from tests.workflow.pushed import CANARY, HERE, OWN, Office, application, ledger, office, used
from tests.workflow.sticks import CHEAP, PHRASE
from tests.workflow.test_seven_countries import sample

__all__ = ["application", "key_store", "office"]


# -- the test of a connection


def steps(connection: Connection) -> list:
    return list(Linking(Path("/nowhere")).test(connection, Secret(CANARY)))


def test_the_test_of_a_connection_tells_that_a_push_came_back(office: Office, authority: Authority) -> None:
    running, own = office()
    found = steps(own)
    assert [step.good for step in found] == [True] * 6
    assert found[-1].name == "Answers are pushed"
    found = steps(replace(own, listen_cert=authority.pair()))
    assert "https://127.0.0.1" in found[-1].words.text()
    assert found[-1].good
    assert ledger(running)["pushes"] == {}


def test_the_test_goes_while_the_line_listens_there(application: Application, office: Office) -> None:
    _running, own = office()
    used(application, own)
    application.line.open()
    assert steps(own)[-1].good
    assert post_at(own.listen).subscribed


def test_an_office_that_does_not_reach_us_is_told_with_advice(office: Office) -> None:
    _running, own = office()
    last = steps(replace(own, callback="http://127.0.0.1:1009/notifications", deadline=2.0))[-1]
    assert not last.good
    assert "no test came" in last.words.text()
    assert last.advice.text()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def test_the_token_is_kept_by_the_key_store_and_forgotten_with_the_connection(tmp_path: Path, key_store) -> None:
    kept = key_store(InMemory())
    linking = Linking(tmp_path)
    linking.put(replace(OWN, listen=HERE))
    own = read_register(tmp_path).connections[0]
    token = token_of(own)
    assert len(token) >= 40
    assert token_of(own) == token
    assert token not in (tmp_path / "connections.json").read_text()
    assert token_of(replace(own, client_id="somebody-else")) != token
    linking.remove("Own")
    assert token not in repr(vars(kept))
    assert token_of(own) != token


def test_without_a_key_store_the_token_is_made_anew() -> None:
    assert token_of(OWN) != token_of(OWN)


# -- what can be set up


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"listen": "8443"}, "numeric address"),
        ({"listen": "0.0.0.0:8443"}, "in the clear"),
        ({"listen": HERE, "adapter": "eaeu"}, "wco"),
        ({"listen": HERE, "listen_cert": Path("/nowhere.pem")}, "nowhere.pem"),
        ({"listen": HERE, "callback": "http://office.example.org/x"}, "https://"),
    ],
)
def test_where_it_cannot_listen_is_told_and_nothing_is_kept(tmp_path: Path, wrong: dict, told: str) -> None:
    with pytest.raises(UserError, match=told):
        Linking(tmp_path).put(replace(OWN, address="https://office.example.org", **wrong))
    assert read_register(tmp_path).connections == ()


def test_everywhere_wants_an_address_for_the_office(tmp_path: Path, authority: Authority) -> None:
    wide = replace(OWN, address="https://x.example.org", listen="0.0.0.0:8443", listen_cert=authority.pair())
    with pytest.raises(UserError, match="under which address"):
        Linking(tmp_path).put(wide)
    full = replace(wide, callback="https://us.example.org:8443/notifications", listen_key=authority.pair())
    Linking(tmp_path).put(full)
    assert read_register(tmp_path).connections == (full,)
    assert json.loads((tmp_path / "connections.json").read_text())["connections"][0]["listen"] == "0.0.0.0:8443"


# -- for somebody else's package


def test_what_is_pushed_for_somebody_elses_package_goes_back_by_stick(
    application: Application, office: Office, tmp_path: Path
) -> None:
    """The machine with the line is pushed to; the post gets its answers, and here they are nobody's strangers."""
    running, own = office(notify="push")
    used(application, own)
    post = Application(tmp_path / "post", today=today, ask=lambda _prompt: PHRASE)
    try:
        declaration_id = post.take(sample("tj-import-40"))
        session = post.open(declaration_id).session
        post.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
        stick = tmp_path / "stick"
        stick.mkdir()
        ours, theirs = SealedPost(post, CHEAP), SealedPost(application, CHEAP)
        made = ours.make(stick, ours.new_phrase())
        stands = theirs.send(made.file, PHRASE, lambda _m: None, patience=30.0)
        assert (stands.taken, stands.open) == (1, 0)
        back = theirs.answers(made.file, PHRASE, stick)
        assert ours.take(back.file, PHRASE).problems == []
        assert len(post.store.answers.of_declaration(declaration_id)) == stands.answers > 0
        assert ledger(running)["pushes"]["delivered"] >= stands.answers
        assert application.store.answers.strangers() == ()
    finally:
        post.close()
