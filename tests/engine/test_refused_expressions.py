# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What expressions may not say is refused when the profile is loaded, by the code of the rule."""

import pytest

from swclient.base.errors import DataError
from swclient.engine.expression import MAX_LENGTH, parse
from swclient.engine.needs import ExpressionError
from tests.engine.laboratory import rule

REFUSED = [
    ("item.code.upper()", "Call is not allowed"),
    ("item.price.real > 1", "Attribute is not allowed"),
    ("header.date.replace(year=1)", "Call is not allowed"),
    ("item.__class__", "there is no field item.__class__"),
    ("item.price.__class__", "Attribute is not allowed"),
    ("(lambda: True)()", "Call is not allowed"),
    ("lambda: True", "Lambda is not allowed"),
    ("[x for x in (1, 2)]", "ListComp is not allowed"),
    ("any(x for x in (1, 2))", "sum, count and any want a field"),
    ("{'a': 1}", "Dict is not allowed"),
    ("f'{item.price}'", "JoinedStr is not allowed"),
    ("item.code[0]", "Subscript is not allowed"),
    ("(x := item.price)", "NamedExpr is not allowed"),
    ("item", "Name is not allowed"),
    ("item.price ** 9", "BinOp is not allowed"),
    ("item.price % 2 == 0", "BinOp is not allowed"),
    ("+item.price", "UnaryOp is not allowed"),
    ("item.price is None", "only == != <"),
    ("starts(*item.code)", "Starred is not allowed"),
    ("starts(value=item.code)", "Call is not allowed"),
    ("blank(item.code, other=1)", "Call is not allowed"),
    ("b'bytes'", "b'bytes' is not allowed"),
    ("item.colour == 'red'", "there is no field item.colour"),
    ("goods.price > 0", "there is no section goods"),
    ("typed(item.colour) == 1", "there is no field item.colour"),
    ("typed(header.date) == 1", "a field of the section that the rule checks"),
    ("typed('price') == 1", "wants a field"),
    ("blank()", "one argument"),
    ("count(goods)", "a section is wanted"),
    ("sum(item.price, item.mass)", "one argument"),
    ("in_list(item.code)", "1 literals are wanted"),
    ("in_list(item.code, item.name)", "cannot be used"),
    ("matches(item.code, '[')", "the pattern cannot be read"),
    ("in_tariff(item.code)", "two arguments"),
    ("rows(header)", "does not stand under"),
    ("item.price >", "cannot be read at column"),
    ("import os", "cannot be read at column"),
    ("True if", "cannot be read at column"),
]


@pytest.mark.parametrize(("check", "said"), REFUSED)
def test_what_expressions_may_not_say_is_refused_when_the_profile_is_loaded(lab, check, said):
    with pytest.raises(DataError) as refused:
        lab.opened(rule("R1", check=check))
    assert refused.value.row == "R1"
    assert said in str(refused.value)


def test_a_section_that_repeats_is_not_asked_for_one_value(lab):
    with pytest.raises(DataError, match="item repeats"):
        lab.opened(rule("R1", check="item.price > 0", each="header"))


@pytest.mark.parametrize("name", ["__import__", "exec", "getattr", "open", "no_such_function"])
def test_only_named_functions_may_be_called(lab, name):
    with pytest.raises(DataError) as refused:
        lab.opened(rule("R1", check=f"{name}('os')"))
    assert refused.value.row == "R1"
    assert f"“{name}”" in str(refused.value)


@pytest.mark.parametrize("key", ["when", "with_", "fix"])
def test_guards_texts_and_fixes_are_refused_as_checks_are(lab, key):
    source = "item.code.upper()"
    keys = {"when": source, "with_": {"x": source}, "fix": {"item.code": source}}
    with pytest.raises(DataError, match="R1: The expression cannot be used"):
        lab.opened(rule("R1", check="True", **{key: keys[key]}))


def test_an_expression_that_is_too_long_should_be_a_named_function():
    with pytest.raises(ExpressionError, match="write a named function instead"):
        parse("item.price > 0 and " * 7 + "True")
    assert parse(" " * (MAX_LENGTH - 4) + "True")


def test_a_rule_that_is_too_long_is_refused(lab):
    with pytest.raises(DataError, match="longer than 400 characters"):
        lab.opened(rule("R1", check="item.price > 0 and " * 22 + "True"))


def test_a_need_that_is_too_long_is_refused(lab):
    need = "item.price > 0 and " * 22 + "True"
    with pytest.raises(DataError, match="NEED-33: The expression cannot be used: longer"):
        lab.opened(boxes=f'"item.code" = {{ need = "{need}" }}')


def test_a_figure_over_a_whole_section_does_not_read_the_row_that_is_checked(lab):
    with pytest.raises(DataError, match="all rows of item cannot read the row of document"):
        lab.opened(rule("R1", check="any_all(item.code == document.kind)", each="document"))
