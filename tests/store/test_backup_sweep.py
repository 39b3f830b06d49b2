# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program struck while it copies or restores leaves nothing half; `python -m tests.store.backup_sweep` tries all."""

import shutil
import subprocess

import pytest

from tests.store.backup_sweep import (
    CARELESS_COPY,
    CARELESS_RESTORE,
    COPY,
    NAMES,
    RESTORE,
    SYNCS,
    WRITES,
    run,
)
from tests.store.syscall_sweep import FULL_DISK, KILL


@pytest.fixture(scope="module", autouse=True)
def _tracing():
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    if subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        pytest.skip("tracing is not allowed here")


@pytest.mark.parametrize("work", [COPY, RESTORE])
@pytest.mark.parametrize(
    ("fault", "calls", "positions"),
    [(KILL, WRITES, (2, 20)), (KILL, SYNCS, (1,)), (KILL, NAMES, (1, 2)), (FULL_DISK, WRITES, (2, 6))],
)
def test_wherever_it_strikes_nothing_half_looks_whole_and_nothing_is_gone(work, fault, calls, positions):
    found = run(work, fault, calls, positions)
    # Some refusals SQLite gets over by itself; a kill it does not.
    assert found.struck == found.positions if fault == KILL else found.struck
    assert found.bad == 0


@pytest.mark.parametrize("work", [CARELESS_COPY, CARELESS_RESTORE])
def test_the_controls_that_write_over_the_file_do_lose(work):
    found = run(work, KILL, WRITES, (3, 6))
    assert found.struck == 2
    assert found.bad >= 2
