# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Procedures of Azerbaijan and Mongolia: a good sample declaration for each role, rightly charged, nothing left out."""

from __future__ import annotations

from functools import cache

import pytest

from swclient.catalogue.loader import load_profile
from swclient.engine.session import Session
from tests.data.cases import SAMPLES, good, type_in

COUNTRIES = ("AZ", "MN")
ROLES = (
    "release", "export", "transit", "warehouse", "inward_processing", "outward_processing",
    "temporary_import", "temporary_export", "re_export", "re_import",
)  # fmt: skip
EACH = [(code, role) for code in COUNTRIES for role in ROLES]
# What stands in box B: Azerbaijan has a fee that goes by the value of all goods, that of Mongolia is not known.
TAXES = {"AZ": {"10", "20", "29"}, "MN": {"CUD", "FEE", "VAT"}}
FEE = {"AZ": {"10"}, "MN": set[str]()}


@cache
def procedures(code: str) -> dict[str, str]:
    """The procedure of each role."""
    found = load_profile(code).code_list("procedures")
    assert found is not None
    rows = [(entry.more.get("role", ""), entry.code) for entry in found.entries.values()]
    assert len({role for role, _ in rows if role}) == len([role for role, _ in rows if role])
    return {role: procedure for role, procedure in rows if role}


def name_of(code: str, role: str) -> str:
    """The sample of a role; that of the release is called import."""
    return f"{code.lower()}-{'import' if role == 'release' else role}-{procedures(code)[role]}"


def sample(code: str, role: str) -> Session:
    """The sample of a role, opened and settled."""
    session = good(code, name_of(code, role))
    session.settle()
    return session


@pytest.mark.parametrize("code", COUNTRIES)
def test_there_is_a_procedure_for_each_role(code: str) -> None:
    assert set(procedures(code)) == set(ROLES)


@pytest.mark.parametrize(("code", "role"), EACH)
def test_nothing_is_found_in_a_good_sample(code: str, role: str) -> None:
    session = sample(code, role)
    assert [each.message.text() for each in session.findings()] == []
    header = session.snapshot().one("header")
    assert header.get("procedure") == procedures(code)[role]
    assert str(header.get("reference")).startswith("TRAINING")


@pytest.mark.parametrize(("code", "role"), EACH)
def test_charges_come_with_the_procedures_that_bear_them(code: str, role: str) -> None:
    kinds = {each.kind for each in sample(code, role).snapshot().one("header").get("charges")}
    wanted = {"release": TAXES[code], "transit": set[str]()}.get(role, FEE[code])
    assert kinds == wanted


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_sample_of_the_country_has_a_role(code: str) -> None:
    files = {file.stem for file in SAMPLES.glob(f"{code.lower()}-*.json")}
    assert files == {name_of(code, role) for role in ROLES}


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("export", "header.deal_nature"),
        ("export", "consignee.name"),
        ("transit", "header.destination_office"),
        ("transit", "carrier.name"),
        ("transit", "transit_office[1].office"),
        ("transit", "document[kind=952].tir_holder"),
        ("warehouse", "header.location_register"),
        ("temporary_import", "document[kind=Z06].valid_until"),
        ("re_import", "item[1].previous[1].number"),
    ],
)
def test_what_a_procedure_must_have_is_missed(code: str, role: str, place: str) -> None:
    session = sample(code, role)
    type_in(session, place, "")
    session.settle()
    assert place.rpartition(".")[2] in {path.field for each in session.findings() for path in each.paths}
