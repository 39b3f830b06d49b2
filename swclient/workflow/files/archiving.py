# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The archive of one declaration: a folder that proves itself without the program's store.

What was sent is copied as it was sent, what was answered as it came; nothing is made anew. The manifest names every
file with its SHA-256 and is itself signed, so that one changed byte anywhere is found and named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

MANIFEST = "manifest.json"
SEAL = "manifest.p7s"
FORMAT = "swclient-archive"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of an archive."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many files are as they were, and what is not."""

    files: int
    problems: tuple[Message, ...]
    facts: dict[str, Any]

    @property
    def good(self) -> bool:
        """Whether everything is as it was."""
        return not self.problems


def write_archive(folder: Path, pieces: Iterable[Piece], facts: dict[str, Any], seal: Callable[[bytes], bytes]) -> Path:
    """Write an archive folder; nothing is overwritten.

    Args:
        folder: is made; must not exist.
        pieces: the files.
        facts: what the manifest says of the declaration (number, profile, times, training).
        seal: signs the manifest.

    Raises:
        UserError: the folder exists already.
    """
    if folder.exists():
        raise UserError(
            "The folder {folder} exists already; an archive is never written over.",
            folder=str(folder),
        )
    half = folder.with_name(folder.name + ".part")
    half.mkdir(parents=True)
    listed = []
    for piece in pieces:
        target = half / piece.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(piece.content)
        listed.append({"name": piece.name, "sha256": _hash(piece.content), "bytes": len(piece.content)})
    manifest = {"format": FORMAT, "version": 1, **facts, "files": listed}
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    (half / MANIFEST).write_bytes(content)
    (half / SEAL).write_bytes(seal(content))
    half.rename(folder)
    return folder


Check = Callable[[bytes, bytes, datetime | None], str | None]
"""Tells what is wrong with a signature over some bytes that was made at a time (None = now); None when it is good."""


def verify_archive(folder: Path, check_seal: Check) -> Verdict:
    """Compare an archive with its manifest, and the manifest with its seal.

    Args:
        folder: the archive.
        check_seal: checks a signature; a certificate must have been good when it signed, not today.

    Raises:
        UserError: this is not an archive of ours.
    """
    manifest_file, seal_file = folder / MANIFEST, folder / SEAL
    if not manifest_file.is_file():
        raise UserError("There is no manifest in {folder}; this is not an archive.", folder=str(folder))
    content = manifest_file.read_bytes()
    try:
        manifest = json.loads(content)
        listed = {str(row["name"]): str(row["sha256"]) for row in manifest["files"]}
    except (ValueError, KeyError, TypeError):
        raise UserError("The manifest in {folder} cannot be read.", folder=str(folder)) from None
    problems: list[Message] = []
    made = _when(manifest, "archived_at")
    wrong = check_seal(content, seal_file.read_bytes(), made) if seal_file.is_file() else _("it is missing")
    if wrong:
        problems.append(Message(N_("The seal of the manifest does not hold: {reason}"), {"reason": wrong}))
    problems += _differences(folder, listed)
    if (
        not wrong
        and "message.p7s" in listed
        and (folder / "message.p7s").is_file()
        and (folder / "message.xml").is_file()
    ):
        signature = (folder / "message.p7s").read_bytes()
        reason = check_seal((folder / "message.xml").read_bytes(), signature, _when(manifest, "signed_at") or made)
        if reason:
            problems.append(Message(N_("The signature of the message does not hold: {reason}"), {"reason": reason}))
    facts = {key: value for key, value in manifest.items() if key != "files"}
    return Verdict(len(listed), tuple(problems), facts)


def _when(manifest: dict[str, Any], name: str) -> datetime | None:
    """Return a time of the manifest; None where it says none that can be read."""
    try:
        found = datetime.fromisoformat(manifest[name])
    except (KeyError, TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def _differences(folder: Path, listed: dict[str, str]) -> list[Message]:
    found: list[Message] = []
    root = folder.resolve()
    for name, digest in listed.items():
        file = (folder / name).resolve()
        if not file.is_relative_to(root):
            found.append(Message(N_("{name} points outside the archive."), {"name": name}))
        elif not file.is_file():
            found.append(Message(N_("{name} is missing."), {"name": name}))
        elif _hash(file.read_bytes()) != digest:
            found.append(Message(N_("{name} is not as it was archived."), {"name": name}))
    known = {*listed, MANIFEST, SEAL}
    strange = [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.relative_to(folder).as_posix() not in known
    ]
    return found + [
        Message(N_("{name} was not there when the archive was made."), {"name": name}) for name in sorted(strange)
    ]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
