# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program struck at a write or a sync keeps what it acknowledged; `python -m tests.store.syscall_sweep` tries all."""

import shutil
import subprocess

import pytest

from tests.store.syscall_sweep import BROKEN_DISK, FULL_DISK, KILL, run


@pytest.fixture(scope="module", autouse=True)
def _tracing():
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    if subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        pytest.skip("tracing is not allowed here")


@pytest.mark.parametrize("fault", [KILL, BROKEN_DISK, FULL_DISK])
@pytest.mark.parametrize(("call", "positions"), [("pwrite64", (14, 30)), ("fdatasync", (1, 5))])
def test_nothing_acknowledged_is_lost_wherever_it_strikes(fault, call, positions):
    found = run(fault, call, positions)
    assert found.struck == found.positions
    assert found.acked > 0
    assert (found.lost, found.corrupt) == (0, 0)
