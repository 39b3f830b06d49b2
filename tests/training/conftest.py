# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One pair of training offices for all tests that do not need their own, and a demo key."""

from __future__ import annotations

import pytest

from swclient.training import TrainingOptions, start_process
from tests.training import sample
from tests.training.office_client import OfficeClient


@pytest.fixture(scope="session")
def offices(tmp_path_factory):
    with start_process(tmp_path_factory.mktemp("offices"), TrainingOptions(pace=0.005)) as running:
        yield running


@pytest.fixture
def client(offices):
    made = OfficeClient(offices)
    yield made
    made.close()


@pytest.fixture(scope="session")
def signer() -> sample.Signer:
    return sample.signer()


@pytest.fixture
def declared(client, signer):
    """Send a sample with some changes; return body and conversation."""

    def declare(*changes: tuple[str, str]) -> tuple[bytes, str]:
        body = sample.container(*changes)
        answer = client.declare(body, signer.sign(body))
        assert answer.status_code == 202, answer.text
        return body, answer.headers["X-Conversation-ID"]

    return declare
