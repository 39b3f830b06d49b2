# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a key of any kind: a file, a token, or what another package brings under the entry point `swclient.signers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import cast

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.signing.identity import load_identity
from swclient.signing.register import PKCS11, PKCS12
from swclient.signing.secrets import Secret
from swclient.signing.signer import LocalSigner, Signer
from swclient.signing.tokens import MODULE, TOKEN, load_token_identity

GROUP = "swclient.signers"
FILE = "file"

GetSecret = Callable[[Message], Secret]
"""Returns the pass phrase or PIN, from the key store or from the user. Raises UserError when there is none."""

OpenSigner = Callable[[Mapping[str, str], GetSecret], Signer]
"""What an entry point leads to: opens a key by its settings; asks for a secret if it needs one."""

NEEDED = {PKCS12: (FILE,), PKCS11: (MODULE, TOKEN)}
PHRASE = N_("Pass phrase of the key file {file}:")
PIN = N_("PIN of the token “{token}”:")

_MISSING = N_("To find a key of the kind “{kind}”, its “{setting}” must be said.")
_UNKNOWN = N_("No package here signs with keys of the kind “{kind}”. Known: {known}.")
_BROKEN = N_("The package that signs with keys of the kind “{kind}” cannot be loaded: {reason}.")


def open_signer(kind: str, place: Mapping[str, str], secret: GetSecret) -> Signer:
    """Open a key.

    Args:
        kind: `pkcs12`, `pkcs11`, or the name of an entry point.
        place: where it is; see `KeyEntry.place`.
        secret: where its pass phrase or PIN comes from.

    Raises:
        UserError: a setting is missing, the kind is unknown, the key does not open, or no secret was given.
        OutsideError: the token is not there or fails.
    """
    for setting in NEEDED.get(kind, ()):
        if not place.get(setting):
            raise UserError(_MISSING, kind=kind, setting=setting)
    if kind == PKCS12:
        return LocalSigner(load_identity(Path(place[FILE]), secret(Message(PHRASE, {"file": place[FILE]}))))
    if kind == PKCS11:
        return LocalSigner(load_token_identity(place, secret(Message(PIN, {"token": place[TOKEN]}))))
    return _plug_in(kind)(place, secret)


def known_kinds() -> tuple[str, ...]:
    """Return the kinds of keys that can be opened here: ours, and those of plug-ins."""
    return (PKCS12, PKCS11, *sorted(_found()))


def _found() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP) if point.name not in NEEDED}


def _plug_in(kind: str) -> OpenSigner:
    point = _found().get(kind)
    if point is None:
        raise UserError(_UNKNOWN, kind=kind, known=", ".join(known_kinds()))
    try:
        return cast("OpenSigner", point.load())
    except (ImportError, AttributeError) as error:
        raise UserError(_BROKEN, kind=kind, reason=str(error)) from error
