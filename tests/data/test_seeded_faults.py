# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mistakes as declarants make them, planted one at a time in good declarations: they are found, at the right box."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from swclient.catalogue.loader import read_toml
from tests.data.cases import Case, edited, good, path_at

_FILES = {file.stem: file for file in sorted(Path(__file__).with_name("faults").glob("*.toml"))}
_FEWEST = 200
_SHARE = 0.95


@cache
def faults(code: str) -> tuple[dict[str, Any], ...]:
    """The mistakes planted in declarations of a country."""
    return tuple(read_toml(_FILES[code])["fault"])


def is_found(code: str, fault: dict[str, Any]) -> bool:
    """Whether a finding stands at the box; another one elsewhere does not count."""
    changes = {key: fault[key] for key in ("set", "add", "sample") if key in fault}
    remove = tuple(fault.get("remove", ()))
    session = edited(Case("", fault["name"], trips=True, remove=remove, profile=code, **changes))
    return path_at(session, fault["at"]) in {path for each in session.findings() for path in each.paths}


def _planted(known: bool) -> list[Any]:
    return [
        pytest.param(code, fault, id=f"{code}-{fault['name'].replace(' ', '_')}")
        for code in _FILES
        for fault in faults(code)
        if ("known" in fault) is known
    ]


@pytest.mark.parametrize(("code", "fault"), _planted(known=False))
def test_a_planted_mistake_is_found_at_its_box(code: str, fault: dict[str, Any]) -> None:
    assert is_found(code, fault)


@pytest.mark.parametrize(("code", "fault"), _planted(known=True))
def test_a_mistake_that_is_known_not_to_be_found_is_not_found(code: str, fault: dict[str, Any]) -> None:
    # Should a rule come to find it, it leaves the list of the known.
    assert not is_found(code, fault)
    assert fault["known"]


@pytest.mark.parametrize("code", _FILES)
def test_of_a_hundred_mistakes_ninety_five_are_found(code: str) -> None:
    found = [fault for fault in faults(code) if "known" not in fault]
    assert len(faults(code)) >= _FEWEST
    assert len(found) / len(faults(code)) >= _SHARE


@pytest.mark.parametrize("code", _FILES)
def test_what_mistakes_are_planted_in_is_good(code: str) -> None:
    # A finding that stands there already would be taken for the mistake found.
    for name in {fault.get("sample", "") for fault in faults(code)}:
        assert [each.message.text() for each in good(code, name).findings()] == []


@pytest.mark.parametrize("code", _FILES)
def test_no_mistake_is_counted_twice(code: str) -> None:
    assert len({fault["name"] for fault in faults(code)}) == len(faults(code))
