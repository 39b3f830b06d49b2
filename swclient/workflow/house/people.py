# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works on this computer: local names for the log of changes, and whether a second person must sign off.

A name is said, not proved: whoever sits at the computer can work under any of them. It tells colleagues apart; who
must be kept out is kept out by the system's own users.
"""

from __future__ import annotations

import getpass
import tomllib
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.files import replace_file
from swclient.base.i18n import N_

FILE = "people.toml"
LONGEST = 60
_NO_NAME = N_("Write a name of at most {n} letters.")
_UNREADABLE = N_("{file} cannot be read: {reason}. Mend it or remove it; nothing is submitted meanwhile.")
_UNWRITTEN = N_("{file} cannot be written: {reason}")


class People:
    """The people of one data folder, kept in `people.toml` there; the system's user while nobody was named."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._name: str | None = None

    @property
    def name(self) -> str:
        """Who works now; read once, since it is asked for at every key."""
        if self._name is None:
            try:
                self._name = str(self._held().get("name") or "") or getpass.getuser()
            except UserError:  # told where it matters: at submitting
                self._name = getpass.getuser()
        return self._name

    @property
    def known(self) -> tuple[str, ...]:
        """Names that were worked under, the one in use among them."""
        try:
            found = self._held().get("known", [])
            held = [str(each) for each in found] if isinstance(found, list) else []
        except UserError:
            held = []
        return tuple(dict.fromkeys((*held, self.name)))

    def work_as(self, name: str) -> None:
        """Let another person work from now on.

        Raises:
            UserError: that is no name, or it cannot be kept.
        """
        plain = tidy(name)
        known = self.known
        self._keep(name=plain, known=list(dict.fromkeys((*known, plain))))
        self._name = plain

    @property
    def four_eyes(self) -> bool:
        """Whether a declaration goes out only after another person than its last editor has signed it off.

        Raises:
            UserError: the file cannot be read or says neither “on” nor “off”, so nobody can tell.
        """
        wanted = self._held().get("four_eyes", "off")
        if wanted not in {"on", "off"}:
            raise UserError(_UNREADABLE, file=str(self._file), reason=f"four_eyes = {wanted}")
        return wanted == "on"

    def want_four_eyes(self, *, wanted: bool) -> None:
        """Say whether a second person must sign off.

        Raises:
            UserError: it cannot be kept.
        """
        self._keep(four_eyes="on" if wanted else "off")

    def _held(self) -> dict[str, object]:
        try:
            return tomllib.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise UserError(_UNREADABLE, file=str(self._file), reason=str(error)) from error

    def _keep(self, **values: object) -> None:
        held = {**self._held(), **values}
        lines = "".join(f"{name} = {_toml(value)}\n" for name, value in held.items())
        try:
            replace_file(self._file, lines.encode())
        except OSError as error:
            raise UserError(_UNWRITTEN, file=str(self._file), reason=error.strerror or str(error)) from error


class AtWork:
    """Whoever works for one person at a time.

    Attributes:
        people: who works here.
    """

    people: People

    @property
    def actor(self) -> str:
        """Who works now, for the log."""
        return self.people.name


def read_four_eyes(home: Path) -> bool:
    """Return whether a second person must sign off, read from the file of a data folder; refused as there."""
    return People(home).four_eyes


def tidy(name: str) -> str:
    """Return a name without needless room.

    Raises:
        UserError: nothing is left, it is too long, or it holds what is no letter of any writing.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST or not plain.isprintable():
        raise UserError(_NO_NAME, n=LONGEST)
    return plain


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    plain = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
