# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A laboratory for rules and formulas."""

import pytest

from tests.engine.laboratory import Laboratory


@pytest.fixture
def lab(tmp_path):
    return Laboratory(tmp_path)
