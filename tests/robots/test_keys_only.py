# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A robot with a keyboard and no mouse makes an import from nothing to its release, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.robots.paper import paper
from tests.robots.publish import ITEMS, beyond, published
from tests.robots.remember import planned
from tests.robots.screen import missing
from tests.robots.typist import PROGRAMS, make_import

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing(*PROGRAMS)), reason=f"the robot wants {missing(*PROGRAMS)}"),
]


def test_five_items_are_typed_barred_mended_paid_and_released_without_a_mouse(tmp_path: Path) -> None:
    work = make_import(tmp_path, paper(ITEMS), planned(ITEMS))
    assert work.barred == (["item.net_mass", "payment.amount"], "draft")
    assert work.state in {"released", "archived"}
    assert work.wrong == []
    assert beyond(work) <= published() * 1.1, "it takes more keys than published: python -m tests.robots.publish"
