# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pass phrases: kept by the computer's own key store, or asked for each time; never in a file or a log of ours.

Why keyring's own choice of a back end is not simply taken: where somebody has installed a back end
that writes plain text, keyring would use it without a word.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from swclient.base.messages import Message

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "swclient"
_OWN = "keyring.backends."
_DOTS = "••••••"


class Secret:
    """A text that shows itself as dots wherever it is printed, logged or formatted."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself. Call this where it is used, and keep what it returns nowhere."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({_DOTS})"

    def __str__(self) -> str:
        return _DOTS

    def __format__(self, spec: str) -> str:
        return _DOTS

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a dict

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


Asking = Callable[[Message], Secret | None]
"""Asks a person for a secret in the given words; None = they would rather not."""


class Secrets:
    """The secrets of the user, by name. Nothing here raises because a key store is absent, locked or failing."""

    def __init__(self, ask: Asking | None = None, service: str = SERVICE) -> None:
        self._ask = ask
        self._service = service

    def get(self, name: str, prompt: Message | None = None) -> Secret | None:
        """Return a secret from the key store, else from the person at the computer, else None.

        Without a prompt nobody is asked.
        """
        kept = self._kept(name)
        if kept is not None or prompt is None or self._ask is None:
            return kept
        return self._ask(prompt)

    def keep(self, name: str, secret: Secret) -> bool:
        """Give a secret to the key store; return whether it is there now. If not, it will be asked for each time."""
        backend = _backend()
        if backend is None:
            return False
        try:
            backend.set_password(self._service, name, secret.reveal())
        except _failures():
            return False
        # A back end may take everything and keep nothing, as keyring's own null one does.
        return self._kept(name) == secret

    def forget(self, name: str) -> None:
        """Take a secret out of the key store, if it is there."""
        backend = _backend()
        if backend is None:
            return
        try:
            backend.delete_password(self._service, name)
        except _failures():
            return

    def _kept(self, name: str) -> Secret | None:
        backend = _backend()
        if backend is None:
            return None
        try:
            found = backend.get_password(self._service, name)
        except _failures():
            return None
        return None if found is None else Secret(found)


def _backend() -> KeyringBackend | None:
    """Return the best key store of this computer that keyring itself brings, so none that writes plain text."""
    import keyring

    chosen = keyring.get_keyring()
    candidates = getattr(chosen, "backends", [chosen])  # a chain of several
    ours = (one for one in candidates if type(one).__module__.startswith(_OWN))
    return next(ours, None)


def _failures() -> tuple[type[Exception], ...]:
    """Return what a key store may raise: its own errors, a broken connection, and those of the desktop's bus."""
    from keyring.errors import KeyringError

    try:
        jeepney = import_module("jeepney.wrappers")
    except ImportError:  # not a Linux desktop
        return (KeyringError, OSError)
    return (KeyringError, OSError, jeepney.DBusErrorResponse)
