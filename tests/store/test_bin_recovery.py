# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What recovery says of declarations that were deleted for ever."""

from pathlib import Path

import pytest

from swclient.store.backups.salvage import salvage
from tests.store.conftest import OTHER
from tests.store.test_bin import KINDS, attack, health, purged, two

__all__ = ["KINDS", "two"]


def test_recovery_has_nothing_to_say_about_what_was_deleted(two, path, tmp_path):
    if not isinstance(path, Path):
        pytest.skip("an office's server has copies of its own")
    purged(two)
    two.close()
    saved = salvage(path, tmp_path / "saved.db")
    assert ([each.id for each in saved.declarations], saved.lost_records) == ([OTHER], ())
    assert health(tmp_path / "saved.db").ok


def test_recovery_counts_emptied_records_without_a_tombstone_as_lost(two, path, tmp_path):
    if not isinstance(path, Path):
        pytest.skip("an office's server has copies of its own")
    two.close()
    attack(path, ("UPDATE change_log SET record = '' WHERE sequence = 7", ()))
    assert salvage(path, tmp_path / "saved.db").lost_records == (7,)
