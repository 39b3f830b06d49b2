# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training office takes a good declaration of every procedure, and still misses what a sale must say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile
from swclient.exchange.envelope import wrap
from swclient.exchange.message import write_declaration
from swclient.training.control import control
from swclient.training.declaration import open_container
from tests.data.cases import good, type_in

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DOCUMENT_ID = "0B2E9A54-8D7C-4F9E-9A7B-5D1C2E3F4A5B"
FOLDER = paths.shipped("resources") / "samples"
SAMPLES = sorted(file.stem for file in FOLDER.glob("k[zg]-*.json") if "." not in file.stem)


def noted(name: str, **given: str) -> list[tuple[str, str]]:
    """Code and box of every note about a sample with some fields of its header typed in."""
    session = good(name[:2].upper(), name)
    for field, text in given.items():
        type_in(session, f"header.{field}", text)
    session.settle()
    profile = load_profile(name[:2].upper())
    made = write_declaration(session.snapshot(), profile, DOCUMENT_ID, AT)
    return [(note.code, note.box) for note in control(open_container(wrap(made, profile, "C-1", AT)))]


def test_there_are_samples_of_both_members() -> None:
    assert len(SAMPLES) == 20


@pytest.mark.parametrize("name", SAMPLES)
def test_a_good_declaration_of_any_procedure_is_taken(name: str) -> None:
    assert noted(name) == []


def test_a_sale_without_delivery_terms_is_not_taken() -> None:
    assert ("TRN-101", "20") in noted("kz-export-10", incoterm="", delivery_place="")


def test_an_export_without_a_place_of_the_goods_is_not_taken() -> None:
    blank = {"location_type": "", "location_office": "", "location_address": ""}
    assert ("TRN-101", "30") in noted("kz-export-10", **blank)
