# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where this user's store is: a file in the data folder, or an office's server named by a setting.

The setting is `store.toml` in the data folder (`office = "postgresql://..."`); the environment's `SWCLIENT_STORE` goes
before it. The password of a server is in the computer's key store, or asked for each time; never in a file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.files import replace_file
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.office.address import Office, told_to_driver
from swclient.store.problems import PasswordError

if TYPE_CHECKING:
    from swclient.signing.secrets import Asking, Secret, Secrets
    from swclient.store import Store

__all__ = ["PasswordError", "Whereabouts", "opened", "own_file"]

FILE = "store.toml"
_UNREADABLE = N_("The setting of the office store cannot be read: {file}: {reason}. Mend the file or move it away.")
_ON_SERVER = N_(
    "The store is on the office's server {name}: its administrator sees to copies and encryption there. “swclient "
    "office leave” goes back to a store in a file."
)
_PROMPT = N_("Password for the office store {name}:")
_HERE = N_("The office store in use is said by SWCLIENT_STORE; change it there.")


def opened(home: Path, ask: Asking | None = None, *, read_only: bool = False) -> Store:
    """Open the store of a data folder, wherever it is.

    Args:
        home: the data folder.
        ask: asks a person for the recovery key or the password, where the key store has none; None = nobody is there.
        read_only: whether it is only looked into.

    Raises:
        LockedError: a person must say something, and nobody was asked or answered.
        UserError: it cannot be opened, for another reason.
    """
    from swclient.store import open_store
    from swclient.workflow.house.vault import Vault

    office = Whereabouts(home, ask).office()
    if office is not None:
        return open_store(office, read_only=read_only)
    file = home / paths.store_file().name
    Vault(file, ask).ready()
    store = open_store(file, read_only=read_only)
    Vault(file).ready()  # what was said for this store is no answer for another key
    return store


def own_file(home: Path) -> Path:
    """Return where the store's file is, for work that only a file knows.

    Raises:
        UserError: the store is on an office's server.
    """
    office = Whereabouts(home).office()
    if office is not None:
        raise UserError(_ON_SERVER, name=office.name)
    return home / paths.store_file().name


class Whereabouts:
    """The setting that says where the store is."""

    def __init__(self, home: Path, ask: Asking | None = None) -> None:
        self._file = home / FILE
        self._home = home
        self._ask = ask
        self._said: Secret | None = None

    @property
    def _secrets(self) -> Secrets:
        from swclient.signing.secrets import Secrets

        return Secrets(self._ask)

    def address(self) -> str:
        """Return the address of the office's store; empty where the store is a file.

        Raises:
            UserError: the setting cannot be read.
        """
        wished = paths.wished_store()
        if wished or not self._file.exists():
            return wished
        try:
            return str(tomllib.loads(self._file.read_text(encoding="utf-8")).get("office", ""))
        except (OSError, ValueError) as error:
            raise UserError(_UNREADABLE, file=self._file, reason=error) from error

    def office(self) -> Office | None:
        """Return the office's store that is in use; None where the store is a file.

        Raises:
            UserError: the setting cannot be read, or its address is none.
        """
        address = self.address()
        return self._at(address) if address else None

    def _at(self, address: str) -> Office:
        told_to_driver(address)
        return Office(address, self._home, lambda: self._password(address))

    def _password(self, address: str) -> str | None:
        """Return the password, asked for once while the program runs."""
        name = Office(address, self._home).name
        if self._said is None:
            self._said = self._secrets.get(_key(name), Message(_PROMPT, {"name": name}))
        return None if self._said is None else self._said.reveal()

    def use(self, address: str, password: Secret | None) -> bool:
        """Have the store on an office's server from now on; return whether the key store has the password.

        Raises:
            UserError: the address is none, or the store does not open. The setting is as it was.
        """
        from swclient.store import open_store

        if paths.wished_store():
            raise UserError(_HERE)
        self._said = password
        office = self._at(address)
        open_store(office).close()
        kept = password is not None and self._secrets.keep(_key(office.name), password)
        replace_file(self._file, f"office = '{address}'\n".encode(), private=True)
        return kept

    def leave(self) -> None:
        """Have the store in a file of its own again; the office's is as it was, its password is forgotten here.

        Raises:
            UserError: the environment says where the store is.
        """
        if paths.wished_store():
            raise UserError(_HERE)
        office = self.office()
        if office is not None:
            self._secrets.forget(_key(office.name))
        self._file.unlink(missing_ok=True)


def _key(name: str) -> str:
    return f"office store {name}"
