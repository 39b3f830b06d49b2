# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two hundred files that mean harm, watched by strace: refused or read, and nothing outside opened or connected to."""

import shutil

import pytest

from tests.bench import hostile

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture(scope="module")
def outcomes():
    return hostile.run()


def test_there_are_two_hundred_of_them(outcomes):
    assert len(outcomes[0].rows) >= 200


def test_each_is_refused_or_read_and_none_brings_the_reader_down(outcomes):
    assert outcomes[0].wrongly == []


def test_nothing_outside_is_opened_written_or_connected_to(outcomes):
    assert outcomes[0].outside == []


def test_none_takes_more_memory_than_it_may(outcomes):
    assert outcomes[0].heavy == []


def test_the_control_is_seen_reaching_out(outcomes):
    told = " ".join(outcomes[1].outside)
    assert "secret.txt" in told
    assert "connect(" in told
