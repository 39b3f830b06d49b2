# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What expressions of rules and formulas mean, blanks above all."""

from decimal import Decimal

import pytest

from swclient.engine.plan import value_function
from tests.engine.laboratory import rule

PRICED = [{"price": "100", "mass": "8", "code": "8481808199", "name": "Valve"}]


def worked_out(lab, source, **item):
    """What an expression over one item comes to."""
    session = lab.opened(rule("R", check="True", with_={"x": source}), item=[item])
    row = next(iter(session.live.rows["item"].values()))
    return value_function(session.live.plan, "item", source)(row, session.live)


@pytest.mark.parametrize(
    "check",
    [
        "item.price > 0",
        "item.price == item.mass",
        "item.price != item.mass",
        "0 < item.price <= item.mass",
        "item.code in ('1', '2')",
        "not item.price > 0",
        "not (item.price > 0 and item.mass > 0)",
        "item.price * 2 > item.mass",
        "starts(item.code, '84')",
        "not starts(item.code, '84')",
        "item.price > 0 if filled(item.price) else True",
    ],
)
def test_a_check_never_fails_for_want_of_a_value(lab, check):
    assert not lab.fails(check)


@pytest.mark.parametrize(
    "when", ["item.price > 0", "not item.price > 0", "starts(item.code, '84')", "not starts(item.code, '84')"]
)
def test_a_guard_does_not_hold_for_want_of_a_value(lab, when):
    assert not lab.fails("False", when=when)


def test_a_rule_without_a_guard_is_always_asked(lab):
    assert lab.fails("False")


@pytest.mark.parametrize(
    ("check", "fails"),
    [
        ("item.price > 100", True),
        ("item.price >= 100", False),
        ("not item.price >= 100", True),
        ("item.price > 100 or item.mass == 8", False),
        ("item.price > 100 and item.mass == 8", True),
        ("0 < item.mass < 8", True),
        ("item.code in ('1', '8481808199')", False),
        ("item.code not in ('1', '8481808199')", True),
        ("item.price > 100 if item.mass == 8 else True", True),
        ("item.price > 100 if item.mass == 9 else True", False),
        ("starts(item.code, '85', '84')", False),
        ("item.name == 'Pump'", True),
    ],
)
def test_a_check_of_filled_fields_means_what_it_says(lab, check, fails):
    assert lab.fails(check, item=PRICED) is fails


@pytest.mark.parametrize(("check", "fails"), [("blank(item.price)", False), ("filled(item.price)", True)])
def test_blank_and_filled_ask_for_the_value_itself(lab, check, fails):
    assert lab.fails(check) is fails
    assert lab.fails(check, item=PRICED) is not fails


def test_a_text_that_cannot_be_read_counts_as_blank(lab):
    assert not lab.fails("item.price > 0", item=[{"price": "a lot"}])
    assert lab.fails("filled(item.price)", item=[{"price": "a lot"}])


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("item.price + item.mass", "108"),
        ("item.price - item.mass", "92"),
        ("item.price * 1.1", "110.0"),
        ("item.price / item.mass", "12.5"),
        ("-item.price", "-100"),
        ("abs(item.mass - item.price)", "92"),
        ("max(item.price, item.mass)", "100"),
        ("item.price * 2 if item.mass > 5 else item.price", "200"),
        ("round2(item.price / 3)", "33.33"),
    ],
)
def test_expressions_reckon_with_decimals(lab, source, value):
    found = worked_out(lab, source, **PRICED[0])
    assert found == Decimal(value)
    assert isinstance(found, Decimal)


@pytest.mark.parametrize(
    "source",
    ["item.price + item.mass", "item.price / item.mass", "-item.mass", "round2(item.mass)", "part(item.name, 0, 2)"],
)
def test_what_is_reckoned_from_a_blank_is_blank(lab, source):
    assert worked_out(lab, source, price="100") is None


def test_dividing_by_zero_gives_a_blank_and_fails_no_check(lab):
    item = {"price": "100", "mass": "0"}
    assert worked_out(lab, "item.price / item.mass", **item) is None
    assert not lab.fails("item.price / item.mass > 5", item=[item])
    assert not lab.fails("False", when="item.price / item.mass > 5", item=[item])


def test_parts_and_patterns_look_into_a_text(lab):
    assert worked_out(lab, "part(item.code, 0, 4)", **PRICED[0]) == "8481"
    assert not lab.fails("matches(item.code, '[0-9]{10}')", item=PRICED)
    assert lab.fails("matches(item.code, '[0-9]{4}')", item=PRICED)
    assert not lab.fails("holds(item.name, 'VALV')", item=PRICED)


@pytest.mark.parametrize(("code", "fails"), [("USD", False), ("OLD", True), ("QQQ", True), ("", False)])
def test_a_code_must_be_in_its_list_on_the_day_of_the_declaration(lab, code, fails):
    header = {"date": "2026-11-20", "currency": code}
    assert lab.fails("in_list(header.currency, 'currencies')", each="header", header=header) is fails


def test_a_list_that_the_profile_does_not_have_lets_any_code_pass(lab):
    assert not lab.fails("in_list(item.code, 'stars')", item=PRICED)


def test_an_entry_gives_the_further_columns_of_a_list(lab):
    check = "entry(header.currency, 'currencies', 'minor') == '2'"
    for code, fails in (("USD", False), ("OLD", True), ("QQQ", False)):
        assert lab.fails(check, each="header", header={"currency": code}) is fails


def test_today_is_the_day_on_which_somebody_looks(lab):
    assert lab.fails("header.date < today()", each="header", header={"date": "2026-11-20"})
    assert not lab.fails("header.date < today()", each="header", header={"date": "2026-11-19"})
