# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every profile loads, and its boxes say what a person needs to find and fill them."""

from collections import Counter
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from swclient.base import paths
from swclient.catalogue.field import Field
from swclient.catalogue.loader import load_profile, profile_codes, read_toml
from swclient.catalogue.profile import Profile
from swclient.catalogue.reference import Reference
from swclient.workflow.life.clocks import limit_of
from swclient.workflow.states import STANDINGS
from tests.declarations import DAY

CODES = profile_codes()
# Boxes that several fields share on purpose: the feature of an item's payments, and of one line.
SHARED = {"47.5"}
# Values that have no box on the form on purpose: calculation and rules need them.
WITHOUT_BOX = {
    "header.date", "header.place_inside", "header.sale", "header.usd_rate", "header.eur_rate",
    "header.gross_total", "header.cmr_gross", "header.cmr_packages", "item.description_foreign",
    "cost.basis", "cost.effect", "item.charges_due",
    "header.arrival_date", "header.transit_route", "header.temporary_months", "header.cmr_containers",
    "header.cmr_seals", "document.quantity", "document.quantity_unit", "document.left", "previous.net_there",
    "seal.container",
    "item.partner_code", "item.partner_mass", "item.partner_value",
    "line.article", "line.description", "line.quantity", "line.unit", "line.amount", "line.currency", "cmr.draw",
}  # fmt: skip
# The Chinese form has 48 numbered fields; what taxes are worked out from, and what they come to, is none of them.
WITHOUT_FIELD = {
    "header.direction", "header.incoterm", "header.invoice_total", "header.exchange_rate",
    "header.customs_value_total", "header.charges", "header.charges_total",
    "item.gross_mass", "item.net_mass", "item.preference_duty", "item.additions", "item.customs_value",
    "item.charges", "item.charges_total", "container.number", "container.kind", "container.full",
    "document.date", "document.valid_until", "document.amount", "document.country", "document.tir_holder",
    # The electronic form asks more: inspection, two-step access, security; some are only compared.
    "border_means.country", "container.seal", "container.tare",
    "guarantee.kind", "guarantee.number", "guarantee.date", "guarantee.amount", "header.surety",
    "header.departure_date", "header.unloading_date", "header.house_bill", "header.original_containers",
    "header.inspection_office", "header.inspection_port", "header.inspection_place",
    "header.related_number", "header.related_reason",
    "header.transfer_check", "header.conditional_pickup", "header.merged_check",
    "item.purpose", "item.goods_attributes", "item.ingredients", "item.batch", "item.brand", "item.model",
    "item.produced_on", "item.valid_until", "item.shelf_days", "item.origin_region", "item.overseas_maker",
    "item.maker_register", "item.danger_name", "item.danger_group", "item.danger_packing", "item.not_dangerous",
    # Of other papers.
    "header.delivery_locode", "header.sheet", "header.dts_goods",
    "person.certificate_owner", "person.certificate_until",
    "document.attached", "document.attached_number", "document.attached_date", "item.un_number", "item.adr_class",
}  # fmt: skip


@pytest.fixture(params=CODES)
def profile(request: pytest.FixtureRequest) -> Profile:
    return load_profile(request.param)


def shown(profile: Profile) -> list[Field]:
    return [field for field in profile.fields.values() if field.shown]


def test_there_is_a_first_country_and_its_parent_is_no_country() -> None:
    assert "KZ" in CODES
    assert "EAEU" not in CODES


def test_a_profile_says_who_it_is(profile: Profile) -> None:
    facts = profile.facts
    assert facts["country"] == profile.code
    assert len(facts["currency"]) == 3
    assert profile.code_list("currencies").get(facts["currency"])
    assert ZoneInfo(facts["time_zone"]).key == facts["time_zone"]
    assert set(facts["languages"]) <= set(facts["name"])
    assert isinstance(facts["in_force"], date)
    assert profile.version


def test_what_a_new_declaration_begins_with_fits_its_fields(profile: Profile) -> None:
    for name, text in profile.facts["new"].items():
        field = profile.fields[name]
        assert field.kind.store(field.kind.parse(text)) == text, name


def test_box_numbers_are_unique_but_for_documented_shares(profile: Profile) -> None:
    boxes = Counter(field.box for field in shown(profile) if field.box)
    assert {box for box, times in boxes.items() if times > 1} <= SHARED


def test_every_shown_field_has_a_box_or_is_known_to_have_none(profile: Profile) -> None:
    bare = {field.id for field in shown(profile) if not field.box}
    known = WITHOUT_BOX | (WITHOUT_FIELD if profile.code == "CN" else set())
    assert {name for name in bare if not name.endswith(".same_as_declarant")} <= known


def test_every_shown_field_has_a_title_in_a_language_of_the_form(profile: Profile) -> None:
    languages = set(profile.facts["languages"])
    assert [field.id for field in shown(profile) if not languages & set(field.titles)] == []


def test_no_label_and_no_title_ends_in_a_full_stop(profile: Profile) -> None:
    words = [(field.id, text) for field in shown(profile) for text in (field.label, *field.titles.values())]
    assert [where for where, text in words if not text or text.endswith(".")] == []


def test_labels_within_a_section_are_told_apart(profile: Profile) -> None:
    for table in profile.tables:
        titles = Counter(f.titles.get("ru", f.label) for f in profile.table_fields(table).values() if f.shown)
        assert [title for title, times in titles.items() if times > 1] == [], table


def test_a_field_that_must_be_filled_has_a_code_for_when_it_is_not(profile: Profile) -> None:
    needed = [field for field in profile.fields.values() if field.need != "never"]
    assert needed
    assert [field.id for field in needed if not (field.need_code or field.box)] == []
    assert [field.id for field in needed if " " in (field.need_code or field.box)] == []


def test_every_need_can_be_understood(profile: Profile) -> None:
    from swclient.engine.expression import Compiler, Needs, parse

    for field in profile.fields.values():
        if field.need in {"never", "always"}:
            continue
        spec = profile.tables[field.table]
        needs = Needs(dict(profile.tables), field.table if spec.many else "", frozenset(profile.fields))
        assert Compiler(needs).truth(parse(field.need), blank=False), field.id
        assert all(profile.code_list(name) for name in needs.lists), field.id


def test_laws_named_in_boxes_are_explained_in_the_profile(profile: Profile) -> None:
    laws = {field.law.partition(",")[0] for field in profile.fields.values() if field.law}
    assert laws <= set(profile.facts["laws"])


def test_rates_have_sources_and_neither_gaps_nor_overlaps(profile: Profile) -> None:
    reference = Reference(profile)
    assert profile.rates
    for name in profile.rates:
        rows = reference.rate_rows(name)
        assert all(row.source and row.value > 0 for row in rows), name
        for band in {row.upto for row in rows}:
            for before, after in pairwise(row for row in rows if row.upto == band):
                assert before.valid_to is not None, name
                assert (after.valid_from - before.valid_to).days == 1, after.id


def test_a_rate_by_bands_covers_every_value_on_every_day(profile: Profile) -> None:
    reference = Reference(profile)
    currencies = profile.code_list("currencies")
    for name in profile.rates:
        for row in reference.rate_rows(name):
            bands = reference.bands(name, row.valid_from)
            assert [band.upto is None for band in bands] == [False] * (len(bands) - 1) + [True], row.id
            assert all(band.base in currencies for band in bands if band.base), row.id


SPANS = {"minute", "hour", "day", "working_hour"}


def test_every_clock_of_a_state_has_a_limit_or_a_reminder_with_a_source(profile: Profile) -> None:
    clocks = {standing.clock for standing in STANDINGS.values() if standing.clock} | {"day_begin", "day_end"}
    limits = {clock: limit_of(profile, clock, DAY) for clock in clocks}
    assert {clock for clock, limit in limits.items() if limit is None or not limit.row.source} == set()
    assert {limit.row.unit for limit in limits.values() if limit is not None} <= SPANS


def test_the_unit_of_a_rate_is_percent_a_currency_or_another_rate(profile: Profile) -> None:
    currencies = profile.code_list("currencies")
    for name in profile.rates:
        for row in Reference(profile).rate_rows(name):
            known = row.unit == "%" or row.unit in currencies or row.unit in profile.rates
            allowed = {"year"} if name == "clock_retention" else SPANS
            assert row.unit in allowed if name.startswith("clock_") else known, row.id


def test_charges_name_payment_kinds_procedures_and_features_that_exist(profile: Profile) -> None:
    charges = profile.facts["charges"]
    kinds = profile.code_list("payment_kinds")
    named = {"fee", "duty", "special", "anti_dumping", "countervailing", "excise", "vat"} & set(charges)
    assert {"duty", "vat"} <= named
    assert {name for name in named if charges[name] not in kinds} == set()
    assert all(code in profile.code_list("procedures") for code in charges["procedures"])
    features = profile.code_list("payment_features")
    assert all(code in features for code in charges["conditional_features"])


def test_a_national_file_never_repeats_what_its_parent_already_says() -> None:
    home = paths.shipped("resources") / "profiles"
    for code in CODES:
        parent = read_toml(home / code / "profile.toml").get("parent")
        if not parent:
            continue
        own, theirs = (read_toml(home / name / "boxes.toml") for name in (code, parent))
        assert [key for key in own if own[key] == theirs.get(key)] == []
