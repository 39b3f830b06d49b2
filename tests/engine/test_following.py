# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A typed value is followed to every rule that looks at it, and settling does what reaches far."""

import pytest

from swclient.document.path import Path
from swclient.engine.session import path_of
from tests.engine.laboratory import rule


def failing(session, table="item"):
    """Positions of the rows of a section that fail the rule R."""
    rows = session.rows(table)
    return sorted(rows.index(each.paths[0].row) + 1 for each in session.findings() if each.code == "R")


def typed(session, table, position, field, text):
    session.type_in(Path(table, session.rows(table)[position - 1], field), text)


@pytest.fixture
def twins(lab):
    """Three goods under a rule that no two may have the same code."""
    return lab.opened(rule("R", check="not twin(item.code)"), item=[{"code": "1"}, {"code": "1"}, {"code": "2"}])


def test_the_twin_that_is_left_alone_is_told_no_more(twins):
    assert failing(twins) == [1, 2]
    typed(twins, "item", 1, "code", "3")
    assert failing(twins) == []


def test_the_row_that_gets_a_twin_is_told_with_it(twins):
    typed(twins, "item", 1, "code", "2")
    assert failing(twins) == [1, 3]


def test_of_three_that_are_alike_two_stay_so(twins):
    typed(twins, "item", 3, "code", "1")
    assert failing(twins) == [1, 2, 3]
    typed(twins, "item", 2, "code", "")
    assert failing(twins) == [1, 3]


def test_a_row_is_asked_again_when_something_under_it_changes(lab):
    session = lab.opened(rule("R", check="sum(package.count) == 4"), item=[{"package": [{"count": "3"}]}])
    assert failing(session) == [1]
    typed(session, "package", 1, "count", "4")
    assert failing(session) == []


def test_rows_are_asked_again_when_the_row_above_them_changes(lab):
    rules = rule("R", check="item.price > 5", each="package")
    session = lab.opened(rules, item=[{"price": "9", "package": [{}, {}]}, {"price": "9", "package": [{}]}])
    typed(session, "item", 1, "price", "2")
    assert failing(session, "package") == [1, 2]


def test_a_figure_over_all_rows_follows_each_of_them(lab):
    session = lab.opened(item=[{"price": "2", "mass": "3"}, {"price": "5", "mass": "1"}])
    typed(session, "item", 1, "mass", "4")
    assert session.value(path_of("header", "total")) == 13
    typed(session, "item", 2, "mass", "")
    assert session.value(path_of("header", "total")) == 8


def test_what_every_row_reads_of_the_header_is_left_for_the_settling(lab):
    session = lab.opened(rule("R", check="header.currency == 'USD'"), item=[{}, {}], header={"currency": "USD"})
    session.type_in(path_of("header", "currency"), "EUR")
    assert session.pending
    session.settle()
    assert not session.pending
    assert failing(session) == [1, 2]


def test_a_figure_that_every_row_reads_is_left_for_the_settling(lab):
    session = lab.opened(rule("R", check="sum_all(item.price) < 10"), item=[{"price": "2"}, {"price": "3"}])
    typed(session, "item", 1, "price", "8")
    assert session.pending
    session.settle()
    assert failing(session) == [1, 2]


def test_the_day_of_the_declaration_decides_which_codes_are_good(lab):
    session = lab.opened(header={"date": "2025-06-01", "currency": "OLD"})
    assert session.findings() == []
    session.type_in(path_of("header", "date"), "2026-06-01")
    session.settle()
    assert [each.paths[0] for each in session.findings()] == [path_of("header", "currency")]


def test_settling_tells_windows_to_look_at_everything_again(lab):
    session = lab.opened(rule("R", check="header.currency == 'USD'"), item=[{}])
    session.type_in(path_of("header", "currency"), "EUR")
    told = []
    session.changed.connect(lambda changed: told.append(changed.paths))
    session.settle()
    session.settle()
    assert told == [None]
