# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A country is a folder: with one that nobody wrote code for, declarations are checked and duties worked out."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path as File

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.document.body import from_body
from swclient.document.path import Path
from swclient.engine.finding import Level
from swclient.engine.session import path_of
from swclient.workflow.drafts.drafting import session_of

ATLANTIS = File(__file__).resolve().parent.parent / "data" / "country"
OYSTERS = {"code": "0307110000", "price": "1000.00", "gross_mass": "100", "net_mass": "80"}


@pytest.fixture
def root(tmp_path):
    """The shipped catalogue, and one country beside it."""
    (tmp_path / "catalogue").symlink_to(paths.shipped("resources") / "catalogue", target_is_directory=True)
    shutil.copytree(ATLANTIS, tmp_path / "profiles" / "XA")
    return tmp_path


@pytest.fixture
def landed(root):
    """Open a declaration of oysters that were landed: `landed(header={...}, item={...})`."""

    def opened(header=None, item=None):
        head = {"procedure": "LAND", "date": "2026-11-20", "currency": "USD", "harbour": "NORTH"} | (header or {})
        body = {"format": "swclient-declaration", "version": 1, "header": head, "item": [OYSTERS | (item or {})]}
        return session_of(from_body(body, load_profile("XA", root)), lambda: date(2026, 11, 20))

    return opened


def codes(session):
    return {finding.code for finding in session.findings()}


def lines(session):
    """The lines of box 47 of the oysters: kind, rate, amount."""
    (row,) = session.rows("item")
    return [(line.kind, line.rate, line.amount) for line in session.value(Path("item", row, "charges"))]


def test_the_country_is_offered(root):
    assert profile_codes(root) == ("XA",)


def test_boxes_of_the_country_lie_over_the_neutral_fields(root):
    fields = load_profile("XA", root).fields
    assert fields["item.gross_mass"].titles["en"] == "Weight in air"
    assert fields["item.gross_mass"].kind.name == "mass"
    assert fields["header.harbour"].list_name == "harbours"


def test_a_box_that_the_country_wants_filled_is_missed(landed):
    assert not {"SEA-1", "NEED-W.2"} & codes(landed())
    assert "SEA-1" in codes(landed(header={"procedure": ""}))
    assert "NEED-W.2" in codes(landed(item={"net_mass": ""}))
    assert "NEED-W.2" not in codes(landed(header={"procedure": "SINK"}, item={"net_mass": ""}))


@pytest.mark.parametrize(
    ("harbour", "day", "good"),
    [
        ("NORTH", "2026-11-20", True),
        ("EAST", "2026-11-20", False),
        ("EAST", "2025-06-05", True),
        ("WEST", "2026-11-20", False),
    ],
)
def test_a_code_must_be_in_the_countrys_own_list_on_its_day(landed, harbour, day, good):
    session = landed(header={"harbour": harbour, "date": day})
    assert (session.findings_at(path_of("header", "harbour")) == []) is good
    assert [choice.name for choice in session.choices(path_of("header", "harbour"), "nor")] == ["North harbour"]


def test_a_rule_of_the_country_is_checked_and_worded(landed):
    session = landed(item={"net_mass": "95"})
    (finding,) = [each for each in session.findings() if each.code == "SEA-2"]
    assert finding.message.text() == "Box W.2/1: 95 kg of 100 kg is too much, water must have drained off."
    assert (finding.level, finding.law, finding.confirmed) == (Level.WARNING, "Law of the Sea, 2", True)
    session.type_in(finding.paths[0], "90")
    assert "SEA-2" not in codes(session)


def test_duty_and_tax_follow_the_countrys_tariff_rates_and_exchange_rates(landed):
    session = landed()
    assert session.value(path_of("header", "value_currency")) == "XTS"
    assert session.value(path_of("header", "customs_value_total")) == Decimal("2500.00")
    assert lines(session) == [("A2", 20, Decimal("500.00")), ("A5", 10, Decimal("300.00"))]


def test_the_specific_rate_counts_when_it_is_the_greater_one(landed):
    session = landed(item={"price": "100.00"})
    assert lines(session)[0] == ("A2", Decimal("0.5"), Decimal("120.00"))  # 80 kg at 0.5 EUR of 3 XTS, not 20 % of 250


def test_an_old_declaration_keeps_the_rates_of_its_day(landed):
    session = landed(header={"date": "2025-06-05", "eur_rate": "3", "usd_rate": "2"})
    assert lines(session) == [("A2", 20, Decimal("400.00")), ("A5", 8, Decimal("192.00"))]


def test_where_no_charges_are_due_none_are_worked_out(landed):
    assert lines(landed(header={"procedure": "SINK"})) == []
