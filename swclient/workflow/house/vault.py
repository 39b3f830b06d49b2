# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The encryption of the user's store: switched on and off, the key changed, kept in the key store and brought back.

The key lies in the computer's key store. Where that is absent or fails, it is asked for each time; where it was lost,
the recovery key that the user wrote down brings it back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.driver import is_plain
from swclient.store.problems import LockedError
from swclient.store.vault import keys
from swclient.store.vault.notes import noted

if TYPE_CHECKING:
    from swclient.signing.secrets import Asking, Secrets
    from swclient.store.backups.recasting import Recast
    from swclient.store.vault.keys import Key

__all__ = ["PROMPT", "Changed", "LockedError", "Shown", "Vault", "said"]

PROMPT = N_("Recovery key of the store {file}:")
_ALREADY = N_("The store {file} is encrypted already. “swclient store rekey” gives it another key.")
_NOT_YET = N_("The store {file} is not encrypted. “swclient store encrypt” encrypts it.")
_NOT_SHOWN = N_(
    "The recovery key was not confirmed, so nothing was changed. Without it a lost key loses every declaration."
)
_WRONG = N_(
    "This recovery key is in order, but it is not the key of the store {file}. Look for the sheet of this store."
)
_NO_KEY = N_("The key of the store {file} is not at hand. “swclient store unlock” opens it with its recovery key.")

Shown = Callable[[str], bool]
"""Shows the recovery key to the person at the computer; whether they have written it down."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a store.

    Attributes:
        recast: the store itself.
        in_key_store: whether the computer's key store has the key; else it is asked for each time.
        leftovers: files beside the store that still lie there as they were before: plain, or with the former key.
    """

    recast: Recast
    in_key_store: bool
    leftovers: tuple[Path, ...]


class Vault:
    """The lock of one store.

    Args:
        store: its file.
        ask: asks the person at the computer for the recovery key, where the key store has none; None = nobody is there.
    """

    def __init__(self, store: Path, ask: Asking | None = None) -> None:
        self.store = store
        self._ask = ask

    @property
    def _secrets(self) -> Secrets:
        from swclient.signing.secrets import Secrets

        return Secrets(self._ask)

    def ready(self) -> None:
        """Have whatever opens this store, or a copy of it, find its key. Loads nothing where none is encrypted."""
        keys.ask_by(self._found)

    @property
    def encrypted(self) -> bool:
        """Whether the store is encrypted. Not to be asked while this program has it open."""
        return self.store.exists() and not is_plain(self.store)

    def _found(self, key_id: str, file: Path) -> Key | None:
        kept = self._secrets.get(_name(key_id))
        if kept is not None:
            return keys.read(kept.reveal())
        given = self._ask(Message(PROMPT, {"file": file.name})) if self._ask is not None else None
        if given is None:
            return None
        key = keys.read(given.reveal())
        if key.id != key_id:
            raise UserError(_WRONG, file=file.name)
        self._keep(key)
        return key

    def _keep(self, key: Key) -> bool:
        from swclient.signing.secrets import Secret

        return self._secrets.keep(_name(key.id), Secret(keys.written(key)))

    def encrypt(self, shown: Shown, keep: Path | None = None) -> Changed:
        """Encrypt the store; `keep` is where the plain one goes, None = it is removed.

        Raises:
            UserError: it is encrypted already, in use or damaged, or the recovery key was not confirmed.
        """
        if self.encrypted:
            raise UserError(_ALREADY, file=self.store)
        return self._with_new_key(shown, keep)

    def rekey(self, shown: Shown, keep: Path | None = None) -> Changed:
        """Give the store another key; the key store keeps the former one too, for the copies made with it.

        Raises:
            UserError: as `encrypt`; or it is not encrypted, or locked.
        """
        if not self.encrypted:
            raise UserError(_NOT_YET, file=self.store)
        return self._with_new_key(shown, keep)

    def _with_new_key(self, shown: Shown, keep: Path | None) -> Changed:
        from swclient.store.backups.recasting import ready_for, recast

        ready_for(self.store)  # a key is not shown for nothing
        key = keys.new_key()
        if not shown(keys.written(key)):
            raise UserError(_NOT_SHOWN)
        in_key_store = self._keep(key)
        keys.hold(key)
        done = recast(self.store, key, keep=keep)
        return Changed(done, in_key_store, self._leftovers(key))

    def decrypt(self, keep: Path | None = None) -> Changed:
        """Make the store a plain one again.

        Raises:
            UserError: it is not encrypted, in use, damaged or locked.
        """
        from swclient.store.backups.recasting import recast

        if not self.encrypted:
            raise UserError(_NOT_YET, file=self.store)
        return Changed(recast(self.store, None, keep=keep), in_key_store=True, leftovers=self._leftovers(None))

    def _leftovers(self, key: Key | None) -> tuple[Path, ...]:
        """Return the stores and copies beside the store that are not encrypted with this key (None = that are)."""
        from swclient.store.backups.policy import FOLDER, read_policy

        home = self.store.parent
        second = read_policy(home).second
        folders = [home / FOLDER, *([second] if second is not None else [])]
        files = [file for folder in folders if folder.is_dir() for file in sorted(folder.glob("declarations-*.db"))]
        files += sorted(each for each in home.glob(f"{self.store.name}.*") if _is_store(each))
        ids = (key.id,) if key else ()
        return tuple(file for file in files if (noted(file) if not is_plain(file) else ()) != ids)

    def recovery(self) -> str:
        """Return the recovery key of the store, to be written down.

        Raises:
            UserError: it is not encrypted, or its key is not at hand.
        """
        from swclient.store.vault import cipher

        if not self.encrypted:
            raise UserError(_NOT_YET, file=self.store)
        cipher.look(self.store)
        key = next((each for each in keys.held() if cipher.opens(self.store, each)), None)
        if key is None:
            raise UserError(_NO_KEY, file=self.store)
        return keys.written(key)

    def unlock(self, words: str) -> bool:
        """Take the recovery key and give it to the key store; return whether it is there now.

        Raises:
            UserError: it is mistyped, or the key of another store.
        """
        from swclient.store.vault import cipher

        if not self.encrypted:
            raise UserError(_NOT_YET, file=self.store)
        try:
            key = keys.read(words)
        finally:
            del words  # an error may be shown with its variables
        if not cipher.opens(self.store, key):
            raise UserError(_WRONG, file=self.store.name)
        keys.hold(key)
        cipher.look(self.store)
        return self._keep(key)


def said(words: str) -> Asking | None:
    """Return one who answers every question with these words; None for none."""
    if not words:
        return None
    from swclient.signing.secrets import Secret

    return lambda _prompt: Secret(words)


def _name(key_id: str) -> str:
    return f"store key {key_id}"


def _is_store(file: Path) -> bool:
    return (
        file.is_file()
        and file.suffix not in {".head", ".cipher"}
        and (".kept-" in file.name or ".version-" in file.name)
    )
