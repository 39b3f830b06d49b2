# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever cannot prove to be the office gets nothing of ours, and a client that does not look loses everything."""

from tests.bench.bad_tls import run
from tests.bench.bad_tls_ends import KINDS


def test_twelve_kinds_of_bad_ends_see_nothing_and_the_control_loses_all():
    found = run(1)
    assert found.wrong == []
    assert found.bytes_seen == 0
    assert found.tried == len(KINDS) + 2
    assert found.leaked == set(KINDS)
