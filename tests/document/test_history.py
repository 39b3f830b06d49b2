# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What counts as one step, and how it is taken back."""

from decimal import Decimal

import pytest

from swclient.base.messages import Message
from swclient.document.change import MoveRow, SetValue
from swclient.document.journal import whole_to_data
from swclient.document.path import SINGLE, Path

REFERENCE = Path("header", SINGLE, "reference")
PLACE = Path("header", SINGLE, "delivery_place")
PASTE = Message("Paste goods")


def items(history):
    return list(history.declaration.tables["item"])


def undone(history):
    """Take back everything there is and return how many steps it took."""
    steps = 0
    while history.undo():
        steps += 1
    return steps


def test_a_typed_value_can_be_taken_back_and_done_again(history):
    history.set(REFERENCE, "A-1")
    assert history.declaration.value(REFERENCE) == "A-1"
    assert history.undo()
    assert history.declaration.value(REFERENCE) is None
    assert history.redo()
    assert history.declaration.value(REFERENCE) == "A-1"


def test_with_nothing_to_take_back_nothing_happens(history):
    assert not history.undo()
    assert not history.redo()
    assert history.undo_label is None
    assert history.redo_label is None


def test_the_same_value_again_is_no_step(history):
    assert history.set(REFERENCE, "A-1")
    assert not history.set(REFERENCE, "A-1")
    assert undone(history) == 1


def test_equal_values_of_different_kinds_are_told_apart(history):
    history.set(REFERENCE, Decimal(1))
    assert history.set(REFERENCE, 1)


def test_typing_on_in_a_field_within_a_second_joins_the_step(history, clock):
    for text in ("A", "A-", "A-1"):
        history.set(REFERENCE, text)
        clock.now += 0.5
    assert undone(history) == 1
    assert history.declaration.value(REFERENCE) is None


def test_typing_on_after_a_second_is_another_step(history, clock):
    history.set(REFERENCE, "A")
    clock.now += 1.5
    history.set(REFERENCE, "A-1")
    history.undo()
    assert history.declaration.value(REFERENCE) == "A"


def test_typing_in_another_field_is_another_step(history):
    history.set(REFERENCE, "A")
    history.set(PLACE, "Almaty")
    assert undone(history) == 2


def test_a_joined_step_is_done_again_whole(history, clock):
    history.set(REFERENCE, "A")
    clock.now += 0.5
    history.set(REFERENCE, "A-1")
    history.undo()
    history.redo()
    assert history.declaration.value(REFERENCE) == "A-1"


def test_changes_within_a_step_are_taken_back_together(history):
    before = whole_to_data(history.declaration)
    with history.step(PASTE):
        row = history.insert("item")
        history.set(Path("item", row, "price"), Decimal("1.00"))
        history.set(REFERENCE, "pasted")
    assert history.undo_label == PASTE
    assert undone(history) == 1
    assert whole_to_data(history.declaration)["tables"] == before["tables"]


def test_a_step_within_a_step_belongs_to_the_outer_one(history):
    with history.step(PASTE), history.step(Message("Inner")):
        history.set(REFERENCE, "A")
        history.set(PLACE, "Almaty")
    assert history.undo_label == PASTE
    assert undone(history) == 1


def test_a_step_without_changes_is_none(history):
    with history.step(PASTE):
        pass
    assert history.undo_label is None


def test_a_grouped_step_is_never_joined_by_typing_on(history):
    with history.step(PASTE):
        history.set(REFERENCE, "A")
        history.set(PLACE, "Almaty")
    history.set(PLACE, "Astana")
    assert undone(history) == 2


def test_an_error_inside_a_step_takes_all_its_changes_back(history):
    before = whole_to_data(history.declaration)
    with pytest.raises(ZeroDivisionError), history.step(PASTE):  # noqa: PT012 - the changes before the error matter
        history.set(REFERENCE, "A")
        history.remove("item", items(history)[0])
        history.insert("cost")
        raise ZeroDivisionError
    assert whole_to_data(history.declaration)["tables"] == before["tables"]
    assert history.undo_label is None


def test_after_an_error_inside_a_step_the_next_step_is_a_fresh_one(history):
    with pytest.raises(ZeroDivisionError), history.step(PASTE):
        raise ZeroDivisionError
    history.set(REFERENCE, "A")
    assert history.undo_label.msgid == "Type in {field}"


def test_a_new_change_ends_what_could_be_done_again(history):
    history.set(REFERENCE, "A")
    history.undo()
    history.set(PLACE, "Almaty")
    assert not history.redo()


def test_removing_a_row_takes_what_stands_under_it_along(history):
    first = items(history)[0]
    history.remove("item", first)
    assert first not in items(history)
    for table in ("package", "document"):
        assert all(row.parent != first for row in history.declaration.tables[table].values())
    assert any(row.parent is None for row in history.declaration.tables["document"].values())


def test_a_removed_row_comes_back_in_its_place_with_all_that_stood_under_it(history):
    history.insert("package", items(history)[1])
    before = whole_to_data(history.declaration)
    history.remove("item", items(history)[0])
    history.undo()
    assert whole_to_data(history.declaration) == before


def test_a_removed_rows_number_is_never_given_again(history):
    gone = items(history)[-1]
    history.remove("item", gone)
    assert history.insert("item") != gone


def test_a_row_goes_in_where_it_is_wanted_with_what_it_holds(history):
    row = history.insert("item", position=1, values={"price": Decimal("5.00")})
    assert items(history).index(row) == 1
    assert history.declaration.value(Path("item", row, "price")) == Decimal("5.00")


def test_a_moved_row_goes_back(history):
    first, second = items(history)
    history.move("item", first, 1)
    assert items(history) == [second, first]
    history.undo()
    assert items(history) == [first, second]


def test_a_row_can_be_moved_under_another_row(history):
    first, second = items(history)
    package = next(iter(history.declaration.tables["package"]))
    history.move("package", package, 0, second)
    assert history.declaration.tables["package"][package].parent == second
    history.undo()
    assert history.declaration.tables["package"][package].parent == first


def test_moving_a_row_to_where_it_stands_is_no_step(history):
    history.move("item", items(history)[1], 1)
    assert history.undo_label is None


def test_listeners_are_told_every_change_also_when_it_is_taken_back(history):
    told = []
    history.applied.connect(told.append)
    history.set(REFERENCE, "A")
    history.undo()
    history.redo()
    there, back = SetValue(REFERENCE, None, "A"), SetValue(REFERENCE, "A", None)
    assert told == [there, back, there]


def test_listeners_are_told_a_step_once_it_is_whole(history):
    told = []
    history.stepped.connect(lambda step: told.append((step.label.text(), len(step.changes))))
    with history.step(PASTE):
        history.set(REFERENCE, "A")
        assert told == []
        history.set(PLACE, "Almaty")
    history.undo()
    history.redo()
    assert told == [("Paste goods", 2), ("Undo: Paste goods", 2), ("Redo: Paste goods", 2)]


def test_changes_read_back_from_the_journal_are_not_offered_for_undo(history):
    first, second = items(history)
    history.replay([SetValue(REFERENCE, None, "A"), MoveRow("item", first, (0, None), (1, None))])
    assert history.declaration.value(REFERENCE) == "A"
    assert items(history) == [second, first]
    assert not history.undo()
