# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program struck at a write or a sync keeps what it acknowledged; `python -m tests.store.syscall_sweep` tries all."""

import shutil
import subprocess

import pytest

from tests.store.syscall_sweep import BROKEN_DISK, FULL_DISK, KILL, counted, run, run_control


@pytest.fixture(scope="module", autouse=True)
def _tracing():
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    if subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        pytest.skip("tracing is not allowed here")


@pytest.mark.parametrize("fault", [KILL, BROKEN_DISK, FULL_DISK])
@pytest.mark.parametrize(("call", "positions"), [("pwrite64", (40, 70)), ("fdatasync", (9, 15)), ("unlink", (1,))])
def test_nothing_acknowledged_is_lost_wherever_it_strikes(fault, call, positions):
    found = run(fault, call, positions)
    assert found.struck or fault != KILL
    assert found.acked > 0 or call == "unlink"
    assert found.wrong == ()


def test_the_control_that_rewrites_json_in_place_does_lose():
    _places, lost = run_control(KILL, range(4, 8))
    assert lost


def test_every_call_is_counted_before_the_sweep():
    found = counted()
    assert min(found[call] for call in ("pwrite64", "fdatasync", "unlink")) > 0
