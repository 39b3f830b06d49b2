# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which keys the user has and which of them is in use for what: one small file, with no secret in it.

A key file stays where the user keeps it and a token in its reader; here stands only where to find them, and of the
certificate what must be known without opening it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.base.files import replace_file
from swclient.base.i18n import N_

FILE = "register.json"
DECLARE, PAY = "declare", "pay"
PURPOSES = (DECLARE, PAY)
PKCS12, PKCS11 = "pkcs12", "pkcs11"
DEMO_NAME = "demo"
"""What the demo key is called; no other key may be."""

_LAYOUT = 1
_DAMAGED = N_("The register of keys {file} cannot be read: {reason}. Take the file away and add the keys anew.")
_UNWRITABLE = N_("The register of keys {file} cannot be written: {reason}.")
_TAKEN = N_("There is a key “{name}” already. Give the new one another name, or remove the other first.")
_UNKNOWN = N_("There is no key “{name}”. “swclient key list” shows which there are.")
_OTHER_PURPOSE = N_("The key “{name}” was added for “{purpose}”, not for that. Add it under another name to use it so.")


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One key of the user.

    Attributes:
        name: what the user calls it.
        kind: `pkcs12`, `pkcs11` or the name of a plug-in.
        purpose: `declare` or `pay`.
        place: where it is; `file`, or `module`, `token` and `label`, or the settings of a plug-in.
        serial: serial number of its certificate, hexadecimal.
        holder: common name in the certificate.
        not_after: when the certificate ends.
    """

    name: str
    kind: str
    purpose: str
    place: Mapping[str, str]
    serial: str
    holder: str
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Register:
    """All keys, and which is in use: name by purpose; a purpose that is not named uses the demo key."""

    keys: tuple[KeyEntry, ...] = ()
    in_use: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> KeyEntry:
        """Return a key by its name.

        Raises:
            UserError: there is none.
        """
        found = next((key for key in self.keys if key.name == name), None)
        if found is None:
            raise UserError(_UNKNOWN, name=name)
        return found

    def used_for(self, purpose: str) -> KeyEntry | None:
        """Return the key in use for a purpose, None = the demo key."""
        name = self.in_use.get(purpose)
        return None if name is None else self.named(name)

    def with_key(self, key: KeyEntry) -> Register:
        """Return the register with one more key.

        Raises:
            UserError: the name is taken.
        """
        if key.name == DEMO_NAME or any(other.name == key.name for other in self.keys):
            raise UserError(_TAKEN, name=key.name)
        return replace(self, keys=(*self.keys, key))

    def without(self, name: str) -> Register:
        """Return the register without a key; what it was used for uses the demo key again.

        Raises:
            UserError: there is none of that name.
        """
        gone = self.named(name)
        used = {purpose: other for purpose, other in self.in_use.items() if other != name}
        return Register(tuple(key for key in self.keys if key is not gone), used)

    def using(self, name: str, purpose: str) -> Register:
        """Return the register with a key in use for a purpose; `demo` puts the demo key back.

        Raises:
            UserError: there is none of that name, or it was added for something else.
        """
        used = {each: other for each, other in self.in_use.items() if each != purpose}
        if name != DEMO_NAME:
            key = self.named(name)
            if key.purpose != purpose:
                raise UserError(_OTHER_PURPOSE, name=name, purpose=key.purpose)
            used[purpose] = name
        return replace(self, in_use=used)


def read_register(folder: Path) -> Register:
    """Return the register in a folder; an empty one where there is none yet.

    Raises:
        UserError: it is there and cannot be read.
    """
    file = folder / FILE
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Register()
    except (OSError, ValueError) as error:
        raise UserError(_DAMAGED, file=str(file), reason=str(error)) from error
    try:
        return _register(found)
    except (KeyError, TypeError, ValueError, AttributeError, UserError) as error:
        raise UserError(_DAMAGED, file=str(file), reason=str(error)) from error


def write_register(folder: Path, register: Register) -> None:
    """Write the register whole or not at all, for nobody but its owner.

    Raises:
        UserError: the folder cannot be written.
    """
    file = folder / FILE
    text = json.dumps(_data(register), ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode(), private=True)
    except OSError as error:
        raise UserError(_UNWRITABLE, file=str(file), reason=error.strerror or str(error)) from error


def _data(register: Register) -> dict[str, Any]:
    return {"layout": _LAYOUT, "keys": [entry_data(key) for key in register.keys], "in_use": dict(register.in_use)}


def entry_data(key: KeyEntry) -> dict[str, Any]:
    """Return an entry as JSON values."""
    told = {name: getattr(key, name) for name in ("name", "kind", "purpose", "serial", "holder")}
    return {**told, "place": dict(key.place), "not_after": key.not_after.isoformat()}


def _register(found: Any) -> Register:
    """Return the register that JSON values tell.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, UserError: they tell none.
    """
    if found["layout"] != _LAYOUT:
        raise ValueError(found["layout"])
    register = Register()
    for row in found["keys"]:
        name, kind, purpose = (str(row[each]) for each in ("name", "kind", "purpose"))
        place = {str(setting): str(value) for setting, value in row["place"].items()}
        ends = datetime.fromisoformat(row["not_after"])
        if ends.tzinfo is None:
            raise ValueError(row["not_after"])
        key = KeyEntry(name, kind, purpose, place, str(row["serial"]), str(row["holder"]), ends)
        register = register.with_key(key)
    for purpose, name in found["in_use"].items():
        register = register.using(name, purpose)
    return register
