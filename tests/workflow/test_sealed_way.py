# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A post that never has a line carries a declaration to its release by stick alone, through somebody else's machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError
from swclient.base.messages import Message
from swclient.cli import main
from swclient.signing.secrets import Secret
from swclient.training import TrainingOptions, start_process
from swclient.training.process import RunningTraining
from swclient.workflow.acts.paying import pay
from swclient.workflow.application import Application
from swclient.workflow.sealed.post import SealedPost
from swclient.workflow.states import State
from tests.declarations import today
from tests.training.office_client import OfficeClient
from tests.workflow.sticks import CHEAP, PHRASE

Capture = pytest.CaptureFixture[str]


def asked(_prompt: Message) -> Secret:
    return PHRASE


class Shared:
    """Running offices that stay when one of those who reach them lets go."""

    def __init__(self, running: RunningTraining) -> None:
        self.address, self.ca_file = running.address, running.ca_file

    def stop(self) -> int:
        return 0


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[RunningTraining]:
    with start_process(tmp_path / "office", TrainingOptions(pace=0.01)) as running:
        yield running


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Application]:
    """The post: no line at all."""
    made = Application(tmp_path / "post", today=today, ask=asked)
    yield made
    made.close()


@pytest.fixture
def helper(tmp_path: Path, offices: RunningTraining) -> Iterator[Application]:
    """Somebody else's machine, which reaches the offices."""
    made = Application(tmp_path / "helper", today=today, start_offices=lambda _: Shared(offices), ask=asked)
    yield made
    made.close()


def silent(_message: Message) -> None:
    pass


def there_and_back(post: Application, helper: Application, stick: Path) -> None:
    stick.mkdir()
    ours, theirs = SealedPost(post, CHEAP), SealedPost(helper, CHEAP)
    made = ours.make(stick, ours.new_phrase())
    stands = theirs.send(made.file, theirs.phrase_of(made.file), silent, patience=30.0)
    assert (stands.taken, stands.open) == (1, 0)
    back = theirs.answers(made.file, PHRASE, stick)
    done = ours.take(back.file, PHRASE)
    assert done.problems == []
    assert done.settled == 1


def test_a_declaration_is_released_by_stick_alone(
    post: Application, helper: Application, offices: RunningTraining, tmp_path: Path
) -> None:
    declaration_id = post.open_sample()
    session = post.open(declaration_id).session
    snapshot = session.snapshot()
    post.line.lodge(declaration_id, snapshot, session.findings(), silent)
    with pytest.raises(OutsideError):
        post.line.open()
    there_and_back(post, helper, tmp_path / "first")
    assert post.line.state(declaration_id) is State.PAYMENT_DUE
    assert post.number_of(declaration_id)
    pay(post.store, declaration_id, snapshot, post.keys)
    assert post.line.state(declaration_id) is State.PAID
    there_and_back(post, helper, tmp_path / "second")
    assert post.line.state(declaration_id) is State.RELEASED
    client = OfficeClient(offices)
    counts = client.get("/ledger").json()
    client.close()
    assert counts["submissions"] == {"declaration": 1, "payment": 1}
    assert counts["registrations"] == 1
    assert helper.worklist() == ()
    told = [happening.title for happening in post.open(declaration_id).timeline()]
    assert "Sealed into a package" in told


def test_the_commands_say_what_they_did(
    post: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    declaration_id = post.open_sample()
    session = post.open(declaration_id).session
    post.line.lodge(declaration_id, session.snapshot(), session.findings(), silent)
    post.store.flush()
    monkeypatch.setattr("swclient.cli.packages.ask_for_secret", asked)
    stick = tmp_path / "stick"
    stick.mkdir()

    def answer(home: str, *words: str, code: int = 0) -> dict:
        monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / home))
        capsys.readouterr()
        assert main(["package", *words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    made = answer("post", "make", str(stick))
    assert made["entries"] == 1
    seen = answer("other", "look", made["file"])
    assert [(each["country"], each["channel"], each["verb"]) for each in seen["entries"]] == [
        ("KZ", "customs", "declaration")
    ]
    sent = answer("other", "send", made["file"], "--wait", "20", "--answers", str(stick))
    assert (sent["taken"], sent["open"]) == (1, 0)
    assert sent["answers"] > 0
    done = answer("post", "take", sent["file"])
    assert (done["settled"], done["open"], done["problems"]) == (1, 0, [])
    assert answer("post", "take", sent["file"])["known"] == 1
