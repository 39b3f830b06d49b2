# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rule that crashes is told as a finding, logged with its reason, and takes no other row with it."""

import logging

import pytest

from swclient.document.path import Path
from swclient.engine import functions
from swclient.engine.finding import Level
from tests.engine.laboratory import rule

RULES = rule("CRASHES", check="unlucky(item.price)") + rule("DEAR", check="item.price < 50")
GOODS = [{"price": "99"}, {"price": "13"}, {"price": "7"}]


@pytest.fixture(autouse=True)
def _unlucky(monkeypatch):
    def unlucky(price):
        if price == 13:
            message = "thirteen"
            raise ArithmeticError(message)
        return True

    monkeypatch.setitem(functions._known, "unlucky", unlucky)


@pytest.fixture
def session(lab):
    return lab.opened(RULES, item=GOODS)


def told(session):
    """Code and position of every finding about the goods."""
    rows = session.rows("item")
    return [(each.code, rows.index(each.paths[0].row) + 1) for each in session.findings()]


def test_a_crash_is_told_at_its_row_and_the_other_rows_are_checked(session):
    assert told(session) == [("DEAR", 1), ("CHECK-FAILED", 2)]


def test_what_is_told_of_a_crash_bars_nobodys_way_and_says_what_to_do(session):
    finding = session.findings()[-1]
    assert finding.level is Level.WARNING
    assert "could not be made" in finding.message.text()
    assert finding.advice.text()


def test_the_reason_stands_in_the_log(lab, caplog):
    with caplog.at_level(logging.ERROR, logger="swclient"):
        lab.opened(RULES, item=GOODS)
    (record,) = caplog.records
    assert "item" in record.getMessage()
    assert record.exc_info[0] is ArithmeticError


def test_typing_something_else_brings_the_checks_of_the_row_back(session):
    row = session.rows("item")[1]
    session.type_in(Path("item", row, "price"), "60")
    assert told(session) == [("DEAR", 1), ("DEAR", 2)]


def test_a_crash_while_somebody_types_is_told_too(session):
    row = session.rows("item")[0]
    session.type_in(Path("item", row, "price"), "13")
    assert told(session) == [("CHECK-FAILED", 1), ("CHECK-FAILED", 2)]


def test_a_crash_in_the_header_leaves_the_goods_checked(lab):
    rules = RULES + rule("H", check="unlucky(header.total)", each="header")
    session = lab.opened(rules, header={"total": "13"}, item=GOODS[:1])
    assert {each.code for each in session.findings()} == {"CHECK-FAILED", "DEAR"}
