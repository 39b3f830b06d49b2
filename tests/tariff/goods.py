# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of duties are asked about: goods as calculation sees them, and the good samples of countries."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base import paths
from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import Reference
from swclient.document.charge import Charge
from swclient.tariff.charges import charges
from swclient.tariff.goods import READS

DAY = date(2026, 11, 20)
SAMPLES = {"AZ": "az-import-40", "MN": "mn-import-4000", "CN": "cn-import-0110"}
PROCEDURES = {"KZ": "40", "AZ": "40", "MN": "4000", "CN": "0110"}


def due(profile: str, **given: Any) -> dict[str, Charge]:
    """What is due on one item of a customs value, by payment kind; a second item, so that no fee is with it."""
    facts = dict.fromkeys(READS) | {"day": DAY, "number": 2, "procedure": PROCEDURES[profile], "direction": "I"} | given
    return {line.kind: line for line in charges(Reference(load_profile(profile)), *facts.values())}


def amounts(profile: str, **given: Any) -> dict[str, Decimal]:
    """What is due, in amounts."""
    return {kind: line.amount for kind, line in due(profile, **given).items()}


def sample(profile: str) -> dict[str, Any]:
    """The good sample of a country."""
    path = paths.shipped("resources") / "samples" / f"{SAMPLES[profile]}.json"
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return body
