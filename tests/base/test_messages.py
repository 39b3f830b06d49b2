# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A message is chosen now and worded later."""

from decimal import Decimal

from swclient.base import i18n
from swclient.base.messages import Message, fill, places


def test_named_places_are_filled():
    assert Message("Box {box}: {text}", {"box": "38", "text": "blank"}).text() == "Box 38: blank"


def test_a_place_that_nobody_filled_stays_to_be_seen():
    assert fill("Row {row} of {table}", {"row": 3}) == "Row 3 of {table}"


def test_a_place_may_bear_the_id_of_a_field():
    assert fill("Item {item.number}", {"item.number": 4}) == "Item 4"


def test_what_is_filled_in_is_not_filled_again():
    assert fill("{typed}", {"typed": "{secret}", "secret": "never"}) == "{secret}"


def test_a_figure_is_grouped_as_the_language_writes_it():
    message = Message("{n}", {"n": Decimal("1234.5")})
    assert message.text("en") == "1\u00a0234.5"
    assert message.text("ru") == "1\u00a0234,5"


def test_a_message_within_a_message_speaks_the_same_language(speaking):
    speaking("xx", {"Undo: {step}": "Zurück: {step}", "Add a row": "Zeile dazu"})
    message = Message("Undo: {step}", {"step": Message("Add a row")})
    assert message.text("xx") == "Zurück: Zeile dazu"
    assert message.text() == "Undo: Add a row"


def test_a_message_is_worded_in_the_language_that_is_in_force_when_it_is_read(speaking):
    speaking("xx", {"Add a row": "Zeile dazu"})
    message = Message("Add a row")
    i18n.set_language("xx")
    assert str(message) == "Zeile dazu"


def test_an_empty_message_stays_empty_in_every_language(speaking):
    speaking("xx", {"Add a row": "Zeile dazu"})
    assert Message("").text("xx") == ""


def test_places_are_found_by_name():
    assert places("{a} and {item.number}, {a} again") == {"a", "item.number"}


def test_equal_messages_count_as_one():
    same = [Message("{n}", {"n": [1]}), Message("{n}", {"n": [1]})]
    assert len(set(same)) == 1
    assert same[0] != Message("{n}", {"n": [2]})
    assert hash(Message("{n}", {"n": Decimal("1.0")})) == hash(Message("{n}", {"n": Decimal(1)}))
