# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short form of the proof that nothing is sent twice and nothing is lost; the long one is `./dev bench`."""

import pytest

from tests.bench.submissions import control, run

pytestmark = pytest.mark.slow


def test_sixty_declarations_on_a_bad_line_with_kills_are_registered_once_each():
    found = run(60, seed=20250304)
    assert (found.registrations, found.duplicates, found.lost, found.wrong) == (60, 0, 0, 0)
    assert found.attempts > 60  # the line was bad indeed
    assert found.client_kills + found.server_kills > 0


def test_a_new_key_for_every_attempt_makes_duplicates():
    assert control(30, seed=20250304).duplicates > 0
