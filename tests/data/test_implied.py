# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that boxes imply: a box that must be filled, a code that must be in its list, a figure that was typed over.

Nobody writes these, so nobody writes their cases either: they follow from the fields as the rules do.
"""

from decimal import Decimal

import pytest

from swclient.catalogue.field import Field
from swclient.catalogue.kinds import KindError, Text
from swclient.document.path import SINGLE, Path
from swclient.engine.rulebook import Rule, rulebook
from swclient.engine.session import Session
from tests.data.cases import good, kazakhstan, type_in
from tests.declarations import DAY

RULES = [rule for rule in rulebook(kazakhstan()) if rule.implied]

# What makes a box necessary, where the good sample does not.
WHEN = {
    "header.deferral_date": {"header.deferral_kind": "5010"},
    "header.deferral_kind": {"header.deferral_date": "2026-12-20"},
    "header.destination_office": {"header.direction": "ТТ"},
    "header.destination_office_country": {"header.direction": "ТТ"},
    "header.line_kind": {"header.border_mode": "71"},
    "carrier.name": {"header.direction": "ТТ"},
    "document.quantity_unit": {"document[1].quantity": "5"},
    "header.exchange_rate": {"header.date": "2020-01-05"},
    "cost.rate": {"cost[1].currency": "CHF"},
    "header.location_address": {"header.location_type": "31"},
    "header.price_influenced": {"header.related_parties": "1"},
    "consignee.country": {"consignee.same_as_declarant": "0"},
    "consignee.name": {"consignee.same_as_declarant": "0"},
    "consignee.tax_id": {"consignee.same_as_declarant": "0"},
    "exporter.tax_id": {"header.direction": "ЭК"},
    "financial.name": {"financial.same_as_declarant": "0"},
    "financial.tax_id": {"financial.same_as_declarant": "0"},
    "guarantee.number": {"guarantee[1].kind": "02"},
    "item.customs_value": {"item[1].price": ""},
    "item.quota_unit": {"item[1].quota_quantity": "5"},
    "item.statistical_value": {"item[1].price": ""},
    "cmr.carrier": {"cmr.draw": "1", "carrier.name": ""},
    "cmr.sender": {"cmr.draw": "1", "exporter.name": ""},
    "cmr.consignee": {"cmr.draw": "1", "consignee.same_as_declarant": "0", "consignee.name": ""},
    "cmr.delivery_place": {"cmr.draw": "1", "declarant.city": "", "declarant.country": ""},
    **{
        f"cmr.{name}": {"cmr.draw": "1"}
        for name in ("taking_over_place", "taking_over_date", "issue_place", "issue_date")
    },
    "person.contract_number": {"representative.name": "УЧЕБНЫЙ БРОКЕР"},
    "representative.register_number": {"representative.name": "УЧЕБНЫЙ БРОКЕР"},
    "header.temporary_months": {"header.procedure": "53"},
}
for party in ("exporter", "consignee", "financial", "declarant", "carrier"):
    WHEN |= {f"{party}.kato": {f"{party}.category": "01"}, f"{party}.category": {f"{party}.kato": "75"}}

# What a figure is worked out from, where the good sample does not have it.
MADE_OF = {
    "manifest.packages": {"consignment[1].packages": "3"},
    "manifest.gross_mass": {"consignment[1].gross_mass": "120.5"},
    "application.vat": {"application.base": "1000", "application.rate": "12"},
}


def implied(what: str) -> list[object]:
    return [pytest.param(rule, id=f"{rule.code}-{rule.at[0]}") for rule in RULES if rule.imply == what]


def place_of(session: Session, field: Field) -> Path:
    """The field in the first row of its section; a row is added where there is none."""
    spec = session.profile.tables[field.table]
    if not spec.many:
        return Path(field.table, SINGLE, field.name)
    rows = session.rows(field.table)
    parent = session.rows(spec.parent)[0] if spec.parent else None
    return Path(field.table, rows[0] if rows else session.add_row(field.table, parent), field.name)


def prepare(session: Session, changes: dict[str, str]) -> None:
    """Type some values; a row is added where there is none."""
    for place, text in changes.items():
        table = place.partition("[")[0].partition(".")[0]
        if session.profile.tables[table].many and not session.rows(table):
            session.add_row(table, None)
        type_in(session, place, text)


def found(session: Session, rule: Rule, path: Path) -> bool:
    session.settle()
    return (rule.code, path, rule.say) in {
        (each.code, each.paths[0], each.message.msgid) for each in session.findings()
    }


def good_text(field: Field) -> str:
    """Something that the field's kind reads, and that its list knows."""
    codes = kazakhstan().code_list(field.list_name) if field.kind.list_name else None
    if codes is not None:
        return next(each.code for each in codes.entries.values() if each.good_on(DAY))
    return {"date": "2026-11-20", "flag": "1", "digits": "0" * 3, "tax_id": "250640007772"}.get(field.kind.name, "1")


@pytest.mark.parametrize("rule", implied("need"))
def test_a_box_that_must_be_filled_is_found_blank_and_filling_it_is_enough(rule: Rule) -> None:
    session, field = good(), rule.implied
    path = place_of(session, field)
    prepare(session, WHEN.get(field.id, {}))
    session.clear(path)
    assert found(session, rule, path)
    session.type_in(path, good_text(field))
    assert not found(session, rule, path)


@pytest.mark.parametrize("rule", implied("need"))
def test_a_box_with_a_text_that_cannot_be_read_is_not_said_to_be_blank(rule: Rule) -> None:
    session, field = good(), rule.implied
    path = place_of(session, field)
    session.type_in(path, "?#?")
    assert not found(session, rule, path)


@pytest.mark.parametrize("rule", implied("list"))
def test_a_code_that_the_list_does_not_know_is_found_and_one_that_it_knows_is_not(rule: Rule) -> None:
    session, field = good(), rule.implied
    path = place_of(session, field)
    session.type_in(path, "QQ9")
    assert found(session, rule, path)
    session.type_in(path, good_text(field))
    assert not found(session, rule, path)


@pytest.mark.parametrize("rule", implied("differs"))
def test_a_figure_typed_over_is_found_where_it_differs_and_the_fix_takes_it_away(rule: Rule) -> None:
    session, field = good(), rule.implied
    path = place_of(session, field)
    if field.id == "item.supplementary_unit":  # the first item needs none
        path = Path("item", session.rows("item")[4], field.name)
    prepare(session, MADE_OF.get(field.id, {}))
    session.settle()
    computed = session.live.rows[path.table][path.row].computed[path.field]
    session.type_in(path, field.kind.store(computed))
    assert not found(session, rule, path)
    other = computed + 1 if isinstance(computed, int | Decimal) else "715"
    session.type_in(path, field.kind.store(other))
    assert found(session, rule, path)
    (fix,) = [each.fix for each in session.findings() if each.paths[0] == path and each.fix]
    session.accept(fix)
    assert not found(session, rule, path)
    assert session.value(path) == computed


def test_a_text_longer_than_its_box_is_found_and_one_that_just_fits_is_not() -> None:
    session = good()
    texts = [each for each in kazakhstan().fields.values() if isinstance(each.kind, Text)]
    assert len(texts) > 50
    for field in texts:
        path = place_of(session, field)
        for length, wrong in ((field.kind.limit, False), (field.kind.limit + 1, True)):
            session.type_in(path, "X" * length)
            told = [each for each in session.findings_at(path) if each.code == "H040"]
            assert bool(told) is wrong, field.id


def test_a_text_that_a_box_cannot_read_is_kept_and_found() -> None:
    session, asked = good(), 0
    for field in kazakhstan().fields.values():
        try:
            field.kind.parse("не то")
        except KindError:
            path = place_of(session, field)
            session.type_in(path, "не то")
            assert any(each.code.startswith("KIND-") for each in session.findings_at(path)), field.id
            assert session.look(path).text == "не то"
            asked += 1
    assert asked > 40
