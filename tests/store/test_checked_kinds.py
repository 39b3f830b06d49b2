# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes of checked drafts, overdue counts and filters in every kind of store: a file, an encrypted one, an office's."""

from __future__ import annotations

from datetime import timedelta

from swclient.store import Wanted
from swclient.store.values import Move, NewDeclaration, Summary
from tests.store import conftest

KINDS = conftest.KINDS


def test_it_goes_alike_in_every_kind_of_store(store, clock):
    for key in ("one", "two", "three"):
        store.create(NewDeclaration(key, "40", "KZ", "1", {"tables": {}}, summary=Summary(key, "Пример")), actor="")
    assert (store.checked.count(), store.worklist(Wanted(checked=True))) == (0, ())
    store.checked.note("one").result()
    store.checked.note("two").result()
    store.append_change("two", {"changes": []}, label="", actor="").result()
    assert store.checked.count() == 1
    assert [row.id for row in store.worklist(Wanted(checked=True, states=("draft",)))] == ["one"]
    assert [row.id for row in store.worklist(Wanted(checked=False, states=("draft",)))] == ["three", "two"]
    store.checked.forget("one").result()
    assert store.checked.count() == 0
    now = clock()
    store.move_state(Move("three", "draft", "received", due_at=now - timedelta(minutes=1)))
    assert store.checked.late(now) == {"received": 1}
    assert store.glance.contact() is None
    assert [row.id for row in store.worklist(Wanted(profile="KZ", states=("received",)))] == ["three"]
    assert store.worklist(Wanted(profile="KG")) == ()
