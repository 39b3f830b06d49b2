# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door of both offices: who speaks, in which form, how much, under which key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site

MAX_BYTES = 8 * 1024 * 1024
DIGEST_IN_SCOPE = "swclient.training.sha256"
_MAX_SMALL = 16 * 1024
CLIENT_IN_SCOPE = "swclient.training.client"
_KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}", re.ASCII)
_ANY = frozenset({"*/*", "application/*"})
_TAKEN = {
    "xml": frozenset({"application/xml", "application/vnd.swclient.1.0+xml"}),
    "json": frozenset({"application/json", "application/vnd.swclient.1.0+json"}),
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A POST that has passed the door.

    Attributes:
        key: its idempotency key.
        signature: the `X-Signature` header.
        body: the exact bytes.
        sha256: their digest.
        client: who sent it.
        scope: of the request, where notes for the ledger are left.
    """

    key: str
    signature: str
    body: bytes
    sha256: str
    client: str = ""
    scope: MutableMapping[str, Any] = field(default_factory=dict)


def check_caller(request: Request, site: Site, form: str) -> str:
    """Check token and Accept; return which client speaks.

    Args:
        request: what came.
        site: knows the tokens.
        form: `xml` or `json`, the form of errors; answers of either form are always acceptable.

    Raises:
        RefusalError: 401 or 406.
    """
    client = site.tokens.client(bearer_of(request))
    if not client:
        raise RefusalError(401, "UNAUTHORIZED", "no token, or it is over", headers={"WWW-Authenticate": "Bearer"})
    ranges = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
    if not any(one in _ANY or one in _TAKEN["xml"] | _TAKEN[form] for one in ranges):
        raise RefusalError(406, "ACCEPT_HEADER_INVALID", "Accept names no form that we speak")
    request.scope[CLIENT_IN_SCOPE] = client
    return client


def bearer_of(request: Request) -> str:
    """Return the bearer token of a request, empty where it has none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def receive(request: Request, site: Site, form: str, *, signed: bool) -> Posted:
    """Let a POST through the door, reading its body.

    Raises:
        RefusalError: 400, 401, 406 or 415.
    """
    client = check_caller(request, site, form)
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
    return Posted(key, signature, body, digest, client, request.scope)


def _check_content_type(request: Request, form: str) -> None:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((one.partition("=")[2].strip('"') for one in parameters if one.startswith("charset=")), "")
    usual = {"utf-8"} if form == "xml" else {"utf-8", ""}
    if kind != f"application/{form}" or charset not in usual:
        wanted = "application/xml; charset=utf-8" if form == "xml" else "application/json"
        raise RefusalError(415, "UNSUPPORTED_MEDIA_TYPE", f"Content-Type must be {wanted}")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise RefusalError(415, "UNSUPPORTED_MEDIA_TYPE", "a Content-Encoding is not taken")


async def receive_small(request: Request, site: Site) -> tuple[str, bytes]:
    """Let a small JSON body through the door that needs no key; return who sent it, and its bytes.

    Raises:
        RefusalError: 400, 401, 406 or 415.
    """
    client = check_caller(request, site, "json")
    _check_content_type(request, "json")
    return client, await read_small(request)


async def read_small(request: Request) -> bytes:
    """Read a body that has no reason to be large.

    Raises:
        RefusalError: 400, it is.
    """
    return await _body(request, _MAX_SMALL)


async def _body(request: Request, cap: int = MAX_BYTES) -> bytes:
    """Read the body, stopping as soon as it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > cap:
            words = f"the body has more than {cap} bytes"
            raise bad_request(words, "PAYLOAD_TOO_LARGE")
        parts.append(part)
    return b"".join(parts)
