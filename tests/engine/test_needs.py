# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a compiler remembers of the expressions of one profile."""

from decimal import Decimal

from swclient.catalogue.field import TableSpec
from swclient.engine.expression import Compiler, parse
from swclient.engine.needs import Needs

SECTIONS = {name: TableSpec(name, name, many=name != "header") for name in ("header", "item")}


def test_the_same_figure_is_kept_once_whoever_asks_for_it():
    needs = Needs(SECTIONS, "item", frozenset({"item.price"}))
    for section in (needs, needs.of("header")):
        Compiler(section).value(parse("sum_all(item.price)"))
    assert len(needs.aggregates) == 1


def test_sections_share_lists_and_constants_but_not_what_is_asked_of_their_own_rows():
    needs = Needs(SECTIONS, "item", frozenset({"item.price", "header.code"}))
    other = needs.of("header")
    Compiler(needs).value(parse("twin(item.price)"))
    Compiler(other).truth(parse("in_list(header.code, 'codes') and header.code > 1.5"), blank=True)
    assert needs.lists == {"codes"}
    assert list(needs.constants.values()) == [Decimal("1.5")]
    assert (len(needs.twins), len(other.twins)) == (1, 0)
