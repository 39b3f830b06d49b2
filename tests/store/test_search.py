# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding declarations: what people remember is found, a slow judge finds the same, and the index may break."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from swclient.store import Move, NewDeclaration, Snapshot, Summary, Wanted, open_store
from swclient.store.search import room
from swclient.store.search.fulltext import FullText
from tests.store.archive import archive, finds, judged, questions
from tests.store.conftest import ID, OTHER, new

BODY = {
    "tables": {
        "header": [[0, None, {"reference": "TRAINING-2026-0001"}]],
        "consignee": [[0, None, {"name": "ТОО «Өзбекстан Саудасы»", "tax_id": "240140000011"}]],
        "item": [
            [1, None, {"code": "8481808199", "description": "Краны шаровые латунные", "net_mass": "540.25"}],
            [2, None, {"description_foreign": "Ball valves, brass / 黄铜球阀", "article": "BV-DN20"}],
        ],
        "container": [[3, 1, {"number": "MSKU1234565"}]],
        "border_means": [[4, None, {"identity": "000 ABC-02"}]],
        "document": [[5, None, {"number": "INV-2026/00017", "kind": "04021"}]],
    }
}


def ids(store, text, **more):
    return [row.id for row in store.worklist(Wanted(text=text, **more))]


def put(store, made):
    face = Summary(made.title, made.consignee)
    row = NewDeclaration(made.id, "40", "XX", "1", made.body, state=made.state, number=made.number, summary=face)
    store.create(row, actor="declarant")


def broken(path, *statements):
    with sqlite3.connect(path, isolation_level=None) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def found(store):
    store.create(new(body=BODY), actor="declarant")
    return store


@pytest.mark.parametrize(
    "text",
    [
        "training-2026-0001", "0001", "TRAINING", "Өзбекстан", "ӨЗБЕКСТАН", "озбек", "саудасы", "240140000011", "2401",
        "000011", "8481808199", "848180", "шаров", "ЛАТУН кран", "ball VAL", "阀", "球阀", "黄铜球", "BV-DN20",
        "bvdn20", "MSKU1234565", "msku 123456-5", "1234565", "565", "000abc02", "000 ABC", "abc-02", "INV-2026/00017",
        "00017", "2026/00017", "Shoes", "importer llp",
    ],
)  # fmt: skip
def test_what_people_remember_is_found(found, text):
    assert ids(found, text) == [ID]


@pytest.mark.parametrize(
    "text",
    ["540.25", "54025", "04021", "аровые", "kran", "球铜", "黄阀", "00017/2026", "65", "шаров медь", "/", "«»", '"'],
)
def test_what_was_not_said_is_not_found(found, text):
    assert ids(found, text) == []


def test_words_of_the_database_are_words_like_any_other(found):
    for text in (
        "shoes OR zzz",
        "NOT zzz",
        "shoes NEAR(x)",
        "words : shoes",
        'sho" OR "',
        "shoes*",
        "(shoes",
        "-shoes",
    ):
        assert ids(found, text) in ([], [ID])
    assert ids(found, "shoes*") == ids(found, "(shoes") == [ID]


def test_a_saved_body_is_found_and_what_it_no_longer_says_is_not(found):
    found.save_snapshot(Snapshot(ID, {"tables": {"container": [[3, 1, {"number": "TCLU7654321"}]]}}), actor="").result()
    assert ids(found, "tclu") == [ID]
    assert ids(found, "MSKU1234565") == ids(found, "shoes") == []


def test_a_number_that_customs_gave_is_found_at_once_and_in_its_state(found):
    found.move_state(Move(ID, "draft", "registered", number="55301/231126/0000042"))
    for text in ("55301/231126/0000042", "0000042", "231126", "55301231126", "msku"):
        assert ids(found, text) == [ID], text
    assert ids(found, "0000042", states=("registered", "released")) == [ID]
    assert ids(found, "0000042", states=("draft",)) == []


def test_the_latest_changed_comes_first_and_pages_follow_each_other(store):
    made = list(archive(60))
    for each in made:
        put(store, each)
    store.save_snapshot(Snapshot(made[7].id, made[7].body, Summary(made[7].title)), actor="").result()
    due = [made[7].id, *(each.id for each in reversed(made) if each is not made[7])]
    pages, last = [], None
    while page := store.worklist(Wanted(text="учебный", limit=7, after=last)):
        pages += [row.id for row in page]
        last = page[-1]
    assert pages == due


def test_a_slow_judge_finds_the_same(store):
    made = list(archive(300))
    for each in made:
        put(store, each)
    kept = [judged(each) for each in reversed(made)]
    asked = questions(made, each=25)
    several = 0
    for question in asked:
        due = [each.id for each in kept if finds(question, each)]
        assert ids(store, question, limit=1000) == due, question
        drafts = [each.id for each in kept if each.state == "draft" and finds(question, each)]
        assert ids(store, question, limit=1000, states=("draft",)) == drafts, question
        several += 1 < len(due) < len(made)
    assert several > 50, "the questions say nothing"


class TestDerived:
    """The index is made of declarations: whatever happens to it, nothing else is lost."""

    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "declarations.db"
        with open_store(path) as store:
            store.create(new(body=BODY), actor="declarant")
            store.create(new(OTHER), actor="declarant")
        return path

    @pytest.mark.parametrize(
        "harm",
        [
            "DROP TABLE search_words_2",
            "DROP TABLE search_index_2",
            "DROP TABLE search_index_2_data",
            "DROP TABLE search_index_2_idx",
            "DROP TABLE search_index_2_config",
            "DELETE FROM search_index_2_config",
            "DELETE FROM search_index_2_data",
            "UPDATE search_index_2_data SET block = x'00'",
            "UPDATE search_index_2_data SET block = randomblob(length(block))",
            "UPDATE search_words_2 SET words = 'what was never said', changed_at = ''",
            "UPDATE search_words_2 SET words = NULL",
            "DELETE FROM search_words_2",
        ],
    )
    @pytest.mark.parametrize("first", ["search", "save", "move", "reindex"])
    def test_a_damaged_index_is_no_error_and_is_made_anew(self, path, harm, first):
        broken(path, harm)
        with open_store(path) as store:
            if first == "search":
                ids(store, "shoes")
            elif first == "save":
                store.save_snapshot(Snapshot(ID, BODY, Summary("Shoes")), actor="").result()
            elif first == "move":
                store.move_state(Move(ID, "draft", "signed"))
            assert store.search.reindex() == 2
            assert ids(store, "msku1234565") == [ID]
            assert set(ids(store, "shoes")) == {ID, OTHER}
            assert store.health.ok

    @pytest.mark.parametrize("harm", ["DROP TABLE search_words_2", "DROP TABLE search_index_2_data"])
    def test_a_missing_one_comes_back_by_itself(self, path, harm):
        broken(path, harm)
        with open_store(path) as store:
            ids(store, "shoes")
            assert store._checker.submit(lambda: None).result(30) is None  # after the catching up
            assert ids(store, "球阀") == [ID]

    def test_a_store_without_one_is_searched_line_by_line_meanwhile(self, path):
        broken(path, "DROP TABLE search_words_2")
        with open_store(path, read_only=True) as store:
            assert set(ids(store, "SHOES 12")) == {ID, OTHER}
            assert ids(store, "msku1234565") == []
            assert store.search.reindex() == 0

    def test_what_an_older_program_wrote_is_filled_in(self, path):
        later = (
            "UPDATE declaration SET title = 'Gloves', changed_at = '2031' || substr(changed_at, 5) WHERE id LIKE '1%'"
        )
        broken(path, later)
        with open_store(path) as store:
            store.search.catch_up()
            assert ids(store, "gloves msku") == [ID]
            assert ids(store, "shoes") == [OTHER]
            assert store.search.catch_up() == 0

    def test_places_are_filled_in_the_order_of_change(self, tmp_path, monkeypatch):
        monkeypatch.setattr(room, "_AT_ONCE", 3)
        path = tmp_path / "declarations.db"
        with open_store(path) as store:
            for each in archive(20):
                put(store, each)
            before = ids(store, "учебный")
            told = []
            assert store.search.reindex(lambda done, of: told.append((done, of))) == 20
            assert ids(store, "учебный") == before
            assert told[-1] == (20, 20)

    def test_a_sqlite_without_full_text_search_searches_line_by_line(self, path, monkeypatch):
        def refused(_self, connection):
            connection.execute("CREATE VIRTUAL TABLE x USING fts5_is_not_here(a)")

        broken(path, "DROP TABLE search_words_2")
        monkeypatch.setattr(FullText, "make", refused)
        with open_store(path) as store:
            store.search.catch_up()
            assert set(ids(store, "shoes")) == {ID, OTHER}
            store.save_snapshot(Snapshot(ID, BODY, Summary("Boots")), actor="").result()
            assert ids(store, "boots") == [ID]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_store_of_every_version_is_searched(version, tmp_path):
    files = Path(__file__).parent / "files"
    for part in files.glob(f"version-{version}.db*"):
        shutil.copy(part, tmp_path)
    with open_store(tmp_path / f"version-{version}.db") as store:
        store.search.catch_up()
        assert "draft" in {row.state for row in store.worklist()}
        assert {row.id for row in store.worklist() if row.title} == set(ids(store, "shoes"))
