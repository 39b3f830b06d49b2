# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that is being encrypted survives a strike at any place; `python -m tests.store.vault_sweep` tries all."""

import shutil
import subprocess

import pytest

from swclient.store.vault import keys
from tests.store.vault_sweep import BROKEN_DISK, FULL_DISK, KILL, run


@pytest.fixture(scope="module", autouse=True)
def _tracing():
    pytest.importorskip("sqlcipher3", reason="the part “encryption” is not installed")
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    if subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        pytest.skip("tracing is not allowed here")
    yield
    keys.let_go()


@pytest.mark.parametrize("act", ["encrypt", "rekey", "decrypt"])
@pytest.mark.parametrize(("call", "positions"), [("pwrite64", (3, 30)), ("fsync", (2, 4)), ("rename", (1, 2))])
def test_a_kill_leaves_the_former_store_or_the_new_one(act, call, positions):
    found = run(act, KILL, call, positions)
    assert found.lost == 0
    assert found.before + found.after == len(positions)
    assert found.struck > 0


@pytest.mark.parametrize("fault", [BROKEN_DISK, FULL_DISK])
def test_a_failing_disk_leaves_the_former_store(fault):
    found = run("encrypt", fault, "pwrite64", (5, 25))
    assert (found.lost, found.before, found.struck) == (0, 2, 2)


def test_the_control_that_writes_over_the_store_loses_it():
    """The fault is real: written in place, the same kill ruins the store."""
    assert run("control", KILL, "write", range(8, 40, 4)).lost > 0
