# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals at the door, worded as public services do: XML where XML was sent, JSON elsewhere."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from fastapi import Response


class RefusalError(Exception):
    """A request that is not taken; nothing has been registered.

    Attributes:
        status: HTTP status.
        code: for machines, such as `BAD_REQUEST`.
        message: for people.
        errors: pairs of code and message with the details.
        headers: headers of the answer beyond the usual.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        errors: list[tuple[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = f"TRAINING: {message}"
        self.errors = errors or []
        self.headers = headers or {}

    def answer(self, *, as_xml: bool) -> Response:
        """Return the answer that says so."""
        body, kind = (self._xml(), "application/xml") if as_xml else (self._json(), "application/json")
        return Response(body, self.status, self.headers, kind)

    def _xml(self) -> bytes:
        details = "".join(
            f"<error><code>{escape(code)}</code><message>{escape(message)}</message></error>"
            for code, message in self.errors
        )
        inside = f"<code>{self.code}</code><message>{escape(self.message)}</message>"
        inside += f"<errors>{details}</errors>" if details else ""
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        return f"{head}\n<errorResponse>{inside}</errorResponse>\n".encode()

    def _json(self) -> bytes:
        details = [{"code": code, "message": message} for code, message in self.errors]
        said = {"code": self.code, "message": self.message, "errors": details}
        return json.dumps(said, ensure_ascii=False).encode()


def bad_request(message: str, code: str = "BAD_REQUEST", errors: list[tuple[str, str]] | None = None) -> RefusalError:
    """Return a 400."""
    return RefusalError(400, code, message, errors)
