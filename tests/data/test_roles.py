# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goods may be declared for has a procedure, and a good sample of it: nothing found, rightly charged.

A sample is named country-role-procedure; that of the release for free circulation is the sample of the import.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile
from swclient.engine.session import Session
from tests.data.cases import good, type_in

PROFILES = ("TJ", "UZ")
ROLES = {
    "release", "export", "transit", "warehouse", "inward_processing", "outward_processing",
    "temporary_import", "temporary_export", "re_export", "re_import",
}  # fmt: skip
OUT = {"export", "outward_processing", "temporary_export", "re_export"}
# What a declaration bears besides duties and taxes: nothing, the fee, or the small fee of transit and processing.
FEE = {"TJ": "10", "UZ": "10"}
OTHER_FEE = {
    ("TJ", "transit"): "",
    ("UZ", "transit"): "11",
    ("UZ", "inward_processing"): "11",
    ("UZ", "outward_processing"): "11",
}
TAXES = {"TJ": {"20", "32"}, "UZ": {"20", "29"}}


@cache
def procedures(code: str) -> dict[str, str]:
    """The procedures of a country by role."""
    held = load_profile(code).code_list("procedures")
    assert held is not None
    return {entry.more["role"]: entry.code for entry in held.entries.values() if entry.more.get("role")}


def name_of(code: str, role: str) -> str:
    """The sample of a role."""
    return f"{code.lower()}-{'import' if role == 'release' else role}-{procedures(code)[role]}"


def opened_sample(code: str, role: str) -> Session:
    """The sample of a role, worked out."""
    session = good(code, name_of(code, role))
    session.settle()
    return session


def charged(session: Session) -> set[str]:
    """The payment kinds of all goods."""
    lines: Any = session.snapshot().one("header").get("charges")
    return {each.kind for each in lines}


EACH = [pytest.param(code, role, id=f"{code}-{role}") for code in PROFILES for role in sorted(ROLES)]


@pytest.mark.parametrize("code", PROFILES)
def test_every_role_has_one_procedure(code: str) -> None:
    held: Any = load_profile(code).code_list("procedures")
    roles = [entry.more["role"] for entry in held.entries.values() if entry.more.get("role")]
    assert sorted(roles) == sorted(ROLES)


@pytest.mark.parametrize(("code", "role"), EACH)
def test_nothing_is_found_in_a_good_sample(code: str, role: str) -> None:
    assert [each.message.text() for each in opened_sample(code, role).findings()] == []


@pytest.mark.parametrize(("code", "role"), EACH)
def test_a_sample_declares_what_its_name_says_and_is_for_training(code: str, role: str) -> None:
    file = paths.shipped("resources") / "samples" / f"{name_of(code, role)}.json"
    body = json.loads(file.read_text(encoding="utf-8"))
    assert body["header"]["reference"].startswith("TRAINING")
    assert body["header"]["procedure"] == procedures(code)[role]
    assert body["header"]["direction"] == ("ТР" if role == "transit" else "ЭК" if role in OUT else "ИМ")
    assert len(body["item"]) <= 12


@pytest.mark.parametrize(("code", "role"), EACH)
def test_duties_and_taxes_come_with_the_release_only(code: str, role: str) -> None:
    fee = {OTHER_FEE.get((code, role), FEE[code])} - {""}
    assert charged(opened_sample(code, role)) == fee | (TAXES[code] if role == "release" else set())


MISSED = {
    "transit": ("header.destination_office", "header.transit_until", "carrier.name", "seal[1].number",
                "transit_office[1].office", "exporter.name", "item[1].gross_mass"),
    "export": ("header.deal_nature", "consignee.name", "header.border_office", "item[1].origin", "header.incoterm"),
    "warehouse": ("header.location_register", "header.dispatch_country", "item[2].supplementary_quantity"),
    "re_import": ("item[1].previous[1].number", "header.destination_country", "item[1].code"),
}  # fmt: skip


@pytest.mark.parametrize("code", PROFILES)
@pytest.mark.parametrize(("role", "place"), [(role, place) for role, places in MISSED.items() for place in places])
def test_what_a_procedure_must_have_is_missed(code: str, role: str, place: str) -> None:
    session = opened_sample(code, role)
    type_in(session, place, "")
    session.settle()
    assert place.rpartition(".")[2] in {path.field for each in session.findings() for path in each.paths}
