# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user does with connections: add, change, remove, put to use, test; and the client secret of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.connections import TRAINING, Connection, Register, read_register, write_register

if TYPE_CHECKING:
    from swclient.signing.secrets import Asking, Secret
    from swclient.workflow.offices.link_testing import Step

FILE = "file"
ADAPTERS = {
    "eaeu": N_("customs, messages of the Eurasian Economic Union"),
    "wco": N_("customs, messages of the WCO data model"),
    FILE: N_("customs, files of ASYCUDA in a watched folder"),
    "tax": N_("tax, import statement"),
}
"""What can be set up here, in words."""

_NO_ADAPTER = N_("“{adapter}” is not spoken; choose one of {known}.")
_FOLDER = N_("The address of a watched folder is the path of a folder that holds “in” and “out”, not “{address}”.")
_ADDRESS = N_("The address must begin with https:// and name a host, not “{address}”.")
_NO_COUNTRY = N_("There is no profile “{country}”; there are {known}. Leave it blank for all.")
_NOT_KEPT = N_("This computer has no key store that takes the secret; it will be asked for each time.")


class Linking:
    """The connections of the user whose data folder this is.

    Args:
        home: the data folder.
        ask: asks the user for a secret; None = there is nobody to ask.
    """

    def __init__(self, home: Path, ask: Asking | None = None) -> None:
        self._home = home
        self._ask = ask

    def register(self) -> Register:
        """Return the connections.

        Raises:
            UserError: their file cannot be read.
        """
        return read_register(self._home)

    def put(self, connection: Connection, instead: str = "", secret: Secret | None = None) -> tuple[Message, ...]:
        """Add a connection, or put it in the place of another; return what the user should know.

        Args:
            connection: the connection; it is not in use before `use`.
            instead: name of the one that it replaces.
            secret: its client secret, for the key store of the computer; None leaves what is there.

        Raises:
            UserError: the name is taken, or a value cannot be; nothing is changed.
        """
        self._check(connection)
        write_register(self._home, self.register().with_connection(connection, instead))
        if secret is None or not secret:
            return ()
        from swclient.signing.secrets import Secrets

        return () if Secrets().keep(connection.secret_name, secret) else (Message(_NOT_KEPT),)

    def remove(self, name: str) -> None:
        """Forget a connection and its secret.

        Raises:
            UserError: there is none of that name.
        """
        from swclient.signing.secrets import Secrets

        register = self.register()
        gone, left = register.named(name), register.without(name)
        write_register(self._home, left)
        if not any(each.secret_name == gone.secret_name for each in left.connections):
            Secrets().forget(gone.secret_name)
            Secrets().forget(gone.push_secret_name)

    def use(self, name: str) -> None:
        """Put a connection to use; `training` puts the training offices back for everything.

        Raises:
            UserError: there is none of that name.
        """
        register = self.register()
        if name == TRAINING:
            write_register(self._home, Register(register.connections))
        else:
            write_register(self._home, register.using(name))

    def leave(self, name: str) -> None:
        """Put a connection out of use.

        Raises:
            UserError: there is none of that name.
        """
        write_register(self._home, self.register().not_using(name))

    def test(self, connection: Connection, secret: Secret | None = None) -> Iterator[Step]:
        """Yield the steps of a test of a connection, saved or not.

        Args:
            connection: the connection.
            secret: its client secret where it was just typed; else that of the key store, else it is asked for.

        Raises:
            UserError: a value cannot be.
        """
        from swclient.workflow.offices.link_testing import try_connection

        self._check(connection)
        connection.checked()
        return try_connection(connection, self._ask, secret)

    def _check(self, connection: Connection) -> None:
        from swclient.catalogue.loader import profile_codes

        if connection.adapter not in ADAPTERS:
            raise UserError(_NO_ADAPTER, adapter=connection.adapter, known=", ".join(ADAPTERS))
        if connection.adapter == FILE:
            if not Path(connection.address).is_absolute():
                raise UserError(_FOLDER, address=connection.address)
        elif not _https(connection.address):
            raise UserError(_ADDRESS, address=connection.address)
        if connection.listen:
            from swclient.workflow.offices.listening import check

            check(connection)
        if connection.country and connection.country not in profile_codes():
            raise UserError(_NO_COUNTRY, country=connection.country, known=", ".join(profile_codes()))


def _https(address: str) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and (parts.port or 1) > 0 and "@" not in address
    except ValueError:
        return False
