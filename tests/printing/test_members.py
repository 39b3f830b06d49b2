# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What single members of the union print besides, and what a transit prints in box 50."""

from __future__ import annotations

import pytest

from swclient.catalogue.loader import load_profile
from swclient.printing.form import print_form
from tests.data.cases import good, type_in
from tests.printing.seen import pieces


def printed(profile: str, sample: str, **given: str) -> set[str]:
    """The words of all sheets of a good sample with some boxes typed in; `__` stands for the point of a field's id."""
    session = good(profile, sample)
    for field, text in given.items():
        type_in(session, field.replace("__", "."), text)
    session.settle()
    made = print_form(session.snapshot(), load_profile(profile))
    return {word for piece in pieces(made.pdf) for word in piece.text.split()}


@pytest.mark.parametrize(("profile", "carrier"), [("KZ", "250640007772"), ("KG", "00203202110027")])
def test_box_50_names_the_carrier_of_a_transit_only(profile: str, carrier: str) -> None:
    assert carrier in printed(profile, f"{profile.lower()}-transit-80")
    assert carrier not in printed(profile, f"{profile.lower()}-export-10")


def test_kazakhstan_prints_category_and_region_subsoil_sign_and_label() -> None:
    given = {"declarant__category": "04", "declarant__kato": "79", "header__subsoil": "Н"}
    assert {"04", "79", "Н", "AB1234"} <= printed("KZ", "kz-export-10", **given, header__security_label="AB1234")


def test_kyrgyzstan_prints_the_number_in_the_classifier_of_firms() -> None:
    assert "12345670" in printed("KG", "kg-export-10", declarant__okpo="12345670")
