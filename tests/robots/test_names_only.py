# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A robot that cannot see makes an import through AT-SPI, by roles and names alone, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.robots.blind import cannot, make_import
from tests.robots.naming import Errand, errands
from tests.robots.publish import LANGUAGES

_ITEMS = 1  # python -m tests.robots.publish makes five
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(cannot()), reason=cannot())]


@pytest.fixture(scope="module")
def told_to() -> dict[str, list[Errand]]:
    return errands(_ITEMS, *LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_is_made_by_names_alone(language: str, told_to: dict[str, list[Errand]], tmp_path: Path) -> None:
    done = make_import(tmp_path / language, language, told_to[language], _ITEMS)
    assert done.code == 0, done.told
    heard = [each["heard"] for each in done.told if "heard" in each]
    assert any("35/1" in line for line in heard[1]), "what bars the way is not heard"
    assert not any("35/1" in line or "P007" in line for line in heard[-1])
    assert done.state in {"released", "archived"}
    assert done.wrong == []
