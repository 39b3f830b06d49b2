# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's keys: added, listed, put to use, removed; and the signer for declaring and the one for paying.

A pass phrase is in the computer's key store, if the user wanted that and the store took it; else it is asked for each
time. It is written nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.signing.expiry import Expiry, expiry
from swclient.signing.identity import WrongPassPhraseError
from swclient.signing.register import (
    DECLARE,
    DEMO_NAME,
    PAY,
    PURPOSES,
    KeyEntry,
    Register,
    entry_data,
    read_register,
    write_register,
)
from swclient.signing.secrets import Asking, Secret, Secrets

if TYPE_CHECKING:
    from swclient.signing.signer import Signer

__all__ = ["DECLARE", "DEMO_NAME", "PAY", "PURPOSES", "Asking", "Keys", "Listed", "NewKey", "Secret", "entry_data"]

FOLDER = "keys"
_CANCELLED = N_("No pass phrase was given for the key “{name}”; nothing was signed, and everything is as it was.")
_ANOTHER = N_("Where the key “{name}” was, there is another certificate now: {serial}. Remove the key and add it anew.")
_MUST_ASK = N_("There is nobody here to ask for the pass phrase of the key “{name}”, so it is not added.")
_SAME = N_("The key “{other}” has the same certificate. A key of its own for declaring and for paying is safer.")
_NOT_KEPT = N_("This computer has no key store that takes the pass phrase; it will be asked for each time.")


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that the user wants to add.

    Attributes:
        name: what it is to be called.
        kind: `pkcs12`, `pkcs11` or the name of a plug-in.
        purpose: `declare` or `pay`.
        place: where it is; see `KeyEntry.place`.
        keep: whether the key store of the computer is to keep its pass phrase.
    """

    name: str
    kind: str
    purpose: str
    place: Mapping[str, str]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A key as it stands: its entry, whether it is in use, and what is to be told about its end."""

    entry: KeyEntry
    in_use: bool
    expiry: Expiry | None


class Keys:
    """What can be done with the keys of the user whose data folder this is.

    Args:
        home: the data folder.
        ask: asks the user for a pass phrase; None = there is nobody to ask.
        now: tells the time, with a zone.
    """

    def __init__(
        self, home: Path, ask: Asking | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._home = home
        self._folder = home / FOLDER
        self._ask = ask
        self._now = now

    @property
    def asking(self) -> Asking | None:
        """What asks the user for a secret; None = there is nobody to ask."""
        return self._ask

    def listed(self) -> tuple[Listed, ...]:
        """Return all keys, in the order in which they were added.

        Raises:
            UserError: the register cannot be read.
        """
        register = read_register(self._folder)
        used, now = set(register.in_use.values()), self._now()
        return tuple(Listed(key, key.name in used, expiry(key.name, key.not_after, now)) for key in register.keys)

    def notices(self) -> tuple[Expiry, ...]:
        """Return what is to be told about the ends of certificates, the most urgent first.

        Raises:
            UserError: the register cannot be read.
        """
        return tuple(sorted((key.expiry for key in self.listed() if key.expiry), key=lambda each: each.days))

    def add(self, new: NewKey) -> tuple[Listed, tuple[Message, ...]]:
        """Open a key once and enter it; it is not in use before `use`. Return it, and what the user should know.

        Raises:
            UserError: the name is taken, the key does not open, or no pass phrase was given; nothing is entered.
            OutsideError: a token is not there or fails.
        """
        from swclient.signing.opening import open_signer

        register = read_register(self._folder)
        given: list[Secret] = []

        def asked(prompt: Message) -> Secret:
            answer = self._ask(prompt) if self._ask else None
            if answer is None:
                raise UserError(_MUST_ASK if self._ask is None else _CANCELLED, name=new.name)
            given.append(answer)
            return answer

        place = dict(new.place)
        register.with_key(KeyEntry(new.name, new.kind, new.purpose, place, "", "", self._now()))  # before asking
        signer = open_signer(new.kind, place, asked)
        entry = KeyEntry(new.name, new.kind, new.purpose, place, signer.serial, signer.name, signer.not_after)
        write_register(self._folder, register.with_key(entry))
        told = [Message(_SAME, {"other": key.name}) for key in register.keys if key.serial == entry.serial]
        if new.keep and given and not Secrets().keep(_secret_name(entry), given[-1]):
            told.append(Message(_NOT_KEPT))
        return Listed(entry, in_use=False, expiry=expiry(entry.name, entry.not_after, self._now())), tuple(told)

    def remove(self, name: str) -> None:
        """Forget a key and its pass phrase; the key file or token itself is not touched.

        Raises:
            UserError: there is none of that name.
        """
        register = read_register(self._folder)
        gone, left = register.named(name), register.without(name)
        write_register(self._folder, left)
        if not any(_secret_name(key) == _secret_name(gone) for key in left.keys):
            Secrets().forget(_secret_name(gone))

    def use(self, name: str, purpose: str = "") -> str:
        """Put a key to use for what it was added for; `demo` puts the demo key back. Return the purpose.

        Raises:
            UserError: there is none of that name, or it was added for something else.
        """
        register = read_register(self._folder)
        if name == DEMO_NAME:
            return self._use_demo(register, purpose)
        wanted = purpose or register.named(name).purpose
        write_register(self._folder, register.using(name, wanted))
        return wanted

    def _use_demo(self, register: Register, purpose: str) -> str:
        for each in (purpose,) if purpose else PURPOSES:
            register = register.using(DEMO_NAME, each)
        write_register(self._folder, register)
        return purpose or ", ".join(PURPOSES)

    def signer(self, purpose: str) -> Signer:
        """Return who signs for a purpose: the key in use, else the demo key.

        Raises:
            UserError: the key does not open, is another than was added, or no pass phrase was given.
            OutsideError: a token is not there or fails.
        """
        entry = read_register(self._folder).used_for(purpose)
        return demo_signer(self._home) if entry is None else self._opened(entry)

    def named(self, name: str) -> Signer:
        """Return a key by its name, opened; `demo` is the demo key.

        Raises:
            UserError, OutsideError: as `signer`; or there is none of that name.
        """
        return demo_signer(self._home) if name == DEMO_NAME else self._opened(read_register(self._folder).named(name))

    def _opened(self, entry: KeyEntry) -> Signer:
        from swclient.signing.opening import open_signer

        secrets = Secrets(self._ask)

        def secret(prompt: Message) -> Secret:
            found = secrets.get(_secret_name(entry), prompt)
            if found is None:
                raise UserError(_CANCELLED, name=entry.name)
            return found

        try:
            signer = open_signer(entry.kind, entry.place, secret)
        except WrongPassPhraseError:
            # Kept, it would be tried again and again, and a token would lock itself.
            secrets.forget(_secret_name(entry))
            raise
        if signer.serial != entry.serial:
            raise UserError(_ANOTHER, name=entry.name, serial=signer.serial)
        return signer


def demo_signer(home: Path) -> Signer:
    """Return the demo key of the user; its certificate says that it signs nothing in law."""
    from swclient.signing.demo import demo_identity
    from swclient.signing.signer import LocalSigner

    return LocalSigner(demo_identity(home / FOLDER, Secrets()))


def _secret_name(entry: KeyEntry) -> str:
    """Return under which name the key store keeps a pass phrase: that of the key itself, whatever the user calls it."""
    where = " ".join(f"{name}={value}" for name, value in sorted(entry.place.items()))
    return f"{entry.kind} {where}"
