# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A killed program has kept every edit it acknowledged."""

from tests.store.kill_loop import JSON_IN_PLACE, STORE, run


def test_no_acknowledged_edit_is_lost_by_kills_of_the_saving_program():
    found = run(15, STORE)
    assert found.acked > 15
    assert (found.lost, found.corrupt) == (0, 0)


def test_the_control_that_rewrites_json_in_place_does_lose():
    found = run(15, JSON_IN_PLACE)
    assert found.lost > 0
    assert found.corrupt > 0
