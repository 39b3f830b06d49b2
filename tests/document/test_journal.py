# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes and whole declarations come back from the journal as they went into it, row numbers and all."""

import json
import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body
from swclient.document.change import InsertRow, MoveRow, RemoveRow, SetValue
from swclient.document.history import History
from swclient.document.journal import change_from_data, change_to_data, whole_from_data, whole_to_data
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from tests.declarations import two_items

PRICE = Path("item", 7, "price")
CHANGES = [
    SetValue(PRICE, None, Decimal("30000.00")),
    SetValue(PRICE, Decimal("30000.00"), None),
    SetValue(PRICE, Decimal("1.10"), Unread("thirty")),
    SetValue(Path("header", SINGLE, "date"), date(2026, 11, 20), date(2026, 11, 21)),
    SetValue(Path("header", SINGLE, "container_flag"), None, False),
    InsertRow("item", 9, None, 2),
    InsertRow("package", 10, 9, 0, (("kind", "CT"), ("count", 40))),
    RemoveRow("item", 9, None, 2, (("price", Unread("a lot")), ("gross_mass", Decimal("12.5")))),
    MoveRow("document", 3, (0, None), (2, 9)),
]


def stored(data):
    """What comes back after a night on the disk."""
    return json.loads(json.dumps(data))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_a_change_comes_back_as_it_was(kz, change):
    back = change_from_data(stored(change_to_data(change, kz)), kz)
    assert back == change
    assert type(back) is type(change)


def test_a_text_that_could_not_be_read_comes_back_as_such(kz):
    back = change_from_data(stored(change_to_data(CHANGES[2], kz)), kz)
    assert isinstance(back.after, Unread)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_the_opposite_of_the_opposite_is_the_change(change):
    assert change.inverse().inverse() == change


def test_a_change_of_a_newer_program_is_not_guessed(kz):
    with pytest.raises(KeyError):
        change_from_data({"do": "merge", "table": "item", "row": 1, "values": {}}, kz)


def test_a_whole_declaration_comes_back_with_its_row_numbers(declaration, kz):
    declaration.tables["header"][SINGLE].values["exchange_rate"] = Unread("about 540")
    back = whole_from_data(stored(whole_to_data(declaration)), kz)
    assert back == declaration
    assert list(back.tables["item"]) == list(declaration.tables["item"])
    assert back.new_row_id() == declaration.new_row_id()
    assert isinstance(back.tables["header"][SINGLE].values["exchange_rate"], Unread)


def test_sections_and_fields_that_the_profile_no_longer_knows_are_left_out(declaration, kz):
    data = stored(whole_to_data(declaration))
    data["tables"]["star_signs"] = [[99, None, {"sign": "Leo"}]]
    data["tables"]["item"][0][2]["colour"] = "red"
    assert whole_from_data(data, kz) == declaration


def act(history, chance):
    """One random act on items, packages and documents."""
    tables = history.declaration.tables
    table = chance.choice(["item", "package", "document"])
    rows = list(tables[table])
    parent = chance.choice(list(tables["item"])) if tables["item"] and table != "item" else None
    match chance.choice(["set", "insert", "remove", "move", "undo", "redo"]):
        case "insert":
            history.insert(table, parent, chance.randrange(len(rows) + 1))
        case "remove" if rows:
            history.remove(table, chance.choice(rows))
        case "move" if rows:
            history.move(table, chance.choice(rows), chance.randrange(len(rows)), parent)
        case "undo":
            history.undo()
        case "redo":
            history.redo()
        case _:
            history.set(Path("header", SINGLE, "reference"), chance.choice([None, "A", "B"]))


@given(st.integers(0, 10**9))
def test_a_snapshot_and_the_changes_after_it_give_the_declaration_again(seed):
    chance, kz = random.Random(seed), load_profile("KZ")
    history = History(from_body(two_items(), kz))
    begun, journal = stored(whole_to_data(history.declaration)), []
    history.applied.connect(lambda change: journal.append(stored(change_to_data(change, kz))))
    for _ in range(30):
        act(history, chance)
    again = History(whole_from_data(begun, kz))
    again.replay([change_from_data(each, kz) for each in journal])
    assert again.declaration == history.declaration
    assert again.declaration.new_row_id() == history.declaration.new_row_id()
