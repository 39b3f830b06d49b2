# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drafts that were checked without an error; what is overdue; what is asked for as a party, reference or country."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from swclient.base.errors import UserError
from swclient.store import Wanted, open_store
from swclient.store.values import Move, NewDeclaration, Summary

NOW = datetime.now(UTC)


def put(store, key, profile="XX", **names):
    tables = {table: [[0, None, {"name": name}]] for table, name in names.items() if table != "reference"}
    tables["header"] = [[0, None, {"reference": names.get("reference", "")}]]
    body = {"tables": tables}
    summary = Summary(names.get("reference", ""), names.get("consignee", ""))
    store.create(NewDeclaration(key, "40", profile, "1", body, summary=summary), actor="")


def found(store, **wanted):
    return [row.id for row in store.worklist(Wanted(**wanted))]


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "declarations.db") as store:
        for key in ("one", "two", "three"):
            put(store, key)
        yield store


class TestChecked:
    def test_nothing_is_checked_before_somebody_checks(self, store):
        assert store.checked.count() == 0
        assert found(store, checked=True) == []
        assert found(store, checked=False) == ["three", "two", "one"]

    def test_what_is_noted_is_found_and_counted(self, store):
        store.checked.note("two").result()
        assert store.checked.count() == 1
        assert found(store, checked=True) == ["two"]
        assert found(store, checked=False) == ["three", "one"]

    def test_a_later_change_undoes_it(self, store):
        store.checked.note("two").result()
        store.append_change("two", {"changes": []}, label="", actor="").result()
        assert store.checked.count() == 0
        assert found(store, checked=True) == []

    def test_a_check_of_an_older_state_does_not_count(self, store):
        seen = store.load("two").sequence
        store.append_change("two", {"changes": []}, label="", actor="").result()
        store.checked.note("two", seen).result()
        assert store.checked.count() == 0

    def test_what_was_sent_is_ready_no_more(self, store):
        store.checked.note("two").result()
        store.move_state(Move("two", "draft", "signed"))
        assert store.checked.count() == 0
        assert found(store, checked=True, states=("draft",)) == []

    def test_what_lies_in_the_bin_is_not_counted(self, store):
        store.checked.note("two").result()
        store.bin.put("two", actor="")
        assert store.checked.count() == 0

    def test_it_is_taken_back(self, store):
        store.checked.note("two").result()
        store.checked.forget("two").result()
        assert store.checked.count() == 0

    def test_a_store_that_is_only_looked_at_needs_none(self, tmp_path):
        path = tmp_path / "other.db"
        with open_store(path) as store:
            put(store, "one")
        with open_store(path, read_only=True) as store:
            assert (store.checked.count(), found(store, checked=True), found(store, checked=False)) == (0, [], ["one"])
            with pytest.raises(UserError):
                store.checked.note("one").result()

    def test_it_is_kept(self, tmp_path):
        path = tmp_path / "other.db"
        with open_store(path) as store:
            put(store, "one")
            store.checked.note("one").result()
        with open_store(path) as store:
            assert store.checked.count() == 1
            assert store.health.ok


def test_what_is_overdue_is_counted_by_state(store):
    store.move_state(Move("one", "draft", "received", due_at=NOW - timedelta(minutes=1)))
    store.move_state(Move("two", "draft", "received", due_at=NOW + timedelta(minutes=1)))
    store.move_state(Move("three", "draft", "payment_due", due_at=NOW - timedelta(days=1)))
    assert store.checked.late(NOW) == {"received": 1, "payment_due": 1}


def test_the_indexes_are_made_where_many_lie_and_only_there(tmp_path, store):
    def names():
        query = "SELECT name FROM sqlite_master WHERE type = 'index'"
        return {row[0] for row in store._desk.read(lambda held: held.execute(query).fetchall())}

    store.checked.make_indexes()
    assert not names() & {"declaration_in_bin", "declaration_due"}
    for n in range(500):
        put(store, f"n{n}")
    store.checked.make_indexes()
    assert names() >= {"declaration_in_bin", "declaration_due"}
    store.bin.put("one", actor="")
    assert store.counts() == {"draft": 502, "": 1}


class TestMarked:
    @pytest.fixture
    def firms(self, store):
        put(store, "a", "KZ", declarant="ТОО «Брокер»", consignee="Пример Импорт", reference="REF-2026/17")
        put(store, "b", "KG", declarant="Example LLP", consignor="Брокер груза", reference="REF-2026/18")
        return store

    def test_a_party_is_found_as_a_party_only(self, firms):
        put(firms, "c", reference="Брокер")
        assert found(firms, party="брокер") == ["b", "a"]
        assert found(firms, text="брокер", party="example") == []
        assert found(firms, party="бро тоо") == ["a"]

    @pytest.mark.parametrize(("words", "due"), [("REF-2026", ["b", "a"]), ("ref2026/18", ["b"]), ("брокер", [])])
    def test_a_reference_is_found_as_a_reference_only(self, firms, words, due):
        assert found(firms, reference=words) == due

    def test_a_country_goes_with_everything(self, firms):
        assert found(firms, profile="KG") == ["b"]
        assert found(firms, profile="K") == []
        assert found(firms, profile="KZ", party="брокер", text="пример") == ["a"]

    def test_days_bound_it_on_both_sides(self, tmp_path):
        at = [datetime(2026, 1, 1, tzinfo=UTC)]
        with open_store(tmp_path / "days.db", clock=lambda: at[0]) as store:
            for n in range(9):
                at[0] = datetime(2026, 1, 1 + n, 12, tzinfo=UTC)
                put(store, f"d{n}", consignee="Пример")
            days = {"since": datetime(2026, 1, 3, tzinfo=UTC), "before": datetime(2026, 1, 6, tzinfo=UTC)}
            assert found(store, **days) == ["d4", "d3", "d2"]
            assert found(store, party="пример", **days) == ["d4", "d3", "d2"]
            assert found(store, party="пример", since=datetime(2027, 1, 1, tzinfo=UTC)) == []
            assert found(store, party="пример", before=datetime(2025, 1, 1, tzinfo=UTC)) == []

    def test_a_search_without_an_index_finds_lines_too(self, firms):
        from swclient.store.search.plain import Plain

        wanted = Wanted(profile="KZ", party="пример", reference="2026")
        assert firms._desk.read(lambda held: Plain().find(held, ("id",), wanted)) == [("a",)]


def test_an_index_made_anew_for_many_is_merged_into_one_piece(tmp_path):
    with open_store(tmp_path / "many.db") as store:
        for n in range(520):
            put(store, f"n{n}", consignee=f"Пример {n}")
        due = found(store, text="пример", limit=600)
        assert store.search.reindex() == 520
        pieces = "SELECT count(DISTINCT segid) FROM search_index_2_idx"
        assert store._desk.read(lambda held: held.execute(pieces).fetchone()[0]) == 1
        assert found(store, text="пример", limit=600) == due
        assert len(due) == 520
