# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors say what, where and what to do, in the user's language."""

import pytest

from swclient.base import i18n
from swclient.base.errors import DataError, OutsideError, SwError, UserError
from swclient.base.messages import Message


def test_an_error_is_raised_with_a_sentence_and_what_stands_in_its_places():
    assert str(UserError("Sheet {sheet} is missing", sheet="Goods")) == "Sheet Goods is missing"


def test_an_error_may_be_given_a_ready_message():
    message = Message("Sheet {sheet} is missing", {"sheet": "Goods"})
    assert UserError(message).message is message


def test_an_error_is_worded_when_it_is_shown(speaking):
    speaking("xx", {"Sheet {sheet} is missing": "{sheet} fehlt"})
    error = UserError("Sheet {sheet} is missing", sheet="Goods")
    i18n.set_language("xx")
    assert str(error) == "Goods fehlt"


@pytest.mark.parametrize("retry", [True, False])
def test_an_error_outside_says_whether_trying_again_makes_sense(retry):
    assert OutsideError("The office does not answer", retry=retry).retry is retry
    assert OutsideError("The office does not answer").retry


def test_broken_data_is_named_by_file_and_row():
    error = DataError("The code {code} stands twice", file="lists/x.csv", row=7, code="A")
    assert str(error) == "lists/x.csv: 7: The code A stands twice"
    assert (error.file, error.row) == ("lists/x.csv", "7")


def test_broken_data_without_a_row_is_named_by_its_file():
    assert str(DataError("It cannot be read", file="profile.toml")) == "profile.toml: It cannot be read"


def test_every_foreseen_error_is_caught_as_one_of_ours():
    for error in (UserError("a"), OutsideError("b"), DataError("c", file="d")):
        assert isinstance(error, SwError)
