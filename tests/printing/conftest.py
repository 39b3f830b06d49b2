# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the printing tests share: the profile, the twelve items, and their print."""

from __future__ import annotations

import pytest

from swclient.catalogue.loader import load_profile
from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Snapshot
from swclient.printing.form import Marks, Printed, print_form
from tests.printing import sample

TRAINING = Marks(
    watermark="TRAINING – УЧЕБНАЯ",
    registration="50001/201126/0000117",
    message_hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)


@pytest.fixture(scope="session")
def kz() -> Profile:
    return load_profile("KZ")


@pytest.fixture(scope="session")
def twelve() -> Snapshot:
    return sample.snapshot(12)


@pytest.fixture(scope="session")
def printed(twelve: Snapshot, kz: Profile) -> Printed:
    return print_form(twelve, kz, "dt", lang="ru", marks=TRAINING)
