# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bin in the store: what goes in, what stays out, what is left after a deletion for ever, and who may say so."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import Move, NewAnswer, NewDeclaration, OutboxEntry, Summary, Wanted, chain, open_store, tombstones
from swclient.store.attachments import NewAttachment
from tests.store.conftest import ID, OTHER, append, looking, new

KINDS = ("file", "encrypted", "office")
CANARY = "Secret words of a draft 4711"


def body():
    return {"header": {"reference": CANARY}}


@pytest.fixture
def two(store):
    """A store with two declarations whose records alternate; the first one tells the canary."""
    store.create(new(body=body()), actor="declarant")
    store.create(new(OTHER), actor="declarant")
    for number in range(5):
        append(store, number).result()
        append(store, number, OTHER).result()
    return store


def purged(store, key=ID):
    store.bin.put(key, actor="declarant")
    store.bin.purge(key, actor="declarant")


def count(path, table):
    held = looking(path)
    try:
        return held.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
    finally:
        held.close()


def attack(path, *statements):
    held = looking(path)
    try:
        held.execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            held.execute(statement, values)
        held.execute("COMMIT")
    finally:
        held.close()


def health(path):
    with open_store(path) as store:
        return store.health


# -- in and out


def test_what_is_put_into_the_bin_is_there_and_nowhere_else(two):
    assert two.bin.put(ID, actor="declarant")
    assert [row.id for row in two.worklist()] == [OTHER]
    assert [row.id for row in two.worklist(Wanted(removed=True))] == [ID]
    assert two.counts() == {"draft": 1, "": 1}
    assert not two.bin.put(ID, actor="declarant")
    assert [event.kind for event in two.events(ID)] == ["bin"]


def test_it_comes_back_as_it_was(two):
    before = two.load(ID)
    two.bin.put(ID, actor="declarant")
    assert two.bin.back(ID, actor="declarant")
    assert two.load(ID) == before
    assert not two.bin.back(ID, actor="declarant")
    assert [(event.kind, event.detail) for event in two.events(ID)] == [
        ("bin", {"actor": "declarant"}),
        ("back", {"actor": "declarant"}),
    ]


def signed(store):
    store.move_state(Move(ID, "draft", "signed"))


def asked_for_a_permit(store):
    entry = OutboxEntry(ID, "permits", "apply", "key-1", b"application", "text/plain")
    store.move_state(Move(ID, "draft", "draft", outbox=(entry,)))


def answered(store):
    store.answers.take(NewAnswer("customs", "c", "r", 1, "text/plain", b"answer", ID))


@pytest.mark.parametrize("leave", [signed, asked_for_a_permit])
def test_what_left_traces_is_refused_until_its_time_is_over(two, leave):
    leave(two)
    assert two.bin.traces(ID).found
    with pytest.raises(UserError, match="is kept"):
        two.bin.put(ID, actor="declarant")
    assert two.row(ID).removed_at is None
    assert two.bin.put(ID, actor="declarant", released=True)
    with pytest.raises(UserError, match="is kept"):
        two.bin.purge(ID, actor="declarant")
    two.bin.purge(ID, actor="declarant", released=True)
    with pytest.raises(UserError, match="no declaration"):
        two.row(ID)


def test_one_that_was_signed_while_it_lay_in_the_bin_is_not_deleted(two):
    two.bin.put(ID, actor="declarant")
    signed(two)
    with pytest.raises(UserError, match="is kept"):
        two.bin.purge(ID, actor="declarant")
    assert two.load(ID).body == body()


def test_one_that_another_amends_is_refused(two):
    child = NewDeclaration(
        "child", "import", "KZ", "2025.1", {}, summary=Summary("", "", ""), parent_id=ID, relation="amends"
    )
    two.create(child, actor="declarant")
    with pytest.raises(UserError, match="amends"):
        two.bin.put(ID, actor="declarant")


def test_only_what_is_in_the_bin_is_deleted_for_ever(two):
    with pytest.raises(UserError, match="not in the bin"):
        two.bin.purge(ID, actor="declarant")
    with pytest.raises(UserError, match="no declaration"):
        two.bin.put("nobody", actor="declarant")
    assert two.load(ID).body == body()


def test_the_old_ones_of_the_bin_are_told(two, clock):
    two.bin.put(ID, actor="declarant")
    between = clock()
    two.bin.put(OTHER, actor="declarant")
    assert two.bin.older_than(between) == (ID,)
    assert two.bin.older_than(datetime(2024, 1, 1, tzinfo=UTC)) == ()


# -- for ever


def test_nothing_of_it_is_left_and_the_log_is_whole(two, path):
    purged(two)
    assert [row.id for row in two.worklist()] == [OTHER]
    assert two.counts() == {"draft": 1, "": 0}
    assert len(two.load(OTHER).changes) == 5
    two.close()
    for table in ("declaration", "snapshot"):
        assert count(path, table) == 1
    assert count(path, "event") == 0
    found = health(path)
    assert (found.state, found.records) == (chain.OK, 13)


def test_its_words_are_not_in_the_file_any_more(two, path):
    if not isinstance(path, Path) or path.read_bytes()[:6] != b"SQLite":
        pytest.skip("only a plain file can be read")
    two.close()
    assert CANARY.encode() in path.read_bytes()  # the control
    with open_store(path) as store:
        purged(store)
    assert CANARY.encode() not in path.read_bytes()


def test_work_goes_on_after_it_and_late_changes_are_refused(two, path):
    purged(two)
    with pytest.raises(UserError, match="no declaration"):
        append(two, 9).result()
    append(two, 9, OTHER).result()
    two.close()
    assert health(path).ok


def test_a_copy_of_it_loses_its_parent_only(two):
    copied = NewDeclaration(
        "child", "import", "KZ", "2025.1", {}, summary=Summary("", "", ""), parent_id=ID, relation="copy"
    )
    two.create(copied, actor="declarant")
    purged(two)
    assert (two.row("child").parent_id, two.row("child").relation) == (None, "")


def test_files_go_with_it_unless_another_has_them(two, path):
    own, shared = b"only here", b"in both"
    for key, content in ((ID, own), (ID, shared), (OTHER, shared)):
        two.attachments.keep(NewAttachment(key, "paper.pdf", "application/pdf", content))
    purged(two)
    (left,) = two.attachments.of_declaration(OTHER)
    assert two.attachments.content(left.sha256) == shared
    two.close()
    assert count(path, "blob") == 1
    assert health(path).ok


def test_all_can_go_one_after_the_other(two, path):
    purged(two)
    purged(two, OTHER)
    two.close()
    assert health(path).ok


# -- who says so


def emptied_by_hand(path, key, *, gone):
    """Empty the records of a declaration, as somebody with the right to write the file can."""
    more = [("DELETE FROM snapshot WHERE declaration_id = ?", (key,)), ("DELETE FROM declaration WHERE id = ?", (key,))]
    attack(path, ("UPDATE change_log SET record = '' WHERE declaration_id = ?", (key,)), *(more if gone else ()))


@pytest.mark.parametrize("gone", [False, True])
def test_emptied_records_without_a_tombstone_are_found(two, path, gone):
    two.close()
    emptied_by_hand(path, ID, gone=gone)
    found = health(path)
    assert (found.state, found.sequence, found.declaration_id) == (chain.BROKEN, 1, ID)


def test_one_emptied_record_is_found(two, path):
    two.close()
    attack(path, ("UPDATE change_log SET record = '' WHERE sequence = 7", ()))
    assert (health(path).state, health(path).sequence) == (chain.BROKEN, 7)


def forged(path, key, numbers=None):
    """Put a tombstone behind the log that the chain has nothing against."""
    held = looking(path)
    rows = held.execute(
        "SELECT sequence, hash FROM change_log WHERE declaration_id = ? ORDER BY sequence", (key,)
    ).fetchall()
    rows = [row for row in rows if numbers is None or row[0] in numbers]
    text = chain.Draft(key, datetime.now(UTC), "forger", tombstones.LABEL, json.dumps(tombstones._told(rows))).record()
    end = chain.end_of(held)
    held.close()
    digest = chain.linked(bytes(end.hash), key, text)
    attack(path, ("INSERT INTO change_log VALUES (?, ?, ?, ?)", (end.sequence + 1, key, text, digest)))


def test_a_forged_tombstone_of_a_living_declaration_is_found(two, path):
    two.close()
    emptied_by_hand(path, ID, gone=False)
    forged(path, ID)
    found = health(path)
    assert (found.state, found.sequence) == (chain.BROKEN, 1)


def test_a_tombstone_vouches_for_the_records_it_names_only(two, path):
    two.close()
    emptied_by_hand(path, ID, gone=True)
    forged(path, ID, numbers={1, 3, 5})
    assert health(path).state == chain.BROKEN


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE change_log SET declaration_id = ? WHERE sequence = 3", (OTHER,)),
        ("UPDATE change_log SET hash = ? WHERE sequence = 3", (bytes(32),)),
        ("UPDATE change_log SET record = '{}' WHERE sequence = 3", ()),
        ("UPDATE change_log SET record = replace(record, 'hashes', 'hushes') WHERE sequence = 13", ()),
        ("DELETE FROM change_log WHERE sequence = 3", ()),
    ],
)
def test_what_is_altered_after_a_deletion_is_found(two, path, statement, values):
    purged(two)
    two.close()
    assert health(path).ok  # the control
    attack(path, (statement, values))
    assert health(path).state == chain.BROKEN


def test_neighbouring_hashes_of_emptied_records_are_vouched_for(store, path):
    store.create(new(), actor="declarant")
    append(store, 1).result()
    append(store, 2).result()
    purged(store)
    store.close()
    attack(path, ("UPDATE change_log SET hash = ? WHERE sequence = 2", (bytes(32),)))
    assert health(path).state == chain.BROKEN
