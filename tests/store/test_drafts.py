# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed is kept: in order, once, and there again after opening."""

import json
import threading
from concurrent.futures import wait

import pytest

from swclient.base.errors import UserError
from swclient.store import Snapshot, Summary, Wanted, open_store
from tests.store.conftest import ID, KINDS, OTHER, append, looking, new

__all__ = ["KINDS"]


def values(changes):
    return [change.body["value"] for change in changes]


def test_a_new_declaration_is_there_with_its_body(store, draft):
    stored = store.load(draft)
    assert stored.body == {"header": {}}
    assert (stored.row.state, stored.row.title) == ("draft", "Shoes, 12 lines")
    assert stored.changes == ()


def test_the_same_declaration_is_not_created_twice(store, draft):
    with pytest.raises(UserError, match="already"):
        store.create(new(), actor="declarant")
    assert len(store.worklist()) == 1


def test_changes_come_back_in_order_with_who_when_and_what(store, draft, clock):
    for number in range(3):
        append(store, number)
    changes = store.load(draft).changes
    assert values(changes) == ["0", "1", "2"]
    assert [change.sequence for change in changes] == [2, 3, 4]
    assert (changes[0].actor, changes[0].label) == ("declarant", "Office")
    assert changes[0].at < changes[1].at < changes[2].at <= clock.at


def test_an_acknowledged_change_is_seen_by_another_program_at_once(store, draft, path):
    sequence = append(store, "55301").result()
    other = looking(path)
    found = other.execute("SELECT record FROM change_log WHERE sequence = ?", (sequence,)).fetchone()
    other.close()
    assert json.loads(found[0])["body"]["value"] == "55301"


def test_a_change_altered_by_its_owner_afterwards_is_kept_as_it_was_handed_in(store, draft):
    change = {"op": "set", "value": "before"}
    store.append_change(draft, change, label="", actor="")
    change["value"] = "after"
    assert values(store.load(draft).changes) == ["before"]


def test_what_json_does_not_know_is_refused_before_it_is_handed_in(store, draft):
    for wrong in ({"value": {1, 2}}, {"value": float("nan")}):
        with pytest.raises((TypeError, ValueError)):
            store.append_change(draft, wrong, label="", actor="")
    assert store.load(draft).changes == ()


def test_a_change_of_a_declaration_nobody_created_is_refused_and_its_neighbours_are_kept(store, draft):
    first, lost, last = append(store, 1), append(store, 2, OTHER), append(store, 3)
    assert (first.result(), last.result()) == (2, 3)
    with pytest.raises(UserError, match=OTHER):
        lost.result()


def test_any_text_goes_through(store, draft):
    odd = "Обувь 鞋 \x1f\x00\"' \U0001f600 \u2028 ə"
    store.append_change(draft, {"value": odd}, label=odd, actor=odd).result()
    change = store.load(draft).changes[0]
    assert (change.body["value"], change.label, change.actor) == (odd, odd, odd)
    assert store.health.ok


def test_changes_of_many_threads_are_all_kept_each_in_its_own_order(store):
    ids = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(4)]
    for declaration_id in ids:
        store.create(new(declaration_id), actor="declarant")
    futures = []

    def type_in(declaration_id):
        futures.extend([append(store, number, declaration_id) for number in range(250)])

    threads = [threading.Thread(target=type_in, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait(futures)
    assert sorted(future.result() for future in futures) == list(range(5, 1005))
    for declaration_id in ids:
        assert values(store.load(declaration_id).changes) == [str(n) for n in range(250)]


def test_changes_that_wait_together_share_one_commit(store, draft):
    statements = []
    store._desk.read(lambda connection: connection.set_trace_callback(statements.append))
    disk_is_slow = threading.Event()
    store._desk.write(lambda connection: disk_is_slow.wait(10))
    futures = [append(store, number) for number in range(100)]
    disk_is_slow.set()
    assert [future.result() for future in futures] == list(range(2, 102))
    assert statements.count("COMMIT") <= 3  # the slow one, then all hundred changes; the search may tidy up meanwhile


def test_a_snapshot_has_in_it_what_was_appended_before_it_and_nothing_after(store, draft):
    for number in range(3):
        append(store, number)
    saved = store.save_snapshot(Snapshot(draft, {"header": {"office": "2"}}), actor="declarant")
    append(store, 3)
    assert saved.result() == 4
    stored = store.load(draft)
    assert (stored.body, stored.sequence) == ({"header": {"office": "2"}}, 4)
    assert values(stored.changes) == ["3"]


def test_a_snapshot_brings_its_columns_into_the_worklist(store, draft):
    body, face = {"header": {}}, Summary("Boots", "TRAINING Other LLP", "1,200.50 KZT")
    store.save_snapshot(Snapshot(draft, body, face), actor="declarant").result()
    row = store.worklist()[0]
    assert (row.title, row.consignee, row.total) == ("Boots", "TRAINING Other LLP", "1,200.50 KZT")


def test_an_older_snapshot_does_not_replace_a_newer_one(store, draft):
    append(store, 1)
    store.save_snapshot(Snapshot(draft, {"is": "newer"}), actor="declarant").result()
    late = Snapshot(draft, {"is": "older"}, Summary("older"), sequence=1)
    store.save_snapshot(late, actor="declarant").result()
    stored = store.load(draft)
    assert (stored.body, stored.row.title) == ({"is": "newer"}, "")


def test_a_damaged_snapshot_is_replaced_by_what_the_log_says(store, draft, path):
    append(store, 1).result()
    store.save_snapshot(Snapshot(draft, {"header": {"office": "1"}}), actor="declarant").result()
    append(store, 2).result()
    other = looking(path)
    other.execute("UPDATE snapshot SET body = replace(body, '1', '7')")
    other.close()
    stored = store.load(draft)
    assert stored.recovered
    assert stored.body == {"header": {}}
    assert values(stored.changes) == ["1", "2"]


def test_the_history_begins_with_the_whole_first_body(store, draft):
    append(store, 1)
    first, second = store.history(draft)
    assert (first.whole, first.body, first.label) == (True, {"header": {}}, "created")
    assert not second.whole


def test_everything_is_there_again_after_closing_and_opening(store, draft, path):
    append(store, 1)
    store.save_snapshot(Snapshot(draft, {"header": {"office": "1"}}), actor="declarant")
    append(store, 2)
    store.close()
    with open_store(path) as again:
        stored = again.load(draft)
        assert stored.body == {"header": {"office": "1"}}
        assert values(stored.changes) == ["2"]
        assert again.health.ok


def test_what_is_not_there_is_said_by_its_id(store):
    with pytest.raises(UserError, match=ID):
        store.load(ID)


def test_a_closed_store_takes_nothing_more(store, draft):
    store.close()
    store.close()
    with pytest.raises(UserError, match="closed"):
        append(store, 1)


class TestWorklist:
    @pytest.fixture
    def filled(self, store):
        for number, title in enumerate(("Обувь зимняя", "Boots", "鞋子", "ОБУВЬ летняя")):
            declaration_id = f"{number:08d}-0000-4000-8000-000000000000"
            face = Summary(title, "TRAINING Importer LLP")
            state = "draft" if number % 2 else "sent"
            number_given = f"55301000/040325/000000{number}"
            store.create(
                new(declaration_id, summary=face, state=state, number=number_given),
                actor="declarant",
            )
        return store

    def titles(self, store, **wanted):
        return [row.title for row in store.worklist(Wanted(**wanted))]

    def test_the_latest_changed_comes_first(self, filled):
        assert self.titles(filled) == ["ОБУВЬ летняя", "鞋子", "Boots", "Обувь зимняя"]

    def test_words_are_found_whatever_their_case_also_in_cyrillic(self, filled):
        assert self.titles(filled, text="обувь") == ["ОБУВЬ летняя", "Обувь зимняя"]
        assert self.titles(filled, text="/0000002") == ["鞋子"]
        assert self.titles(filled, text="%") == []

    def test_states_can_be_asked_for(self, filled):
        assert self.titles(filled, states=("sent",)) == ["鞋子", "Обувь зимняя"]

    def test_pages_follow_one_another_without_gap_or_overlap(self, filled):
        first = filled.worklist(Wanted(limit=3))
        rest = filled.worklist(Wanted(limit=3, after=first[-1]))
        assert [row.title for row in first + rest] == self.titles(filled)
