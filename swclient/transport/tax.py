# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tax office: statements on imported goods in, receipts or refusals out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.transport.customs import signed
from swclient.transport.office import Office

if TYPE_CHECKING:
    from swclient.transport.http import Caller

STATEMENT_TYPE = "application/json"


class TaxClient(Office):
    """Speaks to the tax office of an endpoint."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller, "/tax")

    def submit_statement(self, content: bytes, key: str, signature: bytes) -> str:
        """Hand in the bytes of an import statement with its detached signature; return the conversation."""
        return self.post("/import-statements", content, key, signed(STATEMENT_TYPE, signature))
