# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The customs office: declarations and payment orders in, notifications out."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from swclient.transport.office import Office

if TYPE_CHECKING:
    from swclient.transport.http import Caller

DECLARATION_TYPE = "application/xml; charset=utf-8"
PAYMENT_TYPE = "application/json"


class CustomsClient(Office):
    """Speaks to the customs office of an endpoint."""

    def __init__(self, caller: Caller, prefix: str = "/customs") -> None:
        super().__init__(caller, prefix)

    def submit_declaration(self, content: bytes, key: str, signature: bytes) -> str:
        """Hand in the bytes of a declaration with its detached signature; return the conversation."""
        return self.post("/declarations", content, key, signed(DECLARATION_TYPE, signature))

    def submit_request(self, path: str, content: bytes, key: str, signature: bytes) -> str:
        """Hand in a signed request in JSON (a reply with documents, a withdrawal); return its conversation."""
        return self.post(path, content, key, signed(PAYMENT_TYPE, signature))

    def submit_amendment(self, content: bytes, key: str, signature: bytes) -> str:
        """Hand in the container of an amendment with its signature; return the conversation of the declaration."""
        return self.post("/amendments", content, key, signed(DECLARATION_TYPE, signature))

    def submit_payment(self, content: bytes, key: str) -> str:
        """Hand in a payment order; return the conversation it was made in."""
        return self.post("/payments", content, key, {"Content-Type": PAYMENT_TYPE})


def signed(content_type: str, signature: bytes) -> dict[str, str]:
    """Return the headers of signed content."""
    return {
        "Content-Type": content_type,
        "X-Signature": base64.b64encode(signature).decode("ascii"),
    }
