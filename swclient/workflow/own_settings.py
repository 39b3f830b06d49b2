# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own settings files over those that came with the program: one value read, put, or given up again.

    own_settings.put(home, "backup.toml", "keep_last", 20)

A value is changed in its line: what else stands in the file, comments too, stays. A file that cannot be read, or
would not be understood afterwards, is left as it is.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.files import write_file
from swclient.base.i18n import N_
from swclient.base.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

BACKUP, BIN, PEOPLE = "backup.toml", "bin.toml", "people.toml"
_UNREADABLE = N_("The settings file cannot be read: {file}: {reason}. Mend the file or move it away.")
_TANGLED = N_("“{key}” cannot be changed here: it is written over several lines of {file}. Change it there.")


def value(home: Path, file: str, key: str) -> Any:
    """Return a value in force: the user's, else the shipped one.

    Raises:
        UserError: the user's file cannot be read, or says something that means nothing.
    """
    _check(file)(home)
    return _parsed(home / file).get(key, shipped_value(file, key))


def shipped_value(file: str, key: str) -> Any:
    """Return the value that came with the program."""
    return _parsed(shipped("resources") / file)[key]


def put(home: Path, file: str, key: str, wished: int | str | None) -> None:
    """Write a value into the user's file; None gives the user's own up.

    Raises:
        UserError: the file cannot be read or written, or the value means nothing; nothing was changed.
    """
    own = home / file
    _check(file)(home)
    before = _parsed(own)
    if wished is None:
        if not before.keys() - {key}:
            own.unlink(missing_ok=True)
            return
        fresh = _without(own, key)
    else:
        fresh = _with_line(own, key, wished)
    wanted = {name: each for name, each in before.items() if name != key} | ({} if wished is None else {key: wished})
    _must_say(file, fresh, wanted, own)
    write_file(own, fresh.encode("utf-8"))


def _must_say(file: str, text: str, wanted: dict[str, Any], own: Path) -> None:
    """Refuse a text that says anything else than it should, or that nobody would understand."""
    try:
        said = tomllib.loads(text)
    except ValueError:
        said = {}
    if said != wanted:
        raise UserError(_TANGLED, key=", ".join(wanted), file=str(own))
    with TemporaryDirectory() as place:
        (Path(place) / file).write_text(text, encoding="utf-8")
        _check(file)(Path(place))


def _without(own: Path, key: str) -> str:
    return "".join(line for line in _lines(own) if not _is_of(line, key))


def _with_line(own: Path, key: str, wished: int | str) -> str:
    told = f"{key} = {json.dumps(wished, ensure_ascii=False)}\n"
    lines = _lines(own)
    if not any(_is_of(line, key) for line in lines):
        text = "".join(lines)
        return text + ("" if not text or text.endswith("\n") else "\n") + told
    return "".join(told if _is_of(line, key) else line for line in lines)


def _is_of(line: str, key: str) -> bool:
    return re.match(rf"\s*{re.escape(key)}\s*=", line) is not None


def _lines(own: Path) -> list[str]:
    return own.read_text(encoding="utf-8").splitlines(keepends=True) if own.exists() else []


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error) from error


def _check(file: str) -> Callable[[Path], object]:
    """Return who reads a file and refuses what means nothing; imported where it is wanted."""
    if file == BIN:
        from swclient.workflow.bin import keep_days

        return keep_days
    if file == PEOPLE:
        from swclient.workflow.house.people import read_four_eyes

        return read_four_eyes
    from swclient.store.backups.policy import read_policy

    return read_policy
