# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both themes can be read, follow the system, and never lean on colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from tests.window.hands import Hands
from ui import theme

LEAST = 4.5


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), theme.PAIRS)
def test_every_pair_of_colours_can_be_read(colours: theme.Colours, front: str, ground: str) -> None:
    assert theme.contrast(getattr(colours, front), getattr(colours, ground)) >= LEAST


def test_contrast_is_that_of_the_standard() -> None:
    assert theme.contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert theme.contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_the_theme_changes_live_and_is_remembered(sample: Hands) -> None:
    def ground() -> QColor:
        return sample.window.grab().toImage().pixelColor(400, 700)

    light = ground()
    sample.program.office.paint("dark")
    sample.rest()
    dark = ground()
    assert light.lightness() > 200
    assert dark.lightness() < 60
    assert sample.program.memory.text("theme") == "dark"
