# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys on a token (PKCS#11): the private key never leaves it, so every signature is made over there.

A token's key is dressed as a key of `cryptography`, so that CMS and XAdES are made the same way wherever the key
lies. A session is opened for one signature and closed behind it: a token may be pulled out at any time. Needs the
extra `pkcs11` and the maker's own library.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.signing.identity import Identity, WrongPassPhraseError

if TYPE_CHECKING:
    from swclient.signing.secrets import Secret

MODULE, TOKEN, LABEL = "module", "token", "label"
_NOT_THERE = N_("Keys on tokens need the extra “pkcs11” of this program, which is not installed: swclient[pkcs11].")
_NO_MODULE = N_("The library of the token, {module}, cannot be used: {reason}.")
_PIN = N_("The token “{token}” does not take this PIN. Mind that it locks itself after a few wrong ones.")
_LOCKED = N_("The token “{token}” has locked its PIN. Unlock it with its maker's program.")
_NO_TOKEN = N_("The token “{token}” is not there. Put it in, then sign again; nothing was signed.")
_FAILED = N_("The token “{token}” did not do it: {reason}. Nothing was signed.")
_NO_KEY = N_("There is no certificate with a private key called “{label}” on the token “{token}”.")
_SEVERAL = N_("There are {n} certificates on the token “{token}”; say by --label which key is meant.")


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Which token, and its PIN.

    Attributes:
        module: the maker's library, a file.
        token: label of the token.
        pin: shows itself as dots.
    """

    module: str
    token: str
    pin: Secret = field(repr=False)

    @contextlib.contextmanager
    def session(self) -> Iterator[Any]:
        """Log in for as long as the block lasts.

        Raises:
            WrongPassPhraseError: the PIN is wrong.
            UserError: the extra or the library is not there, or the PIN is locked.
            OutsideError: the token is not there or fails.
        """
        library = _library(self.module)
        wrong = import_module("pkcs11.exceptions")
        try:
            found = library.get_token(token_label=self.token)
            with found.open(user_pin=self.pin.reveal()) as session:
                yield session
        except (wrong.PinIncorrect, wrong.PinInvalid, wrong.PinLenRange) as error:
            raise WrongPassPhraseError(_PIN, token=self.token) from error
        except wrong.PinLocked as error:
            raise UserError(_LOCKED, token=self.token) from error
        except (wrong.NoSuchToken, wrong.TokenNotPresent, wrong.DeviceRemoved) as error:
            raise OutsideError(_NO_TOKEN, token=self.token) from error
        except wrong.PKCS11Error as error:
            reason = f"{type(error).__name__} {error}".strip()
            raise OutsideError(_FAILED, token=self.token, reason=reason) from error


def _library(module: str) -> Any:
    try:
        pkcs11 = import_module("pkcs11")
    except ImportError as error:
        raise UserError(_NOT_THERE) from error
    try:
        return pkcs11.lib(module)
    except (RuntimeError, OSError, import_module("pkcs11.exceptions").PKCS11Error) as error:
        raise UserError(_NO_MODULE, module=module, reason=str(error) or type(error).__name__) from error


def load_token_identity(place: Mapping[str, str], pin: Secret) -> Identity:
    """Return the certificate on a token with its key, which stays there.

    Args:
        place: `module`, `token`, and `label` of the certificate where there are several.
        pin: the user's PIN of the token.

    Raises:
        UserError, OutsideError: as `TokenPlace.session`; or there is no such key, or several.
    """
    from swclient.signing.certificates import load_certificate, unreadable
    from swclient.signing.token_keys import token_key

    where = TokenPlace(place[MODULE], place[TOKEN], pin)
    label = place.get(LABEL, "")
    with where.session() as session:
        content, key_id = _certificate_on(session, where.token, label)
    try:
        certificate = load_certificate(content)
    except unreadable() as error:
        raise UserError(_NO_KEY, token=where.token, label=label) from error
    return Identity(token_key(where.session, where.token, key_id, certificate), certificate)


def _certificate_on(session: Any, token: str, label: str) -> tuple[bytes, bytes]:
    """Return the certificate that has a private key beside it, DER, and the identifier both share."""
    names = import_module("pkcs11")
    kind, number, value = names.Attribute.CLASS, names.Attribute.ID, names.Attribute.VALUE
    wanted = {kind: names.ObjectClass.CERTIFICATE} | ({names.Attribute.LABEL: label} if label else {})
    keys = {key[number] for key in session.get_objects({kind: names.ObjectClass.PRIVATE_KEY})}
    found = [(bytes(one[value]), bytes(one[number])) for one in session.get_objects(wanted) if one[number] in keys]
    if not found:
        raise UserError(_NO_KEY, token=token, label=label)
    if len(found) > 1:
        raise UserError(_SEVERAL, token=token, n=len(found))
    return found[0]
