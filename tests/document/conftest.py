# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two goods, their history, and a clock that goes on only when it is told to."""

import pytest

from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body
from swclient.document.history import History
from tests.declarations import two_items


class Clock:
    """Tells the seconds that a test sets."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def kz():
    return load_profile("KZ")


@pytest.fixture
def declaration(kz):
    return from_body(two_items(), kz)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def history(declaration, clock):
    return History(declaration, clock)
