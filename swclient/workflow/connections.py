# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which office is reached how: the user's own connections in one small file, with no secret in it.

A connection is for one channel and for one country, or for all. Where the user has put none to use, the training
offices are meant. A client secret is in the computer's key store, or is asked for each time.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.base.files import replace_file
from swclient.base.i18n import N_

CUSTOMS, TAX = "customs", "tax"
"""Channels: whom an entry of the outbox is for."""

FILE = "connections.json"
TRAINING = "training"
"""What the connections to the training offices are called; no connection of the user may be."""

_LAYOUT = 1
_PATHS = ("ca_file", "listen_cert", "listen_key")
_SHORTEST, _LONGEST = 1.0, 600.0  # seconds of a call
_SMALLEST, _LARGEST = 64 << 10, 64 << 20  # bytes of an answer
_MOST_DAYS = 3650
_LONGEST_NAME = 40
_DAMAGED = N_(
    "The file of connections {file} cannot be read: {reason}. Take the file away and add the connections anew."
)
_UNWRITABLE = N_("The file of connections {file} cannot be written: {reason}.")
_TAKEN = N_("There is a connection “{name}” already. Give the new one another name, or remove the other first.")
_UNKNOWN = N_("There is no connection “{name}”. “swclient connection list” shows which there are.")
_NO_NAME = N_("Give the connection a name of at most {n} characters.")
_OUT_OF_BOUNDS = N_("{what} must be between {low} and {high}, not {value}.")
_NO_FILE = N_("The file of certificates {file} is not there. Choose the file that the office gave you.")


@dataclass(frozen=True, slots=True)
class Connection:
    """How one office is reached.

    Attributes:
        channel: whom it is for: `customs`, `tax`, an agency by its name.
        adapter: what is spoken there, a name of `swclient.workflow.offices.adapters.ADAPTERS`.
        address: `https://host:port` of a service, or the path of a watched folder.
        client_id: who we are to it, for OAuth 2; empty where nobody asks.
        ca_file: certificates to believe instead of the public ones.
        training: whether it is a training office, whose secret is published.
        name: what the user calls it.
        country: two letters of the profile whose declarations go there; empty for all.
        path: where the service lives at its address; empty for what the adapter has.
        token_path: where tokens are given.
        scopes: what the token is to be good for, words with blanks between; mostly empty.
        deadline: seconds for a whole call.
        byte_cap: bytes of an answer that are read at most.
        key_days: days for which the office remembers under which key it took something; 0 for ever.
        listen: where its answers may be pushed to, `127.0.0.1:8443`; empty where they are only pulled.
        listen_cert: our own certificate for that, PEM.
        listen_key: its key, where that is in another file.
        callback: the whole address by which the office reaches us there, where it is another.
    """

    channel: str
    adapter: str
    address: str
    client_id: str = ""
    ca_file: Path | None = None
    training: bool = False
    name: str = ""
    country: str = ""
    path: str = ""
    token_path: str = ""
    scopes: str = ""
    deadline: float = 20.0
    byte_cap: int = 8 << 20
    key_days: int = 0
    listen: str = ""
    listen_cert: Path | None = None
    listen_key: Path | None = None
    callback: str = ""

    @property
    def secret_name(self) -> str:
        """Under which name the key store keeps the client secret: that of the account, whatever the user calls it."""
        return f"connection {self.address} {self.client_id}"

    @property
    def push_secret_name(self) -> str:
        """Under which name the key store keeps the token that the office shows when it pushes."""
        return f"pushes of {self.secret_name}"

    def checked(self) -> Connection:
        """Return it, if it can be used.

        Raises:
            UserError: a value is out of bounds; says which and what would be right.
        """
        if not self.name.strip() or len(self.name) > _LONGEST_NAME:
            raise UserError(_NO_NAME, n=_LONGEST_NAME)
        _within(N_("The deadline"), self.deadline, _SHORTEST, _LONGEST)
        _within(N_("The cap of bytes"), self.byte_cap, _SMALLEST, _LARGEST)
        _within(N_("The days that keys are remembered"), self.key_days, 0, _MOST_DAYS)
        if self.ca_file is not None and not self.ca_file.is_file():
            raise UserError(_NO_FILE, file=str(self.ca_file))
        return self


def _within(what: str, value: float, low: float, high: float) -> None:
    from swclient.base.messages import Message

    if not low <= value <= high:
        raise UserError(_OUT_OF_BOUNDS, what=Message(what), value=value, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Register:
    """The user's connections, and which of them are in use: by name."""

    connections: tuple[Connection, ...] = ()
    in_use: frozenset[str] = frozenset()

    def named(self, name: str) -> Connection:
        """Return a connection by its name.

        Raises:
            UserError: there is none.
        """
        found = next((each for each in self.connections if each.name == name), None)
        if found is None:
            raise UserError(_UNKNOWN, name=name)
        return found

    def used_for(self, channel: str, country: str) -> Connection | None:
        """Return the connection in use: that of the country before that of all; None = the training office."""
        used = [each for each in self.connections if each.name in self.in_use and each.channel == channel]
        for wanted in (country, ""):
            for each in used:
                if each.country == wanted:
                    return each
        return None

    def with_connection(self, new: Connection, instead: str = "") -> Register:
        """Return the register with a connection, in place of another if one is named.

        Raises:
            UserError: the name is taken, or a value is out of bounds.
        """
        left = tuple(each for each in self.connections if each.name != instead)
        if new.name == TRAINING or any(each.name == new.name for each in left):
            raise UserError(_TAKEN, name=new.name)
        register = replace(self, connections=(*left, new.checked()))
        if instead and instead in self.in_use:
            return replace(register, in_use=self.in_use - {instead}).using(new.name)
        return register

    def without(self, name: str) -> Register:
        """Return the register without a connection.

        Raises:
            UserError: there is none of that name.
        """
        self.named(name)
        left = tuple(each for each in self.connections if each.name != name)
        return Register(left, self.in_use - {name})

    def using(self, name: str) -> Register:
        """Return the register with a connection in use, in place of another for the same channel and country.

        Raises:
            UserError: there is none of that name.
        """
        chosen = self.named(name)
        alike = {e.name for e in self.connections if (e.channel, e.country) == (chosen.channel, chosen.country)}
        return replace(self, in_use=(self.in_use - alike) | {name})

    def not_using(self, name: str) -> Register:
        """Return the register with a connection out of use: the training office is meant again."""
        self.named(name)
        return replace(self, in_use=self.in_use - {name})


def read_register(home: Path) -> Register:
    """Return the connections of a data folder; none where there is no file.

    Raises:
        UserError: the file cannot be read; says why and what to do.
    """
    file = home / FILE
    if not file.is_file():
        return Register()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["layout"] != _LAYOUT:
            reason = f"layout {data['layout']}"
            raise UserError(_DAMAGED, file=str(file), reason=reason)
        return Register(tuple(_connection(row) for row in data["connections"]), frozenset(map(str, data["in_use"])))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(_DAMAGED, file=str(file), reason=str(error)) from error


def write_register(home: Path, register: Register) -> None:
    """Write the connections, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    rows = [connection_data(each) for each in register.connections]
    data = {"layout": _LAYOUT, "connections": rows, "in_use": sorted(register.in_use)}
    content = json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
    try:
        home.mkdir(parents=True, exist_ok=True)
        replace_file(home / FILE, content)
    except OSError as error:
        raise UserError(_UNWRITABLE, file=str(home / FILE), reason=error.strerror or str(error)) from error


def connection_data(connection: Connection) -> dict[str, Any]:
    """Return a connection as JSON takes it. There is no secret in it."""
    data = asdict(connection)
    data.pop("training")
    return {**data, **{name: str(data[name]) if data[name] else None for name in _PATHS}}


def _connection(row: dict[str, Any]) -> Connection:
    known = {field.name: field for field in fields(Connection)}
    given = {key: value for key, value in row.items() if key in known and key != TRAINING}
    files = {name: given.pop(name, None) for name in _PATHS}
    for key, value in given.items():
        wanted = (int, float) if key in {"deadline", "byte_cap", "key_days"} else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise TypeError(key)
    paths: dict[str, Any] = {name: Path(str(file)) if file else None for name, file in files.items()}
    return Connection(**given, **paths)
