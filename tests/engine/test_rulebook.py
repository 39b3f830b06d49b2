# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules as their files write them, rules that boxes imply, and how findings are worded."""

import pytest

from swclient.base.errors import DataError
from swclient.document.path import Path
from swclient.engine.finding import Level
from swclient.engine.session import path_of
from tests.engine.laboratory import rule

GOOD = {"check": "True"}
REFUSED = [
    ({"check": ""}, "lacks “check”"),
    ({"say": "", **GOOD}, "lacks “say”"),
    ({"do": "", **GOOD}, "lacks “do”"),
    ({"level": "", **GOOD}, "lacks “level”"),
    ({"level": "grave", **GOOD}, "error, warning or advice"),
    ({"colour": "red", **GOOD}, "colour"),
    ({"each": "goods", "at": ["item.code"], **GOOD}, "no section “goods”"),
    ({"at": ["item.colour"], **GOOD}, "no field “item.colour”"),
    ({"fix": {"item.colour": "''"}, **GOOD}, "no field “item.colour”"),
]


@pytest.mark.parametrize(("keys", "said"), REFUSED, ids=[said for _keys, said in REFUSED])
def test_a_rule_that_does_not_fit_is_refused_by_file_and_code(lab, keys, said):
    with pytest.raises(DataError) as refused:
        lab.opened(rule("R1", **keys))
    assert refused.value.file.endswith("own.toml")
    assert refused.value.row == "R1"
    assert said in str(refused.value)


def test_a_finding_says_where_what_why_and_what_to_do(lab):
    rules = rule(
        "R1",
        check="item.mass <= item.price",
        at=["item.mass", "item.price", "header.date"],
        say="Box {box}: {v} is more than {item.price} on {header.date}, by {more}",
        do="Mend item {item.number}",
        with_={"more": "item.mass - item.price"},
        law="Made-up law",
        confirmed=True,
        level="warning",
    )
    session = lab.opened(rules, item=[{"price": "5", "mass": "7.5"}])
    (finding,) = session.findings()
    row = session.rows("item")[0]
    assert finding.message.text() == "Box 35/1: 7.5 is more than 5.00 on 2026-11-20, by 2.50"
    assert finding.advice.text() == "Mend item 1"
    assert finding.paths == (Path("item", row, "mass"), Path("item", row, "price"), path_of("header", "date"))
    assert (finding.level, finding.law, finding.confirmed) == (Level.WARNING, "Made-up law", True)
    assert finding.fix is None


def test_a_fix_that_cannot_be_worked_out_is_not_offered(lab):
    rules = rule("R1", check="blank(item.code)", fix={"item.price": "item.mass", "item.code": "'1'"})
    session = lab.opened(rules, item=[{"code": "2", "mass": "3"}, {"code": "2"}])
    assert [finding.fix is not None for finding in session.findings()] == [True, False]
    assert session.findings()[0].fix.label.text() == "Take the proposed value"


def test_a_box_that_must_be_filled_is_told_when_it_is_not(lab):
    session = lab.opened(boxes='"item.code" = { need = "always", need_code = "G001" }', item=[{}, {"code": "1"}])
    (finding,) = session.findings()
    assert finding.code == "G001"
    assert finding.message.text() == "Box 33/1: Code is missing."


def test_a_box_that_cannot_be_read_is_not_told_as_missing_too(lab):
    session = lab.opened(boxes='"item.price" = { need = "always" }', item=[{"price": "a lot"}])
    assert [finding.code for finding in session.findings()] == ["KIND-42"]


def test_a_box_that_is_not_shown_implies_nothing(lab):
    assert lab.opened(boxes='"item.code" = { need = "always", shown = false }', item=[{}]).findings() == []


def test_a_code_that_is_not_in_its_list_is_told(lab):
    (finding,) = lab.opened(header={"date": "2026-11-20", "currency": "OLD"}).findings()
    assert finding.level is Level.ERROR
    assert "“OLD” is not in the list valid on the date" in finding.message.text()


def test_a_typed_figure_that_differs_from_the_worked_out_one_offers_to_be_cleared(lab):
    session = lab.opened(header={"total": "7"}, item=[{"price": "2", "mass": "3"}])
    (finding,) = session.findings()
    assert finding.code == "TOTAL"
    assert finding.message.text() == "Box 12: Total reads 7.00, worked out is 6.00."
    session.accept(finding.fix)
    assert session.findings() == []
    assert session.value(path_of("header", "total")) == 6


def test_a_formula_that_nobody_knows_is_refused_with_its_field(lab):
    with pytest.raises(DataError) as refused:
        lab.opened(boxes='"item.mass" = { derived = "guesswork" }')
    assert refused.value.row == "item.mass"
    assert "“guesswork”" in str(refused.value)


@pytest.mark.parametrize(
    ("bounds", "day", "holds"),
    [
        ("valid_from = 2026-01-01", "2025-12-31", False),
        ("valid_from = 2026-01-01", "2026-01-01", True),
        ("valid_to = 2026-01-01", "2026-01-02", False),
        ("valid_to = 2026-01-01", "2026-01-01", True),
        ("valid_from = 2026-01-01", "", True),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last_and_follows_the_date(lab, bounds, day, holds):
    session = lab.opened(
        rule("R1", check="blank(header.currency)", at=["header.currency"], each="header") + bounds + "\n",
        header={"currency": "EUR"},
    )
    session.type_in(Path("header", 0, "date"), day)
    session.settle()
    assert [each.code for each in session.findings() if each.code == "R1"] == (["R1"] if holds else [])


def test_a_day_of_a_rule_written_as_a_text_is_refused(lab):
    with pytest.raises(DataError, match="without quotes"):
        lab.opened(rule("R1", check="True") + 'valid_from = "2026-01-01"\n')
