# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door of both offices: who speaks, in which form, how much, under which key."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from fastapi import Request

from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site

MAX_BYTES = 8 * 1024 * 1024
DIGEST_IN_SCOPE = "swclient.training.sha256"
_TOO_LARGE = f"the body has more than {MAX_BYTES} bytes"
_KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}", re.ASCII)
_ANY = frozenset({"*/*", "application/*"})
_TAKEN = {
    "xml": frozenset({"application/xml", "application/vnd.swclient.1.0+xml"}),
    "json": frozenset({"application/json", "application/vnd.swclient.1.0+json"}),
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A POST that has passed the door: its key, signature header, exact bytes and their digest."""

    key: str
    signature: str
    body: bytes
    sha256: str


def check_caller(request: Request, site: Site, form: str) -> None:
    """Check token and Accept.

    Args:
        request: what came.
        site: knows the tokens.
        form: `xml` or `json`, the form of errors; answers of either form are always acceptable.

    Raises:
        RefusalError: 401 or 406.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not site.tokens.holds(token.strip()):
        raise RefusalError(401, "UNAUTHORIZED", "no token, or it is over", headers={"WWW-Authenticate": "Bearer"})
    ranges = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
    if not any(one in _ANY or one in _TAKEN["xml"] | _TAKEN[form] for one in ranges):
        raise RefusalError(406, "ACCEPT_HEADER_INVALID", "Accept names no form that we speak")


async def receive(request: Request, site: Site, form: str, *, signed: bool) -> Posted:
    """Let a POST through the door, reading its body.

    Raises:
        RefusalError: 400, 401, 406 or 415.
    """
    check_caller(request, site, form)
    _check_content_type(request, form)
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise bad_request("Idempotency-Key must have 8 to 64 of A-Z a-z 0-9 . _ : -", "IDEMPOTENCY_KEY_MISSING")
    signature = request.headers.get("x-signature", "").strip() if signed else ""
    if signed and not signature:
        raise bad_request("X-Signature is missing", "SIGNATURE_MISSING")
    body = await _body(request)
    digest = hashlib.sha256(body).hexdigest()
    request.scope[DIGEST_IN_SCOPE] = digest
    return Posted(key, signature, body, digest)


def _check_content_type(request: Request, form: str) -> None:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")), "")
    usual = {"utf-8"} if form == "xml" else {"utf-8", ""}
    if kind != f"application/{form}" or charset not in usual:
        wanted = "application/xml; charset=utf-8" if form == "xml" else "application/json"
        raise RefusalError(415, "UNSUPPORTED_MEDIA_TYPE", f"Content-Type must be {wanted}")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise RefusalError(415, "UNSUPPORTED_MEDIA_TYPE", "a Content-Encoding is not taken")


async def _body(request: Request) -> bytes:
    """Read the body, stopping as soon as it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BYTES:
            raise bad_request(_TOO_LARGE, "PAYLOAD_TOO_LARGE")
        parts.append(part)
    return b"".join(parts)
