# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How people name a value: by section and row, or by its box."""

import pytest

from swclient.base.errors import UserError
from swclient.document.path import SINGLE, Path
from swclient.workflow.addresses import find, name_of
from tests.declarations import opened, two_items


@pytest.fixture(scope="module")
def session():
    return opened(two_items())


@pytest.mark.parametrize(
    ("text", "table", "position", "field"),
    [
        ("item[2].customs_value", "item", 1, "customs_value"),
        ("item[2].package[1].count", "package", 1, "count"),
        ("item[1].document[1].number", "document", 1, "number"),
        ("document[1].number", "document", 0, "number"),
        ("cost[2].amount", "cost", 1, "amount"),
    ],
)
def test_a_row_is_named_by_its_position_and_the_row_it_stands_under(session, text, table, position, field):
    assert find(session, text) == Path(table, session.rows(table)[position], field)


def test_a_section_that_stands_once_needs_no_position(session):
    assert find(session, "header.charges_total") == Path("header", SINGLE, "charges_total")


@pytest.mark.parametrize(
    ("text", "table", "position", "field"),
    [("45/2", "item", 1, "customs_value"), ("45", "item", 0, "customs_value"), ("42/1", "item", 0, "price")],
)
def test_a_box_is_named_by_its_number_and_the_item(session, text, table, position, field):
    assert find(session, text) == Path(table, session.rows(table)[position], field)


def test_a_box_of_the_header_needs_no_item(session):
    assert find(session, "12") == Path("header", SINGLE, "customs_value_total")


def test_of_several_fields_in_a_box_the_worked_out_one_is_meant(session):
    assert find(session, "22").field == "invoice_total"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item[1].colour", "no field “item[1].colour”"),
        ("goods[1].price", "no section “goods”"),
        ("item[3].price", "“item” has 2 rows, there is no row 3"),
        ("item[0].price", "there is no row 0"),
        ("item[1].package[2].count", "“package” has 1 row,"),
        ("item.price", "Say which row of “item” is meant: item[1].price"),
        ("45/3", "there is no row 3"),
        ("99/1", "no box “99”"),
        ("", "no field “”"),
        ("price", "no field “price”"),
    ],
)
def test_what_is_not_there_is_named(session, text, said):
    with pytest.raises(UserError) as refused:
        find(session, text)
    assert said in str(refused.value)


def test_every_value_has_a_name_by_which_it_is_found_again(session):
    paths = [
        Path(table, row, field)
        for table, spec in session.profile.tables.items()
        for row in (session.rows(table) if spec.many else [SINGLE])
        for field in session.profile.table_fields(table)
    ]
    assert [path for path in paths if find(session, name_of(session, path)) != path] == []


def test_a_row_that_is_gone_is_named_by_its_field(session):
    assert name_of(session, Path("item", 999, "price")) == "item.price"
