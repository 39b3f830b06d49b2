# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commercial lines become goods items: what is alike goes together, sums stay to the last digit, nothing is lost."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile, profile_codes, read_toml
from swclient.document.body import to_body
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from swclient.workflow.intake.converting import open_file, sample_file
from swclient.workflow.intake.grouping import Grouping

ALIKE = {"code": "8481808199", "origin": "CN", "preference_duty": "ОО", "procedure": "40", "quantity_unit": "796"}


@pytest.fixture
def session() -> Session:
    """Six lines of two codes, of different articles, figures with awkward digits; no other items."""
    made = open_file(sample_file()).session
    for row in list(made.rows("item")):
        made.remove_row("item", row)
    for number in range(6):
        add(made, number, code="8481808199" if number % 2 else "8482109008")
    return made


def add(session: Session, number: int, **other: str) -> int:
    row = session.add_row("item")
    own = {"article": f"A-{number}", "description": f"Goods {number}", "gross_mass": "0.1", "net_mass": "0.07"}
    for name, text in {**ALIKE, **own, "quantity": "3", "price": f"{number}.10", **other}.items():
        session.type_in(Path("item", row, name), text)
    return row


def content(session: Session) -> str:
    return json.dumps(to_body(session.declaration), ensure_ascii=False)


def whole(session: Session, name: str) -> Decimal:
    return sum((session.value(Path("item", row, name)) or Decimal(0) for row in session.rows("item")), Decimal(0))


def test_what_is_alike_becomes_one_and_sums_stay(session: Session) -> None:
    before = {name: whole(session, name) for name in ("gross_mass", "net_mass", "price", "quantity")}
    grouping = Grouping(session)
    assert (grouping.before, grouping.after) == (6, 2)
    assert [group.numbers for group in grouping.groups] == [(1, 3, 5), (2, 4, 6)]
    assert grouping.groups[0].sums["gross_mass"] == Decimal("0.3")
    grouping.take()
    assert len(session.rows("item")) == 2
    assert {name: whole(session, name) for name in before} == before


def test_lines_stay_below_their_item_with_what_was_different(session: Session) -> None:
    Grouping(session).take()
    first = session.rows("item")[0]
    lines = session.rows("line", first)
    told = [[session.look(Path("line", row, name)).text for name in ("article", "description", "amount", "unit")]
            for row in lines]  # fmt: skip
    assert told == [[f"A-{n}", f"Goods {n}", f"{n}.10", "796"] for n in (0, 2, 4)]
    assert session.look(Path("item", first, "article")).text == ""
    currency = session.look(Path("header", SINGLE, "currency")).text
    assert session.look(Path("line", lines[0], "currency")).text == currency


def test_it_is_one_step_and_undo_gives_the_same_bytes(session: Session) -> None:
    before = content(session)
    Grouping(session).take()
    assert content(session) != before
    assert session.undo()
    assert content(session) == before


@pytest.mark.parametrize(
    ("field", "text"), [("origin", "KZ"), ("preference_duty", "ТП"), ("brand", "B"), ("valuation_method", "6")]
)
def test_what_differs_in_anything_that_must_be_alike_stays_apart(session: Session, field: str, text: str) -> None:
    session.type_in(Path("item", session.rows("item")[0], field), text)
    assert [group.numbers for group in Grouping(session).groups] == [(2, 4, 6), (3, 5)]


@pytest.mark.parametrize(("field", "text"), [("net_mass", ""), ("gross_mass", "heavy"), ("code", "")])
def test_an_item_with_a_hole_or_an_unreadable_figure_stays_by_itself(session: Session, field: str, text: str) -> None:
    session.type_in(Path("item", session.rows("item")[0], field), text)
    assert [group.numbers for group in Grouping(session).groups] == [(2, 4, 6), (3, 5)]


def test_documents_must_be_alike_and_packages_move_along(session: Session) -> None:
    one, _two, three, _four, five, _six = session.rows("item")
    for row in (one, three):
        document = session.add_row("document", row)
        session.type_in(Path("document", document, "number"), "N-1")
    package = session.add_row("package", three)
    session.type_in(Path("package", package, "count"), "4")
    grouping = Grouping(session)
    assert [group.numbers for group in grouping.groups] == [(1, 3), (2, 4, 6)]
    grouping.take()
    assert session.rows("package", one) == [package]
    assert len(session.rows("document", one)) == 1
    assert five in session.rows("item")


def test_charges_that_were_typed_keep_their_item_apart(session: Session) -> None:
    session.add_row("charge", session.rows("item")[0])
    assert [group.numbers for group in Grouping(session).groups] == [(2, 4, 6), (3, 5)]


def test_grouping_twice_changes_nothing_more(session: Session) -> None:
    Grouping(session).take()
    assert Grouping(session).groups == ()


@pytest.mark.parametrize("code", [code for code in profile_codes() if code != "EAEU"])
def test_every_country_says_what_must_be_alike_in_fields_that_it_has(code: str) -> None:
    profile = load_profile(code)
    file = profile.find("grouping.toml")
    assert file is not None
    law = read_toml(file)
    assert {*law["needed"], *law["joined"], *law["told_by_lines"]} <= set(profile.table_fields("item"))
    assert {*law["line"]} <= set(profile.table_fields("line"))
    assert {*law["line"].values()} <= set(profile.fields)
    children = {spec.name for spec in profile.tables.values() if spec.parent == "item"}
    assert {*law["alike_under"], *law["apart_under"]} <= children
    figures = {
        field.name
        for field in profile.table_fields("item").values()
        if (field.kind.numeric or field.kind.name == "count") and field.name not in {"number", "charges_total"}
    }
    assert figures <= {*law["sums"], *law["alike_figures"]}, "added up, or alike: a figure of an item must be one"


def test_every_figure_that_is_named_is_some_countrys() -> None:
    profiles = [load_profile(code) for code in profile_codes() if code != "EAEU"]
    law = read_toml(paths.shipped("resources") / "catalogue" / "grouping.toml")
    known = {name for profile in profiles for name in profile.table_fields("item")}
    assert {*law["sums"], *law["alike_figures"]} <= known


def test_a_price_that_follows_from_a_price_of_one_is_told_by_the_lines() -> None:
    session = open_file(paths.shipped("resources") / "samples" / "cn-import-0110.json").session
    row = session.rows("item")[0]
    price, second = (session.value(Path("item", row, name)) for name in ("price", "second_quantity"))
    session.duplicate_row("item", row)
    Grouping(session).take()
    amounts = [session.value(Path("line", line, "amount")) for line in session.rows("line", row)]
    assert amounts == [price, price]
    assert session.value(Path("item", row, "price")) == 2 * price
    assert second is None or session.value(Path("item", row, "second_quantity")) == 2 * second
    assert not {"G018B", "V014"} & {finding.code for finding in session.findings()}
