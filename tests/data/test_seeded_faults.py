# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mistakes as declarants make them, planted one at a time in the good sample: they are found, at the right box."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from swclient.catalogue.loader import read_toml
from tests.data.cases import Case, edited, path_at


@cache
def faults() -> tuple[dict[str, Any], ...]:
    return tuple(read_toml(Path(__file__).with_name("faults.toml"))["fault"])


def is_found(fault: dict[str, Any]) -> bool:
    """Whether a finding stands at the box; another one elsewhere does not count."""
    changes = {key: fault[key] for key in ("set", "add") if key in fault}
    session = edited(Case("", fault["name"], trips=True, remove=tuple(fault.get("remove", ())), **changes))
    return path_at(session, fault["at"]) in {path for each in session.findings() for path in each.paths}


FOUND = [fault for fault in faults() if "known" not in fault]
NOT_FOUND = [fault for fault in faults() if "known" in fault]


@pytest.mark.parametrize("fault", FOUND, ids=lambda fault: fault["name"].replace(" ", "_"))
def test_a_planted_mistake_is_found_at_its_box(fault: dict[str, Any]) -> None:
    assert is_found(fault)


@pytest.mark.parametrize("fault", NOT_FOUND, ids=lambda fault: fault["name"].replace(" ", "_"))
def test_a_mistake_that_is_known_not_to_be_found_is_not_found(fault: dict[str, Any]) -> None:
    # Should a rule come to find it, it leaves the list of the known.
    assert not is_found(fault)
    assert fault["known"]


def test_of_a_hundred_mistakes_ninety_five_are_found() -> None:
    assert len(faults()) >= 80
    assert len(FOUND) / len(faults()) >= 0.95


def test_no_mistake_is_counted_twice() -> None:
    assert len({fault["name"] for fault in faults()}) == len(faults())
