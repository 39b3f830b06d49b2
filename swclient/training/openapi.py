# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m swclient.training.openapi`: write the contract to docs/training-openapi.json, as the offices serve it."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "training-openapi.json"


def openapi_text() -> str:
    """Return the OpenAPI document, the same at every time."""
    from swclient.training.agency_routes import agencies_of
    from swclient.training.app import make_offices
    from swclient.training.clockwork import Clockwork
    from swclient.training.customs import CustomsOffice
    from swclient.training.faults import FaultPlan
    from swclient.training.ledger import Ledger
    from swclient.training.options import TrainingOptions
    from swclient.training.site import Site, Tokens
    from swclient.training.tax import TaxOffice

    options = TrainingOptions()
    with tempfile.TemporaryDirectory(prefix="swclient-openapi-") as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        customs, tax = (Clockwork(one, ledger, 1.0) for one in (CustomsOffice(ledger, options), TaxOffice(ledger)))
        site = Site(ledger, Tokens(options), FaultPlan(), customs, tax, more=agencies_of(ledger, options))
        found = make_offices(site).openapi()
        ledger.close()
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.exit(not DOCUMENT.write_text(openapi_text(), encoding="utf-8"))
