# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row outside the log has its seal, whoever writes it; what does not fit is named."""

import shutil
import sqlite3

import pytest

from swclient.store import chain, open_store, schema, seals
from swclient.store.head import head_file, read_head
from tests.store.conftest import ID, append, new
from tests.store.proofs.world import fill

_LOG = {"change_log", "seal"}


@pytest.fixture
def full(path):
    """A closed store with something in every table."""
    fill(path, edits=2, files=300)
    return path


def found(path):
    with open_store(path) as store:
        return store.health


def test_every_table_but_the_log_is_sealed():
    assert set(seals.KEYS) == {table.name for table in schema.metadata.sorted_tables} - _LOG


def test_the_seals_know_each_table_s_key_and_its_content():
    for name, key in seals.KEYS.items():
        table = schema.metadata.tables[name]
        assert [column.name for column in table.primary_key] == [key]
        if name in seals.CONTENT:
            assert {"sha256", seals.CONTENT[name]} <= set(table.columns.keys())


def test_whatever_the_program_writes_fits_its_seal(full):
    assert found(full).ok


@pytest.mark.parametrize("table", sorted(set(seals.KEYS) - {"errand"}))
def test_a_row_altered_taken_away_or_put_in_is_named(full, table):
    key = seals.KEYS[table]
    columns = [column.name for column in schema.metadata.tables[table].columns if str(column.type) == "TEXT"]
    text = next((name for name in columns if name != key), "size")
    for words in (
        f"UPDATE {table} SET {text} = coalesce({text}, '') || 'x' WHERE rowid = 1",  # noqa: S608 - ours
        f"DELETE FROM {table} WHERE rowid = 1",  # noqa: S608 - ours
    ):
        copy = full.with_name("copy.db")
        shutil.copy(full, copy)
        shutil.copy(head_file(full), head_file(copy))
        connection = sqlite3.connect(copy)
        wanted = str(connection.execute(f"SELECT {key} FROM {table} WHERE rowid = 1").fetchone()[0])  # noqa: S608 - ours
        connection.execute(words)
        connection.commit()
        connection.close()
        health = found(copy)
        assert health.state == chain.ROTTEN
        assert (table, wanted) in {(row.table, row.key) for row in health.rotten}


def test_a_column_whose_kind_rotted_in_the_schema_is_named(full):
    connection = sqlite3.connect(full)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'number TEXT', 'number NUMERIC') WHERE name = 'declaration'"
    )
    connection.commit()
    connection.close()
    health = found(full)
    assert health.state == chain.ROTTEN
    assert {(row.table, row.key) for row in health.rotten} == {("sqlite_master", "declaration")}


def test_a_keystroke_seals_nothing(store, draft):
    before = store._desk.read(seals.count)
    append(store, 1).result()
    assert store._desk.read(seals.count) == before


def test_a_lost_step_is_noticed_though_the_log_lacks_nothing(store, draft, path, tmp_path):
    store.add_event(draft, "note", {"text": "before"})
    early = tmp_path / "early"
    early.mkdir()
    for name in (path, path.with_name(f"{path.name}-wal")):
        shutil.copy(name, early)
    store.add_event(draft, "note", {"text": "lost"})
    assert read_head(path).writes == store._desk.read(seals.count)
    shutil.copy(head_file(path), early)
    with open_store(early / path.name) as again:
        assert again.health.state == chain.HEAD_MISMATCH
        assert "note" in again.health.message.text()


def test_a_row_that_was_rotten_before_a_migration_does_not_pass_for_sound_after_it(full):
    from swclient.store import database
    from swclient.store.migrations import upgrade

    connection = sqlite3.connect(full)
    connection.execute("UPDATE party SET name = 'Other' WHERE id = 'p1'")
    connection.execute(f"PRAGMA user_version={database.VERSION - 1}")
    connection.commit()
    connection.close()
    upgrade(full, database.VERSION)
    assert {(row.table, row.key) for row in found(full).rotten} == {("party", "p1")}
    with open_store(full) as store:
        store.create(new(), actor="declarant")
        assert store.load(ID).row.id == ID


def test_what_rotted_in_the_outbox_is_not_sent(full):
    connection = sqlite3.connect(full)
    entry = connection.execute("SELECT id FROM outbox WHERE state = 'queued'").fetchone()[0]
    connection.execute("UPDATE outbox SET content = replace(content, 'T', 'U') WHERE id = ?", (entry,))
    connection.commit()
    connection.close()
    with open_store(full) as store:
        assert store.outbox.claim(entry) is None
        assert store.outbox.attempts(entry)[-1].outcome == "failed"
        assert entry not in {each.id for each in store.outbox.due()}
