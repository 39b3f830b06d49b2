# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log vouches for itself: what was altered, removed, moved or cut off is found at opening."""

import shutil
import sqlite3

import pytest

from swclient.store import chain, open_store
from swclient.store.head import head_file, read_head
from tests.store.conftest import ID, OTHER, append, new


@pytest.fixture
def closed(store, path):
    """A closed store of two declarations and forty-two records."""
    store.create(new(), actor="declarant")
    store.create(new(OTHER), actor="declarant")
    for number in range(20):
        append(store, number)
        append(store, number, OTHER)
    store.close()
    return path


def attack(path, *statements):
    """Alter the file as somebody with the right to write it can."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def health(path):
    with open_store(path) as store:
        found = store.health
        # Whatever was found, what can be read can be used.
        assert {row.id for row in store.worklist()} == {ID, OTHER}
        return found


def test_an_untouched_log_is_whole(closed):
    found = health(closed)
    assert (found.ok, found.records) == (True, 42)


def test_an_altered_record_is_found_with_its_declaration(closed):
    attack(
        closed,
        "UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 11",
    )
    found = health(closed)
    assert (found.state, found.sequence, found.records) == (chain.BROKEN, 11, 10)
    assert found.declaration_id == ID
    assert "11" in found.message.text()


def test_a_record_given_to_another_declaration_is_found(closed):
    attack(closed, f"UPDATE change_log SET declaration_id = '{OTHER}' WHERE sequence = 11")  # noqa: S608 - ours
    assert health(closed).sequence == 11


def test_a_removed_record_is_found(closed):
    attack(closed, "DELETE FROM change_log WHERE sequence = 11")
    found = health(closed)
    assert (found.state, found.sequence) == (chain.BROKEN, 12)


def test_swapped_records_are_found(closed):
    attack(
        closed,
        "UPDATE change_log SET sequence = -1 WHERE sequence = 11",
        "UPDATE change_log SET sequence = 11 WHERE sequence = 12",
        "UPDATE change_log SET sequence = 12 WHERE sequence = -1",
    )
    assert health(closed).sequence == 11


def test_renumbered_records_are_found_though_every_hash_is_right(closed):
    attack(closed, "UPDATE change_log SET sequence = sequence + 1000 WHERE sequence > 30")
    found = health(closed)
    assert (found.state, found.sequence) == (chain.BROKEN, 1031)


def test_a_record_with_its_hash_made_anew_is_found_at_the_next(closed):
    connection = sqlite3.connect(closed)
    connection.create_function("linked", 3, chain.linked, deterministic=True)
    connection.execute("UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 11")
    connection.execute(
        """UPDATE change_log SET hash = linked(
            (SELECT hash FROM change_log WHERE sequence = 10), declaration_id, record)
            WHERE sequence = 11"""
    )
    connection.commit()
    connection.close()
    assert health(closed).sequence == 12


def test_a_cut_tail_is_found_by_the_note_beside_the_store(closed):
    attack(closed, "DELETE FROM change_log WHERE sequence > 40")
    found = health(closed)
    assert (found.state, found.sequence, found.records) == (chain.HEAD_MISMATCH, 42, 40)


def test_an_emptied_log_is_found(closed):
    attack(closed, "DELETE FROM change_log")
    assert health(closed).state == chain.HEAD_MISMATCH


def test_a_lost_write_ahead_file_is_found(store, path, tmp_path):
    store.create(new(), actor="declarant")
    for number in range(20):
        append(store, number).result()
    # As a crash leaves it: the latest changes lie in the write-ahead file only.
    crashed = tmp_path / "crashed" / path.name
    crashed.parent.mkdir()
    for name in (path, path.with_name(f"{path.name}-wal"), head_file(path)):
        shutil.copy(name, crashed.parent)
    with open_store(crashed) as sound:
        assert (sound.health.state, sound.health.records) == (chain.OK, 21)
    store.close()
    again = tmp_path / "lost" / path.name
    again.parent.mkdir()
    shutil.copy(head_file(path), again.parent)
    with open_store(again) as emptied:
        assert emptied.health.state == chain.HEAD_MISMATCH


def test_the_note_that_tells_of_a_loss_is_not_written_over(closed):
    attack(closed, "DELETE FROM change_log WHERE sequence > 40")
    with open_store(closed) as store:
        append(store, "after the loss").result()
    kept = head_file(closed).with_name(f"{head_file(closed).name}.42")
    assert kept.read_bytes().startswith((b"41 ", b"42 "))


def test_a_note_that_is_behind_is_no_loss(closed):
    behind = head_file(closed).read_bytes()
    with open_store(closed) as store:
        append(store, "after the note").result()
    head_file(closed).write_bytes(behind)
    assert health(closed).ok


def test_a_missing_note_is_told_and_written_anew(closed):
    head_file(closed).unlink()
    with open_store(closed) as store:
        assert store.health.state == chain.HEAD_MISSING
        append(store, 1).result()
    assert read_head(closed).sequence == 43
    assert health(closed).ok


def test_a_torn_note_leaves_the_one_before_it(closed):
    before = read_head(closed)
    with open_store(closed) as store:
        append(store, 1).result()
        append(store, 2).result()
    content = bytearray(head_file(closed).read_bytes())
    newest = 0 if content.startswith(b"44 ") else 128
    content[newest + 30 : newest + 60] = bytes(30)
    head_file(closed).write_bytes(content)
    assert read_head(closed).sequence == before.sequence + 1
    assert health(closed).ok


def test_going_on_after_damage_does_not_hide_it(closed):
    attack(closed, "UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 11")
    with open_store(closed) as store:
        append(store, 1).result()
    found = health(closed)
    assert (found.state, found.sequence) == (chain.BROKEN, 11)


def test_rotten_pages_never_pass_for_sound_data(closed):
    """One flipped bit after another through the whole file: told or harmless, never silent."""
    whole = closed.read_bytes()
    with open_store(closed) as store:
        truth = {one: (store.load(one).body, store.history(one)) for one in (ID, OTHER)}
    silent = told = 0
    for place in range(0, len(whole), 1009):
        rotten = bytearray(whole)
        rotten[place] ^= 1 << place % 8
        closed.write_bytes(rotten)
        closed.with_name(f"{closed.name}-wal").unlink(missing_ok=True)
        try:
            with open_store(closed, read_only=True) as store:
                if not store.health.ok:
                    told += 1
                    continue
                found = {one: (store.load(one).body, store.history(one)) for one in (ID, OTHER)}
                silent += found != truth
        except Exception:  # noqa: BLE001 - any loud failure will do
            told += 1
    assert silent == 0
    assert told > 0
