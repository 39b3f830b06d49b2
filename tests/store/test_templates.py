# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates in the store: kept, renamed, removed and brought back, with every act in the log."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import NewTemplate, open_store

FILES = Path(__file__).parent / "files"
BODY = {"profile": "KZ", "tables": {"header": [[0, None, {"procedure": "40"}]]}}


def keep(store, template_id="t1", name="Shoes from Urumqi", body=None):
    """Keep a template of a made-up firm."""
    return store.templates.keep(NewTemplate(template_id, name, "KZ", "2025.1", body or BODY), actor="declarant")


def names(store, *, removed=False):
    return [row.name for row in store.templates.listed(removed=removed)]


def test_a_template_comes_back_whole_after_a_restart(store, path):
    keep(store)
    store.close()
    with open_store(path) as again:
        found = again.templates.load("t1")
        assert (found.body, found.recovered) == (BODY, False)
        assert (found.row.name, found.row.profile, found.row.profile_version) == ("Shoes from Urumqi", "KZ", "2025.1")
        assert again.health.ok


def test_templates_are_listed_by_name_and_are_no_declarations(store):
    for template_id, name in (("t1", "Ёлки"), ("t2", "apples"), ("t3", "Bolts")):
        keep(store, template_id, name)
    assert names(store) == ["apples", "Bolts", "Ёлки"]
    assert store.worklist() == ()


def test_one_of_the_same_name_is_replaced_and_the_former_one_kept_aside(store):
    keep(store)
    former = keep(store, "t2", "SHOES from urumqi", {"tables": {}})
    assert former.id == "t1"
    assert [row.id for row in store.templates.listed()] == ["t2"]
    assert [row.id for row in store.templates.listed(removed=True)] == ["t1"]
    assert store.templates.load("t1").body == BODY


def test_a_removed_template_is_kept_and_comes_back(store):
    keep(store)
    store.templates.remove("t1", actor="declarant")
    assert (names(store), names(store, removed=True)) == ([], ["Shoes from Urumqi"])
    store.templates.restore("t1", actor="declarant")
    assert (names(store), names(store, removed=True)) == (["Shoes from Urumqi"], [])


def test_it_does_not_come_back_beside_another_of_its_name(store):
    keep(store)
    store.templates.remove("t1", actor="declarant")
    keep(store, "t2")
    with pytest.raises(UserError, match="Shoes from Urumqi"):
        store.templates.restore("t1", actor="declarant")
    store.templates.rename("t2", "Boots", actor="declarant")
    store.templates.restore("t1", actor="declarant")
    assert names(store) == ["Boots", "Shoes from Urumqi"]


def test_a_name_is_given_once(store):
    keep(store)
    keep(store, "t2", "Кожа")
    with pytest.raises(UserError, match="already"):
        store.templates.rename("t1", "КОЖА", actor="declarant")
    store.templates.rename("t2", "КОЖА", actor="declarant")
    assert names(store) == ["Shoes from Urumqi", "КОЖА"]


def test_an_unknown_template_is_named(store):
    for act in (
        store.templates.load,
        lambda which: store.templates.remove(which, actor=""),
        lambda which: store.templates.restore(which, actor=""),
        lambda which: store.templates.rename(which, "x", actor=""),
    ):
        with pytest.raises(UserError, match="t9"):
            act("t9")


def test_the_log_tells_everything_that_was_done_to_it(store):
    keep(store)
    store.templates.rename("t1", "Boots", actor="chief")
    store.templates.remove("t1", actor="chief")
    store.templates.remove("t1", actor="chief")  # nothing more to do, nothing more to tell
    store.templates.restore("t1", actor="declarant")
    records = store.history("t1")
    assert [(each.label, each.actor) for each in records] == [
        ("template saved", "declarant"),
        ("template renamed", "chief"),
        ("template removed", "chief"),
        ("template restored", "declarant"),
    ]
    assert records[0].whole
    assert records[0].body["body"] == BODY
    assert records[0].body["template"]["name"] == "Shoes from Urumqi"
    assert records[1].body == {"name": "Boots"}


def test_a_template_that_was_altered_in_the_file_is_taken_from_the_log(store, path):
    keep(store)
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("""UPDATE template SET body = replace(body, '"40"', '"10"')""")
    connection.commit()
    connection.close()
    with open_store(path) as again:
        found = again.templates.load("t1")
        assert (found.body, found.recovered) == (BODY, True)


def test_a_refused_act_leaves_neither_row_nor_record(store):
    keep(store)
    with pytest.raises((TypeError, ValueError)):
        keep(store, "t2", body={"header": object()})
    with pytest.raises(UserError):
        keep(store, "t1", "Another")
    assert names(store) == ["Shoes from Urumqi"]
    assert len(store.history("t1")) == 1


def test_a_store_of_version_1_opened_for_reading_has_none(tmp_path):
    for file in FILES.glob("version-1.db*"):
        shutil.copy(file, tmp_path)
    with open_store(tmp_path / "version-1.db", read_only=True) as store:
        assert store.templates.listed() == ()
    with open_store(tmp_path / "version-1.db") as store:
        keep(store)
        assert names(store) == ["Shoes from Urumqi"]


def test_the_templates_of_a_kept_store_of_version_2_are_read_for_ever(tmp_path):
    for file in FILES.glob("version-2.db*"):
        shutil.copy(file, tmp_path)
    with open_store(tmp_path / "version-2.db") as store:
        assert (names(store), names(store, removed=True)) == (["TRAINING Обувь"], ["TRAINING old shoes"])
        assert store.templates.load("template-1").body["tables"]["header"] == [[0, None, {"procedure": "40"}]]
