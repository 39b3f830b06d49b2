# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The office's own words for why it refused: `errorResponse` as XML, or the same parts as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from swclient.transport.http import Reply

_MOST_BYTES = 256 << 10
_MOST_WORDS = 500
_MOST_DETAILS = 200

Refusal = tuple[str, str, tuple[tuple[str, str], ...]]
"""Code, words, and details as (code, words)."""


def read_refusal(reply: Reply) -> Refusal:
    """Return what can be read of a refusal; empty texts where nothing can."""
    body = reply.body[:_MOST_BYTES]
    kind = (reply.header("Content-Type") or "").lower()
    if "json" in kind:
        return _from_json(body)
    if "xml" in kind:
        return _from_xml(body)
    return "", "", ()


def _from_json(body: bytes) -> Refusal:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return "", "", ()
    if not isinstance(found, dict):
        return "", "", ()
    errors = found.get("errors")
    lines = errors if isinstance(errors, list) else []
    details = [(_text(one.get("code")), _text(one.get("message"))) for one in lines if isinstance(one, dict)]
    return _text(found.get("code")), _text(found.get("message")), tuple(details[:_MOST_DETAILS])


def _from_xml(body: bytes) -> Refusal:
    from lxml import etree

    # No document type at all, so no entities; and UTF-8 only, so that this look at the bytes sees it.
    if b"<!DOCTYPE" in body or b"\x00" in body:
        return "", "", ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return "", "", ()
    details = [(_child(one, "code"), _child(one, "message")) for one in root.iterfind("{*}errors/{*}error")]
    return _child(root, "code"), _child(root, "message"), tuple(details[:_MOST_DETAILS])


def _child(element: _Element, name: str) -> str:
    return _text(element.findtext("{*}" + name))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()[:_MOST_WORDS]
