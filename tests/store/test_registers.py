# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers in the store: kept, changed, removed and brought back, with every act in the log; on files and a server."""

import pytest

from swclient.base.errors import UserError
from swclient.store import NewEntry, open_store
from tests.store.conftest import KINDS

__all__ = ["KINDS"]
VALUES = {"exporter.name": "TRAINING Mill", "exporter.country": "CN"}


def entry(entry_id="r1", name="TRAINING Mill", values=None, kind="parties"):
    """An entry of a made-up firm."""
    return NewEntry(entry_id, kind, name, name.casefold(), values or VALUES)


def keep(store, *entries):
    return store.registers.keep(entries or [entry()], actor="declarant")


def names(store, *, removed=False):
    return [row.name for row in store.registers.listed(removed=removed)]


def test_an_entry_comes_back_whole_after_a_restart(store, path):
    assert keep(store) == (1, 0)
    store.close()
    with open_store(path) as again:
        found = again.registers.load("r1")
        assert (found.values, found.recovered, found.row.kind) == (VALUES, False, "parties")
        assert again.registers.count() == 1
        assert again.health.ok


def test_the_same_name_takes_the_new_values_and_says_what_was_new(store):
    keep(store)
    other = {**VALUES, "exporter.city": "Urumqi"}
    assert keep(store, entry("r2", "training MILL", other), entry("r3", "Bolts", kind="goods")) == (1, 1)
    assert store.registers.load("r1").values == other
    assert keep(store, entry("r4", values=other)) == (0, 0)
    assert [row.id for row in store.registers.listed()] == ["r3", "r1"]


def test_entries_of_one_name_stand_in_two_registers(store):
    keep(store, entry("r1"), entry("r2", kind="goods"))
    assert {row.kind for row in store.registers.listed()} == {"parties", "goods"}


def test_a_removed_entry_is_kept_and_comes_back_unless_its_name_is_taken(store):
    keep(store)
    store.registers.remove("r1", actor="declarant")
    assert (names(store), names(store, removed=True), store.registers.count()) == ([], ["TRAINING Mill"], 0)
    keep(store, entry("r2"))
    with pytest.raises(UserError, match="already"):
        store.registers.restore("r1", actor="declarant")
    store.registers.remove("r2", actor="declarant")
    store.registers.restore("r1", actor="declarant")
    assert [row.id for row in store.registers.listed()] == ["r1"]


def test_a_change_to_a_name_in_use_is_refused_and_leaves_no_record(store):
    keep(store, entry("r1"), entry("r2", "Bolts"))
    with pytest.raises(UserError, match="already"):
        store.registers.change(entry("r2", "training mill"), actor="declarant")
    with pytest.raises(UserError, match="no entry"):
        store.registers.change(entry("r9"), actor="declarant")
    assert len(store.history("r2")) == 1


def test_every_act_stands_in_the_log_with_who_did_it(store):
    keep(store)
    store.registers.change(entry(values={"exporter.name": "TRAINING Mill"}), actor="chief")
    store.registers.remove("r1", actor="chief")
    store.registers.restore("r1", actor="declarant")
    records = store.history("r1")
    assert [(record.label, record.actor) for record in records] == [
        ("register kept", "declarant"),
        ("register changed", "chief"),
        ("register removed", "chief"),
        ("register restored", "declarant"),
    ]
    assert records[0].body["body"]["values"] == VALUES
