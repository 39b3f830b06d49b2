# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checklist and the rules say the same: in every good sample, and in what becomes of it when papers are lost."""

from __future__ import annotations

import pytest

from swclient.base import paths
from swclient.document.path import Path
from swclient.engine.checklist import Line, Status
from swclient.engine.finding import Finding
from swclient.engine.papers import demands
from swclient.engine.session import Session
from tests.data.cases import good, type_in

FOLDER = paths.shipped("resources") / "samples"
SAMPLES = sorted(file.stem for file in FOLDER.glob("??-*-*.json") if "." not in file.stem)  # others hold a part only
GOODS = ("9503009909", "0702000000", "0203110000", "3004900002", "8517130000", "2903110000")


@pytest.fixture(params=SAMPLES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def session(name: str) -> Session:
    return good(name[:2].upper(), name)


def asking(session: Session) -> set[str]:
    return {demand.rule.code for demand in demands(session.live.plan)}


def otherwise(session: Session) -> set[str]:
    """Rules that something else than a document may satisfy."""
    return {each.rule.code for each in demands(session.live.plan) if " or " in each.rule.check}


def found(session: Session) -> list[Finding]:
    session.settle()
    codes = asking(session)
    named = [each for each in session.findings() if each.code in codes]
    return [each for each in named if each.paths[0].table != "document"]  # what a document lacks may bear the code too


def missing(session: Session) -> list[Line]:
    session.settle()
    return [line for line in session.checklist() if line.status is Status.MISSING]


def agree(session: Session) -> list[Line]:
    """Both name the same rules for the same goods; return what is missing."""
    findings, lines = found(session), missing(session)
    assert {each.code for each in findings} == {line.code for line in lines}
    number = {row: place for place, row in enumerate(session.rows("item"), 1)}
    told = {(each.code, number.get(p.row)) for each in findings for p in each.paths if p.table == "item"}
    listed = {(line.code, item) for line in lines for item in line.items}
    assert {pair for pair in listed if pair not in told} == set()
    assert sum(len(line.items) or 1 for line in lines) == len(findings)
    return lines


def documents(session: Session) -> list[int]:
    return list(session.declaration.tables["document"])


def lose_everything(session: Session) -> None:
    for table in ("document", "previous"):
        for row in list(session.declaration.tables[table]):
            session.remove_row(table, row)


def test_a_good_sample_lacks_nothing_and_has_every_document_on_its_list(session: Session) -> None:
    assert agree(session) == []
    listed = {path.row for line in session.checklist() for path in line.given if path.table == "document"}
    assert listed == set(documents(session))
    assert {line.status for line in session.checklist()} <= {Status.PRESENT, Status.ENDING}


def test_what_is_lost_is_missing_on_both(session: Session) -> None:
    asked = {line.code for line in session.checklist() if line.code}
    lose_everything(session)
    codes = {line.code for line in agree(session)}
    assert asked - otherwise(session) <= codes <= asked
    assert codes


def test_each_document_that_meets_a_rule_is_the_one_whose_loss_breaks_it(name: str, session: Session) -> None:
    lines = [line for line in session.checklist() if line.code and {path.table for path in line.given} == {"document"}]
    assert lines
    for line in lines:
        with_out = good(session.profile.code, name)
        for path in line.given:
            with_out.remove_row("document", path.row)
        if line.code == "H036B":  # box 54 would do instead
            type_in(with_out, "person.authority_number", "")
        elif line.code in otherwise(session):
            continue
        (other,) = [each for each in agree(with_out) if each.code == line.code]
        assert other.kinds == line.kinds
        assert other.what


@pytest.mark.parametrize("goods", GOODS)
def test_permits_are_asked_for_on_both_and_a_row_with_the_offered_kind_mends_it(session: Session, goods: str) -> None:
    lose_everything(session)
    type_in(session, "item[1].code", goods)
    if len(session.rows("item")) > 1:
        type_in(session, "item[2].code", goods)
    mend(session)
    assert agree(session) == []


def mend(session: Session) -> None:
    """Add what the list offers, line by line, each time the first one that is missing."""
    for _round in range(20):
        lines = agree(session)
        if not lines:
            return
        line = lines[0]
        assert line.what
        if line.table == "document":
            assert line.fills, line
        row = session.add_row(line.table, line.parent)
        for name, text in line.fills.items():
            session.type_in(Path(line.table, row, name), text)
        assert [each for each in missing(session) if (each.code, each.items) == (line.code, line.items)] == []
    pytest.fail("what is offered does not mend what is missing")


@pytest.mark.parametrize("code", ["KZ", "KG", "TJ", "UZ", "AZ", "MN", "CN"])
def test_each_country_has_permits_that_goods_meet_and_that_say_their_list(code: str) -> None:
    session = good(code)
    type_in(session, "item[1].code", "0203110000")
    type_in(session, "item[2].code", "0203110000")
    (line,) = [each for each in agree(session) if each.code == "G038B"]
    assert line.items == (1, 2)
    assert line.parent is None  # one certificate may stand for both
    assert "SAMPLE" in line.source
    assert not line.confirmed
    assert any("0203110000" in words for words in line.why)
    assert not [words for words in line.why if words.startswith(("Customs procedure", "Country of origin"))]


def test_a_permit_may_be_asked_for_by_the_country_of_origin() -> None:
    session = good("CN")
    type_in(session, "item[1].code", "0303140000")
    type_in(session, "item[1].origin", "KR")
    assert "G038B" not in {line.code for line in agree(session)}
    type_in(session, "item[1].origin", "JP")
    (line,) = [each for each in agree(session) if each.code == "G038B"]
    assert "Country of origin: JP Japan" in line.why


def test_the_procedure_is_a_reason_only_where_the_list_names_it() -> None:
    session = good()
    type_in(session, "item[1].code", "9503009909")
    (line,) = agree(session)
    assert [words.partition(":")[0] for words in line.why] == [
        "Direction of movement", "Commodity code", "Customs procedure",
    ]  # fmt: skip


def test_a_quota_asks_for_its_licence_by_number() -> None:
    session = good()
    type_in(session, "item[2].quota_licence", "KV-77")
    (line,) = agree(session)
    assert (line.code, line.items, line.fills) == ("G035B", (2,), {"number": "KV-77"})
    assert line.what == "Document with the number KV-77"
    assert line.parent == session.rows("item")[1]


def test_a_previous_procedure_asks_for_the_previous_document_of_each_item() -> None:
    session = good()
    type_in(session, "item[1].previous_procedure", "70")
    (line,) = [each for each in agree(session) if each.table == "previous"]
    assert (line.code, line.items, line.parent) == ("G026", (1,), session.rows("item")[0])


def test_a_preference_asks_for_a_proof_of_origin() -> None:
    session = good("TJ")
    type_in(session, "item[1].preference_duty", "ОД")
    codes = {each.code for each in session.findings()}
    assert {line.code for line in agree(session)} == codes & asking(session)


def test_a_rule_that_asks_in_its_guard_is_on_the_list_too() -> None:
    session = good()
    assert [line.what for line in session.checklist() if line.code == "D008"] == []  # a small contract
    type_in(session, "item[1].price", "90000")
    session.settle()
    (line,) = [each for each in session.checklist() if each.code == "D008"]
    assert (line.status, line.kinds) == (Status.PRESENT, ("03031",))
    for path in line.given:
        session.remove_row("document", path.row)
    assert "D008" in {each.code for each in agree(session)}


def test_a_box_that_is_filled_instead_is_named() -> None:
    session = good()
    for row in documents(session):
        if session.value(Path("document", row, "kind")) == "11004":
            session.remove_row("document", row)
    (line,) = [each for each in session.checklist() if each.code == "H036B"]
    assert (line.status, line.given) == (Status.PRESENT, (Path("person", 0, "authority_number"),))
    assert "У-1" in line.stated
    type_in(session, "person.authority_until", "01.11.2026")
    (line,) = [each for each in session.checklist() if each.code == "H036B"]
    assert line.status is Status.EXPIRED
    assert "H036" in {each.code for each in session.findings()}


def test_the_list_of_a_thousand_goods_groups_those_that_ask_alike() -> None:
    from tests.declarations import many_items, opened

    body = many_items(300)
    for each in body["item"]:
        each["code"] = "0203110000"
    (line,) = [each for each in opened(body).checklist() if each.code == "G038B"]
    assert line.items == tuple(range(1, 301))
