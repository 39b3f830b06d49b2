# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bad answers themselves: statuses, portals, broken bytes, lists in disorder, lines that are cut."""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from fastapi import Response
from starlette.types import Receive, Scope

from swclient.training.gate import CLIENT_IN_SCOPE
from swclient.training.refusal import RefusalError
from swclient.training.site import Site

ABSURD_SECONDS = "315360000"  # ten years
GIANT_BYTES = 1 << 30
_BLOCK = b" " * (64 << 10)
_MOST_UNSENT = 1 << 20
_PORTAL = b"<!DOCTYPE html><html><head><title>Wi-Fi</title></head><body>TRAINING: please accept the terms</body></html>"
_GATEWAY = b"<html><head><title>%d</title></head><body>TRAINING gateway</body></html>"
ELSEWHERE = "https://portal.training.invalid/login"


def answer_before(fault: str) -> Response:
    """Return the answer of a fault that is an answer of its own."""
    if fault == "captive_portal":
        return Response(_PORTAL, 200, media_type="text/html")
    if fault == "redirect":
        return Response(b"", 302, {"Location": ELSEWHERE})
    status = int(fault.removeprefix("status").partition("_")[0])
    if status in {502, 504}:
        return Response(_GATEWAY % status, status, media_type="text/html")
    later = {"status503": "1", "status429": "1", "status429_absurd": ABSURD_SECONDS}.get(fault)
    if fault == "status429_date":
        later = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    code = HTTPStatus(status).phrase.upper().replace(" ", "_")
    headers = {"Retry-After": later} if later else {}
    return RefusalError(status, code, "a fault on demand; nothing was registered", headers=headers).answer(as_xml=False)


def raw_answer(fault: str, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> bytes:
    """Return an answer as bytes of the wire, broken as the fault says; `slow` is whole."""
    framing = {b"content-length", b"transfer-encoding", b"content-encoding"}
    lines = [name + b": " + value for name, value in headers if name.lower() not in framing]
    ends = {
        "slow": (b"Content-Length: %d" % len(body), body),
        "wrong_length": (b"Content-Length: %d" % (len(body) + 100), body),
        "bad_chunk": (
            b"Transfer-Encoding: chunked",
            b"%x\r\n%b\r\nXYZ\r\n" % (len(body), body) if body else b"XYZ\r\n",
        ),
        "bad_gzip": (
            b"Content-Encoding: gzip\r\nContent-Length: 14",
            b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff",
        ),
    }
    framed, content = ends[fault]
    head = [b"HTTP/1.1 %d %b" % (status, HTTPStatus(status).phrase.encode()), *lines, b"x-training: true", framed]
    return b"\r\n".join([*head, b"Connection: close", b"", content])


async def cut(site: Site, scope: Scope, receive: Receive) -> None:
    """Cut the line at once, as a broken one is: no status line, no end of TLS; wait until the server has noticed."""
    line = site.line(tuple(scope["client"]))
    if line is not None:
        line.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def trickle(site: Site, scope: Scope, content: bytes, pause: float) -> None:
    """Write bytes past the server's own framing, one by one where there is a pause, and close the line."""
    peer = tuple(scope["client"])
    parts = [content[at : at + 1] for at in range(len(content))] if pause else [content]
    for part in parts:
        line = site.line(peer)
        if line is None or line.is_closing():
            return
        line.write(part)
        await asyncio.sleep(pause)
    line = site.line(peer)
    if line is not None:
        line.close()


async def stream_giant(site: Site, scope: Scope, receive: Receive) -> None:
    """Answer with a body that nobody can want, until the other side hangs up."""
    peer = tuple(scope["client"])
    gone = asyncio.ensure_future(_disconnected(receive))
    line = site.line(peer)
    sent = 0
    if line is not None:
        line.write(b"HTTP/1.1 200 OK\r\nx-training: true\r\nContent-Length: %d\r\n\r\n" % GIANT_BYTES)
    while line is not None and not line.is_closing() and sent < GIANT_BYTES:
        if line.get_write_buffer_size() < _MOST_UNSENT:
            line.write(_BLOCK)
            sent += len(_BLOCK)
        await asyncio.sleep(0)
        line = site.line(peer)
    if line is not None:
        line.close()
    await gone


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def answer_list(fault: str, body: bytes, scope: Scope, site: Site) -> bytes:
    """Return a list of notifications in disorder."""
    rows: list[dict[str, Any]] = json.loads(body)
    back_end = scope["path"].removesuffix("/notifications").lstrip("/")
    if fault == "duplicated":
        rows = [row for row in rows for _ in range(2)]
    elif fault == "reordered":
        site.faults.dice.shuffle(rows)
    elif fault == "replayed":
        rows = _former(scope, back_end, site) + rows
    elif fault == "foreign":
        rows = [*rows, *_of_others(scope, back_end, site)]
    else:
        unknown = str(uuid.UUID(int=site.faults.dice.getrandbits(128), version=4))
        rows = [*rows, _row(back_end, unknown, unknown, 1 + max((row["sequence"] for row in rows), default=0))]
    return json.dumps(rows).encode()


def _former(scope: Scope, back_end: str, site: Site) -> list[dict[str, Any]]:
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    conversation, after = asked.get("conversation", [""])[0], int(asked.get("after", ["0"])[0])
    found = site.ledger.notifications(back_end, conversation, (0, 100), scope.get(CLIENT_IN_SCOPE))
    return [_row(back_end, one.conversation, one.id, one.sequence) for one in found if one.sequence <= after]


def _of_others(scope: Scope, back_end: str, site: Site) -> list[dict[str, Any]]:
    """Return one message of another conversation, whoever's it is."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("conversation", [""])[0]
    found = [one for one in site.ledger.notifications(back_end, "", (0, 100)) if one.conversation != asked]
    if not found:
        return []
    one = site.faults.dice.choice(found)
    return [_row(back_end, one.conversation, one.id, one.sequence)]


def _row(back_end: str, conversation: str, identifier: str, sequence: int) -> dict[str, Any]:
    return {
        "id": identifier,
        "sequence": sequence,
        "conversation": conversation,
        "content_type": "application/xml; charset=utf-8",
        "url": f"/{back_end}/notifications/{identifier}",
    }
