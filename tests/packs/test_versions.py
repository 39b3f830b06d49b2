# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration is judged by the version in force on its date, and what was signed by what it was made with."""

from datetime import date
from decimal import Decimal

import pytest

from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import Reference
from swclient.catalogue.versions import Stack, Version, of_name, on_day, order
from swclient.packs.shelf import staged
from tests.packs.conftest import tariff

CODE = "8481808199"


def made(version, begins, *, whole=False):
    return Version("KZ", version, date.fromisoformat(begins), None, whole, version)


T1, T2 = made("2026.12", "2026-12-01"), made("2027.2", "2027-02-01")
W1, W2 = made("2027.1", "2027-01-01", whole=True), made("2027.3", "2027-03-01", whole=True)
ALL = (T1, W1, T2, W2)
SHIPPED = ("2026.11", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "stack"),
    [
        ("2026-11-30", Stack()),
        ("2026-12-01", Stack(None, (T1,))),
        ("2027-01-01", Stack(W1)),
        ("2027-02-01", Stack(W1, (T2,))),
        ("2027-03-01", Stack(W2)),
        ("2030-01-01", Stack(W2)),
    ],
)
def test_the_latest_whole_version_judges_with_later_partial_ones_over_it(day, stack):
    found = on_day(ALL, date.fromisoformat(day), SHIPPED)
    assert found == stack
    assert of_name(ALL, found.name("2026.11")) == stack


def test_a_newer_program_hides_older_whole_packs_but_not_a_tariff():
    newer = ("2027.5", date(2027, 5, 1))
    assert on_day(ALL, date(2027, 6, 1), newer) == Stack(None, ())
    tariff_after = made("2027.4", "2027-04-01")
    assert on_day((*ALL, tariff_after), date(2027, 6, 1), newer) == Stack(None, (tariff_after,))
    assert on_day((T1,), date(2027, 6, 1), newer) == Stack(None, (T1,))
    assert on_day(ALL, date(2027, 4, 1), newer) == Stack(W2)


def test_what_is_no_longer_there_is_done_without():
    assert of_name((T1,), "2027.3+2027.4") == Stack(None, (T1,))
    assert of_name((), "2026.11") == Stack()
    assert of_name(ALL, "") == Stack()


def test_versions_are_ordered_by_their_figures():
    assert sorted(["2026.9", "2026.11.1", "2026.11", "10"], key=order) == ["10", "2026.9", "2026.11", "2026.11.1"]


def duty(profile, day):
    line = Reference(profile).tariff_line(CODE, day)
    return None if line is None else line.duty.first.value


def test_each_day_has_its_own_tariff_side_by_side(pack):
    for version, begins, rate in (("2026.12", date(2026, 12, 1), "6"), ("2027.1", date(2027, 1, 1), "7")):
        with staged(pack(tariff(rate), version=version, begins=begins)) as ready:
            ready.install()
    days = {date(2026, 11, 20): Decimal(5), date(2026, 12, 31): Decimal(6), date(2027, 1, 1): Decimal(7)}
    for day, rate in days.items():
        assert duty(load_profile("KZ", day=day), day) == rate
    assert duty(load_profile("KZ"), date(2027, 1, 1)) == Decimal(5)
    old = load_profile("KZ", version="2026.11+2026.12")
    assert old.version == "2026.11+2026.12"
    assert duty(old, date(2027, 6, 1)) == Decimal(6)


def test_a_pack_of_the_parent_judges_its_members_and_says_so_in_their_version(pack):
    with staged(pack(tariff("9"), country="EAEU")) as ready:
        ready.install()
    profile = load_profile("KG", day=date(2026, 11, 20))
    assert duty(profile, date(2026, 11, 20)) == Decimal(9)
    assert profile.version == "2026.11;EAEU:2026.11+2026.12"
    assert load_profile("KG", version=profile.version) is profile
    assert load_profile("AZ", day=date(2026, 11, 20)) is load_profile("AZ")


def test_without_packs_every_day_is_judged_by_what_came_with_the_program():
    assert load_profile("KZ", day=date(2026, 11, 20)) is load_profile("KZ")
    assert load_profile("KZ", version="2026.11+2026.12") is load_profile("KZ")
