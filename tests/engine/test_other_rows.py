# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions that look at other rows, and at what was typed over what was worked out."""

import pytest

from tests.engine.laboratory import rule

TWO = [
    {"price": "10", "package": [{"kind": "CT", "count": "3"}, {"kind": "PX"}]},
    {"price": "20", "package": [{"kind": "CT", "count": "4"}]},
]


def failing_items(lab, check):
    """Positions of the items at which a rule fails, of the two goods above."""
    session = lab.opened(rule("R", check=check), item=TWO)
    rows = session.rows("item")
    return [rows.index(each.paths[0].row) + 1 for each in session.findings() if each.code == "R"]


@pytest.mark.parametrize(
    ("check", "failing"),
    [
        ("count(package) == 1", [1]),
        ("count_all(package) == 3", []),
        ("count(package.kind == 'CT') == 1", []),
        ("sum(package.count) == 4", [1]),
        ("sum_all(package.count) == 7", []),
        ("any(package.kind == 'PX')", [2]),
        ("any_all(package.kind == 'PX')", []),
        ("sum_all(item.price) == 30", []),
        ("sum(item.price) == item.price", [1, 2]),
        ("count(blank(package.count)) == 0", [1]),
    ],
)
def test_a_figure_is_over_the_rows_under_a_row_or_over_all_of_them(lab, check, failing):
    assert failing_items(lab, check) == failing


def test_rows_for_the_whole_declaration_count_with_every_item(lab):
    body = {"item": [{"document": [{"kind": "A"}]}, {}], "document": [{"kind": "B"}]}
    assert lab.fails("count(document) == 1", **body)
    assert not lab.fails("any(document.kind == 'B')", **body)


def test_a_header_rule_looks_at_whole_sections(lab):
    assert lab.fails("sum(package.count) < 7", each="header", item=TWO)
    assert not lab.fails("count(item) == 2", each="header", item=TWO)


def test_a_row_knows_the_row_above_it_and_the_header(lab):
    check = "item.price == 10 and header.currency == 'USD'"
    session = lab.opened(rule("R", check=check, each="package"), item=TWO, header={"currency": "USD"})
    assert [each.paths[0].row for each in session.findings()] == session.rows("package", session.rows("item")[1])


def test_a_row_above_that_is_not_there_is_blank(lab):
    assert not lab.fails("item.price == 10", each="document", item=TWO, document=[{"kind": "A"}])


@pytest.mark.parametrize(
    ("codes", "failing"),
    [(["1", "2"], 0), (["1", "1"], 2), (["1", "1", "2"], 2), (["", ""], 0)],
    ids=["different", "same", "two of three", "blank"],
)
def test_twins_are_rows_that_say_the_same(lab, codes, failing):
    session = lab.opened(rule("R", check="not twin(item.code)"), item=[{"code": code} for code in codes])
    assert len(session.findings()) == failing


def test_twins_agree_in_everything_that_is_asked(lab):
    items = [{"code": "1", "price": "5"}, {"code": "1", "price": "6"}]
    assert lab.fails("not twin(item.code)", item=items)
    assert not lab.fails("not twin(item.code, item.price)", item=items)


def test_typed_and_computed_are_told_apart(lab):
    check = "typed(item.worth) == computed(item.worth)"
    assert lab.fails(check, item=[{"price": "2", "mass": "3", "worth": "7"}])
    assert not lab.fails(check, item=[{"price": "2", "mass": "3", "worth": "6"}])
    assert not lab.fails(check, item=[{"price": "2", "mass": "3"}])
    assert not lab.fails("item.worth == 7", item=[{"price": "2", "mass": "3", "worth": "7"}])
