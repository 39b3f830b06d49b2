# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When copies are made, how many are kept and where: `backup.toml`, the user's laid over the one that is shipped."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message

FILE = "backup.toml"
FOLDER = "backups"
_UNREADABLE = N_("The settings of backups cannot be read: {file}: {reason}. Mend the file or move it away.")
_UNKNOWN_KEY = N_("The settings of backups {file} have a key “{key}” that means nothing; known are {known}.")
_BAD_VALUE = N_("The settings of backups {file}: “{key}” must be {wanted}, not “{value}”.")
_WHOLE = N_("a whole number from {least} up")
_TEXT = N_("a folder as text")
_LEAST = {"after_edits": 1, "after_minutes": 1, "keep_last": 1, "keep_days": 0, "reserve_mib": 0}


@dataclass(frozen=True, slots=True)
class Policy:
    """What `backup.toml` says.

    Attributes:
        after_edits: a copy is due when so many edits are in none.
        after_minutes: or when anything is in none and the last copy is so old.
        keep_last: so many of the newest copies are kept.
        keep_days: and the last copy of each of so many days.
        reserve: bytes that must stay free on the disk after a copy.
        second: another folder for every copy; None for none.
    """

    after_edits: int
    after_minutes: int
    keep_last: int
    keep_days: int
    reserve: int
    second: Path | None


def read_policy(home: Path) -> Policy:
    """Return the settings in force for a data folder.

    Raises:
        UserError: the user's file cannot be read, or says something that means nothing.
    """
    values = _read(paths.shipped("resources") / FILE)
    own = home / FILE
    if own.exists():
        values |= _checked(own, _read(own), values)
    second = str(values["second_folder"]).strip()
    return Policy(
        values["after_edits"],
        values["after_minutes"],
        values["keep_last"],
        values["keep_days"],
        values["reserve_mib"] * 1024 * 1024,
        (home / Path(second).expanduser()) if second else None,
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(_UNREADABLE, file=file, reason=error) from error


def _checked(file: Path, own: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    for key, value in own.items():
        if key not in known:
            raise UserError(_UNKNOWN_KEY, file=file, key=key, known=", ".join(known))
        least = _LEAST.get(key)
        if least is None and not isinstance(value, str):
            raise UserError(_BAD_VALUE, file=file, key=key, wanted=Message(_TEXT), value=value)
        if least is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
            raise UserError(_BAD_VALUE, file=file, key=key, wanted=Message(_WHOLE, {"least": least}), value=value)
    return own
