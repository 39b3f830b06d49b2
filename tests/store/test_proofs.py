# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proofs of the store in their short form; `./dev bench reliability` has the long one."""

import os
import shutil
import subprocess

import pytest

from tests.store.proofs import long_chain, migrating, powercut, removed, rot, sharing, slow_disk, small_disk, tampering

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills and forks are a POSIX affair")


def _traced():
    strace = shutil.which("strace")
    if (
        strace is None
        or subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("nothing can be traced here")


def proved(tally, cases):
    """Nothing was wrong in so many cases at least, and the control lost."""
    assert tally.wrong == []
    assert tally.cases >= cases
    assert tally.control_wrong > 0


@pytest.mark.parametrize(
    ("harm", "cases"),
    [(rot.flip_a_bit, 60), (rot.spoil_a_page, 30), (rot.spoil_the_log_file, 12)],
    ids=["bits", "pages", "write-ahead files"],
)
def test_no_rotten_value_passes_for_a_sound_one(harm, cases):
    proved(rot.run(cases, harm, seed=7), cases)


def test_a_cut_store_is_told_and_the_last_copy_takes_its_place():
    proved(rot.run_cut(8, seed=3), 8)


def test_what_was_altered_by_sql_is_found_at_the_next_start():
    proved(tampering.run(60), 60)


def test_no_image_that_a_power_cut_leaves_lacks_an_acknowledged_edit():
    _traced()
    proved(powercut.run(250), 200)


def test_a_migration_that_is_killed_leaves_the_old_store_or_the_new_one():
    proved(migrating.run(4), 4 * len(migrating.older()))


@pytest.mark.parametrize(
    "proof",
    [
        lambda folder: small_disk.run(5, folder),
        lambda folder: small_disk.run_copies(6, folder),
        lambda _folder: migrating.run_full(6),
    ],
    ids=["typing", "copying", "migrating"],
)
def test_a_full_disk_is_told_and_takes_nothing(proof, tmp_path):
    reason = small_disk.why_not()
    if reason:
        pytest.skip(reason)
    proved(proof(tmp_path), 5)


def test_a_store_that_is_taken_away_is_told_and_rescued(tmp_path):
    proved(removed.run(4, tmp_path), 4)


def test_two_programs_on_one_store_lose_nothing_and_order_nothing_anew():
    proved(sharing.run(60), 120)


def test_a_program_killed_with_the_lock_in_its_hand_holds_nobody_up():
    proved(sharing.run_stale(3)[0], 3)


def test_nobody_who_types_waits_for_a_slow_disk(tmp_path):
    """The times are the long form's business; here, that a key does not wait for a flush and an honest program does."""
    _traced()
    ours, control = slow_disk.run(60, tmp_path), slow_disk.run(10, tmp_path, "control")
    assert (ours.kept, control.kept) == (60, 10)
    assert control.p50 >= slow_disk.FLUSH * 1e3 > ours.p50


def test_one_altered_record_of_many_is_found(tmp_path):
    path = tmp_path / "long.db"
    long_chain.make(path, 20_000)
    assert long_chain.seconds(path, whole=True)[1:] == (20_000, "ok")
    long_chain.alter(path, 9_000)
    assert long_chain.seconds(path, whole=True)[1:] == (8_999, "broken")
