# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manifest: what a pack is, whose it is, and the digest of every file. It is what the publisher signs.

It has one form only (keys in order, no blanks, UTF-8), so that what was signed and what is read cannot be two things.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from swclient.base.i18n import N_
from swclient.catalogue.versions import VERSION, WHOLE
from swclient.packs.content import MAX_FILE, MAX_FILES, MAX_TOTAL, may_hold
from swclient.packs.refusal import NotAPackError, RefusedError

FORMAT = "swclient-pack"
_KEYS = {"country", "demo", "files", "format", "key", "publisher", "valid_from", "version"}
_FILE_KEYS = {"path", "sha256", "size"}
_COUNTRY = re.compile(r"[A-Z]{2,6}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_MAX_NAME = 100
_NO_PACK = N_("This file is not a reference pack.")
_BROKEN = N_("The manifest of the pack is not written as it must be: {reason}.")
_NEWER = N_("The pack is of a form that this program does not know; a newer program is needed.")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a pack: path within it, size in bytes, SHA-256 in hexadecimal digits."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of itself.

    Attributes:
        country: the folder of data it is for.
        version: figures and points; later ones are newer.
        valid_from: first day of the declarations that it judges.
        publisher: who made it, in words.
        key: identifier of the key it is signed with.
        demo: whether that key is for training only.
        files: by path, in order.
    """

    country: str
    version: str
    valid_from: date
    publisher: str
    key: str
    demo: bool
    files: tuple[File, ...]

    @property
    def whole(self) -> bool:
        """Whether the pack stands in place of the country's folder; otherwise it lies over it."""
        return any(file.path == WHOLE for file in self.files)

    def to_bytes(self) -> bytes:
        """Return the one form of it."""
        told = {
            "country": self.country, "demo": self.demo, "format": FORMAT, "key": self.key, "publisher": self.publisher,
            "valid_from": self.valid_from.isoformat(), "version": self.version,
            "files": [{"path": each.path, "sha256": each.sha256, "size": each.size} for each in self.files],
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def files_in(contents: Mapping[str, bytes]) -> tuple[File, ...]:
    """Return the rows of a manifest for files given by path."""
    return tuple(
        File(path, len(contents[path]), hashlib.sha256(contents[path]).hexdigest())
        for path in sorted(contents, key=str.casefold)
    )


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        NotAPackError: it is none.
        RefusedError: it is one, and not as a manifest must be.
    """
    try:
        told = json.loads(content)
    except ValueError as error:  # JSON and UTF-8 both raise it
        raise NotAPackError(_NO_PACK) from error
    except RecursionError as error:
        raise NotAPackError(_NO_PACK) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotAPackError(_NO_PACK)
    if set(told) != _KEYS:
        raise RefusedError(_NEWER)
    try:
        manifest = _manifest(told)
    except (ValueError, TypeError, KeyError) as error:
        raise RefusedError(_BROKEN, reason=str(error)) from error
    if manifest.to_bytes() != content:
        raise RefusedError(_BROKEN, reason="not in its one form")
    return manifest


def _manifest(told: dict[str, Any]) -> Manifest:
    rows = told["files"]
    _want(isinstance(rows, list) and 0 < len(rows) <= MAX_FILES, "files")
    files = tuple(_file(row) for row in rows)
    paths = [file.path.casefold() for file in files]
    _want(paths == sorted(set(paths)), "files stand twice or out of order")
    _want(sum(file.size for file in files) <= MAX_TOTAL, "more bytes than a pack may hold")
    for key, form in (("country", _COUNTRY), ("version", VERSION), ("key", _KEY)):
        _want(isinstance(told[key], str) and bool(form.fullmatch(told[key])), key)
    _want(isinstance(told["publisher"], str) and len(told["publisher"]) <= _MAX_NAME, "publisher")
    _want(isinstance(told["demo"], bool), "demo")
    day = date.fromisoformat(told["valid_from"])
    return Manifest(told["country"], told["version"], day, told["publisher"], told["key"], told["demo"], files)


def _file(row: Any) -> File:
    _want(isinstance(row, dict) and set(row) == _FILE_KEYS, "files")
    path, size, digest = row["path"], row["size"], row["sha256"]
    _want(isinstance(path, str) and may_hold(path), f"path {path!r}")
    _want(type(size) is int and 0 <= size <= MAX_FILE, f"size of {path}")
    _want(isinstance(digest, str) and bool(_DIGEST.fullmatch(digest)), f"digest of {path}")
    return File(path, size, digest)


def _want(holds: bool, what: str) -> None:  # noqa: FBT001 - a condition, not a switch
    if not holds:
        raise ValueError(what)
