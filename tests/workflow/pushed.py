# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office that pushes, the program with somebody at it, and what the office counted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from swclient.signing.secrets import Secret
from swclient.training import RunningTraining, TrainingOptions, start_process
from swclient.workflow.application import Application
from swclient.workflow.connections import Connection
from swclient.workflow.offices.linking import Linking
from tests.declarations import today

CANARY = "canary-of-a-secret"
OWN = Connection("customs", "wco", "https://x", "us", name="Own", country="TJ", path="/wco/customs")
HERE = "127.0.0.1:0"
OPTIONS = TrainingOptions(pace=0.01, client_id="us", client_secret=CANARY)
Office = Callable[..., tuple[RunningTraining, Connection]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Start an office that is somebody else's, as far as the program knows."""
    with contextlib.ExitStack() as stack:

        def start(name: str = "Own", **told: object) -> tuple[RunningTraining, Connection]:
            running = stack.enter_context(start_process(tmp_path / name, replace(OPTIONS, **told)))
            own = replace(OWN, name=name, address=running.address, ca_file=running.ca_file, listen=HERE)
            return running, own

        yield start


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


def used(application: Application, own: Connection) -> None:
    linking = Linking(application.home)
    linking.put(own)
    linking.use(own.name)


def ledger(running: RunningTraining, path: str = "/ledger") -> dict:
    found: dict = requests.get(running.address + path, verify=str(running.ca_file), timeout=20).json()
    return found
