# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rules say in XPath is what they say: same verdicts as the plain interpreter and as the engine."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from swclient.document.path import SINGLE, Path
from swclient.engine.finding import Level
from swclient.engine.rulebook import Rule, rulebook
from swclient.engine.session import Session
from tests.bench.comparing import failing, oracle_of
from tests.bench.documents import DAY, opened, sample_body
from tests.bench.oracle_grammar import Grammar
from tests.bench.planted import altered
from tests.bench.schematron import Peer
from tests.bench.xpath import Asked, Speaker
from tests.bench.xpath_said import UnsayableError, constant, quoted

ITEM = (
    "item.net_mass <= item.gross_mass",
    "item.net_mass != item.gross_mass",
    "not (item.net_mass == item.gross_mass)",
    "item.net_mass * 1.1 < item.gross_mass",
    "abs(item.gross_mass - item.net_mass) <= max(1, item.gross_mass / 10)",
    "round2(item.price / 3) * 3 == item.price",
    "round2(item.net_mass / 0) == 1",
    "item.origin in ('CN', 'VN')",
    "item.origin not in ('CN', 'VN')",
    "item.code < '8481' or item.code >= '85'",
    "part(item.code, 0, 4) == '8481'",
    "part(item.code, 2, 12) == part(item.partner_code, 2, 12)",
    "len(item.description) > 40 if filled(item.model) else blank(item.maker)",
    "'клапан' in item.description",
    "matches(item.article, '[A-Z]{2}.*')",
    "holds(item.description, 'КЛАПАН|насос')",
    "in_list(item.origin, 'countries') and in_list(part(item.code, 0, 4), 'permits')",
    "entry(item.supplementary_unit, 'units', 'whole') == '1'",
    "entry(item.supplementary_unit, 'units', 'whole') != '1'",
    "whole(item.gross_mass)",
    "item.origin in (header.dispatch_country, consignee.country, item.trade_mark)",
    "count(package) + count(document.kind == '01191') > 1",
    "any(document.number == item.quota_licence)",
    "sum(package.count) > 10",
    "twin(item.origin, item.supplementary_unit)",
    "twin(item.origin if item.origin != 'CN' else None, item.packing)",
    "typed(item.statistical_value) == computed(item.statistical_value)",
    "charge_amount(item.charges, '2010') > 100 and charge_has(item.charges, '5')",
    "in_tariff(item.code, header.date) and not tariff_heading(item.code, header.date)",
    "item.number == 1 or fact('charges.vat', '') == '5010'",
)
HEADER = (
    "days(header.date, today()) <= 30",
    "header.date >= header.arrival_date",
    "sum(item.price) == header.invoice_total",
    "sum(cost.amount * cost.rate if cost.effect == 'add' else 0) > 1",
    "(declarant.name if exporter.same_as_declarant else exporter.name) == exporter.name",
    "header.container_flag and not header.royalties",
    "count(item.net_mass > 100) >= (2 if header.procedure == '40' else 3)",
    "kz_number(declarant.tax_id) or not kz_form(declarant.tax_id)",
)


@cache
def messy() -> Session:
    """The sample with blanks, texts that cannot be read, figures typed over, and lines that stand twice."""
    session = opened(sample_body())
    rows = session.rows("item")
    changes = (
        ("net_mass", ""), ("gross_mass", "x"), ("origin", ""), ("supplementary_unit", ""), ("code", "8481"),
        ("price", "100.01"), ("statistical_value", "1"), ("quota_licence", "KZ-1"), ("article", "AB 'quoted' \"so\""),
    )  # fmt: skip
    for row, (field, text) in zip(rows, changes, strict=False):
        session.type_in(Path("item", row, field), text)
    session.type_in(Path("item", rows[10], "net_mass"), "999999")
    session.type_in(Path("header", SINGLE, "arrival_date"), "")
    session.duplicate_row("item", rows[2])
    session.settle()
    return session


def rules() -> list[Rule]:
    """Every expression as a check and as a guard, where a comparison with a blank counts otherwise."""
    found = []
    for table, sources in (("item", ITEM), ("header", HEADER)):
        for source in sources:
            found.append(Rule(source, Level.ERROR, table, "", source, (), "", ""))
            found.append(Rule(f"when {source}", Level.ERROR, table, source, "False", (), "", ""))
    return found


@pytest.mark.parametrize("quickest", [False, True])
def test_expressions_hold_in_xpath_where_they_hold_for_the_interpreter(quickest: bool) -> None:
    session, oracle = messy(), oracle_of(messy())
    peer = Peer(session.profile, session.live.reference, rules(), quickest=quickest)
    peer.check(peer.document(session))
    told = {(each.code, each.row) for each in peer.failing()}
    for rule in rules():
        rows = [Grammar(oracle, record) for record in oracle.tables[rule.table]]
        fails = [
            row.record.id
            for row in rows
            if (not rule.when or row.holds(rule.when, blank=False)) and not row.holds(rule.check, blank=True)
        ]
        assert sorted(row for code, row in told if code == rule.code) == sorted(fails), rule.code


def test_blanks_make_a_difference_between_check_and_guard() -> None:
    # Without rows on which the two differ the test above would prove little.
    oracle = oracle_of(messy())
    source = ITEM[0]
    held = [
        (Grammar(oracle, record).holds(source, blank=True), Grammar(oracle, record).holds(source, blank=False))
        for record in oracle.tables["item"]
    ]
    assert {(True, True), (True, False), (False, False)} == set(held)


@pytest.mark.parametrize("quickest", [False, True])
def test_schematron_finds_what_the_engine_finds(quickest: bool) -> None:
    session = messy()
    peer = Peer(session.profile, session.live.reference, quickest=quickest)
    assert not peer.check(peer.document(session))
    assert peer.failing() == failing(session)
    good = opened(sample_body())
    assert peer.check(peer.document(good))


def test_an_altered_rule_is_noticed() -> None:
    session, found = messy(), rulebook(messy().profile)
    tripped = {each.code for each in failing(session)}
    one = next(rule for rule in found if rule.code in tripped and not rule.imply)
    peer = Peer(session.profile, session.live.reference, altered(found, one), quickest=True)
    peer.check(peer.document(session))
    assert peer.failing() != failing(session)


@pytest.mark.parametrize("source", ["upper(item.article) + 'x' == 'y'", "container.number == 'x'", "rows(package)"])
def test_what_cannot_be_said_is_refused_and_not_left_out(source: str) -> None:
    with pytest.raises(UnsayableError):
        Speaker(messy().profile, Asked(), "item").condition(source, blank=True)


def test_texts_with_both_quotes_are_put_together() -> None:
    assert quoted("a'b\"c") == "concat('a', \"'\", 'b\"c')"
    assert constant(("a", "b")).options == ("'a'", "'b'")


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(None, None, 1), (DAY, DAY, 1), (DAY + timedelta(1), None, 0), (None, DAY - timedelta(1), 0)],
)
def test_a_rule_of_other_days_finds_nothing(first: date | None, last: date | None, found: int) -> None:
    session = opened(sample_body())  # declared on DAY
    rule = Rule("DAYS", Level.ERROR, "header", "", "False", (), "", "", valid_from=first, valid_to=last)
    peer = Peer(session.profile, session.live.reference, [rule])
    peer.check(peer.document(session))
    assert len(peer.failing()) == found
