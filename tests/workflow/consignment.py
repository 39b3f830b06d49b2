# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A draft that needs a permit of each of three agencies: meat, apples, toys. And ways to carry it on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from swclient.document.path import Path
from swclient.workflow.permits.fold import OPEN

if TYPE_CHECKING:
    from swclient.workflow.application import Application
    from swclient.workflow.desk.desk import Desk
    from swclient.workflow.permits.needs import Need

CODES = ("0202309004", "0808108009", "9503009909")
AGENCIES = ("veterinary", "quarantine", "technical")
WAIT_SECONDS = 30.0


def needing_permits(application: Application) -> Desk:
    """Return a draft of the sample whose first three items need a permit each."""
    desk = application.open(application.open_sample())
    for row, code in zip(desk.session.rows("item"), CODES, strict=False):
        desk.session.type_in(Path("item", row, "code"), code)
    return desk


def wanted(desk: Desk) -> dict[str, Need]:
    """Return the needs of the three goods by agency."""
    return {need.decider.agency.channel: need for need in desk.permits.needs()}


def settle(desk: Desk) -> None:
    """Ask until every application is decided."""
    deadline = time.monotonic() + WAIT_SECONDS
    while any(permit.standing in OPEN for permit in desk.permits.applied()):
        assert time.monotonic() < deadline, desk.permits.applied()
        desk.application.line.open()
        desk.application.line.pump(desk.id)
        time.sleep(0.02)
