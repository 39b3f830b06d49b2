# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody with keys at the program, for tests of signing."""

import pytest

from swclient.base.messages import Message
from swclient.signing.secrets import Secret
from swclient.training import TrainingOptions, start_process
from swclient.workflow.application import Application
from swclient.workflow.signature.keys import DECLARE, NewKey
from tests.declarations import today
from tests.signing.made import PHRASE, identity, packed


class Person:
    """Somebody who is asked for pass phrases."""

    def __init__(self, answer=PHRASE):
        self.answer = answer
        self.asked = []

    @property
    def answer(self):
        return self._answer

    @answer.setter
    def answer(self, text):
        self._answer = None if text is None else Secret(text)

    def __call__(self, prompt: Message):
        self.asked.append(prompt.text())
        return self._answer


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def application(tmp_path, person):
    """The program with somebody at it, and quick training offices behind it."""
    made = Application(
        tmp_path / "home",
        today=today,
        start_offices=lambda folder: start_process(folder, TrainingOptions(pace=0.01)),
        ask=person,
    )
    yield made
    made.close()


@pytest.fixture
def put_to_use(tmp_path, application):
    """Make a key, add it and put it to use for a purpose; return it as it was made."""

    def put(purpose=DECLARE, keep=False, **made):
        one = identity(**made)
        file = packed(tmp_path / f"{purpose}.p12", one)
        application.keys.add(NewKey(purpose, "pkcs12", purpose, {"file": str(file)}, keep))
        application.keys.use(purpose)
        return one

    return put


def lodge(application, declaration_id):
    told = []
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda m: told.append(m.text()))
    return told
