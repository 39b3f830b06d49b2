# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who decides about which permit, country by country: its codes are known, and what nobody decides too."""

from datetime import date

import pytest

from swclient.catalogue.agencies import agencies, decider
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.workflow.offices.adapters import TRAINING_AGENCIES

DAY = date(2026, 11, 20)
# Permits of the lists that no agency here decides about: they are applied for elsewhere, no place is shown.
ELSEWHERE = {
    "KZ": {"710210", "710221", "710231"},
    "KG": {"710210", "710221", "710231"},
}


@pytest.mark.parametrize("code", sorted(profile_codes()))
def test_kinds_directions_and_days_are_those_of_the_country(code):
    profile = load_profile(code)
    kinds, directions = profile.code_list("document_kinds"), profile.code_list("directions")
    found = agencies(profile)
    assert {agency.channel for agency in found} == set(TRAINING_AGENCIES)
    for agency in found:
        assert {"en", "ru"} <= set(agency.names)
        for row in agency.permits:
            assert all(kind in kinds for kind in row.kinds), row
            assert all(each in directions for each in row.directions), row
            assert row.decides_in > 0
            assert row.holds > 0
            assert row.source
            assert not row.confirmed  # nobody confirmed a figure; who does changes this line


@pytest.mark.parametrize("code", sorted(profile_codes()))
def test_every_permit_of_the_list_has_somebody_who_decides_or_is_known_to_have_none(code):
    profile = load_profile(code)
    without = set()
    for entry in profile.code_list("permits").entries.values():
        wanted = tuple(entry.more["documents"].split("/"))
        for direction in entry.more["directions"].split("/"):
            if decider(profile, wanted, (entry.code.ljust(10, "0"),), (direction, DAY)) is None:
                without.add(entry.code)
    assert without == ELSEWHERE.get(code, set())


def test_each_of_three_agencies_has_something_to_decide_in_every_country():
    for code in profile_codes():
        profile, found = load_profile(code), set()
        for entry in profile.code_list("permits").entries.values():
            for direction in entry.more["directions"].split("/"):
                goods = (entry.code.ljust(10, "0"),)
                one = decider(profile, tuple(entry.more["documents"].split("/")), goods, (direction, DAY))
                found |= {one.agency.channel} if one else set()
        assert found == set(TRAINING_AGENCIES), code


def test_a_kind_out_of_its_days_or_of_other_goods_has_nobody():
    profile = load_profile("KZ")
    meat = ("0202309004",)
    assert decider(profile, ("01202",), meat, ("ИМ", DAY)).kind == "01202"
    assert decider(profile, ("01202",), meat, ("ИМ", date(2010, 12, 31))) is None
    assert decider(profile, ("01202",), meat, ("ЭК", DAY)) is None
    china = load_profile("CN")
    assert decider(china, ("A",), ("0202300000",), ("I", DAY)).agency.channel == "veterinary"
    assert decider(china, ("A",), ("0808100000",), ("I", DAY)).agency.channel == "quarantine"
    assert decider(china, ("A",), ("0202300000", "0808100000"), ("I", DAY)) is None
