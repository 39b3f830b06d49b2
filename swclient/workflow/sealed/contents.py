# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is inside a sealed package: a signed list, and the bytes that it lists. Everything stays in memory.

    length of the list (4, big endian) | list (JSON) | length of its signature (4) | signature (CMS) | bytes, one after
    the other in the order of the list

The list names size and SHA-256 of every run of bytes, so its signature stands for them all. Nothing here is a path.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from swclient.signing.signer import Signer

FORMAT, VERSION = "swclient-package", 1
QUEUE, ANSWERS = "queue", "answers"
"""Kinds of packages: what is to be sent; what came of it."""

MOST_ENTRIES = 20_000
_LENGTH = struct.Struct(">I")

FOREIGN = N_("{file} opens, but what is in it is no package that this program knows. Nothing of it was taken.")
NEWER = N_("{file} was made by a newer version of this program. Update this one, then open it.")
UNSIGNED = N_("The signature of the package {file} does not hold: {reason} Nothing of it was taken.")
OTHER_KIND = {
    QUEUE: N_("{file} holds answers, not entries to be sent. Take it in on the machine that made the package."),
    ANSWERS: N_("{file} holds entries to be sent, not answers. Send it from a machine that has a line."),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a package.

    Attributes:
        kind: `queue` or `answers`.
        id: which package it is.
        facts: the rest of the list: `entries`, `made_at`, `sender`, `of`, `answers`.
        runs: the bytes that the list counts from 0.
        signed_by: the name in the certificate of who made it.
    """

    kind: str
    id: str
    facts: Mapping[str, Any]
    runs: tuple[bytes, ...]
    signed_by: str = ""


@dataclass(slots=True)
class Runs:
    """Bytes that are being gathered for a package."""

    held: list[bytes] = field(default_factory=list)

    def put(self, content: bytes | None) -> int | None:
        """Add bytes; return their number in the package, None for none."""
        if content is None:
            return None
        self.held.append(content)
        return len(self.held) - 1


def packed(contents: Contents, signer: Signer) -> bytes:
    """Return contents as bytes, the list signed.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Signer.sign`.
    """
    listed = [{"size": len(run), "sha256": hashlib.sha256(run).hexdigest()} for run in contents.runs]
    head = {"format": FORMAT, "version": VERSION, "kind": contents.kind, "id": contents.id}
    words = json.dumps({**contents.facts, **head, "runs": listed}, ensure_ascii=False, allow_nan=False).encode()
    signature = signer.sign(words)
    return b"".join((_LENGTH.pack(len(words)), words, _LENGTH.pack(len(signature)), signature, *contents.runs))


def unpacked(whole: bytes, kind: str, file: str) -> Contents:
    """Return what bytes hold, after signature and digests were checked.

    Args:
        whole: what was under the pass phrase.
        kind: what it must be, `queue` or `answers`.
        file: what to call it in an error.

    Raises:
        UserError: it is no such package, or signature or digest do not hold; nothing of it may be used.
    """
    from swclient.workflow.signature.signing import why_bad

    words, rest = _cut(whole, file)
    signature, rest = _cut(rest, file)
    reason = why_bad(words, signature)
    if reason is not None:
        raise UserError(UNSIGNED, file=file, reason=reason)
    facts = _listed(words, file)
    if facts["kind"] != kind:
        raise UserError(OTHER_KIND[kind] if facts["kind"] in OTHER_KIND else FOREIGN, file=file)
    return Contents(kind, facts["id"], facts, _runs(facts["runs"], rest, file), _signer(words, signature))


def of(facts: Mapping[str, Any], name: str, kind: type, file: str) -> Any:
    """Return a value of the list.

    Raises:
        UserError: it is missing or of another type.
    """
    found = facts.get(name)
    if type(found) is not kind:
        raise UserError(FOREIGN, file=file)
    return found


def rows(facts: Mapping[str, Any], name: str, file: str) -> list[dict[str, Any]]:
    """Return rows of the list.

    Raises:
        UserError: there are none, too many, or they are none.
    """
    found = of(facts, name, list, file)
    if len(found) > MOST_ENTRIES or not all(isinstance(row, dict) for row in found):
        raise UserError(FOREIGN, file=file)
    return list(found)


def run_of(contents: Contents, row: Mapping[str, Any], name: str, file: str) -> bytes:
    """Return the bytes that a row names.

    Raises:
        UserError: it names none.
    """
    number = of(row, name, int, file)
    if not 0 <= number < len(contents.runs):
        raise UserError(FOREIGN, file=file)
    run: bytes = contents.runs[number]
    return run


def _cut(whole: bytes, file: str) -> tuple[bytes, bytes]:
    if len(whole) < _LENGTH.size:
        raise UserError(FOREIGN, file=file)
    end = _LENGTH.size + _LENGTH.unpack(whole[: _LENGTH.size])[0]
    if end > len(whole):
        raise UserError(FOREIGN, file=file)
    return whole[_LENGTH.size : end], whole[end:]


def _listed(words: bytes, file: str) -> dict[str, Any]:
    try:
        facts = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise UserError(FOREIGN, file=file) from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise UserError(FOREIGN, file=file)
    if of(facts, "version", int, file) > VERSION:
        raise UserError(NEWER, file=file)
    for name in ("kind", "id", "made_at"):
        of(facts, name, str, file)
    return facts


def _runs(listed: object, rest: bytes, file: str) -> tuple[bytes, ...]:
    runs, begin = [], 0
    for row in listed if isinstance(listed, list) else [None]:
        if not isinstance(row, dict):
            raise UserError(FOREIGN, file=file)
        end = begin + of(row, "size", int, file)
        run = rest[begin:end]
        if end < begin or len(run) != end - begin or hashlib.sha256(run).hexdigest() != row.get("sha256"):
            raise UserError(FOREIGN, file=file)
        runs.append(run)
        begin = end
    if begin != len(rest):
        raise UserError(FOREIGN, file=file)
    return tuple(runs)


def _signer(words: bytes, signature: bytes) -> str:
    from swclient.signing.cms import verify_detached

    return verify_detached(words, signature).signer
