# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples of other procedures than import: nothing is found in them, they are sent, printed and rightly charged."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.catalogue.profile import Profile
from swclient.engine.session import Session
from swclient.exchange.message import declaration_skeleton, write_declaration
from swclient.exchange.schema import check_schema
from swclient.printing.form import print_form
from tests.corpus import corpus_path
from tests.data.cases import type_in
from tests.declarations import opened

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DOCUMENT_ID = "0B2E9A54-8D7C-4F9E-9A7B-5D1C2E3F4A5B"
EXPORT, TRANSIT = "kz-export-10", "kz-transit-80"
FOLDER = paths.shipped("resources") / "samples"
# Every good sample but those that hold only what a declarant adds to an invoice.
SAMPLES = tuple(sorted(file.stem for file in FOLDER.glob("??-*-*.json") if "." not in file.stem))
ROLES = {
    "release", "export", "transit", "warehouse", "inward_processing", "outward_processing",
    "temporary_import", "temporary_export", "re_export", "re_import",
}  # fmt: skip
UNION = tuple(name for name in SAMPLES if name[:2] in {"kz", "kg"})


def body_of(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return body


def sample(name: str) -> Session:
    session = opened(body_of(name))
    session.settle()
    return session


def profile(name: str = EXPORT) -> Profile:
    return load_profile(name[:2].upper())


def codes(session: Session) -> set[str]:
    session.settle()
    return {each.code for each in session.findings()}


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_found_in_a_good_sample(name: str) -> None:
    assert [each.message.text() for each in sample(name).findings()] == []


@pytest.mark.parametrize("name", UNION)
def test_a_sample_says_that_it_is_for_training(name: str) -> None:
    assert body_of(name)["header"]["reference"].startswith("TRAINING")


@pytest.mark.parametrize("name", UNION)
def test_its_message_satisfies_the_official_schema(name: str) -> None:
    schemas = corpus_path("eaeu-esad", "schemas-5.23.0")
    made = write_declaration(sample(name).snapshot(), profile(name), DOCUMENT_ID, AT)
    assert check_schema(made, schemas, profile(name)) == ()


@pytest.mark.parametrize("name", UNION)
def test_it_is_printed(name: str) -> None:
    assert print_form(sample(name).snapshot(), profile(name)).pdf.startswith(b"%PDF")


@pytest.mark.parametrize("country", ["KZ", "KG"])
def test_there_is_a_sample_for_every_role_of_a_procedure(country: str) -> None:
    procedures = load_profile(country).code_list("procedures")
    assert procedures is not None
    roles = {(entry.more["role"], entry.code) for entry in procedures.entries.values() if entry.more.get("role")}
    shown = {tuple(name.split("-")[1:]) for name in SAMPLES if name.startswith(country.lower())}
    assert {("import" if role == "release" else role, code) for role, code in roles} == shown
    assert {role for role, _code in roles} == ROLES


@pytest.mark.parametrize("name", UNION)
def test_a_sample_of_the_union_bears_what_its_procedure_says(name: str) -> None:
    charges: Any = sample(name).snapshot().one("header").get("charges")
    full = {"1010", "2010", "5010"}
    due = {"import": full, "temporary_import": full, "transit": set()}.get(name.split("-")[1], {"1010"})
    assert {each.kind for each in charges} == due


def test_an_export_bears_the_fee_and_neither_duty_nor_vat() -> None:
    charges: Any = sample(EXPORT).snapshot().one("header").get("charges")
    assert [(each.kind, each.amount) for each in charges] == [("1010", Decimal("25950.00"))]


def test_a_transit_bears_nothing() -> None:
    assert sample(TRANSIT).snapshot().one("header").get("charges") == ()


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("header.destination_office", "NEED-53"),
        ("header.destination_office_country", "NEED-53.2"),
        ("carrier.name", "NEED-50"),
        ("transit_office[1].office", "NEED-51"),
        ("seal[1].number", "NEED-D.1"),
        ("exporter.name", "H011"),
        ("item[1].gross_mass", "G011"),
    ],
)
def test_what_a_transit_must_have_is_missed(place: str, code: str) -> None:
    session = sample(TRANSIT)
    type_in(session, place, "")
    assert code in codes(session)


@pytest.mark.parametrize("place", ["header.deal_nature", "consignee.name", "header.border_office", "item[1].origin"])
def test_what_an_export_must_have_is_missed(place: str) -> None:
    session = sample(EXPORT)
    type_in(session, place, "")
    assert codes(session)


def test_a_pipeline_must_say_of_which_kind_it_is() -> None:
    session = sample(EXPORT)
    type_in(session, "header.border_mode", "71")
    assert "T018" in codes(session)
    type_in(session, "header.line_kind", "1")
    assert "T018" not in codes(session)


def test_seals_and_office_of_destination_are_in_the_message() -> None:
    made = write_declaration(sample(TRANSIT).snapshot(), profile(), DOCUMENT_ID, AT).decode()
    placed = {place.field for place in declaration_skeleton(profile()).places}
    assert {"seal.number", "header.destination_office", "header.line_kind"} <= placed
    assert "УЧ000101</" in made
    assert "DeliveryCustomsOffice" in made


NOT_ON_THE_FORM = {"CN": {"transit"}}  # crossing China is a declaration of another kind


@pytest.mark.parametrize("code", profile_codes())
def test_every_country_has_a_good_sample_of_everything_goods_are_declared_for(code: str) -> None:
    listed = load_profile(code).code_list("procedures")
    assert listed is not None
    told: set[str] = set()
    for name in (each for each in SAMPLES if each.startswith(f"{code.lower()}-")):
        header = body_of(name)["header"]
        found = listed.entries.get(header.get("procedure", ""))
        told |= set(found.more.get("role", "").split("/")) if found else set()
    assert ROLES - NOT_ON_THE_FORM.get(code, set()) - told == set()
