# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An application in a folder of its own, with quick training offices behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from swclient.training import TrainingOptions, start_process
from swclient.workflow.application import Application
from tests.declarations import today


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    """The program without its window; its offices answer at once."""
    made = Application(
        tmp_path / "home", today=today, start_offices=lambda folder: start_process(folder, TrainingOptions(pace=0.01))
    )
    yield made
    made.close()


@pytest.fixture
def offline(tmp_path: Path) -> Iterator[Application]:
    """The program with no office configured."""
    made = Application(tmp_path / "home", today=today)
    yield made
    made.close()
